//! LinkedIn's quota is spent. No `Retry-After`: LinkedIn sends none (LinkedIn reference §8.4).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::endpoint::{Endpoint, Speaks};

/// Refusals for being asked too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Throttle {
    /// 429 with `serviceErrorCode` 101.
    TooManyRequests,
}

impl Throttle {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::TooManyRequests => "too_many_requests",
        }
    }

    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::TooManyRequests => "LinkedIn answers 429, without saying until when.",
        }
    }

    pub(super) const fn concerns(endpoint: Endpoint) -> bool {
        matches!(endpoint.speaks(), Speaks::OAuth | Speaks::Api)
    }

    pub(super) fn answer(self) -> Response {
        match self {
            Self::TooManyRequests => {
                // LinkedIn reference §8.2.
                let body = json!({
                    "serviceErrorCode": 101,
                    "message": "Resource level throttle limit for calls to this resource is reached.",
                    "status": 429,
                });
                (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response()
            }
        }
    }
}

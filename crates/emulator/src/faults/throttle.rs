//! LinkedIn's quota is spent. No `Retry-After`: LinkedIn sends none (LinkedIn reference §8.4).

use axum::response::{IntoResponse, Response};

use crate::api::error::ApiError;
use crate::endpoint::{Endpoint, Speaks};

family! {
    /// Refusals for being asked too often.
    pub enum Throttle {
        /// 429 with `serviceErrorCode` 101, this time: LinkedIn protects itself.
        TooManyRequests = "too_many_requests", Observed, "LinkedIn answers 429, without saying until when.";
        /// The application's quota at the member APIs is spent: 429 until the next midnight UTC by the emulator's clock.
        QuotaSpent = "quota_spent", Documented, "The application’s quota is spent: the member APIs answer 429 until midnight UTC.";
    }
}

impl Throttle {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::TooManyRequests => matches!(endpoint.speaks(), Speaks::OAuth | Speaks::Api),
            Self::QuotaSpent => endpoint.has_quota(),
        }
    }

    pub(super) fn answer(self) -> Option<Response> {
        match self {
            Self::TooManyRequests => Some(ApiError::Throttled.into_response()),
            // An event: the quota itself answers, now and until midnight.
            Self::QuotaSpent => None,
        }
    }
}

//! LinkedIn answers, but not with what was asked for. The request has no effect.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::endpoint::{Endpoint, Speaks};
use crate::pages;

family! {
    /// Answers of a LinkedIn that is down.
    pub enum Outage {
        /// 500, with the `x-li-*` headers that LinkedIn asks to be recorded.
        Http500 = "http_500", Documented, "LinkedIn answers 500 and does nothing.";
        /// 503 likewise. Not on LinkedIn's pages.
        Http503 = "http_503", Assumed, "LinkedIn answers 503 and does nothing.";
        /// 504 likewise.
        Http504 = "http_504", Documented, "LinkedIn answers 504 and does nothing.";
        /// 200 and a page, as gateways answer that consider the matter settled.
        HtmlInsteadOfJson = "html_instead_of_json", Assumed, "LinkedIn answers 200 with a page where JSON is expected.";
    }
}

impl Outage {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Http500 | Self::Http503 | Self::Http504 => true,
            Self::HtmlInsteadOfJson => matches!(endpoint.speaks(), Speaks::OAuth | Speaks::Api),
        }
    }

    pub(super) fn answer(self, endpoint: Endpoint) -> Response {
        let (status, message) = match self {
            Self::Http500 => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
            Self::Http503 => (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
            Self::Http504 => (StatusCode::GATEWAY_TIMEOUT, "Gateway Timeout"),
            Self::HtmlInsteadOfJson => return pages::trouble(StatusCode::OK, "We’ll be back soon"),
        };
        match endpoint.speaks() {
            Speaks::Html => pages::trouble(status, message),
            Speaks::OAuth | Speaks::Api => {
                let body = json!({ "message": message, "status": status.as_u16() });
                (status, Json(body)).into_response()
            }
            Speaks::Picture => status.into_response(),
        }
    }
}

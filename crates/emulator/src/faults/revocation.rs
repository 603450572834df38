//! Revocation fails (LinkedIn reference §4).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Outage;
use crate::endpoint::Endpoint;

family! {
    /// Failures of revocation. The token stays alive.
    pub enum RevocationDefect {
        /// 503.
        Unavailable = "revocation_unavailable", Assumed, "Revocation answers 503, and the token lives on.";
        /// 404, as if there were no such endpoint, which may well be.
        Absent = "revocation_absent", Assumed, "There is no revocation endpoint, and the token lives on.";
    }
}

impl RevocationDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Unavailable | Self::Absent => matches!(endpoint, Endpoint::Revocation),
        }
    }

    pub(super) fn answer(self, endpoint: Endpoint) -> Response {
        match self {
            Self::Unavailable => Outage::Http503.answer(endpoint),
            Self::Absent => StatusCode::NOT_FOUND.into_response(),
        }
    }
}

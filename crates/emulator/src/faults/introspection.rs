//! Introspection fails (LinkedIn reference §3).

use axum::response::{IntoResponse, Response};

use crate::endpoint::Endpoint;
use crate::oauth::OAuthError;

family! {
    /// Failures of introspection.
    pub enum IntrospectionDefect {
        /// 400 whatever the token is. A client must take it for "unknown", not for "revoked".
        BadRequest = "introspection_bad_request", Observed, "Introspection answers 400, whatever the token is.";
    }
}

impl IntrospectionDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::BadRequest => matches!(endpoint, Endpoint::Introspection),
        }
    }

    pub(super) fn answer(self) -> Response {
        match self {
            Self::BadRequest => OAuthError::MalformedToken.into_response(),
        }
    }
}

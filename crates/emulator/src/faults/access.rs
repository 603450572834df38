//! The access token has ended, or seems to have (LinkedIn reference §8.2).

use axum::response::{IntoResponse, Response};

use crate::api::error::ApiError;
use crate::endpoint::{Endpoint, Speaks};

family! {
    /// Ends of access tokens, struck by the call that carries them (or, at introspection, asks about them). All but the
    /// first are for good: LinkedIn has ended the token when it answers.
    pub enum AccessDefect {
        /// 401 65601 for this call only, as right after an exchange. The request has no effect.
        FreshTokenRefused = "fresh_token_refused", Observed, "A live token is answered 65601 once, as right after its issue.";
        /// The token's life ends now: 401 65602.
        Expired = "token_expired", Observed, "The access token’s life ends with this call.";
        /// LinkedIn revokes the token now, as it may at any time: 401 65601.
        Revoked = "token_revoked", Observed, "LinkedIn revokes the access token with this call.";
    }
}

impl AccessDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        let is_member_api = matches!(endpoint.speaks(), Speaks::Api)
            && !matches!(endpoint, Endpoint::OtherApi | Endpoint::JsSdkToken);
        match self {
            Self::FreshTokenRefused => is_member_api,
            Self::Expired | Self::Revoked => {
                is_member_api || matches!(endpoint, Endpoint::Introspection)
            }
        }
    }

    pub(super) fn answer(self) -> Option<Response> {
        match self {
            Self::FreshTokenRefused => Some(ApiError::RevokedAccessToken.into_response()),
            Self::Expired | Self::Revoked => None,
        }
    }
}

//! Refreshing fails (LinkedIn reference §2).

use crate::endpoint::Endpoint;

family! {
    /// Failures of `grant_type=refresh_token`. Other token calls are not concerned.
    pub enum RefreshDefect {
        /// LinkedIn has revoked the refresh token, and with it the access tokens it gave.
        Refused = "refresh_refused", Documented, "LinkedIn revokes the refresh token and refuses it.";
        /// The new access token is issued, but its answer does not arrive. Under rotation the old refresh token is spent.
        AnswerLost = "refresh_answer_lost", Assumed, "The refresh takes effect, but its answer does not arrive.";
    }
}

impl RefreshDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Refused | Self::AnswerLost => matches!(endpoint, Endpoint::Token),
        }
    }
}

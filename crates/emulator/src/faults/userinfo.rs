//! Userinfo is not what it should be.

use crate::endpoint::Endpoint;

family! {
    /// Defects of a userinfo answer.
    pub enum UserinfoDefect {
        /// `sub` is another member's. OpenID Connect Core §5.3.2: such an answer must not be used.
        SubMismatch = "userinfo_sub_mismatch", Assumed, "Userinfo's `sub` is not the id_token's.";
    }
}

impl UserinfoDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::SubMismatch => matches!(endpoint, Endpoint::Userinfo),
        }
    }
}

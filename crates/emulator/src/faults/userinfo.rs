//! Userinfo is not what it should be.

use crate::endpoint::Endpoint;

/// Defects of a userinfo answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserinfoDefect {
    /// `sub` is another member's. OpenID Connect Core §5.3.2: such an answer must not be used.
    SubMismatch,
}

impl UserinfoDefect {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::SubMismatch => "userinfo_sub_mismatch",
        }
    }

    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::SubMismatch => "Userinfo's `sub` is not the id_token's.",
        }
    }

    pub(super) const fn concerns(endpoint: Endpoint) -> bool {
        matches!(endpoint, Endpoint::Userinfo)
    }
}

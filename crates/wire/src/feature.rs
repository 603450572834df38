//! What an application may do beyond signing in, and which permissions that needs.

use std::fmt;
use std::str::FromStr;

/// A feature that needs permissions of its own. They are asked for when the member is about to use it for the first time,
/// once, together with those that the session has (LinkedIn reference §11.1, practice 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(rename_all = "snake_case")
)]
pub enum Feature {
    /// Posting on the member's behalf, LinkedIn's product *Share on LinkedIn*.
    Share,
}

/// A feature that this application does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFeature;

const SHARE: &str = "share";

impl Feature {
    /// The permissions (OAuth scopes) that it needs, in LinkedIn's names (LinkedIn reference §0).
    #[must_use]
    pub const fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Share => &["w_member_social"],
        }
    }

    /// Whether these permissions are enough for it.
    #[must_use]
    pub fn is_covered_by(self, granted: &[String]) -> bool {
        self.scopes()
            .iter()
            .all(|scope| granted.iter().any(|it| it == scope))
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Share => SHARE,
        })
    }
}

impl FromStr for Feature {
    type Err = UnknownFeature;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            SHARE => Ok(Self::Share),
            _ => Err(UnknownFeature),
        }
    }
}

impl fmt::Display for UnknownFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a feature of this application")
    }
}

impl std::error::Error for UnknownFeature {}

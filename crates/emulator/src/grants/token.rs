//! Access and refresh tokens.

use jiff::Timestamp;

use super::Consent;

/// An access token.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) consent: Consent,
    /// The code it came of, directly or by refreshing.
    pub(crate) code: String,
    /// The refresh token issued beside it, or that it was refreshed with.
    pub(crate) refresh_token: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) ended: Option<EndedBy>,
}

/// A refresh token.
#[derive(Clone, Debug)]
pub(crate) struct RefreshToken {
    pub(crate) consent: Consent,
    pub(crate) code: String,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) ended: Option<EndedBy>,
}

/// Who ended a token before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndedBy {
    /// The application, by revocation.
    Application,
    /// The member, on the page of permitted services.
    Member,
    /// A new grant with another set of scopes.
    ScopeChange,
    /// A refresh token: another stands in its place. Whatever else came of its code: the old one was used again.
    Rotation,
    /// Its code was used twice.
    CodeReuse,
    /// LinkedIn, which may do so at any time.
    LinkedIn,
}

/// What a token is good for (LinkedIn reference §3: `status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Active,
    Expired,
    Revoked,
}

impl Standing {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }

    fn of(ended: Option<EndedBy>, expires_at: Timestamp, now: Timestamp) -> Self {
        match ended {
            Some(_) => Self::Revoked,
            None if now >= expires_at => Self::Expired,
            None => Self::Active,
        }
    }
}

impl AccessToken {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        Standing::of(self.ended, self.expires_at, now)
    }
}

impl RefreshToken {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        Standing::of(self.ended, self.expires_at, now)
    }
}

//! Access and refresh tokens.

use jiff::{SignedDuration, Timestamp};

use super::Consent;
use crate::scopes::Scopes;

/// An access token.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) consent: Consent,
    /// The code it came of, directly or by refreshing.
    pub(crate) code: String,
    /// The refresh token issued beside it, or that it was refreshed with.
    pub(crate) refresh_token: Option<String>,
    /// The scopes of the grant that this one's replaced, with which it acts at first.
    pub(crate) earlier_scopes: Option<Scopes>,
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
    /// The scopes with which the token acts: for as long as the lag those of before (LinkedIn reference §1.5).
    pub(crate) fn acting_scopes(&self, now: Timestamp, lag: SignedDuration) -> &Scopes {
        let lags = now.duration_since(self.created_at) < lag;
        let earlier = self.earlier_scopes.as_ref().filter(|_| lags);
        earlier.unwrap_or(&self.consent.scopes)
    }

    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        Standing::of(self.ended, self.expires_at, now)
    }
}

impl RefreshToken {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        Standing::of(self.ended, self.expires_at, now)
    }
}

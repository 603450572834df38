//! Who is signed in, as the page learns it.

use serde::{Deserialize, Serialize};

/// Who is signed in: the answer of `GET /bff/session`, 200 both ways, since "nobody" is an answer and not a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionView {
    /// A member is signed in.
    SignedIn(SignedIn),
    /// Nobody is signed in.
    SignedOut(SignedOut),
}

/// A session as the page may see it: who and until when, never a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// The signed-in member.
    pub member: Member,
    /// Permissions (OAuth scopes) that the member granted, in LinkedIn's names.
    pub permissions: Vec<String>,
    /// Seconds until the session ends. Relative, because device clocks lie.
    pub expires_in: u64,
    /// The same end by the BFF's clock, in seconds since 1970: for a date that a member reads, not to count with. Absent
    /// from a BFF that is older than the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub ends_at: Option<u64>,
}

/// The member's own data, as far as the granted permissions show it (OpenID Connect Core §5.1 claims).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// `sub`: the member's identifier for this application only; another application sees another one.
    pub id: String,
    /// `name`: what to call the member; never empty.
    pub name: String,
    /// `picture`: an https address (http on loopback) that LinkedIn lets expire. Absent where the member has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub picture: Option<String>,
    /// `email`: absent without the permission, and for members without a primary address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub email: Option<String>,
}

/// Nobody is signed in, why, and what a sign-in would ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedOut {
    /// Why.
    pub reason: SignedOutReason,
    /// Permissions (OAuth scopes) that a sign-in asks the member for, in LinkedIn's names.
    pub asks: Vec<String>,
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignedOutReason {
    /// This browser carries no session.
    NoSession,
    /// The session reached the end of its life.
    Expired,
    /// LinkedIn or the member ended the permission; no time of day helps, only a sign-in.
    Revoked,
    /// This browser carries a session that cannot be opened: sealed with a key that is gone, or damaged.
    Unreadable,
}

impl SignedOutReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::NoSession,
        Self::Expired,
        Self::Revoked,
        Self::Unreadable,
    ];

    /// The name on the wire; the same that serde writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoSession => "no_session",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Unreadable => "unreadable",
        }
    }
}

/// The answer of `POST /bff/logout`. The session is over in every case; this says what became of the tokens at LinkedIn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOutReport {
    /// What LinkedIn said about the tokens.
    pub revocation: Revocation,
    /// Who knows of the end.
    #[serde(default)]
    pub reach: Reach,
}

/// Who knows of a sign-out: what becomes of a copy of the cookie that somebody took before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// This browser, and the instance of the BFF that answered, until it restarts. There is no shared store.
    #[default]
    ThisInstance,
    /// Every instance, for as long as a session can last.
    EveryInstance,
    /// Every instance, and the member's sessions in all browsers have ended with this one.
    AllSessions,
    /// The shared store could not be told. This browser's session has ended; whether a copy of its cookie is refused is
    /// not certain.
    NotConfirmed,
}

impl Reach {
    /// Everyone who can know.
    pub const ALL: [Self; 4] = [
        Self::ThisInstance,
        Self::EveryInstance,
        Self::AllSessions,
        Self::NotConfirmed,
    ];

    /// The name on the wire; the same that serde writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ThisInstance => "this_instance",
            Self::EveryInstance => "every_instance",
            Self::AllSessions => "all_sessions",
            Self::NotConfirmed => "not_confirmed",
        }
    }
}

/// What became of the tokens at LinkedIn on sign-out. LinkedIn documents no revocation, so this is best effort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    /// There was no session, or its tokens had ended.
    NothingToRevoke,
    /// LinkedIn confirmed it.
    Confirmed,
    /// LinkedIn refused, failed, or did not answer in time. The tokens are forgotten here; they end at LinkedIn by
    /// themselves, or when the member removes the application there.
    NotConfirmed,
}

impl Revocation {
    /// Everything that can become of them.
    pub const ALL: [Self; 3] = [Self::NothingToRevoke, Self::Confirmed, Self::NotConfirmed];

    /// The name on the wire; the same that serde writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NothingToRevoke => "nothing_to_revoke",
            Self::Confirmed => "confirmed",
            Self::NotConfirmed => "not_confirmed",
        }
    }
}

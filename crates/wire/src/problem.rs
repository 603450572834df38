//! Failures as the BFF reports them: RFC 9457 problem details with a closed list of kinds.

use serde::{Deserialize, Serialize};

use crate::{InputError, SupportLinks, SupportRecord};

/// A failure, as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:lapel:problem:` and the kind; RFC 9457 §3.1.1 wants a URI.
    #[serde(rename = "type")]
    pub type_uri: String,
    /// One English sentence for developers; the page has its own words for members.
    pub title: String,
    /// The HTTP status, repeated (RFC 9457 §3.1.2).
    pub status: u16,
    /// What is particular to this occurrence, without secrets. For developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub detail: Option<String>,
    /// The reference under which the operator finds this occurrence in the BFF's log.
    pub reference: String,
    /// What went wrong and whose side it is on.
    pub kind: Kind,
    /// Whether asking again can help.
    pub retry: Retry,
    /// Permissions (OAuth scopes, in LinkedIn's names) that the call needs, where the kind is `scope_missing`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// What of the request LinkedIn refused, where the kind is `rejected` and LinkedIn has codes for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input_errors: Vec<InputError>,
    /// What LinkedIn's support asks for, where LinkedIn had a part in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub support: Option<Box<SupportRecord>>,
    /// Where to turn to, where a failure of LinkedIn's persists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub links: Option<Box<SupportLinks>>,
}

impl Problem {
    /// Media type of the body (RFC 9457 §3).
    pub const MEDIA_TYPE: &'static str = "application/problem+json";
}

/// What went wrong. The page matches this exhaustively; it never reads texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The device has no network.
    Offline,
    /// The browser could not reach the BFF, or something in between answered in its place.
    Unreachable,
    /// The BFF did not answer the browser in time.
    Timeout,
    /// LinkedIn answered 5xx, not at all, or with a page that is no answer.
    LinkedinDown,
    /// LinkedIn's quota is spent. LinkedIn sends no `Retry-After`; daily quotas end at midnight UTC.
    RateLimited,
    /// The session has ended: expired, revoked, or signed out elsewhere.
    SignInNeeded,
    /// The member has not granted a permission that the call needs.
    ScopeMissing,
    /// The request itself was refused; repeating it unchanged is useless.
    Rejected,
    /// A write whose answer was lost: it may or may not have happened.
    OutcomeUnknown,
    /// The operator has to set something, here or in LinkedIn's developer portal.
    NotConfigured,
    /// An answer that nobody understands, or that contradicts what was asked.
    Contract,
}

impl Kind {
    /// Every kind, in the order of the design's failure table.
    pub const ALL: [Self; 11] = [
        Self::Offline,
        Self::Unreachable,
        Self::Timeout,
        Self::LinkedinDown,
        Self::RateLimited,
        Self::SignInNeeded,
        Self::ScopeMissing,
        Self::Rejected,
        Self::OutcomeUnknown,
        Self::NotConfigured,
        Self::Contract,
    ];

    /// The name on the wire; the same that serde writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::LinkedinDown => "linkedin_down",
            Self::RateLimited => "rate_limited",
            Self::SignInNeeded => "sign_in_needed",
            Self::ScopeMissing => "scope_missing",
            Self::Rejected => "rejected",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::NotConfigured => "not_configured",
            Self::Contract => "contract",
        }
    }
}

/// Whether and when asking again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "advice", rename_all = "snake_case")]
pub enum Retry {
    /// The same request will be refused again.
    Never,
    /// The member may try again; nothing does so by itself.
    ByHand,
    /// May be repeated after this many seconds.
    After {
        /// Seconds from now. Relative, because device clocks lie.
        seconds: u64,
    },
}

//! What can be asked of LinkedIn, by name and by path.

use std::fmt;

/// Paths, exactly LinkedIn's. Both of its hosts (`www.linkedin.com` and `api.linkedin.com`) share one origin here; no path
/// means something different on the other host.
pub(crate) mod path {
    pub(crate) const AUTHORIZATION: &str = "/oauth/v2/authorization";
    /// Where the emulator's own pages post back to; LinkedIn's are its private matter.
    pub(crate) const LOGIN: &str = "/oauth/v2/authorization/login";
    pub(crate) const CONSENT: &str = "/oauth/v2/authorization/consent";
    pub(crate) const TOKEN: &str = "/oauth/v2/accessToken";
    pub(crate) const INTROSPECTION: &str = "/oauth/v2/introspectToken";
    pub(crate) const REVOCATION: &str = "/oauth/v2/revoke";
    pub(crate) const DISCOVERY: &str = "/oauth/.well-known/openid-configuration";
    pub(crate) const KEYS: &str = "/oauth/openid/jwks";
    pub(crate) const USERINFO: &str = "/v2/userinfo";
    pub(crate) const PORTRAIT: &str = "/dms/image/v2/{member}/{rendition}/0/1";
    pub(crate) const PORTRAITS: &str = "/dms/image/";
    pub(crate) const API: &str = "/v2/";
    pub(crate) const VERSIONED_API: &str = "/rest/";
    /// The issuer's path since April 2024 (LinkedIn reference §5.1).
    pub(crate) const ISSUER: &str = "/oauth";
    /// Everything here is the emulator's own and never LinkedIn's.
    pub(crate) const OWN: &str = "/emulator";
    pub(crate) const STYLE: &str = "/emulator/style.css";
    /// The page that controls the emulator, and its forms.
    pub(crate) const CONTROL: &str = "/emulator/control";
    /// The same for programs.
    pub(crate) const CONTROL_API: &str = "/emulator/api";
}

/// A kind of request that LinkedIn answers. The ledger counts by it and faults are narrowed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `GET /oauth/v2/authorization`: an application sends a member's browser to LinkedIn.
    Authorization,
    /// The forms of the authorization page: who the member is, and whether they consent. The addresses are the
    /// emulator's own.
    MemberDecision,
    /// `POST /oauth/v2/accessToken`.
    Token,
    /// `POST /oauth/v2/introspectToken`.
    Introspection,
    /// `POST /oauth/v2/revoke`, which LinkedIn does not document.
    Revocation,
    /// `GET /oauth/.well-known/openid-configuration`.
    Discovery,
    /// `GET /oauth/openid/jwks`.
    Keys,
    /// `GET /v2/userinfo`.
    Userinfo,
    /// `GET /dms/image/…`: a member's portrait; at LinkedIn on a host of its own.
    Portrait,
    /// Any other path below `/v2/` or `/rest/`.
    OtherApi,
    /// Any other path.
    Other,
}

/// What kind of answer a caller of an endpoint expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    /// A page, for a member's browser.
    Html,
    /// JSON of the OAuth endpoints: `error` and `error_description`.
    OAuth,
    /// JSON of the member APIs: `message`, `serviceErrorCode`, `status`.
    Api,
    /// A picture.
    Picture,
}

impl Endpoint {
    /// Every endpoint.
    pub const ALL: [Self; 11] = [
        Self::Authorization,
        Self::MemberDecision,
        Self::Token,
        Self::Introspection,
        Self::Revocation,
        Self::Discovery,
        Self::Keys,
        Self::Userinfo,
        Self::Portrait,
        Self::OtherApi,
        Self::Other,
    ];

    /// The name in the ledger and in fault files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::MemberDecision => "member_decision",
            Self::Token => "token",
            Self::Introspection => "introspection",
            Self::Revocation => "revocation",
            Self::Discovery => "discovery",
            Self::Keys => "keys",
            Self::Userinfo => "userinfo",
            Self::Portrait => "portrait",
            Self::OtherApi => "other_api",
            Self::Other => "other",
        }
    }

    pub(crate) fn of(requested: &str) -> Self {
        match requested {
            path::AUTHORIZATION => Self::Authorization,
            path::LOGIN | path::CONSENT => Self::MemberDecision,
            path::TOKEN => Self::Token,
            path::INTROSPECTION => Self::Introspection,
            path::REVOCATION => Self::Revocation,
            path::DISCOVERY => Self::Discovery,
            path::KEYS => Self::Keys,
            path::USERINFO => Self::Userinfo,
            _ if requested.starts_with(path::PORTRAITS) => Self::Portrait,
            _ if requested.starts_with(path::API) || requested.starts_with(path::VERSIONED_API) => {
                Self::OtherApi
            }
            _ => Self::Other,
        }
    }

    pub(crate) const fn speaks(self) -> Speaks {
        match self {
            Self::Authorization | Self::MemberDecision | Self::Other => Speaks::Html,
            Self::Token | Self::Introspection | Self::Revocation | Self::Discovery | Self::Keys => {
                Speaks::OAuth
            }
            Self::Userinfo | Self::OtherApi => Speaks::Api,
            Self::Portrait => Speaks::Picture,
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

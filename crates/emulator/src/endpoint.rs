//! What can be asked of LinkedIn, by name and by path.

use std::fmt;
use std::str::FromStr;

/// Paths, exactly LinkedIn's. Both of its hosts (`www.linkedin.com` and `api.linkedin.com`) share one origin here; no path
/// means something different on the other host.
pub(crate) mod path {
    pub(crate) const AUTHORIZATION: &str = "/oauth/v2/authorization";
    /// For native applications with PKCE (LinkedIn reference §6).
    pub(crate) const NATIVE_AUTHORIZATION: &str = "/oauth/native-pkce/authorization";
    /// Where the emulator's own pages post back to; LinkedIn's are its private matter.
    pub(crate) const LOGIN: &str = "/oauth/v2/authorization/login";
    pub(crate) const CONSENT: &str = "/oauth/v2/authorization/consent";
    pub(crate) const TOKEN: &str = "/oauth/v2/accessToken";
    pub(crate) const INTROSPECTION: &str = "/oauth/v2/introspectToken";
    pub(crate) const REVOCATION: &str = "/oauth/v2/revoke";
    pub(crate) const DISCOVERY: &str = "/oauth/.well-known/openid-configuration";
    pub(crate) const KEYS: &str = "/oauth/openid/jwks";
    pub(crate) const USERINFO: &str = "/v2/userinfo";
    pub(crate) const PROFILE: &str = "/v2/me";
    pub(crate) const EMAIL_ADDRESS: &str = "/v2/emailAddress";
    pub(crate) const POSTS: &str = "/rest/posts";
    pub(crate) const POST: &str = "/rest/posts/{urn}";
    pub(crate) const UGC_POSTS: &str = "/v2/ugcPosts";
    pub(crate) const ASSETS: &str = "/v2/assets";
    /// Where pictures are uploaded to; at LinkedIn on a host of its own.
    pub(crate) const UPLOAD: &str = "/mediaUpload/{asset}/feedshare-uploadedImage/0";
    pub(crate) const UPLOADS: &str = "/mediaUpload/";
    /// OAuth 1.0a: the exchange of the JavaScript SDK's token (LinkedIn reference §7).
    pub(crate) const JS_SDK_TOKEN: &str = "/uas/oauth/accessToken";
    /// Where a member removes an application (LinkedIn reference §4).
    pub(crate) const PERMITTED_SERVICES: &str = "/psettings/permitted-services";
    pub(crate) const PORTRAIT: &str = "/dms/image/v2/{member}/{rendition}/0/1";
    pub(crate) const PORTRAITS: &str = "/dms/image/";
    pub(crate) const OLD_API: &str = "/v1/";
    pub(crate) const OLD_APIS: &str = "/v1/{*rest}";
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
    /// `GET /oauth/native-pkce/authorization`: likewise for a native application with PKCE.
    NativeAuthorization,
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
    /// `GET /v2/me`, the legacy profile.
    Profile,
    /// `GET /v2/emailAddress`, likewise.
    EmailAddress,
    /// `POST /rest/posts` and what is below it.
    Posts,
    /// `POST /v2/ugcPosts` and what is below it.
    UgcPosts,
    /// `POST /v2/assets?action=registerUpload`.
    Assets,
    /// `PUT /mediaUpload/…`: the bytes of a picture; at LinkedIn on a host of its own.
    AssetUpload,
    /// `POST /uas/oauth/accessToken`: the exchange of the JavaScript SDK's token.
    JsSdkToken,
    /// `/psettings/permitted-services`: where a member removes an application.
    PermittedServices,
    /// `GET /dms/image/…`: a member's portrait; at LinkedIn on a host of its own.
    Portrait,
    /// Any other path below `/v1/`, `/v2/` or `/rest/`.
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
    pub const ALL: [Self; 20] = [
        Self::Authorization,
        Self::NativeAuthorization,
        Self::MemberDecision,
        Self::Token,
        Self::Introspection,
        Self::Revocation,
        Self::Discovery,
        Self::Keys,
        Self::Userinfo,
        Self::Profile,
        Self::EmailAddress,
        Self::Posts,
        Self::UgcPosts,
        Self::Assets,
        Self::AssetUpload,
        Self::JsSdkToken,
        Self::PermittedServices,
        Self::Portrait,
        Self::OtherApi,
        Self::Other,
    ];

    /// The name in the ledger and in fault files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::NativeAuthorization => "native_authorization",
            Self::MemberDecision => "member_decision",
            Self::Token => "token",
            Self::Introspection => "introspection",
            Self::Revocation => "revocation",
            Self::Discovery => "discovery",
            Self::Keys => "keys",
            Self::Userinfo => "userinfo",
            Self::Profile => "profile",
            Self::EmailAddress => "email_address",
            Self::Posts => "posts",
            Self::UgcPosts => "ugc_posts",
            Self::Assets => "assets",
            Self::AssetUpload => "asset_upload",
            Self::JsSdkToken => "js_sdk_token",
            Self::PermittedServices => "permitted_services",
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
            path::NATIVE_AUTHORIZATION => Self::NativeAuthorization,
            path::PROFILE => Self::Profile,
            path::EMAIL_ADDRESS => Self::EmailAddress,
            path::ASSETS => Self::Assets,
            path::JS_SDK_TOKEN => Self::JsSdkToken,
            _ if is_at(requested, path::POSTS) => Self::Posts,
            _ if is_at(requested, path::UGC_POSTS) => Self::UgcPosts,
            _ if is_at(requested, path::PERMITTED_SERVICES) => Self::PermittedServices,
            _ if requested.starts_with(path::UPLOADS) => Self::AssetUpload,
            _ if requested.starts_with(path::PORTRAITS) => Self::Portrait,
            _ if [path::OLD_API, path::API, path::VERSIONED_API]
                .iter()
                .any(|api| requested.starts_with(api)) =>
            {
                Self::OtherApi
            }
            _ => Self::Other,
        }
    }

    pub(crate) const fn speaks(self) -> Speaks {
        match self {
            Self::Authorization
            | Self::NativeAuthorization
            | Self::MemberDecision
            | Self::PermittedServices
            | Self::Other => Speaks::Html,
            Self::Token | Self::Introspection | Self::Revocation | Self::Discovery | Self::Keys => {
                Speaks::OAuth
            }
            Self::Userinfo
            | Self::Profile
            | Self::EmailAddress
            | Self::Posts
            | Self::UgcPosts
            | Self::Assets
            | Self::AssetUpload
            | Self::JsSdkToken
            | Self::OtherApi => Speaks::Api,
            Self::Portrait => Speaks::Picture,
        }
    }

    /// Whether calls count against a daily quota (LinkedIn reference §8.4).
    pub(crate) const fn has_quota(self) -> bool {
        match self {
            Self::Userinfo
            | Self::Profile
            | Self::EmailAddress
            | Self::Posts
            | Self::UgcPosts
            | Self::Assets => true,
            Self::Authorization
            | Self::NativeAuthorization
            | Self::MemberDecision
            | Self::Token
            | Self::Introspection
            | Self::Revocation
            | Self::Discovery
            | Self::Keys
            | Self::AssetUpload
            | Self::JsSdkToken
            | Self::PermittedServices
            | Self::Portrait
            | Self::OtherApi
            | Self::Other => false,
        }
    }
}

/// Whether a path is `address` or below it.
pub(crate) fn is_at(requested: &str, address: &str) -> bool {
    requested
        .strip_prefix(address)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no endpoint has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no endpoint {0:?}")]
pub struct UnknownEndpoint(pub String);

/// The inverse of [`Endpoint::as_str`].
impl FromStr for Endpoint {
    type Err = UnknownEndpoint;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|endpoint| endpoint.as_str() == name)
            .ok_or_else(|| UnknownEndpoint(name.to_owned()))
    }
}

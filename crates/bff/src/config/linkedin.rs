//! Whom members are signed in with: LinkedIn's own addresses unless told otherwise.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use url::Url;

use super::api::{self, Api, ApiSettings};
use super::env::{ADDRESS, Reader};
use super::http::is_loopback;
use super::{Upstream, pictures};
use crate::linkedin::{Dialect, PICTURE_SOURCES};
use crate::secret::ClientSecret;

/// What the names of all settings of LinkedIn begin with.
pub(super) const PREFIX: &str = "LAPEL_LINKEDIN_";

const CLIENT_ID: &str = "LAPEL_LINKEDIN_CLIENT_ID";
const CLIENT_SECRET: &str = "LAPEL_LINKEDIN_CLIENT_SECRET";
const SCOPES: &str = "LAPEL_LINKEDIN_SCOPES";
const ISSUERS: &str = "LAPEL_LINKEDIN_ISSUERS";
const AUTHORIZATION: &str = "LAPEL_LINKEDIN_AUTHORIZATION_ENDPOINT";
const TOKEN: &str = "LAPEL_LINKEDIN_TOKEN_ENDPOINT";
const JWKS: &str = "LAPEL_LINKEDIN_JWKS_URI";
const USERINFO: &str = "LAPEL_LINKEDIN_USERINFO_ENDPOINT";
const INTROSPECTION: &str = "LAPEL_LINKEDIN_INTROSPECTION_ENDPOINT";
const REVOCATION: &str = "LAPEL_LINKEDIN_REVOCATION_ENDPOINT";
/// The JavaScript SDK is LinkedIn's alone.
pub(super) const JS_SDK: &str = "LAPEL_JS_SDK";
const EMULATOR_LISTEN: &str = "LAPEL_EMULATOR_LISTEN";

/// What the product *Sign In with LinkedIn using OpenID Connect* gives (LinkedIn reference §0).
const DEFAULT_SCOPES: &str = "openid profile email";

/// LinkedIn's two hosts (LinkedIn reference §0).
const WWW: &str = "https://www.linkedin.com";
const API_HOST: &str = "https://api.linkedin.com";

/// An application that is registered with LinkedIn, and where LinkedIn is.
#[derive(Clone, Debug)]
pub struct LinkedIn {
    /// `LAPEL_LINKEDIN_CLIENT_ID`.
    pub client_id: String,
    /// `LAPEL_LINKEDIN_CLIENT_SECRET`.
    pub client_secret: ClientSecret,
    /// `LAPEL_LINKEDIN_SCOPES`: all permissions that the application needs, asked for at once.
    pub scopes: Vec<String>,
    /// `LAPEL_LINKEDIN_ISSUERS`: accepted `iss` of an id_token. LinkedIn's changed in 2024 (LinkedIn reference §5.1).
    pub issuers: Vec<String>,
    /// How LinkedIn speaks.
    pub dialect: Dialect,
    /// Where LinkedIn's endpoints are.
    pub endpoints: Endpoints,
    /// What the page may use of LinkedIn's API.
    pub api: Api,
    /// `LAPEL_PICTURE_SOURCES`: where portraits may come from, as sources of a content security policy. Without it, from
    /// LinkedIn's media hosts, and from an emulator itself.
    pub pictures: Vec<String>,
    /// `LAPEL_JS_SDK`: whether members of the JavaScript SDK are taken over (LinkedIn reference §7).
    pub js_sdk: bool,
    /// The issuer that cookies are sealed for. Nothing for LinkedIn, for which they were before there were others.
    pub sealed_for: Option<String>,
    /// How long LinkedIn may take.
    pub deadlines: Deadlines,
}

/// How long LinkedIn may take. Not settings: a member waits in front of a blank tab meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// To accept a connection. Longer only when nobody is there.
    pub connect: Duration,
    /// To answer one request, its body included.
    pub answer: Duration,
    /// To say whether a token is alive. Short: a member waits for the page's first sight meanwhile, and no answer is as
    /// good as "yes" until the next call says otherwise.
    pub introspection: Duration,
    /// Pauses before userinfo is asked again where LinkedIn calls a token revoked that it has just given (LinkedIn
    /// reference §8.2), in order. Together below the 8 seconds for which that was seen.
    pub fresh_token: [Duration; 4],
    /// Longest pause before a call that may be repeated is made again for the first time; doubled before the next.
    pub retry: Duration,
    /// For a whole sign-in: the exchange, the keys and userinfo.
    pub sign_in: Duration,
    /// For revoking both tokens. Sign-out answers within two seconds whatever LinkedIn does; this leaves time for the
    /// answer itself.
    pub revocation: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_secs(10),
            introspection: Duration::from_secs(2),
            fresh_token: [250, 750, 2000, 4000].map(Duration::from_millis),
            retry: Duration::from_millis(200),
            sign_in: Duration::from_secs(15),
            revocation: Duration::from_millis(1500),
        }
    }
}

/// LinkedIn's endpoints (LinkedIn reference §0).
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// `LAPEL_LINKEDIN_AUTHORIZATION_ENDPOINT`: where the browser is sent.
    pub authorization: Url,
    /// `LAPEL_LINKEDIN_TOKEN_ENDPOINT`: where the code becomes tokens.
    pub token: Url,
    /// `LAPEL_LINKEDIN_JWKS_URI`: the keys that sign id_tokens.
    pub jwks: Url,
    /// `LAPEL_LINKEDIN_USERINFO_ENDPOINT`: who the member is.
    pub userinfo: Url,
    /// `LAPEL_LINKEDIN_INTROSPECTION_ENDPOINT`: whether a token is alive (LinkedIn reference §3).
    pub introspection: Option<Url>,
    /// `LAPEL_LINKEDIN_REVOCATION_ENDPOINT`: where tokens end early. Undocumented (LinkedIn reference §4), so optional.
    pub revocation: Option<Url>,
}

impl Endpoints {
    /// Whether LinkedIn is on this machine: an emulator. No proxy stands in between, whatever the environment says.
    pub(crate) fn on_this_machine(&self) -> bool {
        is_loopback(&self.token)
    }

    /// LinkedIn's paths on the given hosts; in production they differ, at the emulator both are one.
    ///
    /// # Errors
    /// When a host is not the beginning of a URL.
    pub fn at(www: &str, api: &str) -> Result<Self, url::ParseError> {
        Ok(Self {
            authorization: Url::parse(&format!("{www}/oauth/v2/authorization"))?,
            token: Url::parse(&format!("{www}/oauth/v2/accessToken"))?,
            jwks: Url::parse(&format!("{www}/oauth/openid/jwks"))?,
            userinfo: Url::parse(&format!("{api}/v2/userinfo"))?,
            introspection: Some(Url::parse(&format!("{www}/oauth/v2/introspectToken"))?),
            revocation: Some(Url::parse(&format!("{www}/oauth/v2/revoke"))?),
        })
    }

    #[expect(
        clippy::expect_used,
        reason = "constants, parsed by every test of this module"
    )]
    fn of_linkedin() -> Self {
        Self::at(WWW, API_HOST).expect("LinkedIn's addresses are URLs")
    }
}

pub(super) fn read(reader: &mut Reader, development: bool) -> Upstream {
    let scopes = scopes(reader);
    let api = ApiSettings::read(reader);
    let pictures = pictures::read(reader);
    let js_sdk = js_sdk(reader);
    let client_id = reader.text(CLIENT_ID).map(str::to_owned);
    let client_secret = reader.text(CLIENT_SECRET).map(ClientSecret::new);
    match (client_id, client_secret) {
        (Some(client_id), Some(client_secret)) => {
            let endpoints = endpoints(reader);
            return Upstream::LinkedIn(Box::new(LinkedIn {
                client_id,
                client_secret,
                scopes,
                issuers: issuers(reader),
                dialect: Dialect::LINKEDIN,
                pictures: pictures.unwrap_or_else(|| usual_pictures(&endpoints)),
                endpoints,
                api: api.at(api::base(reader, api_of_linkedin())),
                js_sdk,
                sealed_for: None,
                deadlines: Deadlines::default(),
            }));
        }
        (None, None) => {
            if !development {
                reader.fault(format!("{CLIENT_ID} is not set"));
                reader.fault(format!("{CLIENT_SECRET} is not set"));
            }
            for unused in [
                ISSUERS,
                AUTHORIZATION,
                TOKEN,
                JWKS,
                USERINFO,
                INTROSPECTION,
                REVOCATION,
                api::BASE,
            ] {
                if reader.text(unused).is_some() {
                    reader.fault(format!("{unused} is set, but {CLIENT_ID} is not"));
                }
            }
        }
        (Some(_), None) => {
            reader.fault(format!("{CLIENT_SECRET} is not set, but {CLIENT_ID} is"));
        }
        (None, Some(_)) => {
            reader.fault(format!("{CLIENT_ID} is not set, but {CLIENT_SECRET} is"));
        }
    }
    Upstream::Emulator {
        listen: emulator_listen(reader),
        scopes,
        api,
        pictures,
        js_sdk,
    }
}

/// Whether members of the JavaScript SDK are taken over.
pub(super) fn js_sdk(reader: &mut Reader) -> bool {
    match reader.text(JS_SDK) {
        None | Some("off") => false,
        Some("on") => true,
        Some(_) => {
            reader.fault(format!("{JS_SDK}: must be `on` or `off`"));
            false
        }
    }
}

/// From LinkedIn's media hosts; an emulator has them itself.
fn usual_pictures(endpoints: &Endpoints) -> Vec<String> {
    let source = if is_loopback(&endpoints.userinfo) {
        endpoints.userinfo.origin().ascii_serialization()
    } else {
        PICTURE_SOURCES.to_owned()
    };
    vec![source]
}

fn scopes(reader: &mut Reader) -> Vec<String> {
    let text = reader.text(SCOPES).unwrap_or(DEFAULT_SCOPES);
    let scopes: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let has = |name: &str| scopes.iter().any(|scope| scope == name);
    // LinkedIn reference §1.3: `openid` alone is refused; without `openid` there is no id_token.
    let fault = if !has("openid") {
        Some("must contain `openid`: without it LinkedIn does not say who the member is")
    } else if !has("profile") && !has("email") {
        Some("LinkedIn refuses `openid` alone; add `profile` or `email`")
    } else {
        None
    };
    if let Some(fault) = fault {
        reader.fault(format!("{SCOPES}: {fault}"));
    }
    scopes
}

fn issuers(reader: &Reader) -> Vec<String> {
    // LinkedIn reference §5.1: live since April 2024, although LinkedIn's page still prints the host alone.
    reader
        .text(ISSUERS)
        .unwrap_or("https://www.linkedin.com/oauth")
        .split(',')
        .map(|issuer| issuer.trim().to_owned())
        .filter(|issuer| !issuer.is_empty())
        .collect()
}

fn endpoints(reader: &mut Reader) -> Endpoints {
    let defaults = Endpoints::of_linkedin();
    let introspection = optional(reader, INTROSPECTION, defaults.introspection);
    let revocation = optional(reader, REVOCATION, defaults.revocation);
    Endpoints {
        authorization: endpoint(reader, AUTHORIZATION, defaults.authorization),
        token: endpoint(reader, TOKEN, defaults.token),
        jwks: endpoint(reader, JWKS, defaults.jwks),
        userinfo: endpoint(reader, USERINFO, defaults.userinfo),
        introspection,
        revocation,
    }
}

/// An endpoint that the operator may switch off with `none`.
fn optional(reader: &mut Reader, name: &'static str, default: Option<Url>) -> Option<Url> {
    match reader.text(name) {
        Some("none") => None,
        _ => default.map(|default| endpoint(reader, name, default)),
    }
}

fn endpoint(reader: &mut Reader, name: &'static str, default: Url) -> Url {
    let url = reader.parsed(name, "an https address", default);
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        reader.fault(format!(
            "{name}: must be https, or http on loopback: secrets travel there"
        ));
    }
    url
}

#[expect(
    clippy::expect_used,
    reason = "a constant, parsed by every test of this module"
)]
fn api_of_linkedin() -> Url {
    API_HOST.parse().expect("LinkedIn's address is a URL")
}

fn emulator_listen(reader: &mut Reader) -> SocketAddr {
    let listen = reader.parsed(
        EMULATOR_LISTEN,
        ADDRESS,
        SocketAddr::from((Ipv4Addr::LOCALHOST, 3001)),
    );
    if !listen.ip().is_loopback() {
        reader.fault(format!(
            "{EMULATOR_LISTEN}: the emulator signs anyone in as anyone; it listens on loopback only"
        ));
    }
    listen
}

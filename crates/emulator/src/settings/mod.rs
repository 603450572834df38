//! What an emulator can be told before it starts.

mod file;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use jiff::SignedDuration;
use serde::Deserialize;

use crate::api::ApiVersions;
use crate::clock::Clock;
use crate::control::Scenario;
use crate::js_sdk::JsSdkExchange;
use crate::members::Member;
use crate::quirks::Quirks;
use crate::quotas::Quotas;

pub use file::{FileFault, SettingsFile, SettingsFileError};

/// Everything about an emulator that is decided before it starts.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Where to listen. Default: a free port on 127.0.0.1.
    pub listen: SocketAddr,
    /// Permits addresses beyond loopback. Whoever reaches the emulator is any member they like. Default: off.
    pub danger_beyond_loopback: bool,
    /// The address under which clients reach the emulator, without a trailing slash, where it differs from the one it
    /// listens on (a container, a proxy). Default: `http://` and the listening address.
    pub public_url: Option<String>,
    /// The applications that LinkedIn knows. Default: one, [`Client::default`].
    pub clients: Vec<Client>,
    /// The people who can sign in. Default: [`Member::built_in`].
    pub members: Vec<Member>,
    /// Whether `POST /oauth/v2/revoke` exists: on, it answers 200 with nothing; off, 404. LinkedIn documents no such
    /// endpoint (LinkedIn reference §4). Default: on.
    pub revocation: bool,
    /// Whether applications get refresh tokens. LinkedIn gives them to approved partners only (LinkedIn reference §2).
    /// Default: off.
    pub refresh_tokens: bool,
    /// A strictly conforming OpenID provider in place of LinkedIn: [`Quirks::textbook`] is used, whatever `quirks` says.
    /// Default: off.
    pub textbook: bool,
    /// How LinkedIn departs from the standards. Default: [`Quirks::linkedin`].
    pub quirks: Quirks,
    /// How long things live. Default: as at LinkedIn.
    pub lifetimes: Lifetimes,
    /// Client ids of applications that may use the native flow with PKCE, which LinkedIn enables one by one (LinkedIn
    /// reference §6). Default: none.
    pub native_clients: Vec<String>,
    /// What becomes of the JavaScript SDK's tokens (LinkedIn reference §7). Default: [`JsSdkExchange::SwitchedOff`].
    pub js_sdk: JsSdkExchange,
    /// How many calls a day the member APIs answer. Default: as at LinkedIn, where that is known.
    pub quotas: Quotas,
    /// The active versions of `/rest/*`. Default: [`ApiVersions::Rolling`].
    pub api_versions: ApiVersions,
    /// Modulus of the key that signs id_tokens. Default: [`KeySize::Rsa2048`].
    pub key_size: KeySize,
    /// The emulator's time. Default: the machine's.
    pub clock: Clock,
    /// Replayed at the start and after a reset. Default: none.
    pub scenario: Option<Scenario>,
    /// The folder where the control interface keeps scenarios; made when the first is saved. Default: none, and none can
    /// be saved.
    pub scenarios: Option<PathBuf>,
}

/// An application as LinkedIn's developer portal knows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// `client_secret`. LinkedIn's current ones contain `.` and `=` (LinkedIn reference §1.4), and so does the default.
    pub secret: String,
    /// Registered redirect addresses: absolute, without a fragment.
    pub redirect_uris: Vec<String>,
    /// Permissions that the application's products give it.
    pub scopes: Vec<String>,
    /// What the consent page calls the application.
    pub name: String,
}

/// How long things live. LinkedIn reference §1.2, §1.5, §2, §5.3, §5.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// An authorization code, and a request that waits for the member. Default: 30 minutes.
    pub code: SignedDuration,
    /// An access token. Default: 60 days.
    pub access_token: SignedDuration,
    /// A refresh token, from its first issue. Default: 365 days.
    pub refresh_token: SignedDuration,
    /// An id_token. Default: one hour.
    pub id_token: SignedDuration,
    /// The address of a portrait; rounded up to the next midnight UTC. Default: 57 days.
    pub portrait: SignedDuration,
    /// How long after its issue an access token is still answered 401 65601 (LinkedIn reference §8.2). Default: zero.
    pub fresh_token_refused: SignedDuration,
    /// How long an access token of a changed set of scopes acts with the set before; seen up to five minutes (LinkedIn
    /// reference §1.5). Default: zero.
    pub scope_lag: SignedDuration,
}

/// Modulus of the signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub enum KeySize {
    /// 2048 bits: a fraction of the time to generate and to sign with. For embedded use and tests, where every process
    /// pays for its own key.
    Rsa2048,
    /// 4096 bits, as LinkedIn's (LinkedIn reference §5.2).
    Rsa4096,
}

/// The inverse of the number of bits.
impl TryFrom<u16> for KeySize {
    type Error = &'static str;

    fn try_from(bits: u16) -> Result<Self, Self::Error> {
        match bits {
            2048 => Ok(Self::Rsa2048),
            4096 => Ok(Self::Rsa4096),
            _ => Err("the key has 2048 or 4096 bits"),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            danger_beyond_loopback: false,
            public_url: None,
            clients: vec![Client::default()],
            members: Member::built_in(),
            revocation: true,
            refresh_tokens: false,
            textbook: false,
            quirks: Quirks::linkedin(),
            lifetimes: Lifetimes::default(),
            native_clients: Vec::new(),
            js_sdk: JsSdkExchange::default(),
            quotas: Quotas::default(),
            api_versions: ApiVersions::default(),
            key_size: KeySize::Rsa2048,
            clock: Clock::system(),
            scenario: None,
            scenarios: None,
        }
    }
}

impl Default for Client {
    fn default() -> Self {
        Self {
            id: "lapel-emulated-client".to_owned(),
            secret: "WPL_AP1.emulated.c2VjcmV0==".to_owned(),
            redirect_uris: vec!["http://localhost:8080/bff/callback".to_owned()],
            scopes: ["openid", "profile", "email", "w_member_social"]
                .map(str::to_owned)
                .into(),
            name: "Lapel".to_owned(),
        }
    }
}

/// The secret stays out: a `{:?}` in someone's log is how secrets leak, and habits form against emulators.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("redirect_uris", &self.redirect_uris)
            .field("scopes", &self.scopes)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Default for Lifetimes {
    fn default() -> Self {
        const fn days(number: i64) -> SignedDuration {
            SignedDuration::from_hours(24 * number)
        }
        Self {
            code: SignedDuration::from_mins(30),
            access_token: days(60),
            refresh_token: days(365),
            id_token: SignedDuration::from_hours(1),
            portrait: days(57),
            fresh_token_refused: SignedDuration::ZERO,
            scope_lag: SignedDuration::ZERO,
        }
    }
}

/// A setting that no emulator can start with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// Listening beyond loopback was not permitted.
    #[error("{0} is not a loopback address; `danger_beyond_loopback` permits it")]
    NotLoopback(SocketAddr),
    /// The public address is not usable as a base.
    #[error(
        "the public address {0:?} must be http or https, without path, query or trailing slash"
    )]
    PublicUrl(String),
    /// There is nobody to sign in to.
    #[error("no application is registered")]
    NoClient,
    /// There is nobody to sign in.
    #[error("there are no members")]
    NoMember,
    /// Two applications share an identifier.
    #[error("two applications have the client id {0:?}")]
    DuplicateClient(String),
    /// Two members share a slug.
    #[error("two members have the slug {0:?}")]
    DuplicateMember(String),
    /// An application without an identifier or a secret.
    #[error("an application needs a client id and a secret, neither empty")]
    EmptyClient,
    /// A native application that is no application.
    #[error("the native client {0:?} is no registered application")]
    NativeClient(String),
    /// A length of time that nothing can have.
    #[error("`{0}` must not be negative, nor zero where something is to live at all")]
    Lifetime(&'static str),
    /// A slug that cannot stand in an address.
    #[error("the slug {0:?} must be made of lower-case letters, digits and hyphens")]
    Slug(String),
    /// A redirect address that LinkedIn would not register (LinkedIn reference §1.1).
    #[error("the redirect address {0:?} must be absolute and without a fragment")]
    RedirectUri(String),
}

impl Lifetimes {
    /// The names of those that cannot be.
    fn faults(&self) -> impl Iterator<Item = &'static str> {
        let lives = [
            ("code", self.code),
            ("access_token", self.access_token),
            ("refresh_token", self.refresh_token),
            ("id_token", self.id_token),
            ("portrait", self.portrait),
        ];
        let delays = [
            ("fresh_token_refused", self.fresh_token_refused),
            ("scope_lag", self.scope_lag),
        ];
        let lives = lives
            .into_iter()
            .filter(|(_, length)| !length.is_positive());
        let delays = delays
            .into_iter()
            .filter(|(_, length)| length.is_negative());
        lives.chain(delays).map(|(name, _)| name)
    }
}

impl Settings {
    /// Everything that is wrong, not only the first fault.
    pub(crate) fn faults(&self) -> Vec<SettingsFault> {
        let mut faults = Vec::new();
        if !self.listen.ip().is_loopback() && !self.danger_beyond_loopback {
            faults.push(SettingsFault::NotLoopback(self.listen));
        }
        faults.extend(
            self.public_url
                .iter()
                .filter(|url| !is_base_address(url))
                .map(|url| SettingsFault::PublicUrl(url.clone())),
        );
        if self.clients.is_empty() {
            faults.push(SettingsFault::NoClient);
        }
        if self.members.is_empty() {
            faults.push(SettingsFault::NoMember);
        }
        let ids = self.clients.iter().map(|client| client.id.as_str());
        faults.extend(repeated(ids).map(SettingsFault::DuplicateClient));
        let slugs = || self.members.iter().map(|member| member.slug.as_str());
        faults.extend(repeated(slugs()).map(SettingsFault::DuplicateMember));
        let unfit = slugs().filter(|slug| !is_slug(slug));
        faults.extend(unfit.map(|slug| SettingsFault::Slug(slug.to_owned())));
        let nameless = |client: &Client| client.id.is_empty() || client.secret.is_empty();
        if self.clients.iter().any(nameless) {
            faults.push(SettingsFault::EmptyClient);
        }
        let registered = |id: &String| self.clients.iter().any(|client| client.id == *id);
        let unknown = self.native_clients.iter().filter(|id| !registered(id));
        faults.extend(unknown.map(|id| SettingsFault::NativeClient(id.clone())));
        faults.extend(self.lifetimes.faults().map(SettingsFault::Lifetime));
        let redirects = self.clients.iter().flat_map(|client| &client.redirect_uris);
        let unfit = redirects.filter(|uri| !is_redirect_address(uri));
        faults.extend(unfit.map(|uri| SettingsFault::RedirectUri(uri.clone())));
        faults
    }
}

/// A slug that two members share.
pub(crate) fn repeated_slug(members: &[Member]) -> Option<String> {
    repeated(members.iter().map(|member| member.slug.as_str())).next()
}

fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let mut twice: Vec<String> = names
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0].to_owned())
        .collect();
    twice.dedup();
    twice.into_iter()
}

pub(crate) fn is_slug(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(fits)
}

fn is_base_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && !text.ends_with('/')
    })
}

fn is_redirect_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.has_host() && url.fragment().is_none())
}

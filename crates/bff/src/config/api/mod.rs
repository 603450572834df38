//! What of LinkedIn's API the application's own page may use: an allowlist, and how LinkedIn is asked.

mod file;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use http::Method;
use url::Url;

use super::env::Reader;
use super::http::is_loopback;
use crate::linkedin::PathTemplate;

const FILE: &str = "LAPEL_LINKEDIN_API";
pub(super) const BASE: &str = "LAPEL_LINKEDIN_API_BASE";
const VERSION: &str = "LAPEL_LINKEDIN_VERSION";

/// The version of LinkedIn's API that this release was written against. LinkedIn supports each for at least a year
/// (LinkedIn reference §9.2).
const CURRENT: &str = "202610";

/// LinkedIn's API as the page may use it.
#[derive(Clone, Debug)]
pub struct Api {
    /// `LAPEL_LINKEDIN_API_BASE`: the origin of LinkedIn's API. No call goes anywhere else.
    pub base: Url,
    /// `LAPEL_LINKEDIN_VERSION`: sent with calls to the versioned API.
    pub version: Version,
    /// `LAPEL_LINKEDIN_API`: what may be called. What is not here cannot.
    pub calls: Vec<Call>,
}

/// One kind of call that the page may make.
#[derive(Clone, Debug)]
pub struct Call {
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{name}` for segments that the page fills in.
    pub path: PathTemplate,
    /// Permissions (OAuth scopes) without which LinkedIn is not asked.
    pub scopes: Vec<String>,
    /// Query parameters that the page may set.
    pub query: Vec<String>,
    /// Values of `X-RestLi-Method` that the page may set.
    pub restli_methods: Vec<String>,
    /// Largest request body in bytes.
    pub request_limit: usize,
    /// Largest body of LinkedIn's answer in bytes.
    pub answer_limit: u64,
    /// For everything that LinkedIn does, repetitions and the answer's body included.
    pub timeout: Duration,
    /// Whether it may be repeated without being asked: the second time changes nothing that the first has not (RFC 9110
    /// §9.2.2). Never for `POST` and `PATCH`.
    pub idempotent: bool,
}

impl Call {
    /// Largest request body in bytes where an entry does not say. A post of 3000 characters, all of them escaped, has
    /// less than 20 kB.
    pub(super) const REQUEST_LIMIT: usize = 64 * 1024;

    /// Largest answer in bytes where an entry does not say.
    pub(super) const ANSWER_LIMIT: u64 = 1024 * 1024;

    /// Deadline where an entry does not say.
    pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

    /// A call with the usual limits.
    #[must_use]
    pub fn new(method: Method, path: PathTemplate, scopes: &[&str]) -> Self {
        Self {
            idempotent: is_idempotent(&method),
            method,
            path,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            query: Vec::new(),
            restli_methods: Vec::new(),
            request_limit: Self::REQUEST_LIMIT,
            answer_limit: Self::ANSWER_LIMIT,
            timeout: Self::TIMEOUT,
        }
    }
}

/// What may be called where the operator does not say: who the member is, and posting as the member.
fn usual_calls() -> Vec<Call> {
    #[expect(
        clippy::expect_used,
        reason = "constants, read by every test of this module"
    )]
    let path = |text: &str| text.parse().expect("a template");
    vec![
        Call::new(Method::GET, path("/v2/userinfo"), &["openid"]),
        Call::new(Method::POST, path("/rest/posts"), &["w_member_social"]),
    ]
}

/// RFC 9110 §9.2.2.
pub(super) fn is_idempotent(method: &Method) -> bool {
    [Method::GET, Method::PUT, Method::DELETE].contains(method)
}

/// A month of LinkedIn's versioned API, as `202610` (LinkedIn reference §9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

/// A text that names no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a year and a month as `{CURRENT}`")]
pub struct NoVersion;

impl Version {
    /// The version of a month.
    ///
    /// # Errors
    /// Where there is no such month, or LinkedIn had no versions then.
    pub fn of(year: u16, month: u8) -> Result<Self, NoVersion> {
        // The first version was 202206.
        let is_month = (2022..=9999).contains(&year) && (1..=12).contains(&month);
        is_month
            .then(|| Self(format!("{year}{month:02}")))
            .ok_or(NoVersion)
    }

    /// As LinkedIn's header has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Version {
    fn default() -> Self {
        Self(CURRENT.to_owned())
    }
}

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text
            .split_at_checked(4)
            .filter(|(_, month)| month.len() == 2)
            .ok_or(NoVersion)?;
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoVersion);
        }
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month)) => Self::of(year, month),
            _ => Err(NoVersion),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the operator says of LinkedIn's API, wherever it is.
#[derive(Clone, Debug)]
pub struct ApiSettings {
    /// `LAPEL_LINKEDIN_API`.
    pub calls: Vec<Call>,
    /// `LAPEL_LINKEDIN_VERSION`, where it is set.
    pub version: Option<Version>,
}

impl Default for ApiSettings {
    fn default() -> Self {
        Self {
            calls: usual_calls(),
            version: None,
        }
    }
}

impl ApiSettings {
    pub(super) fn read(reader: &mut Reader) -> Self {
        Self {
            calls: calls(reader),
            version: reader.text(VERSION).is_some().then(|| {
                reader.parsed(
                    VERSION,
                    "a year and a month such as 202610",
                    Version::default(),
                )
            }),
        }
    }

    pub(super) fn at(self, base: Url) -> Api {
        Api {
            base,
            version: self.version.unwrap_or_default(),
            calls: self.calls,
        }
    }
}

fn calls(reader: &mut Reader) -> Vec<Call> {
    let Some(path) = reader.text(FILE).map(str::to_owned) else {
        return usual_calls();
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            reader.fault(format!("{FILE}: {path} cannot be read ({error})"));
            return Vec::new();
        }
    };
    file::parse(&text).unwrap_or_else(|faults| {
        for fault in faults {
            reader.fault(format!("{FILE}: {path}, {fault}"));
        }
        Vec::new()
    })
}

/// The origin of LinkedIn's API.
pub(super) fn base(reader: &mut Reader, default: Url) -> Url {
    let url = reader.parsed(BASE, "an address such as https://api.linkedin.com", default);
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        reader.fault(format!(
            "{BASE}: must be https, or http on loopback: tokens travel there"
        ));
    }
    let is_origin = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !is_origin || !url.username().is_empty() || url.password().is_some() {
        reader.fault(format!(
            "{BASE}: must be an origin, without path, query, fragment, user name or password"
        ));
    }
    url
}

#[cfg(test)]
mod tests;

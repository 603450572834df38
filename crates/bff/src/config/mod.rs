//! Settings: read once from the environment into plain structs, every fault reported at once.

mod api;
mod env;
mod http;
mod linkedin;
mod openid;
mod pictures;
mod session;
mod store;

use std::net::SocketAddr;

pub use api::{Api, ApiSettings, Call, NoVersion, Version};
pub use env::{VARIABLES, Variable};
pub use http::Http;
pub use linkedin::{Deadlines, Endpoints, LinkedIn};
pub use openid::OpenId;
pub use session::Session;
pub use store::{Store, StoreUrlError};

pub(crate) use http::is_loopback;

use env::Reader;
use tracing_subscriber::EnvFilter;

/// All settings of a BFF.
#[derive(Debug)]
pub struct Settings {
    /// Where the BFF listens, what its public address is, what it serves.
    pub http: Http,
    /// How sessions are sealed.
    pub session: Session,
    /// Whom it signs members in with.
    pub upstream: Upstream,
    /// `LAPEL_LOG`: what is logged.
    pub log: EnvFilter,
}

/// LinkedIn itself, the emulator that stands in for it in development, or another OpenID provider.
#[derive(Clone, Debug)]
pub enum Upstream {
    /// LinkedIn, or whatever answers at the configured endpoints.
    LinkedIn(Box<LinkedIn>),
    /// Another provider, which says itself where its endpoints are.
    OpenId(Box<OpenId>),
    /// The embedded emulator, listening here.
    Emulator {
        /// Loopback address and port of the emulator.
        listen: SocketAddr,
        /// Permissions that a sign-in asks for.
        scopes: Vec<String>,
        /// What the page may use of its API.
        api: ApiSettings,
        /// `LAPEL_PICTURE_SOURCES`, where it is set.
        pictures: Option<Vec<String>>,
        /// `LAPEL_JS_SDK`.
        js_sdk: bool,
    },
}

impl Settings {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// Every setting that is missing, malformed, unknown or contradicted by another, in one list.
    pub fn from_environment() -> Result<Self, Faults> {
        Self::read(env::process())
    }

    /// Reads the variables that are handed in; names that do not start with `LAPEL_` are not looked at.
    ///
    /// # Errors
    /// As [`Settings::from_environment`].
    pub fn read(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, Faults> {
        let mut reader = Reader::new(variables);
        let http = Http::read(&mut reader);
        let session = Session::read(&mut reader, http.development());
        let upstream = if openid::is_meant(&reader) {
            Upstream::OpenId(Box::new(openid::read(&mut reader)))
        } else {
            linkedin::read(&mut reader, http.development())
        };
        let log = reader.parsed(
            "LAPEL_LOG",
            "a filter such as info,lapel_bff=debug",
            EnvFilter::new("info"),
        );
        reader.finish(Self {
            http,
            session,
            upstream,
            log,
        })
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<String>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the settings cannot be used:")?;
        self.0
            .iter()
            .try_for_each(|fault| write!(f, "\n  - {fault}"))
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests;

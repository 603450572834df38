//! Lapel's backend-for-frontend (BFF): drives LinkedIn's authorization flow, keeps the tokens out of the browser's
//! reach, and serves the app.
//!
//! Data flows one way: [`http`] -> [`session`] -> [`linkedin`]. [`router`] is the whole program without a socket, so
//! tests need none.

pub mod clock;
pub mod config;
pub mod embedded;
pub mod http;
pub mod linkedin;
pub mod secret;
pub mod session;

use std::sync::Arc;

use clock::Clock;
use http::cookies::Cookies;
use linkedin::LinkedIn;
use session::Lifetimes;
use session::pending::Spent;
use session::seal::KeyRing;

pub use http::router;

/// Everything that the routes share. Cheap to clone.
#[derive(Clone)]
pub struct Bff(Arc<Shared>);

struct Shared {
    http: config::Http,
    keys: KeyRing,
    lifetimes: Lifetimes,
    linkedin: LinkedIn,
    cookies: Cookies,
    spent: Spent,
    clock: Clock,
}

impl Bff {
    /// A BFF that signs members in with this LinkedIn.
    ///
    /// # Errors
    /// When the TLS client cannot be set up.
    pub fn new(
        http: config::Http,
        session: &config::Session,
        linkedin: config::LinkedIn,
        clock: Clock,
    ) -> Result<Self, linkedin::BuildError> {
        let redirect_uri = http.redirect_uri();
        Ok(Self(Arc::new(Shared {
            cookies: Cookies::new(!http.development()),
            keys: session.keys.clone(),
            lifetimes: session.lifetimes,
            linkedin: LinkedIn::new(linkedin, redirect_uri, clock.clone())?,
            spent: Spent::new(),
            clock,
            http,
        })))
    }
}

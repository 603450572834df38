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
mod reference;
pub mod secret;
pub mod session;

use std::sync::Arc;

use clock::Clock;
use http::cookies::Cookies;
use linkedin::LinkedIn;
use session::Sessions;

pub use http::{openapi, router};

/// Everything that the routes share. Cheap to clone.
#[derive(Clone)]
pub struct Bff(Arc<Shared>);

struct Shared {
    http: config::Http,
    sessions: Sessions,
    linkedin: Arc<LinkedIn>,
    cookies: Cookies,
    clock: Clock,
}

impl Bff {
    /// A BFF that signs members in with this LinkedIn. With a store, inside a Tokio runtime.
    ///
    /// # Errors
    /// When the TLS client cannot be set up.
    pub fn new(
        http: config::Http,
        session: &config::Session,
        linkedin: config::LinkedIn,
        clock: Clock,
    ) -> Result<Self, linkedin::BuildError> {
        let linkedin = LinkedIn::new(linkedin, http.redirect_uri(), clock.clone())?;
        let linkedin = Arc::new(linkedin);
        let sessions = Sessions::new(session, Arc::clone(&linkedin), clock.clone());
        Ok(Self(Arc::new(Shared {
            cookies: Cookies::new(!http.development()),
            sessions,
            linkedin,
            clock,
            http,
        })))
    }
}

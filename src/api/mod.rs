//! The BFF as the page calls it: one method per endpoint, wire types in and out.

mod error;
mod read;
mod transport;

use std::fmt;
use std::sync::Arc;

use lapel_wire::{SessionView, SignOutReport, paths};

use crate::json::Json;
pub use error::{ApiError, Unreadable};
use transport::FetchTransport;
pub use transport::{Answering, Call, Method, Reply, Transport, TransportError};

/// The page's client of its own BFF. Cheap to clone.
#[derive(Clone)]
pub struct BffClient {
    transport: Arc<dyn Transport>,
}

impl BffClient {
    /// A client that speaks through `transport`. Applications want [`BffClient::default`]; tests hand in a double.
    #[must_use]
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self {
            transport: Arc::new(transport),
        }
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`ApiError`] where the BFF could not be asked or its answer was none. It never means "nobody".
    pub async fn session(&self) -> Result<SessionView, ApiError> {
        let call = Call {
            method: Method::Get,
            path: paths::SESSION,
            body: None,
        };
        error::understand(self.transport.send(call).await, read::session)
    }

    /// Ends the session. Asking twice is as good as once.
    ///
    /// # Errors
    /// [`ApiError`] where the session may still be alive.
    pub async fn sign_out(&self) -> Result<SignOutReport, ApiError> {
        let call = Call {
            method: Method::Post,
            path: paths::LOGOUT,
            body: None,
        };
        error::understand(self.transport.send(call).await, read::sign_out)
    }

    /// Has LinkedIn make a post of this body (LinkedIn reference §9.2). Gives back the post's name, where LinkedIn says it.
    /// Asking twice may make two posts.
    ///
    /// # Errors
    /// [`ApiError::Refused`] where it was not made, or where the BFF cannot tell ([`Kind::OutcomeUnknown`](crate::Kind::OutcomeUnknown)).
    /// Every other error leaves open whether it was.
    pub async fn post(&self, body: String) -> Result<Option<String>, ApiError> {
        let call = Call {
            method: Method::Post,
            path: paths::POSTS,
            body: Some(body),
        };
        error::made(self.transport.send(call).await)
    }
}

/// Speaks through the browser's own `fetch`.
impl Default for BffClient {
    fn default() -> Self {
        Self::new(FetchTransport)
    }
}

/// Reads what the BFF has put into the document about the session: the answer to the first [`BffClient::session`], given
/// beforehand. None where it cannot be understood.
pub(crate) fn session_in_document(json: &str) -> Option<SessionView> {
    let view = Json::parse(json).ok()?;
    read::session(&view).ok()
}

impl fmt::Debug for BffClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BffClient")
    }
}

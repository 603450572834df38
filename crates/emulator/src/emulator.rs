//! A running emulator, and its handles.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::entropy::{Entropy, NoEntropy};
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::js_sdk::JsSdk;
use crate::ledger::Ledger;
use crate::linkedin::LinkedIn;
use crate::members::Members;
use crate::openid::{KeyError, SigningKey};
use crate::posts::Posts;
use crate::serve::serve;
use crate::settings::{Client, Settings, SettingsFault};
use crate::tokens::Tokens;
use crate::visitor::{self, AuthorizationPageError};

/// LinkedIn on loopback, serving. It stops when it is dropped.
pub struct Emulator {
    address: SocketAddr,
    first_client: Client,
    linkedin: Arc<LinkedIn>,
    gateway: Gateway,
    server: JoinHandle<()>,
}

/// Why an emulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings do not fit together; all that is wrong is listed.
    #[error("the settings do not fit: {}", listed(.0))]
    Settings(Vec<SettingsFault>),
    /// The address could not be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address of the settings.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// No key to sign id_tokens with.
    #[error("there is no signing key")]
    Key(#[from] KeyError),
    /// No chance to draw codes and tokens from.
    #[error("there is no entropy")]
    Entropy(#[from] NoEntropy),
}

fn listed(faults: &[SettingsFault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

impl Emulator {
    /// Starts an emulator; it serves when this returns. Needs a Tokio runtime with I/O and time.
    ///
    /// # Errors
    /// [`StartError`] where the settings do not fit together, the address is taken, or no key can be generated.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let faults = settings.faults();
        let first_client = match settings.clients.first() {
            Some(client) if faults.is_empty() => client.clone(),
            Some(_) | None => return Err(StartError::Settings(faults)),
        };
        let failed = |source| StartError::Listen {
            address: settings.listen,
            source,
        };
        let listener = TcpListener::bind(settings.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let url = settings
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));

        let entropy = Entropy::from_system()?;
        let (size, kid) = (settings.key_size, entropy.uuid());
        // A 4096-bit key takes seconds in the worst case; the runtime's other tasks should not wait for it.
        let key = tokio::task::spawn_blocking(move || SigningKey::generate(size, kid));
        let key = key.await.map_err(|_| KeyError)??;

        let linkedin = Arc::new(LinkedIn::new(settings, url, key, entropy));
        let gateway = Gateway::new(Arc::clone(&linkedin));
        let server = tokio::spawn(serve(listener, gateway.clone()));
        Ok(Self {
            address,
            first_client,
            linkedin,
            gateway,
            server,
        })
    }

    /// Stops serving and closes every connection; the address is free when this returns.
    pub async fn stop(mut self) {
        self.server.abort();
        // Always "cancelled": the server ends in no other way.
        let _ = (&mut self.server).await;
    }

    /// The base address of both LinkedIn hosts, `http://127.0.0.1:PORT`, without a trailing slash. The issuer is this and
    /// `/oauth`.
    pub fn url(&self) -> &str {
        &self.linkedin.url
    }

    /// The address that is listened on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The first application of the settings.
    pub fn client(&self) -> Client {
        self.linkedin
            .client(&self.first_client.id)
            .unwrap_or_else(|| self.first_client.clone())
    }

    /// Registers one more redirect address of an application, as the developer portal does: absolute, without a
    /// fragment. Says whether there is such an application.
    pub fn register_redirect(&self, client_id: &str, redirect_uri: &str) -> bool {
        self.linkedin.register_redirect(client_id, redirect_uri)
    }

    /// The emulator's time.
    pub fn clock(&self) -> Clock {
        self.linkedin.clock.clone()
    }

    /// The people who can sign in.
    pub fn members(&self) -> Members {
        self.linkedin.members.clone()
    }

    /// The faults in force.
    pub fn faults(&self) -> Faults {
        self.linkedin.faults.clone()
    }

    /// Every request so far.
    pub fn ledger(&self) -> Ledger {
        self.linkedin.ledger.clone()
    }

    /// What members have shared.
    pub fn posts(&self) -> Posts {
        self.linkedin.posts.clone()
    }

    /// The JavaScript SDK in members' browsers.
    pub fn js_sdk(&self) -> JsSdk {
        JsSdk::of(&self.linkedin)
    }

    /// LinkedIn signs with a new key from now on, and the old one is gone.
    pub async fn rotate_key(&self) {
        self.linkedin.rotate_key(self.linkedin.entropy.uuid()).await;
    }

    /// The live tokens.
    pub fn tokens(&self) -> Tokens {
        Tokens::of(&self.linkedin)
    }

    /// Puts everything back as it was at the start, but for the address and the signing key: nobody is signed in, no
    /// fault is in force, and the ledger is empty. The clock stands where the settings had it; one that ran shows the
    /// machine's time again.
    pub fn reset(&self) {
        self.linkedin.reset();
    }

    /// What a member does at the authorization page who signs in and allows, without a browser: the address that
    /// LinkedIn redirects to, with a code. Where LinkedIn redirects at once with an error, that address.
    ///
    /// # Errors
    /// [`AuthorizationPageError`] where LinkedIn shows a page in place of a redirect, or does not answer.
    pub async fn allow(
        &self,
        authorization_url: &str,
        member: &str,
    ) -> Result<String, AuthorizationPageError> {
        visitor::allow(&self.gateway, authorization_url, member).await
    }

    /// The address that LinkedIn redirects to when the visitor cancels on the login page.
    ///
    /// # Errors
    /// As [`Emulator::allow`].
    pub async fn cancel_login(
        &self,
        authorization_url: &str,
    ) -> Result<String, AuthorizationPageError> {
        visitor::cancel_login(&self.gateway, authorization_url).await
    }

    /// The address that LinkedIn redirects to when a member signs in and refuses consent.
    ///
    /// # Errors
    /// As [`Emulator::allow`].
    pub async fn cancel_consent(
        &self,
        authorization_url: &str,
        member: &str,
    ) -> Result<String, AuthorizationPageError> {
        visitor::cancel_consent(&self.gateway, authorization_url, member).await
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("url", &self.linkedin.url)
            .finish_non_exhaustive()
    }
}

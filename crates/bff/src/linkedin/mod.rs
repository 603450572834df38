//! LinkedIn's dialect of OAuth 2.0 and OpenID Connect. Nothing outside this module knows how LinkedIn writes.

mod authorize;
mod id_token;
mod keys;
mod quirks;
mod revoke;
mod token;
mod transport;
mod userinfo;

pub use authorize::{AuthorizationReply, MalformedReply, Refusal};
pub use id_token::IdTokenError;
pub use keys::KeyError;
pub use token::{ExchangeError, Grant};
pub use transport::{BuildError, Failure, NotAsExpected};
pub use userinfo::UserinfoError;

use lapel_wire::{Member, Revocation};
use reqwest::Client;

use crate::clock::Clock;
use crate::config;
use crate::secret::{AccessToken, Code, IdToken, RefreshToken, State};
use keys::Keys;

/// A client of LinkedIn for one registered application.
#[derive(Debug)]
pub struct LinkedIn {
    settings: config::LinkedIn,
    redirect_uri: String,
    http: Client,
    keys: Keys,
    clock: Clock,
}

/// Why a code did not lead to a member.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Each answer came, but all of them together took too long.
    #[error("LinkedIn did not answer in time")]
    TooSlow,
    /// The code did not become tokens.
    #[error("the code could not be exchanged: {0}")]
    Exchange(#[from] ExchangeError),
    /// The id_token does not prove who the member is.
    #[error("the id_token was refused: {0}")]
    IdToken(#[from] IdTokenError),
    /// LinkedIn did not say who the member is.
    #[error("userinfo was not answered: {0}")]
    Userinfo(#[from] UserinfoError),
    /// The id_token and userinfo speak of two members (OpenID Connect Core §5.3.2: MUST NOT be used).
    #[error("userinfo speaks of another member than the id_token")]
    SubjectMismatch,
}

impl LinkedIn {
    /// A client for the application; no request is made yet.
    ///
    /// # Errors
    /// When the machine's TLS set-up cannot be used.
    pub fn new(
        settings: config::LinkedIn,
        redirect_uri: String,
        clock: Clock,
    ) -> Result<Self, BuildError> {
        let http = transport::client(&settings)?;
        Ok(Self {
            settings,
            redirect_uri,
            http,
            keys: Keys::new(clock.clone()),
            clock,
        })
    }

    /// Permissions that a sign-in asks for, all at once (LinkedIn reference §11.1, practice 2).
    pub fn scopes(&self) -> &[String] {
        &self.settings.scopes
    }

    /// The application's public identifier at LinkedIn.
    pub fn client_id(&self) -> &str {
        &self.settings.client_id
    }

    /// Where members' portraits come from, as sources of a content security policy.
    pub fn picture_sources(&self) -> String {
        let api = &self.settings.endpoints.userinfo;
        if config::is_loopback(api) {
            return api.origin().ascii_serialization();
        }
        quirks::PICTURE_SOURCES.to_owned()
    }

    /// Where the browser is sent to sign in.
    pub fn authorization_url(&self, state: &State, scopes: &[String]) -> String {
        authorize::url(&self.settings, &self.redirect_uri, state, scopes)
    }

    /// Whether an answer that names its issuer (RFC 9207) names LinkedIn.
    pub fn is_issuer(&self, issuer: &str) -> bool {
        self.settings.issuers.iter().any(|known| known == issuer)
    }

    /// Exchanges the code and learns who the member is. The code is spent afterwards, whatever came of it.
    ///
    /// # Errors
    /// [`SignInError`]; nothing is kept of a sign-in that fails half-way.
    pub async fn sign_in(
        &self,
        code: &Code,
        asked: &[String],
    ) -> Result<(Member, Grant), SignInError> {
        let deadline = tokio::time::Instant::now() + self.settings.deadlines.sign_in;
        let (grant, id_token) = in_time(deadline, token::exchange(self, code, asked)).await?;
        match in_time(deadline, self.identify(&grant, &id_token)).await {
            Ok(member) => Ok((member, grant)),
            Err(error) => {
                // Nobody will use these tokens, and nobody but us knows them.
                self.revoke(&grant.access_token, grant.refresh_token.as_ref())
                    .await;
                Err(error)
            }
        }
    }

    /// Who the member is: the id_token proves it, userinfo has the particulars.
    async fn identify(&self, grant: &Grant, id_token: &IdToken) -> Result<Member, SignInError> {
        let subject = self.verify(id_token, &grant.access_token).await?;
        let member = userinfo::fetch(self, &grant.access_token).await?;
        if member.id == subject {
            Ok(member)
        } else {
            Err(SignInError::SubjectMismatch)
        }
    }

    /// Asks LinkedIn to end the tokens. Best effort: LinkedIn documents no revocation (LinkedIn reference §4).
    pub async fn revoke(
        &self,
        access_token: &AccessToken,
        refresh_token: Option<&RefreshToken>,
    ) -> Revocation {
        revoke::both(self, access_token, refresh_token).await
    }

    /// The subject of a valid id_token.
    async fn verify(
        &self,
        id_token: &IdToken,
        access_token: &AccessToken,
    ) -> Result<String, IdTokenError> {
        let expected = id_token::Expected {
            issuers: &self.settings.issuers,
            client_id: &self.settings.client_id,
            now: self.clock.now_seconds(),
            access_token,
        };
        id_token::verify(
            id_token,
            &expected,
            &self.keys,
            &self.http,
            &self.settings.endpoints.jwks,
        )
        .await
    }
}

/// What comes of it, unless the deadline passes first.
async fn in_time<T, E: Into<SignInError>>(
    deadline: tokio::time::Instant,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, SignInError> {
    match tokio::time::timeout_at(deadline, work).await {
        Ok(outcome) => outcome.map_err(Into::into),
        Err(_) => Err(SignInError::TooSlow),
    }
}

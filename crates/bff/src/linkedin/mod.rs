//! LinkedIn's dialect of OAuth 2.0 and OpenID Connect. Nothing outside this module knows how LinkedIn writes.

mod api;
mod application;
mod authorize;
mod binding;
mod circuit;
mod dialect;
mod discovery;
mod id_token;
mod introspect;
mod js_sdk;
mod keys;
mod path;
mod quirks;
mod retry;
mod revoke;
mod support;
mod throttle;
mod token;
mod transport;
mod userinfo;

pub use api::{
    ApiAnswer, ApiBody, ApiProblem, ApiRequest, Asked, BrokenOff, FRESH_SECONDS, NotAllowed,
    OnBehalf, TokenEnd,
};
pub use authorize::{AuthorizationReply, MalformedReply, Refusal};
pub use binding::Binding;
pub use dialect::{Dialect, Lives, SecretIn};
pub use discovery::{DiscoveryError, discover};
pub use id_token::IdTokenError;
pub use introspect::{IntrospectionError, Standing};
pub use js_sdk::{SdkCookieError, SdkMember, SdkSignInError};
pub use keys::KeyError;
pub use path::{NotCanonical, PathTemplate, TemplateError};
pub(crate) use quirks::PICTURE_SOURCES;
pub use token::{ExchangeError, Grant, RefreshError};
pub use transport::{BuildError, Failure, NotAsExpected};
pub use userinfo::UserinfoError;

use lapel_wire::{Member, Revocation};
use reqwest::StatusCode;
use tokio::time::{Instant, timeout_at};

use crate::clock::Clock;
use crate::config;
use crate::secret::{AccessToken, Code, IdToken, Nonce, RefreshToken, State};
use api::Calls;
use keys::Keys;
use retry::Retries;
use throttle::Throttles;
use transport::Client;

/// A client of LinkedIn for one registered application.
#[derive(Debug)]
pub struct LinkedIn {
    settings: config::LinkedIn,
    redirect_uri: String,
    /// The side of accounts: sign-in, tokens, keys.
    http: Client,
    /// The side of the API.
    api: Client,
    calls: Calls,
    keys: Keys,
    clock: Clock,
}

/// Who signed in.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The member.
    pub member: Member,
    /// Whether userinfo has been heard. Where it has not, the id_token's word stands in, and userinfo is to be asked
    /// again.
    pub complete: bool,
}

impl Identity {
    fn incomplete(member: Member) -> Self {
        Self {
            member,
            complete: false,
        }
    }
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
        let (http, api) = transport::clients(&settings, &clock)?;
        Ok(Self {
            redirect_uri,
            http,
            api,
            calls: Calls {
                retries: Retries::new(settings.deadlines.retry),
                throttles: Throttles::new(clock.clone()),
            },
            keys: Keys::new(clock.clone()),
            settings,
            clock,
        })
    }

    /// The issuer whose members' cookies are sealed apart from all others', if they are.
    pub fn sealed_for(&self) -> Option<&str> {
        self.settings.sealed_for.as_deref()
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
        self.settings.pictures.join(" ")
    }

    /// What ties an answer to a new sign-in, beside its `state`.
    pub fn bind(&self) -> Binding {
        Binding::new(&self.settings.dialect)
    }

    /// Where the browser is sent to sign in.
    pub fn authorization_url(&self, state: &State, binding: &Binding, scopes: &[String]) -> String {
        authorize::url(&self.settings, &self.redirect_uri, state, binding, scopes)
    }

    /// Whether an answer comes from LinkedIn, going by the issuer that it names (RFC 9207 §2.4): one that is named must be
    /// the right one, even if none had to be.
    pub fn is_answer_of(&self, issuer: Option<&str>) -> bool {
        match issuer {
            Some(issuer) => self.settings.issuers.iter().any(|known| known == issuer),
            None => !self.settings.dialect.names_issuer,
        }
    }

    /// Exchanges the code and learns who the member is. The code is spent afterwards, whatever came of it.
    ///
    /// # Errors
    /// [`SignInError`]; nothing is kept of a sign-in that fails half-way.
    pub async fn sign_in(
        &self,
        code: &Code,
        binding: &Binding,
        asked: &[String],
    ) -> Result<(Identity, Grant), SignInError> {
        let deadline = Instant::now() + self.settings.deadlines.sign_in;
        let exchange = token::exchange(self, code, binding.verifier.as_ref(), asked);
        let (grant, id_token) = in_time(deadline, exchange).await?;
        let nonce = binding.nonce.as_ref();
        match self.identify(&grant, &id_token, nonce, deadline).await {
            Ok(identity) => Ok((identity, grant)),
            Err(error) => {
                self.give_back(&grant).await;
                Err(error)
            }
        }
    }

    /// Ends tokens that nobody will use, and that nobody but us knows.
    async fn give_back(&self, grant: &Grant) {
        self.revoke(&grant.access_token, grant.refresh_token.as_ref())
            .await;
    }

    /// The name of the cookie that the JavaScript SDK leaves; nothing where members of the SDK are not taken.
    pub fn sdk_cookie_name(&self) -> Option<String> {
        let settings = &self.settings;
        settings
            .js_sdk
            .then(|| format!("linkedin_oauth_{}", settings.client_id))
    }

    /// Whom the SDK's cookie with this value speaks of.
    ///
    /// # Errors
    /// [`SdkCookieError`] where it is not LinkedIn's for this application.
    pub fn sdk_member(&self, value: &str) -> Result<SdkMember, SdkCookieError> {
        js_sdk::read(value, &self.settings.client_secret)
    }

    /// Exchanges the SDK's token for one of our own and learns who the member is.
    ///
    /// # Errors
    /// [`SdkSignInError`]; nothing is kept of a sign-in that fails half-way.
    pub async fn sign_in_of_sdk(
        &self,
        member: &SdkMember,
    ) -> Result<(Identity, Grant), SdkSignInError> {
        js_sdk::sign_in(self, member).await
    }

    /// Who the member is: the id_token proves it, userinfo has the particulars. Where userinfo cannot be had, what the
    /// id_token tells is enough to sign in with; a hiccup of one endpoint locks nobody out.
    async fn identify(
        &self,
        grant: &Grant,
        id_token: &IdToken,
        nonce: Option<&Nonce>,
        deadline: Instant,
    ) -> Result<Identity, SignInError> {
        let token = &grant.access_token;
        let proven = in_time(deadline, self.verify(id_token, token, nonce)).await?;
        let told = match timeout_at(deadline, self.userinfo_of_fresh(token)).await {
            // Any other refusal is the endpoint's trouble, and not the token's.
            Ok(Err(error @ UserinfoError::Refused(StatusCode::UNAUTHORIZED))) => {
                return Err(error.into());
            }
            Ok(told) => told.inspect_err(|error| {
                tracing::warn!(error = %error, "a sign-in goes on without userinfo");
            }),
            Err(_) => {
                tracing::warn!("a sign-in goes on without userinfo: it came too late");
                return Ok(Identity::incomplete(proven));
            }
        };
        match told {
            Ok(member) if member.id == proven.id => Ok(Identity {
                member,
                complete: true,
            }),
            Ok(_) => Err(SignInError::SubjectMismatch),
            Err(_) => Ok(Identity::incomplete(proven)),
        }
    }

    /// Userinfo with a token that LinkedIn has just given, and may call revoked for some seconds (LinkedIn reference
    /// §8.2).
    async fn userinfo_of_fresh(&self, token: &AccessToken) -> Result<Member, UserinfoError> {
        for pause in self.settings.deadlines.fresh_token {
            match userinfo::fetch(self, token).await {
                Err(UserinfoError::Revoked) => tokio::time::sleep(pause).await,
                outcome => return outcome,
            }
        }
        userinfo::fetch(self, token).await
    }

    /// Who the token's member is, if LinkedIn says so at once: nobody waits long for what is only missing.
    ///
    /// # Errors
    /// [`UserinfoError`].
    pub async fn userinfo(&self, token: &AccessToken) -> Result<Member, UserinfoError> {
        let limit = self.settings.deadlines.introspection;
        match tokio::time::timeout(limit, userinfo::fetch(self, token)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::TimedOut.into()),
        }
    }

    /// Asks for a new access token of the member with this id; `granted` is what the member has allowed.
    ///
    /// # Errors
    /// [`RefreshError`], which says whether the grant has ended or LinkedIn could not be asked.
    pub async fn refresh(
        &self,
        refresh_token: &RefreshToken,
        member: &str,
        granted: &[String],
    ) -> Result<Grant, RefreshError> {
        token::refresh(self, refresh_token, member, granted).await
    }

    /// Asks whether a token is alive.
    ///
    /// # Errors
    /// [`IntrospectionError`], none of which says that it is not.
    pub async fn introspect(&self, token: &AccessToken) -> Result<Standing, IntrospectionError> {
        let limit = self.settings.deadlines.introspection;
        match tokio::time::timeout(limit, introspect::ask(self, token)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::TimedOut.into()),
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

    /// Who a valid id_token speaks of.
    async fn verify(
        &self,
        id_token: &IdToken,
        access_token: &AccessToken,
        nonce: Option<&Nonce>,
    ) -> Result<Member, IdTokenError> {
        let expected = id_token::Expected {
            issuers: &self.settings.issuers,
            client_id: &self.settings.client_id,
            dialect: &self.settings.dialect,
            now: self.clock.now_seconds(),
            access_token,
            nonce,
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
    deadline: Instant,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, SignInError> {
    match timeout_at(deadline, work).await {
        Ok(outcome) => outcome.map_err(Into::into),
        Err(_) => Err(SignInError::TooSlow),
    }
}

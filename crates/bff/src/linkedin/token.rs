//! The token endpoint (RFC 6749 §4.1.3 and §6; LinkedIn reference §1.4 to §1.6 and §2).

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::dialect::Dialect;
use super::transport::{Failure, NotAsExpected};
use super::{LinkedIn, application, id_token};
use crate::secret::{AccessToken, Code, CodeVerifier, IdToken, RefreshToken, SdkToken};

/// What LinkedIn granted.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Opens LinkedIn's API for the member.
    pub access_token: AccessToken,
    /// Present for approved partners only (LinkedIn reference §2).
    pub refresh_token: Option<RefreshToken>,
    /// Life of the access token in seconds.
    pub expires_in: i64,
    /// What is left of the refresh token's life in seconds, where LinkedIn says so.
    pub refresh_expires_in: Option<i64>,
    /// Permissions that were granted.
    pub scopes: Vec<String>,
}

/// Why a code did not become tokens.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// Could not ask.
    #[error(transparent)]
    NoAnswer(#[from] Failure),
    /// LinkedIn does not know this application, its secret, or refuses how it asks.
    #[error("LinkedIn refused the application ({0}): check the client id and secret")]
    ClientRefused(String),
    /// LinkedIn does not take this code: unknown, used, too old, or made for another redirect address.
    #[error("LinkedIn refused the code ({0})")]
    CodeRefused(String),
    /// A refusal that nobody has described yet.
    #[error("LinkedIn refused the exchange in words that are not known ({0})")]
    NotUnderstood(String),
    /// The answer is no token response.
    #[error("LinkedIn's token response cannot be read: {0}")]
    Unreadable(NotAsExpected),
    /// `openid` was asked for and no id_token came.
    #[error("LinkedIn's token response has no id_token")]
    NoIdToken,
    /// The token is not one that opens by being shown (RFC 6749 §7.1: a type that is not understood MUST NOT be used).
    #[error("LinkedIn's access token is no bearer token")]
    NotBearer,
}

/// Why a refresh token brought no new access token.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Could not ask. The refresh token is as good as before.
    #[error(transparent)]
    NoAnswer(#[from] Failure),
    /// "No": the refresh token has ended, and with it the grant.
    #[error("LinkedIn refused the refresh token ({0})")]
    Ended(String),
    /// LinkedIn does not know this application or its secret. That says nothing about the member's grant.
    #[error("LinkedIn refused the application ({0}): check the client id and secret")]
    ClientRefused(String),
    /// An answer that is neither tokens nor a refusal that anybody has described. The grant is kept.
    #[error("LinkedIn's answer to a refresh is not understood ({0})")]
    NotUnderstood(String),
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: AccessToken,
    refresh_token: Option<RefreshToken>,
    expires_in: Option<Value>,
    refresh_token_expires_in: Option<Value>,
    scope: Option<String>,
    token_type: Option<String>,
    id_token: Option<IdToken>,
}

#[derive(Deserialize, Default)]
struct TokenError {
    #[serde(default)]
    error: String,
}

/// Exchanges a code, once.
pub(super) async fn exchange(
    linkedin: &LinkedIn,
    code: &Code,
    verifier: Option<&CodeVerifier>,
    asked: &[String],
) -> Result<(Grant, IdToken), ExchangeError> {
    let settings = &linkedin.settings;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", &linkedin.redirect_uri),
    ];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier.expose())));
    let request = application::post(linkedin, &settings.endpoints.token, &form);
    let answer = linkedin.http.insist("accessToken", request).await?;
    if !answer.status.is_success() {
        let TokenError { error } = answer.json().unwrap_or_default();
        return Err(refused(&settings.dialect, answer.status, &error));
    }
    let response: TokenResponse = answer.json().map_err(ExchangeError::Unreadable)?;
    if !response.is_bearer() {
        return Err(ExchangeError::NotBearer);
    }
    let (grant, id_token) = response.grant(&settings.dialect, asked);
    let Some(id_token) = id_token else {
        // Boxed: it is large, and every exchange would carry it along.
        Box::pin(linkedin.give_back(&grant)).await;
        return Err(ExchangeError::NoIdToken);
    };
    Ok((grant, id_token))
}

/// RFC 8693 §2.1 and §3.
const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// RFC 6749 §5.2: what is asked for is not on offer, to nobody.
const NOT_ON_OFFER: &str = "unsupported_grant_type";

/// Exchanges a token of the JavaScript SDK for one with the permissions of a sign-in. LinkedIn's saying that it exchanges
/// none counts as a refusal of this one.
pub(super) async fn exchange_sdk(
    linkedin: &LinkedIn,
    token: &SdkToken,
) -> Result<Grant, ExchangeError> {
    let settings = &linkedin.settings;
    let form = [
        ("grant_type", TOKEN_EXCHANGE),
        ("subject_token", token.expose()),
        ("subject_token_type", ACCESS_TOKEN),
        ("scope", &settings.scopes.join(" ")),
    ];
    let request = application::post(linkedin, &settings.endpoints.token, &form);
    let answer = linkedin.http.send("accessToken", request).await?;
    if !answer.status.is_success() {
        let TokenError { error } = answer.json().unwrap_or_default();
        return Err(if error == NOT_ON_OFFER {
            ExchangeError::CodeRefused(error)
        } else {
            refused(&settings.dialect, answer.status, &error)
        });
    }
    let response: TokenResponse = answer.json().map_err(ExchangeError::Unreadable)?;
    if !response.is_bearer() {
        return Err(ExchangeError::NotBearer);
    }
    Ok(response.grant(&settings.dialect, &settings.scopes).0)
}

/// Asks for a new access token. `subject` is whose it must be; `granted` is what the member has allowed so far (RFC 6749
/// §6: without `scope`, the same is asked for again).
pub(super) async fn refresh(
    linkedin: &LinkedIn,
    refresh_token: &RefreshToken,
    subject: &str,
    granted: &[String],
) -> Result<Grant, RefreshError> {
    let settings = &linkedin.settings;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose()),
    ];
    let request = application::post(linkedin, &settings.endpoints.token, &form);
    let answer = linkedin.http.send("accessToken", request).await?;
    if !answer.status.is_success() {
        let TokenError { error } = answer.json().unwrap_or_default();
        return Err(match refused(&settings.dialect, answer.status, &error) {
            ExchangeError::CodeRefused(told) => RefreshError::Ended(told),
            ExchangeError::ClientRefused(told) => RefreshError::ClientRefused(told),
            other @ (ExchangeError::NoAnswer(_)
            | ExchangeError::NotUnderstood(_)
            | ExchangeError::Unreadable(_)
            | ExchangeError::NoIdToken
            | ExchangeError::NotBearer) => RefreshError::NotUnderstood(other.to_string()),
        });
    }
    let not_understood = |told: &dyn ToString| RefreshError::NotUnderstood(told.to_string());
    let response: TokenResponse = answer.json().map_err(|error| not_understood(&error))?;
    if !response.is_bearer() {
        return Err(not_understood(&ExchangeError::NotBearer));
    }
    let (grant, id_token) = response.grant(&settings.dialect, granted);
    let same = id_token.is_none_or(|token| {
        id_token::speaks_still_of(subject, &token, &settings.issuers, &settings.client_id)
    });
    if same {
        Ok(grant)
    } else {
        Err(not_understood(
            &"its id_token speaks of another member, or comes from elsewhere",
        ))
    }
}

impl TokenResponse {
    /// A type that is absent means bearer: LinkedIn's older answers have none (LinkedIn reference §1.5).
    fn is_bearer(&self) -> bool {
        let told = self.token_type.as_deref();
        told.is_none_or(|told| told.eq_ignore_ascii_case("bearer"))
    }

    fn grant(self, dialect: &Dialect, asked: &[String]) -> (Grant, Option<IdToken>) {
        let grant = Grant {
            access_token: self.access_token,
            refresh_token: self.refresh_token,
            expires_in: dialect.lifetime(self.expires_in.as_ref()),
            refresh_expires_in: dialect.refresh_lifetime(self.refresh_token_expires_in.as_ref()),
            scopes: dialect.scopes(self.scope.as_deref(), asked),
        };
        (grant, self.id_token)
    }
}

/// The word decides: LinkedIn says 401 to an unknown code as well (LinkedIn reference §1.6), so the status alone says nothing.
fn refused(dialect: &Dialect, status: StatusCode, error: &str) -> ExchangeError {
    let told = format!("{status}, {:?}", error.chars().take(64).collect::<String>());
    if dialect.client_refused.contains(&error) {
        ExchangeError::ClientRefused(told)
    } else if dialect.grant_refused.contains(&error) {
        ExchangeError::CodeRefused(told)
    } else {
        ExchangeError::NotUnderstood(told)
    }
}

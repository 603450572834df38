//! `POST /oauth/v2/accessToken` (LinkedIn reference §1.4 to §1.6, §2).

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::PRAGMA;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use super::client::{Claim, Doubt};
use super::error::OAuthError;
use super::repeats;
use crate::clock::later;
use crate::faults::Strikes;
use crate::gateway::{self, Fields, Heard};
use crate::grants::{CodeFault, Consent, Issued, Presented, Proof};
use crate::js_sdk::JsSdkExchange;
use crate::linkedin::{LinkedIn, Shared};
use crate::openid::Claims;
use crate::quirks::{CodeReuse, CodeVerifier, ExpiresIn, ScopeSeparator};
use crate::scopes::Scopes;
use crate::settings::Client;
use crate::switches::Switch;

/// The answer, in LinkedIn's order.
#[derive(Debug, Serialize)]
pub(crate) struct TokenAnswer {
    access_token: String,
    expires_in: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_expires_in: Option<i64>,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

/// Parameters count in the body only: the security page forbids secrets in addresses.
pub(crate) async fn issue(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    Extension(strikes): Extension<Strikes>,
    headers: HeaderMap,
) -> Response {
    let mut told = answer(&linkedin, &heard.form, &headers, &strikes)
        .map(Json)
        .map_err(|error| error.told_by(&linkedin))
        .into_response();
    if !linkedin.quirks.errors_of_its_own {
        // RFC 6749 §5.1; `Cache-Control` stands on every answer.
        let headers = told.headers_mut();
        headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    }
    told
}

fn answer(
    linkedin: &LinkedIn,
    form: &Fields,
    headers: &HeaderMap,
    strikes: &Strikes,
) -> Result<TokenAnswer, OAuthError> {
    if repeats::any(linkedin, form) {
        return Err(OAuthError::Repeated);
    }
    match form
        .get("grant_type")
        .ok_or(OAuthError::Missing("grant_type"))?
    {
        "authorization_code" => exchange(linkedin, form, headers, strikes),
        "refresh_token" => refresh(linkedin, form, headers),
        "client_credentials" => Err(application_token(linkedin, form, headers)),
        TOKEN_EXCHANGE if linkedin.js_sdk == JsSdkExchange::OAuth1AndOAuth2 => {
            js_token(linkedin, form, headers)
        }
        _ => Err(OAuthError::UnsupportedGrantType),
    }
}

fn exchange(
    linkedin: &LinkedIn,
    form: &Fields,
    headers: &HeaderMap,
    strikes: &Strikes,
) -> Result<TokenAnswer, OAuthError> {
    let needed = |name| form.get(name).ok_or(OAuthError::Missing(name));
    let (code, redirect_uri) = (needed("code")?, needed("redirect_uri")?);
    let (client, proof) = if let Some(native) = native(linkedin, form, headers) {
        native
    } else {
        let claim = Claim::read(linkedin, form, headers)?;
        let proof = proof(linkedin, form)?;
        (claim.check(linkedin).map_err(Doubt::invalid_client)?, proof)
    };

    let now = linkedin.clock.now();
    let presented = Presented {
        client_id: &client.id,
        redirect_uri,
        proof,
    };
    let redeemed = linkedin
        .grants
        .redeem(code, &presented, now)
        .map_err(|fault| code_refused(linkedin, code, fault))?;
    // A member who left LinkedIn takes the code along.
    let member = linkedin.members.get(&redeemed.consent.owner.member);
    let member = member.ok_or(OAuthError::CodeNotFound)?;

    let id_token = if redeemed.consent.scopes.has(Scopes::OPENID) {
        let skewed = later(now, strikes.ahead());
        let claims = Claims::new(linkedin, &redeemed, &member, skewed);
        Some(claims.sign(linkedin, strikes)?)
    } else {
        None
    };
    let with_refresh = linkedin.switches.is_on(Switch::RefreshTokens);
    let issued =
        linkedin
            .grants
            .issue(code, redeemed.consent, with_refresh, now, &linkedin.entropy);
    Ok(TokenAnswer::new(linkedin, issued, id_token))
}

/// A native application, which has a verifier and no secret (LinkedIn reference §6).
fn native<'r>(
    linkedin: &LinkedIn,
    form: &'r Fields,
    headers: &HeaderMap,
) -> Option<(Client, Proof<'r>)> {
    let client = linkedin.client(form.get("client_id")?)?;
    let verifier = form.get("code_verifier")?;
    let has_secret = form.get("client_secret").is_some() || gateway::basic(headers).is_some();
    (!has_secret && linkedin.native_clients.contains(&client.id))
        .then_some((client, Proof::InPlaceOfSecret(verifier)))
}

/// What becomes of a `code_verifier`. Beside the secret, LinkedIn answers it as it answers a wrong secret, whether or not
/// there was a challenge (LinkedIn reference §6).
fn proof<'r>(linkedin: &LinkedIn, form: &'r Fields) -> Result<Proof<'r>, OAuthError> {
    let verifier = form.get("code_verifier");
    match linkedin.quirks.code_verifier {
        CodeVerifier::Refused if verifier.is_some() => Err(OAuthError::InvalidClient),
        CodeVerifier::Refused => Ok(Proof::Ignored),
        CodeVerifier::Checked => Ok(Proof::Verifier(verifier)),
    }
}

fn code_refused(linkedin: &LinkedIn, code: &str, fault: CodeFault) -> OAuthError {
    let mismatch = OAuthError::CodeMismatch(linkedin.quirks.code_mismatch);
    match fault {
        CodeFault::Unknown => OAuthError::CodeNotFound,
        CodeFault::Mismatch => mismatch,
        CodeFault::Reused => match linkedin.quirks.code_reuse {
            CodeReuse::AsMismatch => mismatch,
            CodeReuse::AsUnknown => OAuthError::CodeNotFound,
            CodeReuse::AsMismatchAndRevoke => {
                linkedin.grants.end_tokens_of_code(code);
                mismatch
            }
        },
    }
}

/// No id_token comes with a refreshed access token; an assumption.
fn refresh(
    linkedin: &LinkedIn,
    form: &Fields,
    headers: &HeaderMap,
) -> Result<TokenAnswer, OAuthError> {
    let token = form
        .get("refresh_token")
        .ok_or(OAuthError::Missing("refresh_token"))?;
    let client = Claim::read(linkedin, form, headers)?
        .check(linkedin)
        .map_err(Doubt::invalid_client)?;
    let mut issued = linkedin
        .grants
        .refresh(token, &client.id, linkedin.clock.now(), &linkedin.entropy)
        .map_err(|_| OAuthError::RefreshRefused)?;
    if !linkedin.quirks.refresh_token_kept {
        linkedin.grants.rotate(&mut issued, &linkedin.entropy);
    }
    Ok(TokenAnswer::new(linkedin, issued, None))
}

/// RFC 8693 §2.1.
const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// A token of OAuth 2.0 for one of the JavaScript SDK, with the scopes of today's sign-in; all of it an assumption
/// (LinkedIn reference §7).
fn js_token(
    linkedin: &LinkedIn,
    form: &Fields,
    headers: &HeaderMap,
) -> Result<TokenAnswer, OAuthError> {
    let token = form
        .get("subject_token")
        .ok_or(OAuthError::Missing("subject_token"))?;
    let client = Claim::read(linkedin, form, headers)?
        .check(linkedin)
        .map_err(Doubt::invalid_client)?;
    let now = linkedin.clock.now();
    let owner = linkedin
        .js_tokens
        .owner(token, now)
        .filter(|owner| owner.client == client.id)
        .ok_or(OAuthError::JsTokenRefused)?;
    let asked = form.get("scope").unwrap_or("openid profile email");
    let scopes = Scopes::parse(asked).within(&Scopes::of(&client.scopes));
    let consent = Consent {
        owner,
        scopes,
        authorized_at: now,
    };
    let with_refresh = linkedin.switches.is_on(Switch::RefreshTokens);
    let issued = linkedin
        .grants
        .issue(token, consent, with_refresh, now, &linkedin.entropy);
    Ok(TokenAnswer::new(linkedin, issued, None))
}

/// Client credentials, which no self-serve application is allowed.
fn application_token(linkedin: &LinkedIn, form: &Fields, headers: &HeaderMap) -> OAuthError {
    match Claim::read(linkedin, form, headers).map(|claim| claim.check(linkedin)) {
        Err(missing) => missing,
        Ok(Err(Doubt::UnknownClient(id))) => OAuthError::UnknownClient(id),
        Ok(Err(Doubt::WrongSecret)) => OAuthError::WrongSecret,
        Ok(Ok(_)) => OAuthError::NoApplicationTokens,
    }
}

impl TokenAnswer {
    fn new(linkedin: &LinkedIn, issued: Issued, id_token: Option<String>) -> Self {
        let quirks = &linkedin.quirks;
        let seconds = issued.expires_in.as_secs();
        let (refresh_token, refresh_life) = match issued.refresh {
            Some(refresh) => (Some(refresh.token), Some(refresh.expires_in.as_secs())),
            None => (None, None),
        };
        Self {
            access_token: issued.access_token,
            expires_in: match quirks.expires_in {
                ExpiresIn::Seconds => json!(seconds),
                ExpiresIn::OneSecondLess => json!(seconds - 1),
                ExpiresIn::Text => json!(seconds.to_string()),
                ExpiresIn::Milliseconds => json!(seconds * 1000),
            },
            refresh_token,
            refresh_token_expires_in: refresh_life,
            scope: issued.consent.scopes.join(match quirks.scope_separator {
                ScopeSeparator::Comma => ",",
                ScopeSeparator::Space => " ",
            }),
            token_type: quirks.token_type.then_some("Bearer"),
            id_token,
        }
    }
}

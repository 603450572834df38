//! `POST /uas/oauth/accessToken`: the SDK's token for one of OAuth 1.0a, as was documented.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded::Serializer;

use super::JsSdkExchange;
use super::signature::Signed;
use crate::api::error::no_such_resource;
use crate::endpoint::path;
use crate::gateway::Heard;
use crate::linkedin::{LinkedIn, Shared};

/// How far a request's timestamp may be from LinkedIn's clock, in seconds. An assumption.
const PATIENCE: i64 = 300;

/// Refusals of OAuth 1.0a ("problem reporting"). Their statuses are an assumption, but for LinkedIn's 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    ParameterAbsent(&'static str),
    SignatureMethodRejected,
    ConsumerKeyUnknown,
    TimestampRefused,
    SignatureInvalid,
    NonceUsed,
    TokenRejected,
}

pub(crate) async fn exchange(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    match linkedin.js_sdk {
        // What LinkedIn answers there today was not found; an assumption.
        JsSdkExchange::SwitchedOff => return no_such_resource(path::JS_SDK_TOKEN),
        JsSdkExchange::OAuth1 | JsSdkExchange::OAuth1AndOAuth2 => {}
    }
    let signed = Signed::read(&headers, &heard.query, &heard.form);
    match token_for(&linkedin, &signed) {
        Ok(answer) => form(StatusCode::OK, answer),
        Err(problem) => problem.into_response(),
    }
}

/// The answer, form-encoded. Its token opens nothing: it was for the first version of the API, which is gone.
fn token_for(linkedin: &LinkedIn, signed: &Signed) -> Result<String, Problem> {
    let needed = |name| signed.get(name).ok_or(Problem::ParameterAbsent(name));
    let consumer = needed("oauth_consumer_key")?;
    let token = needed("xoauth_oauth2_access_token")?;
    let nonce = needed("oauth_nonce")?;
    let timestamp = needed("oauth_timestamp")?;
    needed("oauth_signature")?;
    if needed("oauth_signature_method")? != "HMAC-SHA1" {
        return Err(Problem::SignatureMethodRejected);
    }
    let client = linkedin
        .client(consumer)
        .ok_or(Problem::ConsumerKeyUnknown)?;
    let now = linkedin.clock.now();
    let fits = |at: i64| at.abs_diff(now.as_second()) <= PATIENCE.unsigned_abs();
    if !timestamp.parse().is_ok_and(fits) {
        return Err(Problem::TimestampRefused);
    }
    let address = format!("{}{}", linkedin.url, path::JS_SDK_TOKEN);
    if !signed.is_signed_with(&client.secret, &address) {
        return Err(Problem::SignatureInvalid);
    }
    if !linkedin
        .js_tokens
        .is_fresh(format!("{consumer}\n{timestamp}\n{nonce}"))
    {
        return Err(Problem::NonceUsed);
    }
    linkedin
        .js_tokens
        .owner(token, now)
        .filter(|owner| owner.client == client.id)
        .ok_or(Problem::TokenRejected)?;
    let life = (linkedin.lifetimes.access_token.as_secs() - 1).to_string();
    Ok(Serializer::new(String::new())
        .append_pair("oauth_token", &linkedin.entropy.uuid())
        .append_pair("oauth_token_secret", &linkedin.entropy.uuid())
        .append_pair("oauth_expires_in", &life)
        .append_pair("oauth_authorization_expires_in", &life)
        .finish())
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, problem, detail) = match self {
            Self::ParameterAbsent(name) => (
                StatusCode::BAD_REQUEST,
                "parameter_absent",
                Some(("oauth_parameters_absent", name)),
            ),
            Self::SignatureMethodRejected => {
                (StatusCode::BAD_REQUEST, "signature_method_rejected", None)
            }
            Self::ConsumerKeyUnknown => (StatusCode::UNAUTHORIZED, "consumer_key_unknown", None),
            Self::TimestampRefused => (StatusCode::UNAUTHORIZED, "timestamp_refused", None),
            Self::SignatureInvalid => (StatusCode::UNAUTHORIZED, "signature_invalid", None),
            Self::NonceUsed => (StatusCode::UNAUTHORIZED, "nonce_used", None),
            Self::TokenRejected => (StatusCode::UNAUTHORIZED, "token_rejected", None),
        };
        let told = Serializer::new(String::new())
            .append_pair("oauth_problem", problem)
            .extend_pairs(detail)
            .finish();
        form(status, told)
    }
}

fn form(status: StatusCode, body: String) -> Response {
    let kind = [(CONTENT_TYPE, "application/x-www-form-urlencoded")];
    (status, kind, body).into_response()
}

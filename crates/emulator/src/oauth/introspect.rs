//! `POST /oauth/v2/introspectToken` (LinkedIn reference §3).

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::Serialize;

use super::client::{Claim, Doubt};
use super::error::OAuthError;
use crate::gateway::Heard;
use crate::grants::{Consent, Standing};
use crate::linkedin::Shared;

/// The answer. Only `active` is always there.
#[derive(Debug, Serialize)]
pub(crate) struct TokenState {
    active: bool,
    #[serde(flatten)]
    details: Option<Details>,
}

/// All of it for expired and revoked tokens too; an assumption.
#[derive(Debug, Serialize)]
struct Details {
    client_id: String,
    authorized_at: i64,
    created_at: i64,
    status: &'static str,
    expires_at: i64,
    scope: String,
    auth_type: &'static str,
}

pub(crate) async fn look_up(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Result<Json<TokenState>, OAuthError> {
    let claim = Claim::read(&linkedin, &heard.form, &headers)?;
    let token = heard
        .form
        .get("token")
        .ok_or(OAuthError::Missing("token"))?;
    let client = claim.check(&linkedin).map_err(|doubt| match doubt {
        Doubt::UnknownClient(_) => OAuthError::IntrospectingClient,
        Doubt::WrongSecret => OAuthError::InvalidClient,
    })?;
    // Every code and token of LinkedIn's begins like this.
    if !token.starts_with("AQ") {
        return Err(OAuthError::MalformedToken);
    }
    let now = linkedin.clock.now();
    let access = linkedin.grants.access(token).map(|token| {
        let standing = token.standing(now);
        (
            standing,
            details(token.consent, token.created_at, token.expires_at, standing),
        )
    });
    let found = access.or_else(|| {
        let token = linkedin.grants.refresh_token(token)?;
        let standing = token.standing(now);
        Some((
            standing,
            details(token.consent, token.created_at, token.expires_at, standing),
        ))
    });
    // Another application's token, or none of LinkedIn's.
    let own = found.filter(|(_, details)| details.client_id == client.id);
    Ok(Json(TokenState {
        active: own
            .as_ref()
            .is_some_and(|(standing, _)| *standing == Standing::Active),
        details: own.map(|(_, details)| details),
    }))
}

fn details(
    consent: Consent,
    created_at: Timestamp,
    expires_at: Timestamp,
    standing: Standing,
) -> Details {
    Details {
        client_id: consent.owner.client,
        authorized_at: consent.authorized_at.as_second(),
        created_at: created_at.as_second(),
        status: standing.as_str(),
        expires_at: expires_at.as_second(),
        scope: consent.scopes.join(","),
        auth_type: "3L",
    }
}

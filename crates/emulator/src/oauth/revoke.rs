//! `POST /oauth/v2/revoke`: not documented by LinkedIn, sent by many (LinkedIn reference §4). All of it is an assumption.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use super::client::{Claim, Doubt};
use super::error::{OAuthError, Told};
use crate::gateway::Heard;
use crate::grants::EndedBy;
use crate::linkedin::{LinkedIn, Shared};
use crate::switches::Switch;

/// 200 with nothing, also for a token that is not the application's (RFC 7009 §2.2); 404 where the endpoint is switched
/// off.
pub(crate) async fn revoke(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Result<StatusCode, Told> {
    revoke_token(&linkedin, &heard, &headers).map_err(|error| error.told_by(&linkedin))
}

fn revoke_token(
    linkedin: &LinkedIn,
    heard: &Heard,
    headers: &HeaderMap,
) -> Result<StatusCode, OAuthError> {
    if !linkedin.switches.is_on(Switch::Revocation) {
        return Ok(StatusCode::NOT_FOUND);
    }
    let client = Claim::read(linkedin, &heard.form, headers)?
        .check(linkedin)
        .map_err(Doubt::invalid_client)?;
    let token = heard
        .form
        .get("token")
        .ok_or(OAuthError::Missing("token"))?;
    if linkedin
        .grants
        .owner(token)
        .is_some_and(|owner| owner.client == client.id)
    {
        linkedin.grants.end_token(token, EndedBy::Application);
    }
    Ok(StatusCode::OK)
}

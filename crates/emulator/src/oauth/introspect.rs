//! `POST /oauth/v2/introspectToken` (LinkedIn reference §3).

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use jiff::Timestamp;
use serde::Serialize;

use super::client::{Claim, Doubt};
use super::error::{OAuthError, Told};
use crate::gateway::Heard;
use crate::grants::{Consent, Standing};
use crate::linkedin::{LinkedIn, Shared};

/// The answer. Only `active` is always there.
#[derive(Debug, Serialize)]
pub(crate) struct TokenState {
    active: bool,
    #[serde(flatten)]
    details: Option<Details>,
}

/// What is told of an application's own token.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Details {
    LinkedIn(LinkedInDetails),
    Rfc7662(Rfc7662Details),
}

/// All of it for expired and revoked tokens too; an assumption.
#[derive(Debug, Serialize)]
struct LinkedInDetails {
    client_id: String,
    authorized_at: i64,
    created_at: i64,
    status: &'static str,
    expires_at: i64,
    scope: String,
    auth_type: &'static str,
}

/// RFC 7662 §2.2.
#[derive(Debug, Serialize)]
struct Rfc7662Details {
    scope: String,
    client_id: String,
    token_type: &'static str,
    exp: i64,
    iat: i64,
    sub: Option<String>,
    aud: String,
    iss: String,
}

/// A token that was found.
struct Found {
    consent: Consent,
    standing: Standing,
    created_at: Timestamp,
    expires_at: Timestamp,
}

pub(crate) async fn look_up(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Result<Json<TokenState>, Told> {
    state_of(&linkedin, &heard, &headers)
        .map(Json)
        .map_err(|error| error.told_by(&linkedin))
}

fn state_of(
    linkedin: &LinkedIn,
    heard: &Heard,
    headers: &HeaderMap,
) -> Result<TokenState, OAuthError> {
    let claim = Claim::read(linkedin, &heard.form, headers)?;
    let token = heard
        .form
        .get("token")
        .ok_or(OAuthError::Missing("token"))?;
    let client = claim.check(linkedin).map_err(|doubt| match doubt {
        Doubt::UnknownClient(_) => OAuthError::IntrospectingClient,
        Doubt::WrongSecret => OAuthError::InvalidClient,
    })?;
    let of_its_own = linkedin.quirks.introspection_of_its_own;
    // Every code and token of LinkedIn's begins like this.
    if of_its_own && !token.starts_with("AQ") {
        return Err(OAuthError::MalformedToken);
    }
    // Another application's token, or none of LinkedIn's.
    let own = Found::find(linkedin, token).filter(|found| found.consent.owner.client == client.id);
    let active = own
        .as_ref()
        .is_some_and(|found| found.standing == Standing::Active);
    // By the book nothing is told of a token that is not active.
    let told = own.filter(|_| active || of_its_own);
    Ok(TokenState {
        active,
        details: told.map(|found| found.details(linkedin)),
    })
}

impl Found {
    fn find(linkedin: &LinkedIn, token: &str) -> Option<Self> {
        let now = linkedin.clock.now();
        if let Some(token) = linkedin.grants.access(token) {
            return Some(Self {
                standing: token.standing(now),
                consent: token.consent,
                created_at: token.created_at,
                expires_at: token.expires_at,
            });
        }
        let token = linkedin.grants.refresh_token(token)?;
        Some(Self {
            standing: token.standing(now),
            consent: token.consent,
            created_at: token.created_at,
            expires_at: token.expires_at,
        })
    }

    fn details(self, linkedin: &LinkedIn) -> Details {
        let Consent {
            owner,
            scopes,
            authorized_at,
        } = self.consent;
        if linkedin.quirks.introspection_of_its_own {
            return Details::LinkedIn(LinkedInDetails {
                client_id: owner.client,
                authorized_at: authorized_at.as_second(),
                created_at: self.created_at.as_second(),
                status: self.standing.as_str(),
                expires_at: self.expires_at.as_second(),
                scope: scopes.join(","),
                auth_type: "3L",
            });
        }
        let member = linkedin.members.get(&owner.member);
        Details::Rfc7662(Rfc7662Details {
            scope: scopes.join(" "),
            sub: member.map(|member| member.sub(&owner.client)),
            aud: owner.client.clone(),
            client_id: owner.client,
            token_type: "Bearer",
            exp: self.expires_at.as_second(),
            iat: self.created_at.as_second(),
            iss: linkedin.issuer(),
        })
    }
}

//! How a caller of a member API proves its permission (RFC 6750 §2.1).

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::error::ApiError;
use crate::endpoint::Endpoint;
use crate::gateway;
use crate::grants::{Consent, Standing};
use crate::linkedin::LinkedIn;
use crate::members::Member;

/// A proven permission: whose, and for what.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) consent: Consent,
    pub(crate) member: Member,
}

/// The access that the request's token gives to an endpoint. Takes the call from the day's quotas.
///
/// # Errors
/// The 401 that fits the token; 429 where a quota is spent. Scopes are the resource's own matter.
pub(crate) fn authorize(
    linkedin: &LinkedIn,
    headers: &HeaderMap,
    endpoint: Endpoint,
) -> Result<Access, ApiError> {
    let Some(token) = gateway::bearer(headers) else {
        let other_scheme = headers.get(AUTHORIZATION).is_some_and(|value| {
            let value = value.to_str().unwrap_or_default().trim();
            !value.is_empty() && !value.eq_ignore_ascii_case("bearer")
        });
        // "Unknown authentication scheme" is documented as a 401 without a body; the body is an assumption.
        let error = if other_scheme {
            ApiError::InvalidAccessToken
        } else {
            ApiError::EmptyAccessToken
        };
        return Err(error);
    };
    let now = linkedin.clock.now();
    let token = linkedin
        .grants
        .access(token)
        .ok_or(ApiError::InvalidAccessToken)?;
    match token.standing(now) {
        Standing::Revoked => return Err(ApiError::RevokedAccessToken),
        Standing::Expired => return Err(ApiError::ExpiredAccessToken),
        Standing::Active => {}
    }
    if now.duration_since(token.created_at) < linkedin.lifetimes.fresh_token_refused {
        return Err(ApiError::RevokedAccessToken);
    }
    let member = linkedin.members.get(&token.consent.owner.member);
    // A member who left LinkedIn takes the grants along.
    let member = member.ok_or(ApiError::RevokedAccessToken)?;
    if endpoint.has_quota() {
        linkedin
            .quotas
            .spend(endpoint, &token.consent.owner, now)
            .map_err(|_| ApiError::Throttled)?;
    }
    let scopes = token.acting_scopes(now, linkedin.lifetimes.scope_lag);
    Ok(Access {
        consent: Consent {
            scopes: scopes.clone(),
            ..token.consent
        },
        member,
    })
}

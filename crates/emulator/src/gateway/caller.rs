//! On whose behalf a request comes: found out before it is handled, so that a fault can be narrowed to one member.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Heard;
use crate::linkedin::LinkedIn;

/// The application and the member that a request concerns, as far as they can be told. Nothing here is authenticated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caller {
    /// `client_id`, also one that no application has.
    pub(crate) client: Option<String>,
    /// The member's slug.
    pub(crate) member: Option<String>,
}

impl Caller {
    pub(crate) fn identify(linkedin: &LinkedIn, parts: &Parts, heard: &Heard) -> Self {
        let named = |name| heard.form.get(name).or_else(|| heard.query.get(name));
        let bearer = bearer(&parts.headers);
        let credential = bearer
            .or_else(|| named("code"))
            .or_else(|| named("refresh_token"))
            .or_else(|| named("token"));
        let owner = credential.and_then(|credential| linkedin.grants.owner(credential));
        let pending = named("pending").and_then(|id| linkedin.visits.client_of(id));
        let (owning_client, owning_member) = match owner {
            Some(owner) => (Some(owner.client), Some(owner.member)),
            None => (None, None),
        };
        Self {
            client: named("client_id")
                .map(str::to_owned)
                .or_else(|| basic(&parts.headers).map(|(id, _)| id))
                .or_else(|| named("oauth_consumer_key").map(str::to_owned))
                .or(owning_client)
                .or(pending),
            member: owning_member
                .or_else(|| named("member").map(str::to_owned))
                .or_else(|| {
                    let cookies = parts.headers.get(COOKIE)?.to_str().ok()?;
                    linkedin
                        .visits
                        .member_of(&linkedin.visits.browser_in(cookies)?)
                }),
        }
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750 §2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    after_scheme(headers, "bearer")
}

/// Client id and secret of an `Authorization: Basic` header (RFC 6749 §2.3.1), to which LinkedIn does not listen. Each was
/// form-encoded before they were joined.
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let pair = STANDARD.decode(after_scheme(headers, "basic")?).ok()?;
    let (id, secret) = std::str::from_utf8(&pair).ok()?.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
}

fn form_decoded(text: &str) -> String {
    // A key without a value: an equals sign inside must not split it.
    let key = text.replace('=', "%3D").replace('&', "%26");
    url::form_urlencoded::parse(key.as_bytes())
        .map(|(key, _)| key.into_owned())
        .collect()
}

fn after_scheme<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let (found, rest) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    found
        .eq_ignore_ascii_case(scheme)
        .then(|| rest.trim())
        .filter(|rest| !rest.is_empty())
}

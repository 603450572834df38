//! `GET /v2/userinfo` (LinkedIn reference §5.4).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use crate::api::error::{ApiError, method_not_allowed};
use crate::api::{Access, authorize};
use crate::endpoint::Endpoint;
use crate::faults::{Strikes, UserinfoDefect};
use crate::linkedin::{LinkedIn, Shared};
use crate::scopes::Scopes;

/// The answer, in LinkedIn's order.
#[derive(Debug, Serialize)]
pub(crate) struct Userinfo {
    sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

/// A conforming provider answers POST as well (OpenID Connect Core §5.3.1), with the token in the same header.
pub(crate) async fn show_for_post(
    linkedin: State<Shared>,
    strikes: Extension<Strikes>,
    headers: HeaderMap,
) -> Response {
    if linkedin.quirks.get_only {
        return method_not_allowed();
    }
    show(linkedin, strikes, headers).await.into_response()
}

pub(crate) async fn show(
    State(linkedin): State<Shared>,
    Extension(strikes): Extension<Strikes>,
    headers: HeaderMap,
) -> Result<Json<Userinfo>, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::Userinfo)?;
    if !access.consent.scopes.has(Scopes::OPENID) {
        return Err(ApiError::AccessDenied {
            resource: "userinfo.GET.NO_VERSION".into(),
        });
    }
    let mut userinfo = Userinfo::of(&linkedin, &access);
    if strikes.has(UserinfoDefect::SubMismatch) {
        userinfo.sub = userinfo.sub.chars().rev().collect();
    }
    Ok(Json(userinfo))
}

impl Userinfo {
    fn of(linkedin: &LinkedIn, Access { consent, member }: &Access) -> Self {
        let profile = consent.scopes.has(Scopes::PROFILE);
        let email = member
            .email
            .as_ref()
            .filter(|_| consent.scopes.has(Scopes::EMAIL) && !linkedin.quirks.email_absent);
        let locale = &member.locale;
        let locale = if linkedin.quirks.locale_as_object {
            json!({ "country": locale.country, "language": locale.language })
        } else {
            json!(locale.with_hyphen())
        };
        Self {
            sub: member.sub(&consent.owner.client),
            email_verified: email.map(|_| member.email_verified),
            name: profile.then(|| member.name()),
            locale: profile.then_some(locale),
            given_name: profile.then(|| member.given_name.clone()),
            family_name: member.family_name.clone().filter(|_| profile),
            email: email.cloned(),
            picture: linkedin.portrait_address(member, 100).filter(|_| profile),
        }
    }
}

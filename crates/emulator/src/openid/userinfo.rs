//! `GET /v2/userinfo` (LinkedIn reference §5.4).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use crate::api::error::ApiError;
use crate::api::{Access, authorize};
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

pub(crate) async fn show(
    State(linkedin): State<Shared>,
    Extension(strikes): Extension<Strikes>,
    headers: HeaderMap,
) -> Result<Json<Userinfo>, ApiError> {
    let access = authorize(&linkedin, &headers)?;
    if !access.consent.scopes.has(Scopes::OPENID) {
        return Err(ApiError::AccessDenied {
            resource: "userinfo.GET.NO_VERSION",
        });
    }
    let mut userinfo = Userinfo::of(&linkedin, &access);
    for defect in strikes.userinfo() {
        match defect {
            UserinfoDefect::SubMismatch => userinfo.sub = userinfo.sub.chars().rev().collect(),
        }
    }
    Ok(Json(userinfo))
}

impl Userinfo {
    fn of(linkedin: &LinkedIn, Access { consent, member }: &Access) -> Self {
        let profile = consent.scopes.has(Scopes::PROFILE);
        let email = member
            .email
            .as_ref()
            .filter(|_| consent.scopes.has(Scopes::EMAIL));
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

//! `/emulator/api/members`: the people who can sign in.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::control::acts;
use crate::control::input::{Body, Named, Order};
use crate::control::problem::Problem;
use crate::linkedin::{LinkedIn, Shared};
use crate::members::{Locale, Member, Portrait};

#[derive(Debug, Serialize)]
pub(super) struct MemberView {
    #[serde(flatten)]
    member: Member,
    name: String,
    /// The member's `sub` for each application.
    subs: BTreeMap<String, String>,
}

impl MemberView {
    fn of(linkedin: &LinkedIn, member: Member) -> Self {
        let clients = linkedin.clients().into_iter();
        let subs = clients.map(|client| {
            let sub = member.sub(&client.id);
            (client.id, sub)
        });
        Self {
            name: member.name(),
            subs: subs.collect(),
            member,
        }
    }
}

/// A member without the slug, which stands in the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    given_name: String,
    family_name: Option<String>,
    #[serde(default)]
    headline: String,
    email: Option<String>,
    email_verified: Option<bool>,
    #[serde(default)]
    locale: Locale,
    portrait: Option<Portrait>,
}

impl Order for Profile {
    fn accepted() -> Value {
        json!({
            "given_name": "text; the only field that must be there",
            "family_name": "text",
            "headline": "text",
            "email": "text",
            "email_verified": "true or false; true, if absent",
            "locale": { "language": "such as en", "country": "such as US" },
            "portrait": Portrait::ALL,
        })
    }
}

pub(super) fn views(linkedin: &LinkedIn) -> Vec<MemberView> {
    let members = linkedin.members.all().into_iter();
    members
        .map(|member| MemberView::of(linkedin, member))
        .collect()
}

pub(super) async fn list(State(linkedin): State<Shared>) -> Json<Vec<MemberView>> {
    Json(views(&linkedin))
}

pub(super) async fn show(
    State(linkedin): State<Shared>,
    Named(slug): Named<String>,
) -> Result<Json<MemberView>, Problem> {
    let member = acts::member(&linkedin, &slug)?;
    Ok(Json(MemberView::of(&linkedin, member)))
}

pub(super) async fn put(
    State(linkedin): State<Shared>,
    Named(slug): Named<String>,
    Body(profile): Body<Profile>,
) -> Result<(StatusCode, Json<MemberView>), Problem> {
    let member = Member {
        slug,
        given_name: profile.given_name,
        family_name: profile.family_name,
        headline: profile.headline,
        email: profile.email,
        email_verified: profile.email_verified.unwrap_or(true),
        locale: profile.locale,
        portrait: profile.portrait,
    };
    let status = acts::put_member(&linkedin, member.clone())?;
    Ok((status, Json(MemberView::of(&linkedin, member))))
}

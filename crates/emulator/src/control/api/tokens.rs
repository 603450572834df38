//! `/emulator/api/tokens`: what was issued, and ending it.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::acts::{self, End};
use crate::control::input::{Asked, Body, Named, Order};
use crate::control::issued::{self, Status, TokenView, Which};
use crate::control::problem::Problem;
use crate::linkedin::Shared;

/// Tokens listed at once.
const MOST: usize = 1_000;

impl Order for Which {
    fn accepted() -> Value {
        json!({
            "member": "a member's slug",
            "client": "an application's client_id",
            "status": Status::ALL.map(Status::as_str),
            "limit": format!("a number up to {MOST}"),
        })
    }
}

/// Whose tokens are to end. Whatever is absent means everyone's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whose {
    member: Option<String>,
    client: Option<String>,
}

impl Order for Whose {
    fn accepted() -> Value {
        json!({ "member": "a member's slug", "client": "an application's client_id" })
    }
}

pub(super) async fn list(
    State(linkedin): State<Shared>,
    Asked(which): Asked<Which>,
) -> Json<Value> {
    let (tokens, count) = issued::tokens(&linkedin, &which, MOST);
    Json(json!({ "count": count, "newest": tokens }))
}

pub(super) async fn expire(
    State(linkedin): State<Shared>,
    Named(fingerprint): Named<String>,
) -> Result<Json<Vec<TokenView>>, Problem> {
    acts::end_token(&linkedin, &fingerprint, End::Expired).map(Json)
}

pub(super) async fn revoke(
    State(linkedin): State<Shared>,
    Named(fingerprint): Named<String>,
) -> Result<Json<Vec<TokenView>>, Problem> {
    acts::end_token(&linkedin, &fingerprint, End::Revoked).map(Json)
}

pub(super) async fn revoke_many(
    State(linkedin): State<Shared>,
    Body(whose): Body<Whose>,
) -> Result<Json<Value>, Problem> {
    if let Some(slug) = &whose.member {
        acts::member(&linkedin, slug).map_err(Problem::within_body)?;
    }
    if let Some(id) = &whose.client {
        acts::check_client(&linkedin, id).map_err(Problem::within_body)?;
    }
    let which = Which {
        member: whose.member,
        client: whose.client,
        ..Which::default()
    };
    Ok(Json(
        json!({ "revoked": issued::revoke(&linkedin, &which) }),
    ))
}

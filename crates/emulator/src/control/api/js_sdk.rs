//! `/emulator/api/js-sdk`: what the JavaScript SDK's script did in members' browsers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::acts;
use crate::control::input::{Body, Order};
use crate::control::problem::Problem;
use crate::js_sdk::JsSdk;
use crate::linkedin::Shared;

/// Who has signed in where, with the SDK.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignedIn {
    client: String,
    member: String,
}

impl Order for SignedIn {
    fn accepted() -> Value {
        json!({ "client": "an application's client_id", "member": "a member's slug" })
    }
}

/// The cookie to be set on the application's own domain.
pub(super) async fn mint(
    State(linkedin): State<Shared>,
    Body(signed_in): Body<SignedIn>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    acts::check_client(&linkedin, &signed_in.client).map_err(Problem::within_body)?;
    acts::member(&linkedin, &signed_in.member).map_err(Problem::within_body)?;
    let cookie = JsSdk::of(&linkedin).mint(&signed_in.client, &signed_in.member);
    // Gone since it was looked up, by a reset.
    let cookie = cookie.ok_or_else(|| Problem::unfit("the member or the application is gone"))?;
    let shown = json!({ "name": cookie.name, "value": cookie.value });
    Ok((StatusCode::CREATED, Json(shown)))
}

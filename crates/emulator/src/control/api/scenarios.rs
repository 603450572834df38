//! `/emulator/api/scenarios`: set-ups in files.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::input::{Body, Named, Order};
use crate::control::problem::Problem;
use crate::control::scenario::Scenario;
use crate::control::shelf::{Kept, Shelf};
use crate::linkedin::Shared;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Save {
    #[serde(default)]
    description: String,
}

impl Order for Save {
    fn accepted() -> Value {
        json!({ "description": "text for people; empty, if absent" })
    }
}

pub(super) async fn list(State(linkedin): State<Shared>) -> Result<Json<Vec<Kept>>, Problem> {
    Shelf::of(&linkedin)?.list().map(Json)
}

pub(super) async fn show(
    State(linkedin): State<Shared>,
    Named(name): Named<String>,
) -> Result<Json<Scenario>, Problem> {
    Shelf::of(&linkedin)?.read(&name).map(Json)
}

pub(super) async fn save(
    State(linkedin): State<Shared>,
    Named(name): Named<String>,
    Body(save): Body<Save>,
) -> Result<(StatusCode, Json<Scenario>), Problem> {
    let scenario = Scenario::of(&linkedin, save.description);
    Shelf::of(&linkedin)?.save(&name, &scenario)?;
    Ok((StatusCode::CREATED, Json(scenario)))
}

pub(super) async fn replay(
    State(linkedin): State<Shared>,
    Named(name): Named<String>,
) -> Result<Json<Scenario>, Problem> {
    let scenario = Shelf::of(&linkedin)?.read(&name)?;
    scenario.replay(&linkedin);
    Ok(Json(scenario))
}

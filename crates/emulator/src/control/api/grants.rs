//! `/emulator/api/grants`: which member allowed which application what.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::control::acts;
use crate::control::input::Named;
use crate::control::issued::{self, GrantView};
use crate::control::problem::Problem;
use crate::linkedin::Shared;

pub(super) async fn list(State(linkedin): State<Shared>) -> Json<Vec<GrantView>> {
    Json(issued::grants(&linkedin))
}

/// Without effect where the member allowed the application nothing.
pub(super) async fn remove_app(
    State(linkedin): State<Shared>,
    Named((member, client)): Named<(String, String)>,
) -> Result<StatusCode, Problem> {
    acts::remove_app(&linkedin, &member, &client)?;
    Ok(StatusCode::NO_CONTENT)
}

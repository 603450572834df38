//! `POST /emulator/api/reset`: everything as at the start.

use axum::extract::State;
use axum::http::StatusCode;

use crate::linkedin::Shared;

pub(super) async fn reset(State(linkedin): State<Shared>) -> StatusCode {
    linkedin.reset();
    StatusCode::NO_CONTENT
}

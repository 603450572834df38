//! `/v1/…`: switched off in 2019, and still called (LinkedIn reference §7, §13 row 24).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::linkedin::Shared;

pub(crate) async fn v1(State(linkedin): State<Shared>) -> Response {
    let body = json!({
        "errorCode": 0,
        "message": "This resource is no longer available under v1 APIs",
        "requestId": linkedin.entropy.text(10).to_uppercase(),
        "status": 410,
        "timestamp": linkedin.clock.now().as_millisecond(),
    });
    (StatusCode::GONE, Json(body)).into_response()
}

//! Controlling a running emulator: a JSON interface for programs.
//!
//! Nothing here is LinkedIn's. These requests are not in the ledger, and no fault strikes them.

mod acts;
mod api;
mod guard;
mod input;
mod issued;
mod length;
mod names;
mod problem;
mod scenario;
mod shelf;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::endpoint::path;
use crate::linkedin::Shared;

pub use scenario::{Scenario, ScenarioError};

pub(crate) fn router(linkedin: &Shared) -> Router<Shared> {
    let guard = from_fn_with_state(Shared::clone(linkedin), guard::interface);
    Router::new().nest(path::CONTROL_API, api::router().layer(guard))
}

//! Controlling a running emulator: a JSON interface for programs and a page for people.
//!
//! Nothing here is LinkedIn's. These requests are not in the ledger, and no fault strikes them.

mod acts;
mod api;
mod guard;
mod input;
mod issued;
mod length;
mod names;
mod page;
mod problem;
mod scenario;
mod shelf;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::endpoint::path;
use crate::linkedin::Shared;

pub(crate) use length::Length;
pub use scenario::{Scenario, ScenarioError};

pub(crate) fn router(linkedin: &Shared) -> Router<Shared> {
    let shared = || Shared::clone(linkedin);
    let api = api::router().layer(from_fn_with_state(shared(), guard::interface));
    let page = page::router().layer(from_fn_with_state(shared(), guard::page));
    Router::new()
        .nest(path::CONTROL_API, api)
        .nest(path::CONTROL, page)
}

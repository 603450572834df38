//! The JSON interface, below `/emulator/api`. Each file is one noun.

mod clock;
mod faults;
mod grants;
mod index;
mod js_sdk;
mod ledger;
mod members;
mod reset;
mod scenarios;
mod state;
mod switches;
mod tokens;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post, put};

use super::problem::Problem;
use crate::linkedin::Shared;

pub(super) use clock::ClockView;
pub(super) use ledger::Filter;
pub(super) use switches::views as switch_views;

pub(super) fn router() -> Router<Shared> {
    Router::new()
        .route("/", get(index::show))
        .route("/state", get(state::show))
        .route(
            "/faults",
            get(faults::list).post(faults::inject).delete(faults::clear),
        )
        .route("/faults/catalogue", get(faults::catalogue))
        .route("/faults/{number}", axum::routing::delete(faults::remove))
        .route("/clock", get(clock::show).put(clock::set))
        .route("/clock/pause", post(clock::pause))
        .route("/clock/resume", post(clock::resume))
        .route("/clock/advance", post(clock::advance))
        .route("/tokens", get(tokens::list))
        .route("/tokens/revoke", post(tokens::revoke_many))
        .route("/tokens/{fingerprint}/expire", post(tokens::expire))
        .route("/tokens/{fingerprint}/revoke", post(tokens::revoke))
        .route("/grants", get(grants::list))
        .route(
            "/grants/{member}/{client}",
            axum::routing::delete(grants::remove_app),
        )
        .route("/members", get(members::list))
        .route("/members/{slug}", get(members::show).put(members::put))
        .route("/switches", get(switches::list).patch(switches::throw))
        .route("/ledger", get(ledger::list).delete(ledger::clear))
        .route("/scenarios", get(scenarios::list))
        .route(
            "/scenarios/{name}",
            put(scenarios::save).get(scenarios::show),
        )
        .route("/scenarios/{name}/replay", post(scenarios::replay))
        .route("/js-sdk/cookies", post(js_sdk::mint))
        .route("/reset", post(reset::reset))
        .method_not_allowed_fallback(wrong_method)
        .fallback(no_such_route)
}

async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not with this method").accepting(index::routes())
}

async fn no_such_route() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing here").accepting(index::routes())
}

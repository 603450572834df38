//! The control page, below `/emulator/control`: what the JSON interface shows and does, for people.
//!
//! Everything works by plain forms. The script spares the reloading: it fetches the page again while somebody looks, and
//! changes what has changed.

mod clock;
mod faults;
mod forms;
mod frame;
mod ledger;
mod members;
mod setup;
mod tokens;
mod words;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};

use super::api::{ClockView, Filter};
use super::problem::Problem;
use crate::ledger::fingerprint;
use crate::linkedin::{LinkedIn, Shared};

use forms::{Act, Filled};

/// What the page tells about the act that led to it.
#[derive(Clone, Debug)]
pub(super) enum Notice {
    Nothing,
    Done(Act),
    Refused(String),
}

pub(super) fn router() -> Router<Shared> {
    Router::new()
        .route("/", get(show))
        .route("/style.css", get(style))
        .route("/script.js", get(script))
        .route("/{act}", post(perform))
}

async fn show(
    State(linkedin): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let asked = Filled::decode(query.unwrap_or_default().as_bytes());
    let notice = asked
        .get("done")
        .and_then(Act::named)
        .map_or(Notice::Nothing, Notice::Done);
    let (page, tag) = page(&linkedin, &asked, &notice);
    let is_known = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    if is_known {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    ([(ETAG, tag)], frame::html(StatusCode::OK, page)).into_response()
}

/// Done, the browser is sent back to the page, so that reloading does not do it again.
async fn perform(
    State(linkedin): State<Shared>,
    axum::extract::Path(act): axum::extract::Path<String>,
    body: axum::body::Bytes,
) -> Response {
    let filled = Filled::decode(&body);
    let outcome = match Act::named(&act) {
        Some(act) => act.perform(&linkedin, &filled).map(|()| act),
        None => Err(Problem::unknown("form", &act, Act::names())),
    };
    match outcome {
        Ok(act) => act.done().into_response(),
        Err(problem) => {
            let notice = Notice::Refused(problem.detail);
            let (page, _) = page(&linkedin, &Filled::default(), &notice);
            frame::html(problem.status, page)
        }
    }
}

/// The page, and a tag that changes with everything on it but the passing of time.
fn page(linkedin: &LinkedIn, asked: &Filled, notice: &Notice) -> (Markup, String) {
    let filter = Filter::of(
        asked.read("endpoint").ok().flatten(),
        asked.get("member").map(str::to_owned),
    );
    let clock = ClockView::of(linkedin);
    let steer = html! {
        (faults::section(linkedin))
        (setup::switches(linkedin))
        (setup::scenarios(linkedin))
        (setup::reset())
    };
    let watch = html! {
        (tokens::section(linkedin, clock.now))
        (ledger::section(linkedin, &filter))
        (members::section(linkedin))
    };
    let stand = match clock.ahead {
        Some(ahead) => ahead.to_string(),
        None => clock.now.to_string(),
    };
    let essence = format!("{}{}{stand}", steer.0, watch.0);
    let tag = format!("\"{}-{}\"", essence.len(), fingerprint(&essence));
    let content = html! {
        div.steer { (clock::section(&clock)) (steer) }
        div.watch { (watch) }
    };
    (frame::page(linkedin, notice, &content), tag)
}

async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    // One file for the browser; the order is that of the layers.
    let style = concat!(
        include_str!("style/base.css"),
        include_str!("style/frame.css"),
        include_str!("style/parts.css"),
    );
    (headers, style)
}

async fn script() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, include_str!("script.js"))
}

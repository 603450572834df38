//! Who may control the emulator: programs on this machine and its own page, but no other web page.
//!
//! Any page in a browser can send requests to loopback. Three things keep such pages out: names that are not the emulator's
//! are refused (a page whose name was rebound to 127.0.0.1 still sends its own name as `Host`); changes must come with what
//! a page of another origin cannot send without asking first, and the answer to asking has no CORS headers; and an
//! `Origin`, where one is sent, must be the emulator's own.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, ORIGIN, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use super::problem::Problem;
use crate::linkedin::Shared;

/// A header that only a page of the emulator's own origin, or a program, can send. Its value does not matter.
const MARK: HeaderName = HeaderName::from_static("x-emulator-control");

/// Before the JSON interface.
pub(super) async fn interface(
    State(linkedin): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let changes = !request.method().is_safe();
    let refusal = if !names_us(headers, &linkedin.url) {
        Some(misdirected())
    } else if !origin_is_ours(headers).unwrap_or(true) {
        Some(foreign())
    } else if changes && !is_json(headers) && !headers.contains_key(MARK) {
        Some(Problem::new(
            StatusCode::FORBIDDEN,
            "a change must have `content-type: application/json`, or a header `x-emulator-control` with any value, \
             which keeps other web pages out",
        ))
    } else {
        None
    };
    let mut answer = match refusal {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    keep_to_ourselves(answer.headers_mut());
    answer
}

/// Before the page and its forms. Browsers say with every form where it comes from.
pub(super) async fn page(State(linkedin): State<Shared>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let changes = !request.method().is_safe();
    let refusal = if !names_us(headers, &linkedin.url) {
        Some(misdirected())
    } else if changes && origin_is_ours(headers) != Some(true) {
        Some(foreign())
    } else {
        None
    };
    let mut answer = match refusal {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    keep_to_ourselves(answer.headers_mut());
    answer
}

fn misdirected() -> Problem {
    Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "the emulator is controlled under an IP address, `localhost`, or its public address only",
    )
}

fn foreign() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "the request comes from a page that is not the emulator's",
    )
}

/// No CORS headers, no copies.
fn keep_to_ourselves(headers: &mut HeaderMap) {
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert("cross-origin-resource-policy", same_origin);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

/// Whether the request was sent to a name that nobody else can have pointed at this machine.
fn names_us(headers: &HeaderMap, url: &str) -> bool {
    let Some(authority) = text(headers, HOST) else {
        return false;
    };
    let Ok(asked) = Url::parse(&format!("http://{authority}/")) else {
        return false;
    };
    let Some(host) = asked.host_str() else {
        return false;
    };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let own = Url::parse(url).ok();
    host == "localhost"
        || host.ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok()
        || own.is_some_and(|own| own.host_str() == Some(host))
}

/// Whether the page that sends the request is the emulator's own; absent where the request does not say. `null`, which
/// is what sandboxed pages send, is nobody's.
fn origin_is_ours(headers: &HeaderMap) -> Option<bool> {
    let origin = headers.get(ORIGIN)?.to_str().unwrap_or_default();
    let sender = origin.split_once("://").map(|(_, authority)| authority);
    Some(sender.is_some() && sender == text(headers, HOST))
}

fn is_json(headers: &HeaderMap) -> bool {
    text(headers, CONTENT_TYPE).is_some_and(|kind| {
        let essence = kind.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

//! Limits of the member APIs on a request as such, and the way round one of them (LinkedIn reference §8.1).

use axum::body::Bytes;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::api::error::ApiError;
use crate::endpoint::{Endpoint, Speaks};

/// Longest query in bytes: "about 4 KB".
const LONGEST_QUERY: usize = 4 * 1024;
/// Longest address in bytes: "about 8 KB".
const LONGEST_ADDRESS: usize = 8 * 1024;

const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// Query tunnelling: a POST that says it is a GET, with the query in its body, becomes that GET.
pub(super) fn open_tunnel(parts: &mut Parts, body: &Bytes, endpoint: Endpoint) {
    let says_get = parts
        .headers
        .get(METHOD_OVERRIDE)
        .is_some_and(|method| method.as_bytes().eq_ignore_ascii_case(b"GET"));
    let is_form = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    });
    let tunnels = endpoint.speaks() == Speaks::Api && parts.method == Method::POST;
    if !(tunnels && says_get && is_form) {
        return;
    }
    let query = String::from_utf8_lossy(body);
    let address = format!("{}?{query}", parts.uri.path());
    if let Ok(address) = address.parse::<Uri>() {
        parts.method = Method::GET;
        parts.uri = address;
        parts.headers.remove(CONTENT_TYPE);
        parts.extensions.insert(Tunnelled);
    }
}

/// The request came through the tunnel, where length does not count.
#[derive(Clone, Copy, Debug)]
struct Tunnelled;

/// What a request gets that no resource looks at. LinkedIn's wording for 411 and 414 was not found; an assumption.
pub(super) fn refusal(
    parts: &Parts,
    body: &Bytes,
    endpoint: Endpoint,
    too_large: bool,
) -> Option<Response> {
    if endpoint.speaks() != Speaks::Api {
        return too_large.then(|| StatusCode::PAYLOAD_TOO_LARGE.into_response());
    }
    if too_large {
        return Some(ApiError::BodyTooLarge.into_response());
    }
    let query = parts.uri.query().unwrap_or_default().len();
    let address = parts.uri.path().len() + query;
    let tunnelled = parts.extensions.get::<Tunnelled>().is_some();
    if !tunnelled && (query > LONGEST_QUERY || address > LONGEST_ADDRESS) {
        return Some(ApiError::AddressTooLong.into_response());
    }
    let sends = matches!(parts.method, Method::POST | Method::PUT) && !tunnelled;
    let says_length = [CONTENT_LENGTH, TRANSFER_ENCODING]
        .iter()
        .any(|name| parts.headers.contains_key(name));
    (sends && body.is_empty() && !says_length).then(|| ApiError::LengthRequired.into_response())
}

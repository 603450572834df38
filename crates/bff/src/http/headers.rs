//! Headers that every answer carries.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

/// What a document that is no app may do: nothing. The app's own policy is in `assets`.
const NOTHING: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What an answer of somebody else's may do that we pass on: less than nothing. Opened as a document it has an origin of
/// its own.
const FOREIGN: &str =
    "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Takes an answer of somebody else's out of our origin.
pub(super) fn foreign(headers: &mut HeaderMap) {
    set(headers, header::CONTENT_SECURITY_POLICY, FOREIGN);
}

/// Answers under `/bff` speak of one member: no cache keeps them, no other site reads them or learns where they led.
pub(super) async fn never_stored(mut response: Response) -> Response {
    let headers = response.headers_mut();
    set(headers, header::CACHE_CONTROL, "no-store");
    // A shared cache that ignores `no-store` for redirects still must not mix members up.
    set(headers, header::VARY, "cookie");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    response
}

/// What no answer goes without; a header that is already there stays.
pub(super) async fn hardened(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, NOTHING),
        // Not `no-referrer`: under that, browsers send `Origin: null` with some same-origin posts.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        if !headers.contains_key(&name) {
            set(headers, name, value);
        }
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

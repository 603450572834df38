//! The headers that LinkedIn puts on every answer (LinkedIn reference §8.3).

use axum::http::header::{CACHE_CONTROL, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

use crate::endpoint::{Endpoint, Speaks};
use crate::linkedin::LinkedIn;

const ON_EVERY_ANSWER: [(&str, &str); 3] = [
    ("x-li-fabric", "prod-ltx1"),
    ("x-li-pop", "prod-lva1-x"),
    ("x-li-proto", "http/1.1"),
];

const ON_API_ANSWERS: [(&str, &str); 5] = [
    ("x-li-source-fabric", "prod-lva1"),
    ("x-li-responseorigin", "RGW"),
    ("x-restli-protocol-version", "2.0.0"),
    ("x-restli-gateway-error", "false"),
    // Seen by name only (LinkedIn reference §8.3); the value is an assumption.
    ("x-li-route-key", "emulated"),
];

/// Cookies of LinkedIn's load balancers, which nobody who calls on a member's behalf may pass on.
const COOKIES: [&str; 2] = [
    r#"bcookie="v=2&emulated"; Path=/; HttpOnly"#,
    r#"lidc="b=EMULATED:s=E:r=E:g=1"; Path=/; HttpOnly"#,
];

/// Adds the headers and returns the value of `x-li-uuid`.
pub(super) fn stamp(answer: &mut Response, endpoint: Endpoint, linkedin: &LinkedIn) -> String {
    let entropy = &linkedin.entropy;
    let failed = answer.status().is_client_error() || answer.status().is_server_error();
    let headers = answer.headers_mut();
    if linkedin.quirks.errors_of_its_own {
        headers.remove(WWW_AUTHENTICATE);
    }
    let mut set = |name: &'static str, value: &'static str| {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    };
    for (name, value) in ON_EVERY_ANSWER {
        set(name, value);
    }
    match endpoint.speaks() {
        Speaks::Api => {
            for (name, value) in ON_API_ANSWERS {
                set(name, value);
            }
            if failed {
                set("x-restli-error-response", "true");
            }
            for cookie in COOKIES {
                headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
            }
        }
        Speaks::Html | Speaks::OAuth | Speaks::Picture => {}
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache, no-store"));
    let uuid = entropy.li_uuid();
    for (name, value) in [
        ("x-li-uuid", uuid.as_str()),
        ("x-li-request-id", &entropy.uuid()),
    ] {
        // Base64 and hexadecimal are always fit for a header.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    uuid
}

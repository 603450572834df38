//! The way back to the application (LinkedIn reference §1.2, §1.3).

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded::Serializer;

use super::request::ErrorReply;
use crate::linkedin::LinkedIn;

/// The address that carries a code.
pub(super) fn with_code(
    linkedin: &LinkedIn,
    redirect_uri: &str,
    code: &str,
    state: Option<&str>,
) -> String {
    let state = state.map(|state| ("state", state));
    let issuer = issuer(linkedin);
    let issuer = issuer.as_deref().map(|issuer| ("iss", issuer));
    let pairs = [("code", code)].into_iter().chain(state).chain(issuer);
    extended(redirect_uri, pairs)
}

/// RFC 9207 §2: in errors as well.
fn issuer(linkedin: &LinkedIn) -> Option<String> {
    (!linkedin.quirks.redirect_without_issuer).then(|| linkedin.issuer())
}

/// The address that carries an error. Spaces become `+`, as on LinkedIn's wire.
pub(super) fn with_error(linkedin: &LinkedIn, reply: &ErrorReply) -> String {
    let (error, mut description) = reply.error.told();
    if !linkedin.quirks.errors_of_its_own {
        // RFC 6749 §4.1.2.1 permits no quotation marks.
        description = description.replace('"', "'");
    }
    let told = [("error", error), ("error_description", &description)];
    let state = reply.state.as_deref().map(|state| ("state", state));
    let issuer = issuer(linkedin);
    let issuer = issuer.as_deref().map(|issuer| ("iss", issuer));
    extended(
        &reply.redirect_uri,
        told.into_iter().chain(state).chain(issuer),
    )
}

/// 302: which redirect LinkedIn uses is not documented; an assumption.
pub(super) fn found(address: &str) -> Response {
    to(StatusCode::FOUND, address)
}

/// 303: from one of the emulator's own forms to its next page.
pub(super) fn see_other(address: &str) -> Response {
    to(StatusCode::SEE_OTHER, address)
}

fn to(status: StatusCode, address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => (status, [(LOCATION, location)]).into_response(),
        // Not reached: what is no ASCII is encoded, and control characters are refused with the request.
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn extended<'a>(address: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{}{separator}{query}", ascii(address))
}

/// The application's own address, fit for a header. What it has of other characters stands in its query or path, where
/// UTF-8 is percent-encoded; the rest stays to the letter.
fn ascii(address: &str) -> String {
    let fit = address.bytes().map(|byte| match byte {
        0x21..=0x7e => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    fit.collect()
}

//! `POST /bff/logout`: ends the session here, and asks LinkedIn to end the tokens.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Revocation, SignOutReport};

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use crate::Bff;
use crate::session::{Found, Held};

/// `cookies` is not in the list: it would take the cookies of every application on the same registrable domain. Nor is
/// `cache`: nothing personal is ever stored there, and browsers hold the answer back while they look through it.
const CLEAR_SITE_DATA: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"storage\""),
);

/// Idempotent: without a session there is nothing to end, and that is a success.
pub(super) async fn logout(State(bff): State<Bff>, _: OwnPage, jar: Jar) -> Response {
    let cookies = bff.0.cookies;
    let mut ended = None;
    let revocation = match bff.session(&jar) {
        // An access token that has ended may have left a refresh token that has not.
        Some(Found::Alive(Held { session, .. }) | Found::Expired(session)) => {
            ended = Some(cookies.set_ended(&session.id));
            bff.0.sessions.sign_out(&session).await
        }
        Some(Found::Ended(..) | Found::Unreadable(_)) | None => Revocation::NothingToRevoke,
    };
    tracing::info!(sign_out.revocation = ?revocation, "a member signed out");
    let mut response = Json(SignOutReport { revocation }).into_response();
    let headers = response.headers_mut();
    headers.insert(CLEAR_SITE_DATA.0, CLEAR_SITE_DATA.1);
    cookies::add(headers, cookies.clear_session().into_iter().chain(ended));
    let pending = jar.all_pending(cookies);
    cookies::add(
        headers,
        pending.map(|(name, _)| cookies.clear_pending_named(name)),
    );
    response
}

//! `POST /bff/logout`: ends the session here, and asks LinkedIn to end the tokens.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Revocation, SignOutReport, paths};

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use super::openapi;
use crate::Bff;
use crate::session::{Found, Held};

/// `cookies` is not in the list: it would take the cookies of every application on the same registrable domain. Nor is
/// `cache`: nothing personal is ever stored there, and browsers hold the answer back while they look through it.
const CLEAR_SITE_DATA: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"storage\""),
);

/// Signs out
///
/// Ends the session here, and asks LinkedIn to end the tokens. Idempotent: without a session there is nothing to end, and
/// that is a success.
#[utoipa::path(
    post,
    path = paths::LOGOUT,
    tag = openapi::SESSION,
    security((), ("session" = [])),
    params(OwnPage),
    responses(
        (
            status = OK,
            description = "The session is over. Says what became of the tokens at LinkedIn",
            body = SignOutReport,
            headers(
                ("Set-Cookie" = String, description = "Removes the session, and sign-ins that are under way; names the session that has ended, so that no late answer brings it back"),
                ("Clear-Site-Data" = String, description = "`\"storage\"`: drafts and whatever else the page kept"),
            ),
        ),
        OwnPage,
    ),
)]
pub(super) async fn logout(State(bff): State<Bff>, _: OwnPage, jar: Jar) -> Response {
    let cookies = bff.0.cookies;
    let mut ended = None;
    let revocation = match bff.session(&jar) {
        // An access token that has ended may have left a refresh token that has not.
        Some(Found::Alive(Held { session, .. }) | Found::Expired(session)) => {
            let longest = bff.0.sessions.lifetimes().absolute.as_secs();
            ended = Some(cookies.set_ended(&jar, &session.id, longest));
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

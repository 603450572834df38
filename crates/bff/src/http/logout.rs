//! `POST /bff/logout`: ends the session here, and asks LinkedIn to end the tokens.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Revocation, SignOutReport};

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use crate::Bff;
use crate::session::Found;

/// `cookies` is not in the list: it would take the cookies of every application on the same registrable domain. Nor is
/// `cache`: nothing personal is ever stored there, and browsers hold the answer back while they look through it.
const CLEAR_SITE_DATA: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"storage\""),
);

/// Idempotent: without a session there is nothing to end, and that is a success.
pub(super) async fn logout(State(bff): State<Bff>, _: OwnPage, jar: Jar) -> Response {
    let revocation = revoke(&bff, &jar).await;
    tracing::info!(sign_out.revocation = ?revocation, "a member signed out");
    let mut response = Json(SignOutReport { revocation }).into_response();
    let headers = response.headers_mut();
    headers.insert(CLEAR_SITE_DATA.0, CLEAR_SITE_DATA.1);
    cookies::add(headers, bff.0.cookies.clear_session());
    let pending = jar.all_pending(bff.0.cookies);
    cookies::add(
        headers,
        pending.map(|(name, _)| bff.0.cookies.clear_pending_named(name)),
    );
    response
}

/// On a task of its own, so that a browser that leaves at once does not stop it.
async fn revoke(bff: &Bff, jar: &Jar) -> Revocation {
    // An access token that has ended may have left a refresh token that has not.
    let session = match bff.session(jar) {
        Some(Found::Alive(session)) => session,
        Some(Found::Expired(session)) if session.tokens.refresh.is_some() => session,
        Some(Found::Expired(_) | Found::Unreadable(_)) | None => {
            return Revocation::NothingToRevoke;
        }
    };
    let bff = bff.clone();
    tokio::spawn(async move {
        bff.0
            .linkedin
            .revoke(&session.tokens.access, session.tokens.refresh.as_ref())
            .await
    })
    .await
    .unwrap_or(Revocation::NotConfirmed)
}

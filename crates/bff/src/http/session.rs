//! `GET /bff/session`: who is signed in. It never makes a session last longer, so that a page that asks every minute does
//! not keep a forgotten session alive; and it sets no session that has ended, so that a late answer cannot undo a sign-out.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use lapel_wire::{SessionView, SignedOut, SignedOutReason, paths};

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use super::openapi;
use super::problem::Refused;
use crate::Bff;
use crate::session::{Found, StoreDown};

/// Who is signed in
///
/// Never makes a session last longer, and never sets one that has ended.
#[utoipa::path(
    get,
    path = paths::SESSION,
    tag = openapi::SESSION,
    security((), ("session" = [])),
    params(OwnPage),
    responses(
        (
            status = OK,
            description = "Who is signed in, or why nobody is",
            body = SessionView,
            headers((
                "Set-Cookie" = String,
                description = "Removes a session that cannot be opened, or brings the browser up to date with its own"
            )),
        ),
        OwnPage,
        StoreDown,
    ),
)]
pub(super) async fn session(
    State(bff): State<Bff>,
    _: OwnPage,
    jar: Jar,
) -> Result<Response, Refused> {
    let shared = &bff.0;
    let (view, cookies) = match bff.session(&jar).await? {
        None => (bff.signed_out(SignedOutReason::NoSession), Vec::new()),
        Some(Found::Alive(held)) => match shared.sessions.checked(held).await {
            Ok(held) => {
                let now = shared.clock.now_seconds();
                let view = held.session.view(shared.sessions.lifetimes(), now);
                (SessionView::SignedIn(view), bff.news(&held))
            }
            Err(reason) => (bff.signed_out(reason), Vec::new()),
        },
        Some(Found::Expired(_)) => (bff.signed_out(SignedOutReason::Expired), Vec::new()),
        // Not cleared: a sign-in may have set another session since this request left its browser.
        Some(Found::Ended(_, reason)) => (bff.signed_out(reason), Vec::new()),
        // A cookie that nobody can open is dead weight on every request.
        Some(Found::Unreadable(_)) => (
            bff.signed_out(SignedOutReason::Unreadable),
            shared.cookies.clear_session(),
        ),
    };
    let mut response = Json(view).into_response();
    cookies::add(response.headers_mut(), cookies);
    Ok(response)
}

impl Bff {
    /// Nobody is signed in, and what a sign-in would ask for.
    pub(super) fn signed_out(&self, reason: SignedOutReason) -> SessionView {
        SessionView::SignedOut(SignedOut {
            reason,
            asks: self.0.linkedin.scopes().to_vec(),
        })
    }
}

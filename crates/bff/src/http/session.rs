//! `GET /bff/session`: who is signed in. It never sets a session and never makes one last longer, so that a page that
//! asks every minute does not keep a forgotten session alive, and a late answer cannot undo a sign-out.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use lapel_wire::{SessionView, SignedOut, SignedOutReason};

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use crate::Bff;
use crate::session::Found;

pub(super) async fn session(State(bff): State<Bff>, _: OwnPage, jar: Jar) -> Response {
    let signed_out = |reason| {
        SessionView::SignedOut(SignedOut {
            reason,
            asks: bff.0.linkedin.scopes().to_vec(),
        })
    };
    let view = match bff.session(&jar) {
        None => signed_out(SignedOutReason::NoSession),
        Some(Found::Alive(session)) => {
            SessionView::SignedIn(session.view(&bff.0.lifetimes, bff.0.clock.now_seconds()))
        }
        Some(Found::Expired(_)) => signed_out(SignedOutReason::Expired),
        Some(Found::Unreadable(_)) => {
            // A cookie that nobody can open is dead weight on every request.
            let mut response = Json(signed_out(SignedOutReason::Unreadable)).into_response();
            cookies::add(response.headers_mut(), bff.0.cookies.clear_session());
            return response;
        }
    };
    Json(view).into_response()
}

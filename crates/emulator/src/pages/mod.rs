//! The emulator's pages: plain HTML that works without script. `maud` escapes every value.

pub(crate) mod consent;
pub(crate) mod front;
pub(crate) mod login;
pub(crate) mod permitted;
mod person;
pub(crate) mod refusal;

use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::endpoint::path;

/// Nothing but the page's own style and pictures. Forms are not restricted: their answer redirects to applications.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

/// A whole page.
pub(crate) fn html(status: StatusCode, page: Markup) -> Response {
    let headers = [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
        // The address of the authorization page carries the application's state.
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, page).into_response()
}

/// A page for a browser that cannot be helped further.
pub(crate) fn trouble(status: StatusCode, title: &str) -> Response {
    let page = layout(
        title,
        html! {
            h1 { (title) }
            p { "Nothing was sent to an application. Go back to it and start again." }
        },
    );
    html(status, page)
}

/// `GET /emulator/style.css`.
pub(crate) async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "max-age=300"),
    ];
    (headers, include_str!("style.css"))
}

/// The frame of every page: a ribbon that says where one is, and a card.
fn layout(title: &str, card: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – LinkedIn emulator" }
                link rel="stylesheet" href=(path::STYLE);
                // Browsers ask for an icon by themselves otherwise, and the ledger would show it.
                link rel="icon" href="data:,";
            }
            body {
                header.ribbon {
                    strong { "LinkedIn emulator" }
                    span { "This is not LinkedIn. The people are invented, and nothing leaves this machine." }
                }
                main.card { (card) }
            }
        }
    }
}

//! The frame of the control page.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::Notice;
use crate::endpoint::path;
use crate::linkedin::LinkedIn;

/// Nothing but the emulator's own style and script, and no frame around it, under which somebody could be led to click.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The parts of the page, in their order: anchor and name.
const PARTS: [(&str, &str); 8] = [
    ("clock", "Clock"),
    ("faults", "Faults"),
    ("switches", "Switches"),
    ("scenarios", "Scenarios"),
    ("reset", "Reset"),
    ("tokens", "Tokens"),
    ("ledger", "Requests"),
    ("members", "Members"),
];

pub(super) fn html(status: StatusCode, page: Markup) -> Response {
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        // Without it browsers would not say with a form where it comes from.
        (REFERRER_POLICY, "same-origin"),
    ];
    (status, headers, page).into_response()
}

pub(super) fn page(linkedin: &LinkedIn, notice: &Notice, content: &Markup) -> Markup {
    let (done, refused) = match notice {
        Notice::Nothing => ("", ""),
        Notice::Done(act) => (act.told(), ""),
        Notice::Refused(reason) => ("", reason.as_str()),
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Control – LinkedIn emulator" }
                link rel="stylesheet" href={ (path::CONTROL) "/style.css" };
                link rel="icon" href="data:,";
                script src={ (path::CONTROL) "/script.js" } type="module" {}
            }
            body {
                a.skip href="#main" { "Skip to the controls" }
                header {
                    div.title {
                        h1 { "LinkedIn emulator" }
                        p { a href="/" { "Overview" } " · " code { (linkedin.url) } }
                    }
                    nav aria-label="Parts of this page" {
                        ul { @for (anchor, name) in PARTS {
                            li { a href={ "#" (anchor) } { (name) } }
                        } }
                    }
                }
                div.notices {
                    p #done role="status" { (done) }
                    p #refused role="alert" { @if !refused.is_empty() { "Not done: " (refused) "." } }
                    p #lost role="status" {}
                }
                main #main tabindex="-1" { (content) }
                footer { p {
                    "This is not LinkedIn. Nothing here is in the requests, and no fault strikes it. Programs do the same at "
                    a href=(path::CONTROL_API) { code { (path::CONTROL_API) } } "."
                } }
            }
        }
    }
}

//! Scripts that come with each document of the world's, before the page's own: for engines whose drivers put nothing into a
//! page. What they hear in its console they bring here.
//!
//! They are a file of the page's origin, which the page's policy allows; the policy is the product's, untouched.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

const SCRIPTS: &str = "/end2end/scripts.js";
const CONSOLE: &str = "/end2end/console";

/// Far more than a document of the page's, or a complaint, takes.
const LIMIT: usize = 1 << 20;

/// Brings what the console is told here before whoever told it goes on, so that nothing is on its way when it is read.
const EAR: &str = "{
    const bring = text => {
        const request = new XMLHttpRequest();
        request.open('POST', '/end2end/console', false);
        request.send(text);
    };
    const { error } = console;
    console.error = (...words) => { error.apply(console, words); bring(words.map(String).join(' ')); };
    addEventListener('error', it => { if (it instanceof ErrorEvent) bring(`Uncaught ${it.message} ${it.error?.stack}`); });
    addEventListener('unhandledrejection', it => bring(`Uncaught (in promise) ${it.reason}`));
};";

/// The scripts, and what they heard.
#[derive(Debug, Default)]
pub(crate) struct Planted {
    /// By name, in the order in which they came.
    scripts: Mutex<Vec<(&'static str, String)>>,
    heard: Mutex<Vec<String>>,
}

impl Planted {
    /// Puts a script into every document that loads from now on, in the place of an earlier one of this name.
    pub(crate) fn put(&self, name: &'static str, script: &str) {
        let mut scripts = locked(&self.scripts);
        scripts.retain(|(known, _)| *known != name);
        scripts.push((name, script.to_owned()));
    }

    /// The errors that the pages' consoles were told until now.
    pub(crate) fn heard(&self) -> Vec<String> {
        locked(&self.heard).clone()
    }

    /// All of them as one, or nothing where there is none.
    fn scripts(&self) -> String {
        let scripts = locked(&self.scripts);
        if scripts.is_empty() {
            return String::new();
        }
        // Some end without a semicolon.
        let each = scripts.iter().map(|(_, script)| script.as_str());
        std::iter::once(EAR)
            .chain(each)
            .collect::<Vec<_>>()
            .join(";\n")
    }

    /// Answers what the scripts ask for themselves; gives back what is meant for the BFF.
    pub(crate) async fn answers(&self, mut request: Request) -> Result<Response, Request> {
        let scripts = self.scripts();
        if scripts.is_empty() {
            return Err(request);
        }
        match request.uri().path() {
            SCRIPTS => Ok((
                [
                    (header::CONTENT_TYPE, "text/javascript"),
                    (header::CACHE_CONTROL, "no-store"),
                ],
                scripts,
            )
                .into_response()),
            CONSOLE => {
                let complaint = to_bytes(request.into_body(), LIMIT).await;
                let complaint = complaint.map_or_else(
                    |cause| format!("a complaint that could not be read: {cause}"),
                    |text| String::from_utf8_lossy(&text).into_owned(),
                );
                locked(&self.heard).push(complaint);
                Ok(StatusCode::NO_CONTENT.into_response())
            }
            _ => {
                // Into a compressed document nothing can be put.
                request.headers_mut().remove(header::ACCEPT_ENCODING);
                Err(request)
            }
        }
    }

    /// Puts the scripts into a document; every other answer stays as it is.
    pub(crate) async fn goes_with(&self, response: Response) -> Response {
        let is_document = response
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("text/html"));
        if !is_document || locked(&self.scripts).is_empty() {
            return response;
        }
        let (mut head, body) = response.into_parts();
        let Ok(document) = to_bytes(body, LIMIT).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let document = String::from_utf8_lossy(&document);
        // Minified documents have no head that is written down, but all have a title.
        let tag = format!("<script src=\"{SCRIPTS}\"></script><title>");
        let document = document.replacen("<title>", &tag, 1);
        head.headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(document.len()));
        Response::from_parts(head, Body::from(document))
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

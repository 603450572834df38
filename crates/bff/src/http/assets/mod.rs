//! The app itself: the shell for navigations, its files by name, nothing else.

mod coding;
mod corner;
#[cfg(feature = "embedded-app")]
mod embedded;
mod file;
mod files;
mod shell;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::cookies::Jar;
use super::first_paint::FirstPaint;
use super::method_not_allowed;
use super::problem::Refused;
use crate::Bff;
use crate::config::Http;
use crate::linkedin::LinkedIn;
use files::Files;
use shell::Shell;

const SHELL: &str = "index.html";

/// The built app, if this process serves one.
pub(super) struct App(Option<Arc<Loaded>>);

struct Loaded {
    files: Files,
    shell: Shell,
}

/// The configured folder holds no app.
#[derive(Debug, thiserror::Error)]
#[error("LAPEL_APP_DIR: {path} cannot be read ({source}); build the app with `trunk build`")]
pub struct AppError {
    path: PathBuf,
    source: std::io::Error,
}

impl App {
    /// The app in the configured folder; without one, the app in this very program, where it has one.
    pub(super) fn load(http: &Http, linkedin: &LinkedIn) -> Result<Self, AppError> {
        let Some(folder) = &http.app_dir else {
            return Ok(Self::of(embedded(), linkedin));
        };
        let cannot = |path: PathBuf| |source| AppError { path, source };
        let path = folder.join(SHELL);
        // Asked for on its own, so that the message names what is missing.
        std::fs::metadata(&path).map_err(cannot(path))?;
        let files = Files::read(folder).map_err(cannot(folder.clone()))?;
        Ok(Self::of(Some(files), linkedin))
    }

    fn of(files: Option<Files>, linkedin: &LinkedIn) -> Self {
        let loaded = files.and_then(|mut files| {
            let text = files.take(SHELL)?;
            let text = String::from_utf8_lossy(&text);
            let shell = Shell::new(&text, &linkedin.picture_sources());
            Some(Arc::new(Loaded { files, shell }))
        });
        Self(loaded)
    }

    pub(super) fn router(self) -> Router<Bff> {
        Router::new().fallback(move |State(bff): State<Bff>, jar: Jar, asked: Parts| {
            let app = self.0.clone();
            async move { serve(app.as_deref(), &bff, &jar, &asked).await }
        })
    }
}

#[cfg(feature = "embedded-app")]
fn embedded() -> Option<Files> {
    Some(embedded::files())
}

#[cfg(not(feature = "embedded-app"))]
const fn embedded() -> Option<Files> {
    None
}

async fn serve(app: Option<&Loaded>, bff: &Bff, jar: &Jar, asked: &Parts) -> Response {
    let Some(app) = app else {
        return Refused::new(
            StatusCode::NOT_FOUND,
            "only /bff is served here; `trunk serve` or LAPEL_APP_DIR serve the app",
        )
        .into_response();
    };
    let (method, address, headers) = (&asked.method, &asked.uri, &asked.headers);
    if ![Method::GET, Method::HEAD].contains(method) {
        return method_not_allowed().await.into_response();
    }
    let path = address.path();
    let name = path.rsplit('/').next().unwrap_or_default();
    // A name with a dot asks for a file: a missing one is missing, and never the shell under a file's name, which a
    // cache could keep as one (web cache deception).
    if name.contains('.') && path != format!("/{SHELL}") {
        let found = app.files.answer(method, path, headers);
        return found.unwrap_or_else(missing);
    }
    if is_navigation(path, headers) {
        let first_paint = FirstPaint::of(bff, jar, method, headers).await;
        return app.shell.answer(address, first_paint);
    }
    missing()
}

fn missing() -> Response {
    Refused::new(StatusCode::NOT_FOUND, "there is no such file").into_response()
}

/// Whether somebody goes to a page. Browsers say so (Fetch Metadata); the start page is also for tools that take anything,
/// such as an operator's check that the program lives.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (says("sec-fetch-dest"), says("accept")) {
        (Some(dest), _) => dest == "document",
        (None, Some(accept)) => {
            accept.contains("text/html") || path == "/" && accept.contains("*/*")
        }
        (None, None) => path == "/",
    }
}

//! What stands between a browser and the BFF, and what it may do: answer in the BFF's place, lose the page's module, and
//! remember what passed.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use lapel_wire::Problem;

use crate::planted::Planted;

/// Whether requests get through. Everything does, until a journey says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Between(Arc<Cuts>);

#[derive(Debug, Default)]
struct Cuts {
    bff: AtomicBool,
    module: AtomicBool,
    callback: Mutex<Option<String>>,
    problem: Mutex<Option<Problem>>,
    planted: Arc<Planted>,
}

impl Between {
    /// A gateway answers for the BFF with a web page of its own, as captive portals and load balancers do. The document
    /// comes all the same, as if a static host served it: it says nothing of the session.
    pub fn cuts_off_the_bff(&self) {
        self.0.bff.store(true, Ordering::SeqCst);
    }

    /// The BFF can be reached again.
    pub fn lets_the_bff_through(&self) {
        self.0.bff.store(false, Ordering::SeqCst);
    }

    /// The BFF answers with this problem, whatever it is asked.
    pub fn answers_with(&self, problem: Problem) {
        *self.0.problem() = Some(problem);
    }

    /// It answers as it is.
    pub fn answers_by_itself(&self) {
        *self.0.problem() = None;
    }

    /// The page's WebAssembly module does not load.
    pub fn loses_the_module(&self) {
        self.0.module.store(true, Ordering::SeqCst);
    }

    /// The page's WebAssembly module loads again.
    pub fn finds_the_module(&self) {
        self.0.module.store(false, Ordering::SeqCst);
    }

    /// LinkedIn's last answer to a sign-in, as the browser brought it: path and query.
    #[must_use]
    pub fn last_callback(&self) -> Option<String> {
        self.0.callback().clone()
    }

    /// Scripts that come with each document.
    pub(crate) fn planted(&self) -> Arc<Planted> {
        Arc::clone(&self.0.planted)
    }

    pub(crate) fn in_front_of(&self, app: Router) -> Router {
        let cuts = Arc::clone(&self.0);
        app.layer(from_fn(move |request: Request, next: Next| {
            let cuts = Arc::clone(&cuts);
            async move { cuts.pass(request, next).await }
        }))
    }
}

impl Cuts {
    fn callback(&self) -> MutexGuard<'_, Option<String>> {
        self.callback.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn problem(&self) -> MutexGuard<'_, Option<Problem>> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn pass(&self, request: Request, next: Next) -> Response {
        let response = match self.planted.answers(request).await {
            Ok(answer) => return answer,
            Err(request) => self.let_through(request, next).await,
        };
        self.planted.goes_with(response).await
    }

    async fn let_through(&self, mut request: Request, next: Next) -> Response {
        let path = request.uri().path();
        if path == "/bff/callback" {
            *self.callback() = request.uri().path_and_query().map(ToString::to_string);
        }
        if path.starts_with("/bff/") && self.bff.load(Ordering::SeqCst) {
            let page = Html("<!doctype html><title>502</title><h1>Bad gateway</h1>");
            return (StatusCode::BAD_GATEWAY, page).into_response();
        }
        if path.starts_with("/bff/")
            && let Some(problem) = &*self.problem()
        {
            let status = StatusCode::from_u16(problem.status).unwrap_or_default();
            let media_type = [(header::CONTENT_TYPE, Problem::MEDIA_TYPE)];
            return (
                status,
                media_type,
                axum::Json(problem).into_response().into_body(),
            )
                .into_response();
        }
        let is_module = is_module(path);
        if self.bff.load(Ordering::SeqCst) {
            request.headers_mut().remove(header::COOKIE);
            request.headers_mut().remove("sec-fetch-site");
        }
        if is_module && self.module.load(Ordering::SeqCst) {
            return StatusCode::NOT_FOUND.into_response();
        }
        next.run(request).await
    }
}

fn is_module(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|kind| kind == "wasm")
}

//! What stands between a browser and the BFF, and what it may do: answer in the BFF's place, lose the page's module, and
//! remember what passed.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use lapel_wire::{Problem, paths};
use tokio::sync::watch;

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
    post_problem: Mutex<Option<Problem>>,
    posts_wait: watch::Sender<bool>,
    posts_come: AtomicUsize,
    posts_answers_get_lost: AtomicBool,
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
        *lock(&self.0.problem) = Some(problem);
    }

    /// It answers as it is.
    pub fn answers_by_itself(&self) {
        *lock(&self.0.problem) = None;
    }

    /// Posts are answered with this problem; by LinkedIn again, where there is none.
    pub fn answers_posts_with(&self, problem: Option<Problem>) {
        *lock(&self.0.post_problem) = problem;
    }

    /// Posts stay on their way to the BFF until they are let go.
    pub fn holds_posts(&self) {
        self.0.posts_wait.send_replace(true);
    }

    /// Those on their way go on, and so do all that come.
    pub fn lets_posts_go(&self) {
        self.0.posts_wait.send_replace(false);
    }

    /// How many posts have come this far, held or not.
    #[must_use]
    pub fn posts_that_came(&self) -> usize {
        self.0.posts_come.load(Ordering::SeqCst)
    }

    /// Posts arrive, and a gateway's page comes in the place of their answers.
    pub fn loses_the_answers_to_posts(&self, lost: bool) {
        self.0.posts_answers_get_lost.store(lost, Ordering::SeqCst);
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
        lock(&self.0.callback).clone()
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
            *lock(&self.callback) = request.uri().path_and_query().map(ToString::to_string);
        }
        if path.starts_with("/bff/") && self.bff.load(Ordering::SeqCst) {
            return gateway();
        }
        if path.starts_with("/bff/")
            && let Some(problem) = &*lock(&self.problem)
        {
            return refusal(problem);
        }
        if path == paths::POSTS {
            self.posts_come.fetch_add(1, Ordering::SeqCst);
            if let Some(problem) = &*lock(&self.post_problem) {
                return refusal(problem);
            }
            // Fails only where nobody can let them go any more, which is the journey's end.
            drop(self.posts_wait.subscribe().wait_for(|wait| !wait).await);
            let answer = next.run(request).await;
            let is_lost = self.posts_answers_get_lost.load(Ordering::SeqCst);
            return if is_lost { gateway() } else { answer };
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

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn refusal(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or_default();
    let media_type = [(header::CONTENT_TYPE, Problem::MEDIA_TYPE)];
    let body = axum::Json(problem).into_response().into_body();
    (status, media_type, body).into_response()
}

fn gateway() -> Response {
    let page = Html("<!doctype html><title>502</title><h1>Bad gateway</h1>");
    (StatusCode::BAD_GATEWAY, page).into_response()
}

fn is_module(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|kind| kind == "wasm")
}

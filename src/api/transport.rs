//! The only file that calls `fetch`. Tests implement [`Transport`] instead.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use lapel_wire::{Problem, paths};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestInit};

/// How long a call may take, body included. The BFF answers a sign-out within 2 s whatever LinkedIn does; the rest is
/// a slow network's.
const DEADLINE_MS: u32 = 10_000;

/// Carries a call to the BFF and brings back whatever answers.
pub trait Transport: Send + Sync {
    /// Sends one call. The future ends by itself, with an error if need be.
    fn send(&self, call: Call) -> Answering;
}

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Reply, TransportError>>>>;

/// One call to the BFF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The HTTP method.
    pub method: Method,
    /// One of [`lapel_wire::paths`].
    pub path: &'static str,
}

/// The methods that the BFF's own routes take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Changes something.
    Post,
}

/// Whatever answered: perhaps the BFF, perhaps something in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`, empty where there was none.
    pub media_type: String,
    /// The body as text.
    pub body: String,
}

/// Why nothing answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The device says that it has no network.
    Offline,
    /// No connection, or it broke.
    Unreachable,
    /// No complete answer in time.
    Timeout,
}

/// The browser's `fetch`.
pub(super) struct FetchTransport;

impl Transport for FetchTransport {
    fn send(&self, call: Call) -> Answering {
        Box::pin(fetch(call))
    }
}

async fn fetch(call: Call) -> Result<Reply, TransportError> {
    let deadline = Deadline::start();
    let request = match call.method {
        Method::Get => Request::get(call.path),
        Method::Post => Request::post(call.path),
    };
    deadline.outcome(exchange(call.method, deadline.over(request)).await)
}

async fn exchange(method: Method, request: RequestBuilder) -> Result<Reply, gloo_net::Error> {
    let request = request
        .header(paths::ANTI_FORGERY_HEADER, paths::ANTI_FORGERY_VALUE)
        .header(
            "accept",
            &format!("application/json, {}", Problem::MEDIA_TYPE),
        )
        .credentials(RequestCredentials::SameOrigin)
        .cache(RequestCache::NoStore)
        .build()?;
    let request = match method {
        Method::Get => request,
        Method::Post => outliving_the_page(request),
    };
    let response: Response = request.send().await?;
    let media_type = response.headers().get("content-type").unwrap_or_default();
    let body = response.text().await?;
    Ok(Reply {
        status: response.status(),
        media_type,
        body,
    })
}

/// What changes something must arrive even if the tab is closed at once. The request as it was where the browser does
/// not know how.
fn outliving_the_page(request: Request) -> Request {
    let raw = web_sys::Request::from(request);
    let init = RequestInit::new();
    // web-sys has no setter for it.
    let set = Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE);
    let kept = set.and_then(|_| web_sys::Request::new_with_request_and_init(&raw, &init));
    kept.unwrap_or(raw).into()
}

/// Aborts a call that takes too long. Dropping it calls the timer off.
struct Deadline {
    controller: Option<AbortController>,
    passed: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl Deadline {
    fn start() -> Self {
        let controller = AbortController::new().ok();
        let passed = Rc::new(Cell::new(false));
        let timer = Timeout::new(DEADLINE_MS, {
            let (controller, passed) = (controller.clone(), Rc::clone(&passed));
            move || {
                passed.set(true);
                if let Some(controller) = controller {
                    controller.abort();
                }
            }
        });
        Self {
            controller,
            passed,
            _timer: timer,
        }
    }

    fn over(&self, request: RequestBuilder) -> RequestBuilder {
        let signal = self.controller.as_ref().map(AbortController::signal);
        request.abort_signal(signal.as_ref())
    }

    fn outcome(&self, result: Result<Reply, gloo_net::Error>) -> Result<Reply, TransportError> {
        // `fetch` says the same for every failure, so what is known otherwise decides.
        result.map_err(|_| {
            if self.passed.get() {
                TransportError::Timeout
            } else if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
                TransportError::Offline
            } else {
                TransportError::Unreachable
            }
        })
    }
}

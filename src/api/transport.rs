//! The only file that calls `fetch`. Tests implement [`Transport`] instead.

use std::future::Future;
use std::pin::Pin;

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use js_sys::futures::JsFuture;
use lapel_wire::paths;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, AbortSignal, Request, RequestCache, RequestCredentials, RequestInit, Response,
};

/// How long a call may take, body included. The BFF answers a sign-out within 2 s whatever LinkedIn does; the rest is
/// a slow network's.
const DEADLINE_MS: u32 = 10_000;

/// The same for a call that LinkedIn has to answer. The BFF gives LinkedIn 10 s and may have to refresh a token before;
/// whoever waits longer than it learns what became of a write.
const LINKEDINS_DEADLINE_MS: u32 = 30_000;

/// The answers that the page reads: JSON, and problems ([`Problem::MEDIA_TYPE`](lapel_wire::Problem::MEDIA_TYPE)).
const ACCEPTED: &str = "application/json, application/problem+json";

/// Carries a call to the BFF and brings back whatever answers.
pub trait Transport: Send + Sync {
    /// Sends one call. The future ends by itself, with an error if need be.
    fn send(&self, call: Call) -> Answering;
}

/// An answer on its way.
pub type Answering = Pin<Box<dyn Future<Output = Result<Reply, TransportError>>>>;

/// One call to the BFF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The HTTP method.
    pub method: Method,
    /// One of [`lapel_wire::paths`].
    pub path: &'static str,
    /// JSON for LinkedIn, which the BFF passes on.
    pub body: Option<String>,
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
    /// [`paths::MADE_HEADER`]: LinkedIn's name for what the call made.
    pub made: Option<String>,
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
    let milliseconds = match call.body {
        Some(_) => LINKEDINS_DEADLINE_MS,
        None => DEADLINE_MS,
    };
    let deadline = Deadline::start(milliseconds);
    deadline.outcome(exchange(call, deadline.signal()).await)
}

/// The error is the browser's: an exception that says the same for every failure.
async fn exchange(call: Call, signal: Option<AbortSignal>) -> Result<Reply, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let request = request(call, signal.as_ref())?;
    let answer = JsFuture::from(window.fetch_with_request(&request)).await?;
    let response: Response = answer.dyn_into()?;
    let headers = response.headers();
    let (media_type, made) = (
        headers.get("content-type")?,
        headers.get(paths::MADE_HEADER)?,
    );
    let body = JsFuture::from(response.text()?).await?;
    Ok(Reply {
        status: response.status(),
        media_type: media_type.unwrap_or_default(),
        made,
        body: body.as_string().unwrap_or_default(),
    })
}

fn request(call: Call, signal: Option<&AbortSignal>) -> Result<Request, JsValue> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(signal);
    if call.method == Method::Post {
        init.set_method("POST");
        // What changes something must arrive even if the tab is closed at once; a browser that does not know the word
        // passes over it. web-sys has no setter for it.
        Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
    }
    if let Some(body) = &call.body {
        init.set_body(&JsValue::from_str(body));
    }
    let request = Request::new_with_str_and_init(call.path, &init)?;
    let headers = request.headers();
    headers.set(paths::ANTI_FORGERY_HEADER, paths::ANTI_FORGERY_VALUE)?;
    headers.set("accept", ACCEPTED)?;
    if call.body.is_some() {
        headers.set("content-type", "application/json")?;
    }
    Ok(request)
}

/// Aborts a call that takes too long. Dropping it calls the timer off.
struct Deadline {
    /// None where the browser cannot abort; its own limit then ends the call.
    controller: Option<AbortController>,
    _timer: Option<Timeout>,
}

impl Deadline {
    fn start(milliseconds: u32) -> Self {
        let controller = AbortController::new().ok();
        let timer = controller
            .clone()
            .map(|controller| Timeout::new(milliseconds, move || controller.abort()));
        Self {
            controller,
            _timer: timer,
        }
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    fn outcome(&self, result: Result<Reply, JsValue>) -> Result<Reply, TransportError> {
        // `fetch` says the same for every failure, so what is known otherwise decides.
        result.map_err(|_| {
            if self.signal().is_some_and(|signal| signal.aborted()) {
                TransportError::Timeout
            } else if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
                TransportError::Offline
            } else {
                TransportError::Unreachable
            }
        })
    }
}

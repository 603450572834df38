//! A BFF that says what it is told to, a page to mount in, and hands and eyes for both.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use gloo_timers::future::TimeoutFuture;
use lapel::{Answering, App, BffClient, Call, Method, Reply, Transport, TransportError};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, HtmlElement, KeyboardEvent, KeyboardEventInit, PageTransitionEvent,
    PageTransitionEventInit,
};

/// Where the page keeps who was signed in.
pub(crate) const MEMORY: &str = "lapel.last-known.1";

/// What comes of a call.
pub(crate) type Answer = Result<Reply, TransportError>;

/// An answer that comes when the test says so.
#[derive(Clone, Default)]
pub(crate) struct Later(Arc<Mutex<(Option<Answer>, Option<Waker>)>>);

impl Later {
    pub(crate) async fn arrives(&self, answer: Answer) {
        let waker = {
            let mut later = self.0.lock().unwrap();
            later.0 = Some(answer);
            later.1.take()
        };
        waker.unwrap().wake();
        settle().await;
    }

    async fn comes(&self) -> Answer {
        poll_fn(|context| {
            let mut later = self.0.lock().unwrap();
            later.1 = Some(context.waker().clone());
            later.0.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

/// The BFF in the tests' hands.
#[derive(Clone)]
pub(crate) struct Bff {
    session: Arc<Mutex<Result<Reply, TransportError>>>,
    sign_out: Arc<Mutex<Result<Reply, TransportError>>>,
    post: Arc<Mutex<Answer>>,
    calls: Arc<Mutex<Vec<Call>>>,
    held_back: Arc<Mutex<Option<Later>>>,
}

impl Transport for Bff {
    fn send(&self, call: Call) -> Answering {
        let answer = match (call.method, &call.body) {
            (Method::Get, _) => self.session.lock().unwrap().clone(),
            (Method::Post, None) => self.sign_out.lock().unwrap().clone(),
            (Method::Post, Some(_)) => self.post.lock().unwrap().clone(),
        };
        self.calls.lock().unwrap().push(call);
        let held_back = self.held_back.lock().unwrap().take();
        Box::pin(async move {
            match held_back {
                Some(later) => later.comes().await,
                None => answer,
            }
        })
    }
}

impl Bff {
    /// Nobody is signed in, and a sign-out works.
    pub(crate) fn new() -> Self {
        let signed_out = Ok(json(200, NOBODY));
        let sign_out = Ok(json(
            200,
            r#"{"revocation":"confirmed","reach":"this_instance"}"#,
        ));
        Self {
            session: Arc::new(Mutex::new(signed_out)),
            sign_out: Arc::new(Mutex::new(sign_out)),
            post: Arc::new(Mutex::new(Ok(made()))),
            calls: Arc::default(),
            held_back: Arc::default(),
        }
    }

    pub(crate) fn with_member(name: &str) -> Self {
        let bff = Self::new();
        bff.says(&member(name));
        bff
    }

    /// What it answers from now on about the session.
    pub(crate) fn says(&self, body: &str) {
        *self.session.lock().unwrap() = Ok(json(200, body));
    }

    pub(crate) fn says_nobody(&self) {
        self.says(NOBODY);
    }

    pub(crate) fn fails(&self, error: TransportError) {
        *self.session.lock().unwrap() = Err(error);
    }

    pub(crate) fn fails_to_sign_out(&self) {
        *self.sign_out.lock().unwrap() = Err(TransportError::Unreachable);
    }

    pub(crate) fn refuses_to_sign_out(&self) {
        let body = r#"{"type":"urn:lapel:problem:not_configured","title":"no","status":500,
            "reference":"7f3a00c1d2e4","kind":"not_configured","retry":{"advice":"never"}}"#;
        *self.sign_out.lock().unwrap() = Ok(problem(500, body));
    }

    /// What it answers a sign-out with from now on.
    pub(crate) fn answers_a_sign_out_with(&self, body: &str) {
        *self.sign_out.lock().unwrap() = Ok(json(200, body));
    }

    /// What becomes of posts from now on.
    pub(crate) fn answers_a_post_with(&self, answer: Answer) {
        *self.post.lock().unwrap() = answer;
    }

    /// What LinkedIn was to be told so far.
    pub(crate) fn posts(&self) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        calls.iter().filter_map(|call| call.body.clone()).collect()
    }

    /// The problem with which it refuses to say anything about the session from now on.
    pub(crate) fn refuses(&self, status: u16, body: &str) {
        *self.session.lock().unwrap() = Ok(problem(status, body));
    }

    /// Answers the next question when the test says so, and with what.
    pub(crate) fn holds_back(&self) -> Later {
        let later = Later::default();
        *self.held_back.lock().unwrap() = Some(later.clone());
        later
    }

    /// How often it was asked anything.
    pub(crate) fn asked(&self) -> usize {
        self.calls.lock().unwrap().len()
    }
}

const NOBODY: &str = r#"{"state":"signed_out","reason":"no_session","asks":["openid","profile"]}"#;

/// An answer with a member of that name.
pub(crate) fn member(name: &str) -> String {
    let name = serde_json::to_string(name).unwrap();
    format!(
        r#"{{"state":"signed_in","member":{{"id":"m1","name":{name},"email":"m@example.org"}},
            "permissions":["openid","r_unheard_of"],"expires_in":7200}}"#
    )
}

fn json(status: u16, body: &str) -> Reply {
    let (media_type, body) = ("application/json".to_owned(), body.to_owned());
    Reply {
        status,
        media_type,
        made: None,
        body,
    }
}

/// LinkedIn's answer to a post.
pub(crate) fn made() -> Reply {
    Reply {
        status: 201,
        media_type: String::new(),
        made: Some("urn:li:share:7000000000000000000".to_owned()),
        body: String::new(),
    }
}

pub(crate) fn problem(status: u16, body: &str) -> Reply {
    Reply {
        media_type: "application/problem+json".to_owned(),
        ..json(status, body)
    }
}

/// A mounted page. Dropping it unmounts.
pub(crate) struct Page {
    root: HtmlElement,
    _handle: Box<dyn std::any::Any>,
}

impl Page {
    /// The application against that BFF, in a browser that remembers nothing and at the start page.
    pub(crate) async fn open(bff: &Bff) -> Self {
        storage().clear().unwrap();
        tab_storage().clear().unwrap();
        address("/");
        Self::reload(bff).await
    }

    /// The same, without forgetting.
    pub(crate) async fn reload(bff: &Bff) -> Self {
        let client = BffClient::new(bff.clone());
        Self::show(move || view! { <App client=client.clone() /> }).await
    }

    /// Any view.
    pub(crate) async fn show<F, V>(view: F) -> Self
    where
        F: FnOnce() -> V + 'static,
        V: IntoView + 'static,
        UnmountHandle<V::State>: 'static,
    {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let handle = Box::new(mount_to(root.clone(), view));
        let page = Self {
            root,
            _handle: handle,
        };
        settle().await;
        page
    }

    /// The first match, which must be there.
    pub(crate) fn find(&self, selector: &str) -> HtmlElement {
        self.seek(selector)
            .unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
    }

    pub(crate) fn seek(&self, selector: &str) -> Option<HtmlElement> {
        self.root
            .query_selector(selector)
            .unwrap()
            .map(JsCast::unchecked_into)
    }

    /// How many match.
    pub(crate) fn count(&self, selector: &str) -> u32 {
        let inside = self.root.get_elements_by_tag_name("*");
        let inside = (0..inside.length()).filter_map(|at| inside.item(at));
        let found = inside.filter(|it| it.matches(selector).unwrap()).count();
        u32::try_from(found).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    pub(crate) fn root(&self) -> &HtmlElement {
        &self.root
    }

    pub(crate) async fn press(&self, selector: &str) {
        self.find(selector).click();
        settle().await;
    }

    /// A key, where the focus is.
    pub(crate) async fn key(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        focused().dispatch_event(&event).unwrap();
        settle().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Lets everything that is under way happen, a rendered frame included.
pub(crate) async fn settle() {
    TimeoutFuture::new(60).await;
}

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

pub(crate) fn storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

/// What lasts as long as the tab.
pub(crate) fn tab_storage() -> web_sys::Storage {
    let window = web_sys::window().unwrap();
    window.session_storage().unwrap().unwrap()
}

pub(crate) fn focused() -> Element {
    document().active_element().unwrap()
}

/// Changes the address without loading anything.
pub(crate) fn address(url: &str) {
    let history = web_sys::window().unwrap().history().unwrap();
    history
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(url))
        .unwrap();
}

/// Something that the browser says by itself.
pub(crate) async fn window_says(name: &str) {
    web_sys::window()
        .unwrap()
        .dispatch_event(&Event::new(name).unwrap())
        .unwrap();
    settle().await;
}

/// The back button brings the frozen page up again.
pub(crate) async fn page_is_restored() {
    let init = PageTransitionEventInit::new();
    init.set_persisted(true);
    let event = PageTransitionEvent::new_with_event_init_dict("pageshow", &init).unwrap();
    web_sys::window().unwrap().dispatch_event(&event).unwrap();
    settle().await;
}

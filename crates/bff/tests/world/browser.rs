//! As much of a browser as the BFF can see: it keeps cookies, and says where its requests come from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use lapel_emulator::Clock;
use lapel_wire::{Problem, SessionView, SignOutReport, SignedIn, SignedOutReason, paths};
use tower::ServiceExt as _;

use super::{ORIGIN, contract};

/// What browsers have seen of all that the OpenAPI document describes.
pub(crate) type Seen = Arc<Mutex<BTreeSet<String>>>;

/// A browser with its own cookies.
#[derive(Clone)]
pub(crate) struct Browser {
    app: Router,
    clock: Clock,
    /// Cookies by name.
    pub(crate) cookies: BTreeMap<String, String>,
    /// When each of them ends, in seconds since 1970.
    ends: BTreeMap<String, i64>,
    /// Those that are `SameSite=Strict`.
    strict: BTreeSet<String>,
    seen: Seen,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new(app: Router, clock: Clock, seen: Seen) -> Self {
        Self {
            app,
            clock,
            seen,
            cookies: BTreeMap::new(),
            ends: BTreeMap::new(),
            strict: BTreeSet::new(),
        }
    }

    /// Goes to an address, as a person does by following a link of the application's own.
    pub(crate) async fn visit(&mut self, address: &str) -> Answer {
        self.visit_with(address, &[("sec-fetch-site", "same-origin")])
            .await
    }

    /// Is sent to an address by another site, LinkedIn for instance, and does what the page there says: one that asks for
    /// the same once more is followed.
    pub(crate) async fn is_sent_to(&mut self, address: &str) -> Answer {
        let answer = self.is_sent_once_to(address).await;
        match answer.asks_for() {
            Some(again) => self.visit(&again).await,
            None => answer,
        }
    }

    /// Is sent to an address by another site, and follows nothing.
    pub(crate) async fn is_sent_once_to(&mut self, address: &str) -> Answer {
        self.visit_with(address, &[("sec-fetch-site", "cross-site")])
            .await
    }

    /// Goes to an address with headers that are added or replaced.
    pub(crate) async fn visit_with(&mut self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let navigation = [
            ("sec-fetch-dest", "document"),
            ("sec-fetch-mode", "navigate"),
            ("accept", "text/html"),
        ];
        self.send(Method::GET, address, &navigation, headers).await
    }

    /// Calls the BFF as the page's own script does.
    pub(crate) async fn call(&mut self, method: Method, address: &str) -> Answer {
        self.call_with(method, address, &[]).await
    }

    /// Calls the BFF with headers that are added or replaced; an empty value removes one.
    pub(crate) async fn call_with(
        &mut self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let page = [
            ("x-lapel", "1"),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-mode", "cors"),
        ];
        self.send(method, address, &page, headers).await
    }

    /// This browser with what is behind the address of that one.
    pub(crate) fn before(&self, other: &Self) -> Self {
        Self {
            app: other.app.clone(),
            ..self.clone()
        }
    }

    /// The sealed session that it carries.
    pub(crate) fn envelope(&self) -> String {
        let pieces = self
            .cookies
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "__Host-lapel" | "__Host-lapel-1"));
        pieces
            .map(|(_, value)| {
                value
                    .split_once('.')
                    .map_or(value.as_str(), |(_, rest)| rest)
            })
            .collect()
    }

    /// Whether the browser carries a session, alive or not.
    pub(crate) fn carries_a_session(&self) -> bool {
        self.cookies.contains_key("__Host-lapel")
    }

    /// Who is signed in.
    pub(crate) async fn session(&mut self) -> SessionView {
        let answer = self.call(Method::GET, paths::SESSION).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a session view")
    }

    /// The session of the member who is signed in.
    pub(crate) async fn member(&mut self) -> SignedIn {
        match self.session().await {
            SessionView::SignedIn(signed_in) => signed_in,
            SessionView::SignedOut(signed_out) => panic!("signed out: {signed_out:?}"),
        }
    }

    /// Why nobody is signed in.
    pub(crate) async fn signed_out(&mut self) -> SignedOutReason {
        match self.session().await {
            SessionView::SignedOut(signed_out) => signed_out.reason,
            SessionView::SignedIn(signed_in) => panic!("signed in: {signed_in:?}"),
        }
    }

    /// Signs out.
    pub(crate) async fn sign_out(&mut self) -> (SignOutReport, Answer) {
        let answer = self
            .call_with(Method::POST, paths::LOGOUT, &[("origin", ORIGIN)])
            .await;
        (
            serde_json::from_str(&answer.body).expect("a report"),
            answer,
        )
    }

    /// Calls LinkedIn's API through the BFF, as the page's own script does: with JSON, where there is a body.
    pub(crate) async fn calls_linkedin(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let response = self
            .begins_to_call_linkedin(method.clone(), path, headers, body)
            .await;
        self.judged(&method, &format!("{}{path}", paths::LINKEDIN), response)
            .await
    }

    /// Likewise, and leaves the answer's body where it is.
    pub(crate) async fn begins_to_call_linkedin(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Response<Body> {
        let page = [
            ("x-lapel", "1"),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-mode", "cors"),
            ("content-type", "application/json"),
        ];
        let address = format!("{}{path}", paths::LINKEDIN);
        let request = self.request(method, &address, &page, headers, body.into());
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        self.keep(response.headers());
        response
    }

    async fn send(
        &mut self,
        method: Method,
        address: &str,
        usual: &[(&str, &str)],
        special: &[(&str, &str)],
    ) -> Answer {
        let request = self.request(method.clone(), address, usual, special, Body::empty());
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        self.keep(response.headers());
        self.judged(&method, address, response).await
    }

    /// The whole answer, held to the OpenAPI document.
    async fn judged(&self, method: &Method, address: &str, response: Response<Body>) -> Answer {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).expect("text"),
        };
        match contract().judge(method, address, &answer) {
            Ok(seen) => {
                let mut known = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                known.extend(seen);
            }
            Err(what) => panic!("the OpenAPI document and the code differ: {what}"),
        }
        answer
    }

    fn request(
        &mut self,
        method: Method,
        address: &str,
        usual: &[(&str, &str)],
        special: &[(&str, &str)],
        body: Body,
    ) -> Request<Body> {
        let now = self.clock.now().as_second();
        let ends = &self.ends;
        self.cookies
            .retain(|name, _| ends.get(name).is_none_or(|end| *end > now));
        let mut request = Request::builder().method(method.clone()).uri(address);
        let replaced = |name: &str| special.iter().any(|(other, _)| *other == name);
        let kept = usual.iter().filter(|(name, _)| !replaced(name));
        for (name, value) in kept.chain(special).filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let from_elsewhere = special.contains(&("sec-fetch-site", "cross-site"));
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .filter(|(name, _)| !(from_elsewhere && self.strict.contains(*name)))
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        if !pairs.is_empty() && !replaced("cookie") {
            request = request.header(COOKIE, pairs.join("; "));
        }
        request.body(body).expect("a request")
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().expect("ASCII");
            let (pair, attributes) = text.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            let age: i64 = attributes
                .split(';')
                .find_map(|attribute| attribute.trim().strip_prefix("Max-Age="))
                .expect("every cookie has an end")
                .parse()
                .expect("seconds");
            if age == 0 {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
                if attributes.contains("SameSite=Strict") {
                    self.strict.insert(name.to_owned());
                }
                let end = self.clock.now().as_second() + age;
                self.ends.insert(name.to_owned(), end);
            }
        }
    }
}

impl Answer {
    /// Where the answer redirects to.
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.header(LOCATION.as_str())
    }

    /// The address that the page goes to by itself, at once.
    pub(crate) fn asks_for(&self) -> Option<String> {
        let (_, rest) = self
            .body
            .split_once("<meta http-equiv=refresh content=\"0;url=")?;
        let (address, _) = rest.split_once('"')?;
        Some(address.replace("&amp;", "&"))
    }

    /// A header's value; empty where it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// The failure that the answer tells.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(
            self.header("content-type"),
            Problem::MEDIA_TYPE,
            "{}",
            self.everything()
        );
        let problem: Problem = serde_json::from_str(&self.body).expect("a problem");
        assert_eq!(problem.status, self.status.as_u16());
        problem
    }

    /// Everything that the answer says, for looking whether something is in it.
    pub(crate) fn everything(&self) -> String {
        format!("{:?}\n{}", self.headers, self.body)
    }
}

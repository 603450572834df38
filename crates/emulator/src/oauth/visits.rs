//! Browsers at the authorization page: who uses them, and which requests wait for an answer.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use cookie::Cookie;
use jiff::{SignedDuration, Timestamp};

use super::AuthorizationRequest;
use crate::entropy::Entropy;
use crate::lock::lock;

/// Browsers and waiting requests remembered, of each; older ones are forgotten first.
const MOST: usize = 10_000;

/// The emulator's side of its cookie, and what waits for a member's answer.
#[derive(Debug)]
pub(crate) struct Visits {
    book: Mutex<Book>,
    /// Cookies do not tell ports apart, so the name does: emulators on one machine must not sign each other's visitors
    /// out.
    cookie: String,
    patience: SignedDuration,
}

#[derive(Debug, Default)]
struct Book {
    /// Browsers by the value of their cookie, with the slug of the member who uses them, and since when.
    browsers: HashMap<String, Option<(String, Timestamp)>>,
    browsers_in_order: VecDeque<String>,
    pending: HashMap<String, Pending>,
    pending_in_order: VecDeque<String>,
}

/// A request that waits for the member of one browser.
#[derive(Clone, Debug)]
struct Pending {
    request: AuthorizationRequest,
    browser: String,
    until: Timestamp,
}

impl Visits {
    pub(crate) fn new(url: &str, patience: SignedDuration) -> Self {
        let port = url::Url::parse(url)
            .ok()
            .and_then(|url| url.port_or_known_default());
        let cookie = format!("lapel_emulator_{}", port.unwrap_or_default());
        Self {
            book: Mutex::default(),
            cookie,
            patience,
        }
    }

    /// Forgets every browser and every waiting request.
    pub(crate) fn forget(&self) {
        *lock(&self.book) = Book::default();
    }

    /// The browser that a `Cookie` header tells of, if it is known here.
    pub(crate) fn browser_in(&self, cookies: &str) -> Option<String> {
        let cookie = Cookie::split_parse(cookies)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == self.cookie)?;
        let known = lock(&self.book).browsers.contains_key(cookie.value());
        known.then(|| cookie.value().to_owned())
    }

    /// A browser seen for the first time.
    pub(crate) fn welcome(&self, entropy: &Entropy) -> String {
        let browser = entropy.text(32);
        let mut book = lock(&self.book);
        if book.browsers_in_order.len() == MOST
            && let Some(oldest) = book.browsers_in_order.pop_front()
        {
            book.browsers.remove(&oldest);
        }
        book.browsers.insert(browser.clone(), None);
        book.browsers_in_order.push_back(browser.clone());
        browser
    }

    /// The `Set-Cookie` value by which a browser is known again. Lax: it must come along when an application sends the
    /// browser here.
    pub(crate) fn cookie_for(&self, browser: &str) -> String {
        format!("{}={browser}; Path=/; HttpOnly; SameSite=Lax", self.cookie)
    }

    /// The member who uses a browser.
    pub(crate) fn member_of(&self, browser: &str) -> Option<String> {
        self.sign_in_of(browser).map(|(member, _)| member)
    }

    /// Likewise, with the time of the sign-in.
    pub(super) fn sign_in_of(&self, browser: &str) -> Option<(String, Timestamp)> {
        lock(&self.book).browsers.get(browser).cloned().flatten()
    }

    /// Somebody says who they are, or (without a member) that they are someone else.
    pub(crate) fn set_member(&self, browser: &str, member: Option<String>, now: Timestamp) {
        if let Some(known) = lock(&self.book).browsers.get_mut(browser) {
            *known = member.map(|member| (member, now));
        }
    }

    /// Keeps a request until its browser's member answers; returns the opaque name that the page posts back.
    pub(super) fn open(
        &self,
        request: AuthorizationRequest,
        browser: &str,
        now: Timestamp,
        entropy: &Entropy,
    ) -> String {
        let id = entropy.text(32);
        let until = crate::clock::later(now, self.patience);
        let mut book = lock(&self.book);
        if book.pending_in_order.len() == MOST
            && let Some(oldest) = book.pending_in_order.pop_front()
        {
            book.pending.remove(&oldest);
        }
        book.pending_in_order.push_back(id.clone());
        book.pending.insert(
            id.clone(),
            Pending {
                request,
                browser: browser.to_owned(),
                until,
            },
        );
        id
    }

    /// The request by that name, if it waits for this browser. Another browser's is not shown: it could have been
    /// planted (cross-site request forgery).
    pub(super) fn waiting(
        &self,
        id: &str,
        browser: &str,
        now: Timestamp,
    ) -> Option<AuthorizationRequest> {
        let book = lock(&self.book);
        let pending = book.pending.get(id)?;
        (pending.browser == browser && now < pending.until).then(|| pending.request.clone())
    }

    /// The request has its answer.
    pub(super) fn close(&self, id: &str) {
        lock(&self.book).pending.remove(id);
    }

    /// The application whose request waits under that name.
    pub(crate) fn client_of(&self, id: &str) -> Option<String> {
        lock(&self.book)
            .pending
            .get(id)
            .map(|pending| pending.request.client.id.clone())
    }
}

//! The JavaScript SDK, switched off in 2019 (LinkedIn reference §7): its signed cookie, and the exchange of its token.

mod cookie;
mod exchange;
mod signature;

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::clock::later;
use crate::grants::Owner;
use crate::linkedin::LinkedIn;
use crate::lock::lock;

pub use cookie::JsSdkCookie;
pub(crate) use exchange::exchange;

/// What LinkedIn makes of the JavaScript SDK's tokens. Cookies can be minted in every case; their age is the
/// application's to judge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JsSdkExchange {
    /// The exchange is gone, as it is at LinkedIn.
    #[default]
    SwitchedOff,
    /// As documented: signed by OAuth 1.0a, for a token of OAuth 1.0a.
    OAuth1,
    /// That, and at the token endpoint for a token of OAuth 2.0, as the best-practices page describes it. No such endpoint
    /// was found anywhere; the form (RFC 8693) is an assumption.
    OAuth1AndOAuth2,
}

/// Tokens and nonces remembered, of each; older ones are forgotten first.
const MOST: usize = 10_000;

/// About half an hour.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(30);

/// Tokens that the SDK was given in members' browsers.
#[derive(Debug, Default)]
pub(crate) struct JsTokens(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    tokens: HashMap<String, (Owner, Timestamp)>,
    tokens_in_order: VecDeque<String>,
    nonces: HashSet<String>,
    nonces_in_order: VecDeque<String>,
}

impl JsTokens {
    fn add(&self, token: String, owner: Owner, now: Timestamp) {
        let mut book = lock(&self.0);
        if book.tokens_in_order.len() == MOST
            && let Some(oldest) = book.tokens_in_order.pop_front()
        {
            book.tokens.remove(&oldest);
        }
        book.tokens_in_order.push_back(token.clone());
        book.tokens.insert(token, (owner, later(now, TOKEN_LIFE)));
    }

    /// Whose a live token is.
    pub(crate) fn owner(&self, token: &str, now: Timestamp) -> Option<Owner> {
        let book = lock(&self.0);
        let (owner, end) = book.tokens.get(token)?;
        (now < *end).then(|| owner.clone())
    }

    /// Whether a nonce is new (RFC 5849 §3.3).
    fn is_fresh(&self, nonce: String) -> bool {
        let mut book = lock(&self.0);
        if book.nonces_in_order.len() == MOST
            && let Some(oldest) = book.nonces_in_order.pop_front()
        {
            book.nonces.remove(&oldest);
        }
        book.nonces_in_order.push_back(nonce.clone());
        book.nonces.insert(nonce)
    }

    pub(crate) fn forget(&self) {
        *lock(&self.0) = Book::default();
    }
}

/// Handle to the JavaScript SDK of a running emulator: what its script did in a member's browser.
#[derive(Clone)]
pub struct JsSdk(Arc<LinkedIn>);

impl JsSdk {
    pub(crate) fn of(linkedin: &Arc<LinkedIn>) -> Self {
        Self(Arc::clone(linkedin))
    }

    /// The cookie that the script writes on the application's own domain once a member has signed in with it: with a token
    /// of about half an hour, signed with the application's secret. Nothing if there is no such application or member.
    pub fn mint(&self, client_id: &str, member: &str) -> Option<JsSdkCookie> {
        let client = self.0.client(client_id)?;
        let member = self.0.members.get(member)?;
        let token = self.0.entropy.opaque("AQJ", 160);
        let owner = Owner {
            client: client.id.clone(),
            member: member.slug.clone(),
        };
        self.0
            .js_tokens
            .add(token.clone(), owner, self.0.clock.now());
        Some(JsSdkCookie::signed(&client, &member.sub(&client.id), token))
    }
}

impl fmt::Debug for JsSdk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsSdk").finish_non_exhaustive()
    }
}

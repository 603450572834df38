//! Every request that reached the emulated LinkedIn, for assertions and for the curious.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::Timestamp;

use crate::endpoint::Endpoint;
use crate::faults::{Defect, Strikes};
use crate::gateway::{Caller, Heard};
use crate::lock::lock;

/// Entries kept; older ones are forgotten first.
const LONGEST: usize = 10_000;

/// Longest value kept, in bytes. An access token has up to 1000 characters (LinkedIn reference §1.5), and a post 3000.
const LONGEST_VALUE: usize = 4096;

/// Most fields kept of one request, and most headers.
const MOST_FIELDS: usize = 100;

/// Fields whose values could be used by whoever reads them.
const SECRET_FIELDS: [&str; 12] = [
    "client_secret",
    "code",
    "code_verifier",
    "id_token",
    "refresh_token",
    "access_token",
    "token",
    "subject_token",
    "xoauth_oauth2_access_token",
    "seal",
    "state",
    "pending",
];

/// Headers likewise.
const SECRET_HEADERS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// One request and how it was answered. Secrets appear as `redacted:` and a fingerprint, so that two can be told to be
/// equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Counts from 1 since the start or the last [`Ledger::clear`].
    pub number: u64,
    /// When the request arrived, by the emulator's clock.
    pub at: Timestamp,
    /// What was asked.
    pub endpoint: Endpoint,
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The `client_id` that the request names, or that its token belongs to.
    pub client: Option<String>,
    /// The slug of the member concerned, where the request tells.
    pub member: Option<String>,
    /// Parameters of the query and fields of the form, in the order they came.
    pub fields: Vec<(String, String)>,
    /// Request headers in lower case.
    pub headers: Vec<(String, String)>,
    /// The HTTP status; absent where the connection was closed without an answer.
    pub status: Option<u16>,
    /// `x-li-uuid` of the answer.
    pub li_uuid: Option<String>,
    /// Defects that struck this call.
    pub defects: Vec<Defect>,
}

impl Entry {
    pub(crate) fn of(
        parts: &Parts,
        heard: &Heard,
        endpoint: Endpoint,
        caller: Caller,
        at: Timestamp,
        strikes: &Strikes,
    ) -> Self {
        let fields = heard.query.iter().chain(heard.form.iter());
        Self {
            number: 0,
            at,
            endpoint,
            method: parts.method.to_string(),
            path: cut(parts.uri.path()),
            client: caller.client,
            member: caller.member,
            fields: fields
                .take(MOST_FIELDS)
                .map(|(name, value)| (cut(name), shown(name, value, &SECRET_FIELDS)))
                .collect(),
            headers: headers(&parts.headers),
            status: None,
            li_uuid: None,
            defects: strikes.defects().to_vec(),
        }
    }

    /// The value of a parameter or form field, if it came.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of a request header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .take(MOST_FIELDS)
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (
                name.as_str().to_owned(),
                shown(name.as_str(), &value, &SECRET_HEADERS),
            )
        })
        .collect()
}

fn shown(name: &str, value: &str, secret: &[&str]) -> String {
    if secret.contains(&name) {
        // The scheme of an `Authorization` header is no secret, and tests want to see it.
        let (scheme, rest) = match value.split_once(' ') {
            Some((scheme, rest)) if name == "authorization" => (format!("{scheme} "), rest),
            Some(_) | None => (String::new(), value),
        };
        format!("{scheme}redacted:{}", fingerprint(rest))
    } else {
        cut(value)
    }
}

/// The text, or its beginning and how long it was: a ledger of thousands of requests must fit into memory and onto a page.
fn cut(text: &str) -> String {
    if text.len() <= LONGEST_VALUE {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(LONGEST_VALUE);
    format!(
        "{}… ({} bytes)",
        text.get(..end).unwrap_or_default(),
        text.len()
    )
}

/// The first eight hexadecimal digits of the SHA-256: enough to compare by eye, too little to use.
pub(crate) fn fingerprint(secret: &str) -> String {
    let hash = digest::digest(&digest::SHA256, secret.as_bytes());
    let start = [0, 1, 2, 3].map(|at| hash.as_ref()[at]);
    format!("{:08x}", u32::from_be_bytes(start))
}

/// The requests of a running emulator, oldest first. Clones are handles to the same list.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    last: u64,
    entries: VecDeque<Entry>,
}

impl Ledger {
    /// The last ten thousand requests at most, in the order in which they were answered.
    pub fn entries(&self) -> Vec<Entry> {
        lock(&self.0).entries.iter().cloned().collect()
    }

    /// The requests to one endpoint.
    pub fn entries_of(&self, endpoint: Endpoint) -> Vec<Entry> {
        lock(&self.0)
            .entries
            .iter()
            .filter(|entry| entry.endpoint == endpoint)
            .cloned()
            .collect()
    }

    /// The last `limit` requests that `which` picks, newest first, and how many it picks in all.
    pub(crate) fn newest(
        &self,
        limit: usize,
        which: impl Fn(&Entry) -> bool,
    ) -> (Vec<Entry>, usize) {
        let book = lock(&self.0);
        let picked = || book.entries.iter().rev().filter(|entry| which(entry));
        (picked().take(limit).cloned().collect(), picked().count())
    }

    /// How many requests went to one endpoint.
    pub fn count(&self, endpoint: Endpoint) -> usize {
        lock(&self.0)
            .entries
            .iter()
            .filter(|entry| entry.endpoint == endpoint)
            .count()
    }

    /// Forgets every request.
    pub fn clear(&self) {
        *lock(&self.0) = Book::default();
    }

    pub(crate) fn record(&self, mut entry: Entry) {
        let mut book = lock(&self.0);
        book.last += 1;
        entry.number = book.last;
        if book.entries.len() == LONGEST {
            book.entries.pop_front();
        }
        book.entries.push_back(entry);
    }
}

//! The cookies: their names, their attributes, and how a session that is too long for one is cut.
//!
//! Attributes are decided here and nowhere else (RFC 6265bis; RFC 10017 asks a BFF for `__Host-`, `HttpOnly`, `Secure`
//! and `SameSite=Strict`).

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use axum::http::request::Parts;
use cookie::{Cookie, SameSite, time::Duration};
use std::convert::Infallible;

use crate::secret::State;
use crate::session::pending;

/// Longest value of one cookie, in bytes. Browsers keep 4096 for name and value together.
const LONGEST_VALUE: usize = 3800;

/// Longest sealed session, in bytes: two tokens of 1000 characters (LinkedIn reference §1.5) and every particular of a
/// member at its longest fit, and in a header of 8 kB there is room for a sign-in beside it.
const LARGEST_SESSION: usize = 6144;

/// Most cookies that one session takes.
const MOST_CHUNKS: usize = LARGEST_SESSION.div_ceil(LONGEST_VALUE);

/// Most sign-ins that one browser may have under way; the oldest makes room.
pub(super) const MOST_PENDING: usize = 4;

/// Most bytes that the sign-ins under way may take in the header, names included; again the oldest makes room.
pub(super) const LARGEST_PENDING: usize = 4096;

/// Most bytes that a session and the sign-ins under way may take together. Proxies commonly take 8 kB of headers, and
/// there are others. A sign-in that has just begun is carried in any case.
pub(super) const LARGEST_TOGETHER: usize = 7168;

/// Seconds for which a browser keeps a session beyond its end: a week. The end is enforced here and not by the browser;
/// a cookie that is still there lets a member be told that the session has ended, and not that there never was one.
const KEPT_BEYOND_END: u64 = 7 * 24 * 60 * 60;

/// Sessions that a browser remembers to have ended, at most; the oldest makes room.
const MOST_ENDED: usize = 4;

/// Names and attributes of the cookies.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    secure: bool,
}

/// The request's cookies, as they came: names may repeat.
pub(super) struct Jar(Vec<(String, String)>);

/// What a request's cookies say of a session.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// There is no session cookie.
    Nothing,
    /// There is, but in a form that this program does not write: chunks missing, or a name that comes twice, which
    /// somebody else's cookie for a narrower path or a sibling domain causes. Whose is whose cannot be told.
    Broken,
    /// A sealed session.
    Envelope(String),
}

impl Cookies {
    /// `secure`: members come by https. On plain http, in development, neither the prefix nor the flag can be had.
    #[must_use]
    pub fn new(secure: bool) -> Self {
        Self { secure }
    }

    pub(super) fn session_name(self, chunk: usize) -> String {
        let name = if self.secure { "__Host-lapel" } else { "lapel" };
        if chunk == 0 {
            name.to_owned()
        } else {
            format!("{name}-{chunk}")
        }
    }

    fn pending_prefix(self) -> &'static str {
        if self.secure {
            "__Host-lapel-pending-"
        } else {
            "lapel-pending-"
        }
    }

    fn ended_name(self) -> &'static str {
        if self.secure {
            "__Host-lapel-ended"
        } else {
            "lapel-ended"
        }
    }

    fn here_name(self) -> &'static str {
        if self.secure {
            "__Host-lapel-here"
        } else {
            "lapel-here"
        }
    }

    fn pending_name(self, state: &State) -> String {
        format!("{}{}", self.pending_prefix(), pending::label(state))
    }

    fn build(self, name: String, value: String, same_site: SameSite, seconds: i64) -> HeaderValue {
        let cookie = Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(same_site)
            .max_age(Duration::seconds(seconds));
        #[expect(
            clippy::expect_used,
            reason = "names and values are URL-safe base64 and constants"
        )]
        HeaderValue::from_str(&cookie.build().to_string()).expect("a header")
    }

    fn remove(self, name: String, same_site: SameSite) -> HeaderValue {
        self.build(name, String::new(), same_site, 0)
    }

    /// Sets a session that ends in so many seconds, and beside it a mark that there is one; nothing where it is longer than a header has room for. Cookies of a
    /// longer session before are removed with it.
    pub(super) fn set_session(self, envelope: &str, seconds: u64) -> Option<Vec<HeaderValue>> {
        if envelope.len() > LARGEST_SESSION {
            return None;
        }
        let chunks: Vec<&str> = split(envelope);
        let seconds = i64::try_from(seconds.saturating_add(KEPT_BEYOND_END)).unwrap_or(i64::MAX);
        let set = chunks.iter().enumerate().map(|(at, chunk)| {
            // The count goes first; that chunks belong together is what the seal proves.
            let value = if at == 0 {
                format!("{}.{chunk}", chunks.len())
            } else {
                (*chunk).to_owned()
            };
            self.build(self.session_name(at), value, SameSite::Strict, seconds)
        });
        let rest = (chunks.len()..MOST_CHUNKS)
            .map(|at| self.remove(self.session_name(at), SameSite::Strict));
        let here = self.build(
            self.here_name().to_owned(),
            "1".to_owned(),
            SameSite::Lax,
            seconds,
        );
        Some(set.chain(rest).chain([here]).collect())
    }

    /// Removes the session.
    pub(super) fn clear_session(self) -> Vec<HeaderValue> {
        (0..MOST_CHUNKS)
            .map(|at| self.remove(self.session_name(at), SameSite::Strict))
            .chain([self.remove(self.here_name().to_owned(), SameSite::Lax)])
            .collect()
    }

    /// Lets the browser remember that this session has ended, beside those that it remembers already, for as long as the
    /// session's own cookie could live. An answer that was under way meanwhile may still set that cookie; with this beside
    /// it, it is worth nothing, also to a process that was not there.
    pub(super) fn set_ended(self, jar: &Jar, id: &str, longest_life: u64) -> HeaderValue {
        let before = jar.ended(self).filter(|other| *other != id);
        let ids: Vec<&str> = std::iter::once(id).chain(before).take(MOST_ENDED).collect();
        let kept = longest_life.saturating_add(KEPT_BEYOND_END);
        self.build(
            self.ended_name().to_owned(),
            ids.join("."),
            // Seen at the way back from LinkedIn too, where it is written on.
            SameSite::Lax,
            i64::try_from(kept).unwrap_or(i64::MAX),
        )
    }

    /// Sets a pending sign-in. `Lax`, since LinkedIn's answer is a navigation from another site.
    pub(super) fn set_pending(self, state: &State, envelope: String) -> HeaderValue {
        let seconds = pending::LIFETIME_SECONDS;
        self.build(self.pending_name(state), envelope, SameSite::Lax, seconds)
    }

    /// Removes the pending sign-in that this state belongs to.
    pub(super) fn clear_pending(self, state: &State) -> HeaderValue {
        self.remove(self.pending_name(state), SameSite::Lax)
    }

    /// Removes a pending sign-in by its cookie's name.
    pub(super) fn clear_pending_named(self, name: &str) -> HeaderValue {
        self.remove(name.to_owned(), SameSite::Lax)
    }
}

impl Jar {
    fn parse(headers: &HeaderMap) -> Self {
        // Neighbours on the same domain may set cookies in any encoding. Theirs are skipped one by one, and ours stay.
        let pairs = headers
            .get_all(COOKIE)
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
            .filter_map(|pair| str::from_utf8(pair).ok())
            .filter(|pair| pair.bytes().all(|byte| matches!(byte, b' '..=b'~')))
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        Self(pairs)
    }

    /// The values of a name; more than one where somebody else set one as well.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// What the cookies say of a session. Work is bounded by the header, whatever the count claims.
    pub(super) fn session(&self, cookies: Cookies) -> Carried {
        let name = cookies.session_name(0);
        let Some(first) = self.values(&name).next() else {
            return Carried::Nothing;
        };
        let Some((count, _)) = first.split_once('.') else {
            return Carried::Broken;
        };
        let Some(count) = (1..=MOST_CHUNKS).find(|known| known.to_string() == count) else {
            return Carried::Broken;
        };
        let mut envelope = String::new();
        for at in 0..count {
            let name = cookies.session_name(at);
            let mut values = self.values(&name);
            let (Some(value), None) = (values.next(), values.next()) else {
                return Carried::Broken;
            };
            envelope.push_str(if at == 0 {
                value.split_once('.').map_or("", |(_, data)| data)
            } else {
                value
            });
        }
        Carried::Envelope(envelope)
    }

    /// Whether the browser remembers that this session has ended.
    pub(super) fn has_ended(&self, cookies: Cookies, id: &str) -> bool {
        self.ended(cookies).any(|ended| ended == id)
    }

    fn ended(&self, cookies: Cookies) -> impl Iterator<Item = &str> {
        self.values(cookies.ended_name())
            .flat_map(|ids| ids.split('.'))
            // As long as ours are, and in their alphabet: what somebody else wrote is not written on.
            .filter(|id| {
                id.len() == 12
                    && !id.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))
            })
    }

    /// Whether the browser has a session that it does not show: where another site led here, it keeps `SameSite=Strict`
    /// cookies back, and shows the mark beside them, which is `Lax` and knows nothing. What Fetch Metadata says of the site
    /// is not enough: after redirects from another site Firefox says `none`.
    pub(super) fn hides_session(&self, cookies: Cookies) -> bool {
        self.session_bytes(cookies) == 0 && self.values(cookies.here_name()).next().is_some()
    }

    /// Bytes that a session takes in the header.
    pub(super) fn session_bytes(&self, cookies: Cookies) -> usize {
        (0..MOST_CHUNKS)
            .map(|at| cookies.session_name(at))
            .flat_map(|name| {
                let values = self.values(&name).map(|value| name.len() + value.len());
                values.collect::<Vec<_>>()
            })
            .sum()
    }

    /// Bytes that sessions take in the header, those that have ended included.
    pub(super) fn sessions_bytes(&self, cookies: Cookies) -> usize {
        let name = cookies.ended_name();
        let ended = self.values(name).map(|value| name.len() + value.len());
        self.session_bytes(cookies) + ended.sum::<usize>()
    }

    /// The envelope of the pending sign-in that this state belongs to; nothing where it is absent or there twice.
    pub(super) fn pending(&self, cookies: Cookies, state: &State) -> Option<&str> {
        let mut found = self
            .0
            .iter()
            .filter(|(name, _)| *name == cookies.pending_name(state));
        match (found.next(), found.next()) {
            (Some((_, envelope)), None) => Some(envelope),
            _ => None,
        }
    }

    /// All pending sign-ins: cookie name and envelope.
    pub(super) fn all_pending(&self, cookies: Cookies) -> impl Iterator<Item = (&str, &str)> {
        let prefix = cookies.pending_prefix();
        self.0
            .iter()
            .filter(move |(name, _)| name.starts_with(prefix))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<S: Sync> FromRequestParts<S> for Jar {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::parse(&parts.headers))
    }
}

/// Puts `Set-Cookie` headers into an answer, beside those that are there.
pub(super) fn add(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = HeaderValue>) {
    for cookie in cookies {
        headers.append(SET_COOKIE, cookie);
    }
}

fn split(envelope: &str) -> Vec<&str> {
    let mut rest = envelope;
    let mut chunks = Vec::new();
    loop {
        // An envelope is ASCII, so every index is a character boundary.
        let (chunk, after) = rest.split_at(rest.len().min(LONGEST_VALUE));
        chunks.push(chunk);
        if after.is_empty() {
            return chunks;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests;

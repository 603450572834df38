//! What LinkedIn's support wants to know of a call that failed (LinkedIn reference §8.3, §11.1 practice 9), and the one
//! place that writes it into the log.
//!
//! Nothing in it opens anything: the access token is shown by a fingerprint, and bodies of calls that carry secrets are
//! left out by whoever begins the record.

use std::fmt::Display;

use aws_lc_rs::digest;
use lapel_wire::{Kind, SupportLinks, SupportRecord};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, StatusCode};
use tokio::time::Instant;

use crate::clock::Clock;

/// How much of a body is kept, in bytes. LinkedIn's refusals are below 1 kB; a post has up to some 10 kB.
pub(super) const EXCERPT: usize = 4096;

/// Calls of a host that fail in a row before members are told where to turn to.
const PERSISTS_AFTER: u32 = 3;

/// LinkedIn reference §11.5.
const SUPPORT: &str = "https://developer.linkedin.com/support";
const STATUS: &str = "https://www.linkedin-apistatus.com/";

/// Whether bodies may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bodies {
    /// They may.
    Shown,
    /// They carry secrets: client secret, codes, tokens.
    Hidden,
}

/// A call as it went out.
pub(super) struct Sent {
    moment: String,
    began: Instant,
    method: String,
    url: String,
    headers: String,
    body: Option<String>,
    bodies: Bodies,
    /// Never shown, also where LinkedIn repeats it.
    token: Option<String>,
}

/// As much of an answer as was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) status: Option<StatusCode>,
    pub(super) retry_after: Option<HeaderValue>,
    uuid: Option<String>,
    fabric: Option<String>,
    request_id: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Seen {
    pub(super) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name: &str| {
            let value = headers.get(name)?.to_str().ok()?;
            Some(excerpt(value.as_bytes()))
        };
        Self {
            status: Some(status),
            retry_after: headers.get(reqwest::header::RETRY_AFTER).cloned(),
            uuid: text("x-li-uuid"),
            fabric: text("x-li-fabric"),
            request_id: text("x-li-request-id"),
            body: Vec::new(),
        }
    }
}

impl Seen {
    /// Likewise with the body, or its beginning.
    pub(super) fn with(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }
}

impl Sent {
    pub(super) fn of(request: &Request, bodies: Bodies, clock: &Clock) -> Self {
        let token = request.headers().get(AUTHORIZATION).and_then(|value| {
            let (_, token) = value.to_str().ok()?.split_once(' ')?;
            Some(token.to_owned())
        });
        let body = request.body().and_then(reqwest::Body::as_bytes);
        Self {
            moment: clock.now().to_string(),
            began: Instant::now(),
            method: request.method().to_string(),
            url: request.url().to_string(),
            headers: lines(request.headers()),
            body: body.filter(|body| !body.is_empty()).map(excerpt),
            bodies,
            token,
        }
    }

    /// The record of a call that failed.
    pub(super) fn record(
        &self,
        client_id: &str,
        attempts: u32,
        failure: &dyn Display,
        seen: &Seen,
    ) -> SupportRecord {
        type Record = SupportRecord;
        let answered = Some(&seen.body).filter(|body| !body.is_empty());
        SupportRecord::default()
            .with(Record::REFERENCE, Some(crate::reference::new()))
            .with(Record::MOMENT, Some(&self.moment))
            .with(Record::CLIENT_ID, Some(client_id))
            .with(Record::FAILURE, Some(failure.to_string()))
            .with(
                Record::DURATION_MS,
                Some(self.began.elapsed().as_millis().to_string()),
            )
            .with(Record::ATTEMPTS, Some(attempts.to_string()))
            .with(Record::METHOD, Some(&self.method))
            .with(Record::URL, Some(&self.url))
            .with(Record::REQUEST_HEADERS, Some(&self.headers))
            .with(Record::REQUEST_BODY, self.shown(self.body.clone()))
            .with(
                Record::STATUS,
                seen.status.map(|status| status.as_u16().to_string()),
            )
            .with(Record::X_LI_UUID, seen.uuid.clone())
            .with(Record::X_LI_FABRIC, seen.fabric.clone())
            .with(Record::X_LI_REQUEST_ID, seen.request_id.clone())
            .with(
                Record::RESPONSE_BODY,
                self.shown(answered.map(|body| excerpt(body))),
            )
    }

    fn shown(&self, body: Option<String>) -> Option<String> {
        let body = body.filter(|_| self.bodies == Bodies::Shown)?;
        Some(match &self.token {
            Some(token) => body.replace(token, &fingerprint(token)),
            None => body,
        })
    }
}

/// Headers as lines. What opens something is shown by its fingerprint.
fn lines(headers: &HeaderMap) -> String {
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        let text = String::from_utf8_lossy(value.as_bytes());
        let text = match text.split_once(' ') {
            Some((scheme, token)) if name == AUTHORIZATION => {
                format!("{scheme} {}", fingerprint(token))
            }
            _ if name == AUTHORIZATION || value.is_sensitive() => fingerprint(&text),
            _ => excerpt(text.as_bytes()),
        };
        format!("{name}: {text}")
    };
    headers.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Enough to tell whether two calls carried the same token, too little to use: the first 8 hexadecimal digits of its
/// SHA-256.
fn fingerprint(secret: &str) -> String {
    let hash = digest::digest(&digest::SHA256, secret.as_bytes());
    let start = hash.as_ref().iter().take(4);
    start.fold(String::from("sha256:"), |text, byte| {
        format!("{text}{byte:02x}")
    })
}

/// The beginning of a text, and how long the whole was.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes.get(..EXCERPT).unwrap_or(bytes));
    if bytes.len() <= EXCERPT {
        return text.into_owned();
    }
    // A character that was cut in two became a replacement character.
    let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
    format!("{whole}… (more than {EXCERPT} bytes)")
}

/// Writes a call that failed into the log, once. What came from outside is written with its control characters escaped.
pub(super) fn log(endpoint: &str, kind: Kind, record: &SupportRecord) {
    let said = |name| record.get(name).unwrap_or_default();
    tracing::warn!(
        reference = said(SupportRecord::REFERENCE),
        kind = kind.as_str(),
        linkedin.endpoint = endpoint,
        linkedin.client_id = said(SupportRecord::CLIENT_ID),
        moment = said(SupportRecord::MOMENT),
        duration_ms = said(SupportRecord::DURATION_MS),
        attempts = said(SupportRecord::ATTEMPTS),
        failure = ?said(SupportRecord::FAILURE),
        request.method = said(SupportRecord::METHOD),
        request.url = ?said(SupportRecord::URL),
        request.headers = ?said(SupportRecord::REQUEST_HEADERS),
        request.body = ?record.get(SupportRecord::REQUEST_BODY),
        response.status = record.get(SupportRecord::STATUS),
        response.x_li_uuid = ?record.get(SupportRecord::X_LI_UUID),
        response.x_li_fabric = ?record.get(SupportRecord::X_LI_FABRIC),
        response.x_li_request_id = ?record.get(SupportRecord::X_LI_REQUEST_ID),
        response.body = ?record.get(SupportRecord::RESPONSE_BODY),
        "LinkedIn gave no usable answer"
    );
}

/// Where to turn to, once a host has failed so often in a row.
pub(super) fn links(failures: u32) -> Option<SupportLinks> {
    (failures >= PERSISTS_AFTER).then(|| SupportLinks {
        support: SUPPORT.to_owned(),
        status: STATUS.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::Method;

    fn sent(bodies: Bodies) -> Sent {
        let url = "https://api.example/rest/posts".parse().expect("a URL");
        let mut request = Request::new(Method::POST, url);
        let bearer = HeaderValue::from_static("Bearer AQXcanary");
        request.headers_mut().insert(AUTHORIZATION, bearer);
        let mut planted = HeaderValue::from_static("planted");
        planted.set_sensitive(true);
        request.headers_mut().insert("x-other", planted);
        *request.body_mut() = Some("the token is AQXcanary".into());
        let clock = Clock::from_fn(|| jiff::Timestamp::UNIX_EPOCH);
        Sent::of(&request, bodies, &clock)
    }

    fn seen() -> Seen {
        let mut headers = HeaderMap::new();
        headers.insert("x-li-uuid", HeaderValue::from_static("AAY=="));
        Seen {
            body: b"you sent AQXcanary".to_vec(),
            ..Seen::of(StatusCode::INTERNAL_SERVER_ERROR, &headers)
        }
    }

    #[test]
    fn a_record_shows_everything_but_the_token() {
        let record = sent(Bodies::Shown).record("client", 2, &"LinkedIn answered 500", &seen());
        let said = |name| record.get(name);
        assert_eq!(said(SupportRecord::MOMENT), Some("1970-01-01T00:00:00Z"));
        assert_eq!(said(SupportRecord::STATUS), Some("500"));
        assert_eq!(said(SupportRecord::ATTEMPTS), Some("2"));
        assert_eq!(said(SupportRecord::X_LI_UUID), Some("AAY=="));
        assert_eq!(said(SupportRecord::X_LI_FABRIC), None);
        let print = fingerprint("AQXcanary");
        assert_eq!(print.len(), "sha256:".len() + 8);
        assert!(
            said(SupportRecord::REQUEST_HEADERS)
                .is_some_and(|lines| lines.contains(&format!("authorization: Bearer {print}")))
        );
        let sent = format!("the token is {print}");
        assert_eq!(said(SupportRecord::REQUEST_BODY), Some(sent.as_str()));
        let seen = format!("you sent {print}");
        assert_eq!(said(SupportRecord::RESPONSE_BODY), Some(seen.as_str()));
        let everything = format!("{record:?}");
        assert!(
            !everything.contains("canary") && !everything.contains("planted"),
            "{everything}"
        );
    }

    #[test]
    fn bodies_that_carry_secrets_are_left_out() {
        let record = sent(Bodies::Hidden).record("client", 1, &"", &seen());
        assert_eq!(record.get(SupportRecord::REQUEST_BODY), None);
        assert_eq!(record.get(SupportRecord::RESPONSE_BODY), None);
    }

    #[test]
    fn a_long_body_is_cut_at_a_character() {
        let long = "é".repeat(EXCERPT);
        let cut = excerpt(&long.as_bytes()[1..]);
        assert!(cut.len() < EXCERPT + 64, "{}", cut.len());
        assert!(cut.ends_with("é… (more than 4096 bytes)"));
        assert_eq!(excerpt(b"short"), "short");
    }

    #[test]
    fn two_failures_are_no_reason_to_turn_to_anybody() {
        assert_eq!(links(2), None);
        let links = links(3).expect("three are");
        assert!(links.support.starts_with("https://") && links.status.starts_with("https://"));
    }
}

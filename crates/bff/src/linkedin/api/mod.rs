//! LinkedIn's API on a member's behalf: what the allowlist permits, asked with care, and every failure told in one form.

mod body;
mod headers;
mod problem;
mod refusal;

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::Request;
use tokio::time::Instant;
use url::Url;

pub use body::{ApiBody, BrokenOff};
pub use problem::ApiProblem;
pub use refusal::TokenEnd;

use super::path::{CanonicalPath, NotCanonical, query_value};
use super::support::Seen;
use super::transport::{Begun, Failure, LARGEST_BODY, Unusable, settle};
use super::{LinkedIn, retry::Retries, throttle::Throttles};
use crate::config::Call;
use crate::secret::AccessToken;
use body::Unread;
use problem::Told;
use refusal::Refusal;

/// Seconds for which LinkedIn may call a token revoked that it has just given (LinkedIn reference §8.2).
pub const FRESH_SECONDS: i64 = 30;

/// Longest query in bytes: what LinkedIn reads (LinkedIn reference §8.1).
const LONGEST_QUERY: usize = 4096;

/// Longest refusal that is read, in bytes.
const LARGEST_REFUSAL: usize = 64 * 1024;

/// What a LinkedIn that answers calls needs beside its two sides.
#[derive(Debug)]
pub(super) struct Calls {
    pub(super) retries: Retries,
    pub(super) throttles: Throttles,
}

/// A call that the allowlist permits, with the address that it goes to.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The entry of the allowlist.
    pub call: &'a Call,
    url: Url,
}

/// Why a call is not permitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAllowed {
    /// The address could mean something else to somebody else.
    NotCanonical,
    /// No entry has this path.
    UnknownPath,
    /// The path may be called by these methods only.
    Method(Vec<Method>),
    /// The entry does not have one of the query parameters.
    Query,
    /// The entry does not have this `X-RestLi-Method`.
    RestliMethod,
}

impl From<NotCanonical> for NotAllowed {
    fn from(NotCanonical: NotCanonical) -> Self {
        Self::NotCanonical
    }
}

/// A call as it is to be made.
#[derive(Debug)]
pub struct ApiRequest<'a> {
    asked: Asked<'a>,
    headers: HeaderMap,
    body: Bytes,
}

/// LinkedIn's answer, as far as the page may see it.
#[derive(Debug)]
pub struct ApiAnswer {
    /// 2xx.
    pub status: StatusCode,
    /// What of the headers is on the list.
    pub headers: HeaderMap,
    /// What LinkedIn says, as it comes.
    pub body: ApiBody,
}

/// On whose behalf a call is made.
#[derive(Clone, Copy, Debug)]
pub struct OnBehalf<'a> {
    /// Opens LinkedIn's API for the member.
    pub token: &'a AccessToken,
    /// Seconds since LinkedIn gave the token.
    pub token_age: i64,
    /// The member's identifier, to tell members' quotas apart.
    pub member: &'a str,
}

/// What a single attempt led to.
enum Outcome {
    Answered(Answered),
    Refused(Refusal),
}

/// 2xx.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Unread,
}

impl LinkedIn {
    /// The call that this method, path and query ask for, if the operator opened it. The address is put together from the
    /// operator's own host and path; of the page there are segments and values in their canonical form only.
    ///
    /// # Errors
    /// [`NotAllowed`], which names what is.
    pub fn find(
        &self,
        method: &Method,
        path: &str,
        query: Option<&str>,
    ) -> Result<Asked<'_>, NotAllowed> {
        let path = CanonicalPath::parse(path)?;
        let fitting: Vec<(&Call, String)> = self
            .settings
            .api
            .calls
            .iter()
            .filter_map(|call| Some((call, call.path.fill(&path)?)))
            .collect();
        if fitting.is_empty() {
            return Err(NotAllowed::UnknownPath);
        }
        let Some((call, path)) = fitting.iter().find(|(call, _)| call.method == method) else {
            let mut methods: Vec<Method> = Vec::new();
            for (call, _) in &fitting {
                if !methods.contains(&call.method) {
                    methods.push(call.method.clone());
                }
            }
            return Err(NotAllowed::Method(methods));
        };
        let query = permitted_query(call, query.unwrap_or_default())?;
        let base = &self.settings.api.base;
        let mut url = base.clone();
        url.set_path(path);
        url.set_query(query.as_deref());
        // The last word, whatever the parts were: this host, this path, this query, and nobody's name in front.
        let is_as_built = url.origin() == base.origin()
            && url.path() == path
            && url.query() == query.as_deref()
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none();
        if is_as_built {
            Ok(Asked { call, url })
        } else {
            Err(NotAllowed::NotCanonical)
        }
    }

    /// A call as it is to be made: with those of the page's headers that LinkedIn may see.
    ///
    /// # Errors
    /// [`NotAllowed::RestliMethod`].
    pub fn request<'a>(
        &self,
        asked: Asked<'a>,
        from_page: &HeaderMap,
        body: Bytes,
    ) -> Result<ApiRequest<'a>, NotAllowed> {
        let mut headers = headers::passed_on(from_page, asked.call, &self.settings.api.version)?;
        if body.is_empty() {
            headers.remove(CONTENT_TYPE);
        }
        Ok(ApiRequest {
            asked,
            headers,
            body,
        })
    }

    /// Asks LinkedIn. Idempotent calls are repeated a few times where that can help; others never are.
    ///
    /// # Errors
    /// [`ApiProblem`], not yet written into the log: whoever can still save the call does not want it there.
    pub async fn call(
        &self,
        request: &ApiRequest<'_>,
        on_behalf: OnBehalf<'_>,
    ) -> Result<ApiAnswer, Box<ApiProblem>> {
        let Asked { call, url } = &request.asked;
        let outgoing = Self::outgoing(request, on_behalf.token);
        let told = Told {
            linkedin: self,
            call,
            host: url.authority(),
            sent: self.api.sent(&outgoing),
        };
        let what = format!("{} {} {}", on_behalf.member, call.method, call.path);
        if let Some(seconds) = self.calls.throttles.left(&what) {
            return Err(Box::new(told.throttled(0, seconds, &Seen::default())));
        }
        let permit = match self.api.circuits.ask(url.authority()) {
            Ok(permit) => permit,
            Err(paused) => return Err(Box::new(told.failure(0, Failure::from(paused).into()))),
        };
        let is_try = permit.is_try();
        let (attempts, outcome) = self.persist(request, outgoing, on_behalf, is_try).await;
        settle(permit, &outcome);
        match outcome {
            Ok(Outcome::Answered(answered)) => {
                self.calls.throttles.over(&what);
                Ok(ApiAnswer {
                    status: answered.status,
                    headers: answered.headers,
                    body: answered
                        .body
                        .watched(call.answer_limit, told.watch(attempts)),
                })
            }
            Ok(Outcome::Refused(refusal)) => Err(Box::new(told.refusal(
                attempts,
                &refusal,
                on_behalf.token_age < FRESH_SECONDS,
            ))),
            Err(Unusable {
                failure: Failure::RateLimited,
                seen,
            }) => {
                let now = self.clock.now();
                let seconds = self
                    .calls
                    .throttles
                    .struck(&what, problem::retry_after(&seen, now));
                Err(Box::new(told.throttled(attempts, seconds, &seen)))
            }
            Err(unusable) => Err(Box::new(told.failure(attempts, unusable))),
        }
    }

    /// Makes the call until it succeeds, or nothing is won by another attempt. Says how often it was made.
    async fn persist(
        &self,
        request: &ApiRequest<'_>,
        outgoing: Request,
        on_behalf: OnBehalf<'_>,
        is_try: bool,
    ) -> (u32, Result<Outcome, Unusable>) {
        let call = request.asked.call;
        let deadline = Instant::now() + call.timeout;
        let may_repeat = call.idempotent && !is_try;
        let mut fresh = self.settings.deadlines.fresh_token.into_iter();
        let mut attempts = 0;
        self.calls.retries.called();
        loop {
            attempts += 1;
            let left = deadline.saturating_duration_since(Instant::now());
            let outcome = self.attempt(call, again(&outgoing, left)).await;
            let left = deadline.saturating_duration_since(Instant::now());
            let pause = match &outcome {
                _ if !may_repeat => None,
                Ok(Outcome::Refused(refusal)) if refusal.token_end() == Some(TokenEnd::Revoked) => {
                    fresh
                        .next()
                        .filter(|pause| on_behalf.token_age < FRESH_SECONDS && *pause < left)
                }
                Err(unusable) if can_pass(&unusable.failure) => {
                    self.calls.retries.pause(attempts, left)
                }
                Ok(_) | Err(_) => None,
            };
            let Some(pause) = pause else {
                return (attempts, outcome);
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn attempt(&self, call: &Call, outgoing: Request) -> Result<Outcome, Unusable> {
        let begun = self.api.begin(outgoing).await?;
        let status = begun.status;
        if !status.is_success() {
            let seen = Seen::of(status, &begun.headers);
            // A refusal is one, also where its reason breaks off.
            let body = begun.read(LARGEST_REFUSAL).await.unwrap_or_default();
            return Ok(Outcome::Refused(Refusal::new(status, seen.with(body))));
        }
        let headers = headers::passed_back(&begun.headers);
        let body = if call.idempotent {
            unread(call, begun)?
        } else {
            // Of a write the page is told at once that its answer was lost, and not in the middle of it.
            let largest = usize::try_from(call.answer_limit).unwrap_or(LARGEST_BODY);
            Unread::Whole(begun.read(largest.min(LARGEST_BODY)).await?.into())
        };
        Ok(Outcome::Answered(Answered {
            status,
            headers,
            body,
        }))
    }

    fn outgoing(request: &ApiRequest<'_>, token: &AccessToken) -> Request {
        let Asked { call, url } = &request.asked;
        let mut outgoing = Request::new(call.method.clone(), url.clone());
        *outgoing.headers_mut() = request.headers.clone();
        headers::authorize(outgoing.headers_mut(), token);
        if !request.body.is_empty() {
            *outgoing.body_mut() = Some(request.body.clone().into());
        } else if call.method == Method::POST {
            // One without a body has to say so (LinkedIn reference §8.1, 411).
            let none = HeaderValue::from_static("0");
            outgoing.headers_mut().insert(CONTENT_LENGTH, none);
        }
        outgoing
    }
}

impl ApiRequest<'_> {
    /// The entry of the allowlist that permits it.
    pub fn call(&self) -> &Call {
        self.asked.call
    }
}

/// The query where the entry has all of its parameters, each once.
fn permitted_query(call: &Call, query: &str) -> Result<Option<String>, NotAllowed> {
    if query.len() > LONGEST_QUERY {
        return Err(NotAllowed::NotCanonical);
    }
    let mut names: Vec<&str> = Vec::new();
    let mut pairs: Vec<String> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !call.query.iter().any(|known| known == name) {
            return Err(NotAllowed::Query);
        }
        if names.contains(&name) {
            return Err(NotAllowed::NotCanonical);
        }
        names.push(name);
        pairs.push(format!("{name}={}", query_value(value)?));
    }
    Ok((!pairs.is_empty()).then(|| pairs.join("&")))
}

/// What is to come of an answer, where it does not say beforehand that it is too large.
fn unread(call: &Call, begun: Begun) -> Result<Unread, Unusable> {
    let seen = Seen::of(begun.status, &begun.headers);
    match begun.rest {
        None => Ok(Unread::Whole(Bytes::new())),
        Some(rest)
            if rest
                .content_length()
                .is_some_and(|length| length > call.answer_limit) =>
        {
            Err(Unusable {
                failure: Failure::TooLarge,
                seen: Box::new(seen),
            })
        }
        Some(rest) => Ok(Unread::Rest(Box::new(rest), seen)),
    }
}

/// The same request once more, with what is left of its time.
fn again(request: &Request, left: Duration) -> Request {
    #[expect(
        clippy::expect_used,
        reason = "bodies are bytes, which can be sent again"
    )]
    let mut again = request.try_clone().expect("a body of bytes");
    *again.timeout_mut() = Some(left);
    again
}

/// Whether a failure may be over a moment later.
fn can_pass(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable(_) | Failure::TimedOut | Failure::NotJson(_) => true,
        Failure::ServerError(status) => [500, 502, 503, 504].contains(&status.as_u16()),
        Failure::Paused { .. }
        | Failure::TooLarge
        | Failure::Redirected(_)
        | Failure::RateLimited
        | Failure::Encoded(_) => false,
    }
}

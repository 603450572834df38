//! One way to ask LinkedIn: with a deadline, without redirects, through the circuit of its host, and with a bound on what
//! comes back.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use lapel_wire::Kind;
use reqwest::{Method, Request, RequestBuilder, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use url::Url;

use super::circuit::{Circuits, Paused, Permit};
use super::support::{self, Bodies, EXCERPT, Seen, Sent};
use crate::clock::Clock;
use crate::config::{Deadlines, LinkedIn, OpenId};

/// Largest body that is read, in bytes. LinkedIn's largest answer here, a token response, is below 5 kB.
pub(super) const LARGEST_BODY: usize = 256 * 1024;

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the TLS client cannot be set up: {0}")]
pub struct BuildError(#[from] reqwest::Error);

/// LinkedIn gave no answer that can be used as one. "Could not ask", never "no".
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, or it broke before the answer was whole.
    #[error("LinkedIn could not be reached: {}", with_causes(.0))]
    Unreachable(reqwest::Error),
    /// No answer within the deadline.
    #[error("LinkedIn did not answer in time")]
    TimedOut,
    /// LinkedIn was not asked, since it has been failing.
    #[error("LinkedIn has been failing and is left alone for {seconds} s")]
    Paused {
        /// Until when.
        seconds: u64,
    },
    /// An answer that goes on and on.
    #[error("LinkedIn's answer is too large")]
    TooLarge,
    /// A redirect. None of these endpoints redirects, and following one would carry secrets elsewhere.
    #[error("LinkedIn answered with a redirect ({0})")]
    Redirected(StatusCode),
    /// 5xx.
    #[error("LinkedIn answered {0}")]
    ServerError(StatusCode),
    /// 429.
    #[error("LinkedIn's quota is spent")]
    RateLimited,
    /// A web page where data was asked for: a gateway or an outage page answered in LinkedIn's place.
    #[error("LinkedIn answered {0} with something that is not JSON")]
    NotJson(StatusCode),
    /// A compressed body, although none was asked for.
    #[error("LinkedIn answered {0} with a body that is encoded")]
    Encoded(StatusCode),
}

impl Failure {
    /// Whose side it is on.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::RateLimited => Kind::RateLimited,
            Self::Redirected(_) | Self::TooLarge | Self::Encoded(_) => Kind::Contract,
            Self::Unreachable(_)
            | Self::TimedOut
            | Self::Paused { .. }
            | Self::ServerError(_)
            | Self::NotJson(_) => Kind::LinkedinDown,
        }
    }
}

impl From<Paused> for Failure {
    fn from(Paused { seconds }: Paused) -> Self {
        Self::Paused { seconds }
    }
}

/// JSON of another form than expected. Says where, and not what stood there: that may be a token.
#[derive(Debug, thiserror::Error)]
#[error("it is {category:?} at line {line}, column {column}")]
pub struct NotAsExpected {
    category: serde_json::error::Category,
    line: usize,
    column: usize,
}

impl NotAsExpected {
    pub(crate) fn at(error: &serde_json::Error) -> Self {
        Self {
            category: error.classify(),
            line: error.line(),
            column: error.column(),
        }
    }
}

/// An answer in LinkedIn's own words: 2xx or 4xx, in JSON where there is a body.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    body: Vec<u8>,
}

impl Answer {
    /// The body, read as JSON.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, NotAsExpected> {
        serde_json::from_slice(&self.body).map_err(|error| NotAsExpected::at(&error))
    }
}

/// A call that failed, and as much of its answer as was seen.
#[derive(Debug)]
pub(super) struct Unusable {
    pub(super) failure: Failure,
    pub(super) seen: Box<Seen>,
}

impl From<Failure> for Unusable {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            seen: Box::default(),
        }
    }
}

/// Asks LinkedIn on one of its two sides: the accounts' (`www`) or the API's. Each has its own circuits.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    pub(super) circuits: Arc<Circuits>,
    bodies: Bodies,
    /// Its `client_id`.
    application: String,
    clock: Clock,
}

/// Both sides.
pub(super) fn clients(settings: &LinkedIn, clock: &Clock) -> Result<(Client, Client), BuildError> {
    let http = http(&settings.deadlines, settings.endpoints.on_this_machine())?;
    let side = |bodies| Client {
        http: http.clone(),
        circuits: Circuits::new(clock.clone()),
        bodies,
        application: settings.client_id.clone(),
        clock: clock.clone(),
    };
    Ok((side(Bodies::Hidden), side(Bodies::Shown)))
}

/// For a provider of which no more than its issuer is known yet.
pub(super) fn newcomer(
    openid: &OpenId,
    on_this_machine: bool,
    clock: &Clock,
) -> Result<Client, BuildError> {
    Ok(Client {
        http: http(&openid.deadlines, on_this_machine)?,
        circuits: Circuits::new(clock.clone()),
        bodies: Bodies::Shown,
        application: openid.client_id.clone(),
        clock: clock.clone(),
    })
}

/// How long an unused connection is kept. Less than servers do: a code or a post that goes out while the other side closes
/// is lost, and must not go out twice.
const KEPT_OPEN: Duration = Duration::from_secs(15);

/// Follows no redirects: a token endpoint that redirects would be handed our secret elsewhere.
fn http(deadlines: &Deadlines, on_this_machine: bool) -> Result<reqwest::Client, BuildError> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(deadlines.connect)
        .timeout(deadlines.answer)
        .pool_idle_timeout(KEPT_OPEN)
        .referer(false)
        .user_agent(concat!("lapel-bff/", env!("CARGO_PKG_VERSION")));
    // A company's proxy leads to LinkedIn, and never to an emulator on this machine.
    let builder = if on_this_machine {
        builder.no_proxy()
    } else {
        builder
    };
    Ok(builder.build()?)
}

impl Client {
    pub(super) fn get(&self, url: Url) -> RequestBuilder {
        self.http.get(url)
    }

    /// A `POST` with a form, the only way in which LinkedIn takes secrets (LinkedIn reference §1.4).
    pub(super) fn post_form(&self, url: &Url, form: &[(&str, &str)]) -> RequestBuilder {
        self.http.request(Method::POST, url.clone()).form(form)
    }

    /// Sends a request and reads the answer, or says why there is none. `endpoint` is what the log calls it.
    pub(super) async fn send(
        &self,
        endpoint: &'static str,
        request: RequestBuilder,
    ) -> Result<Answer, Failure> {
        let host_of = |request: &Request| self.circuits.ask(request.url().authority());
        self.answer(endpoint, request, host_of).await
    }

    /// As [`Client::send`], also while LinkedIn is left alone: for what a person waits for and cannot simply repeat, and
    /// for what must at least be tried.
    pub(super) async fn insist(
        &self,
        endpoint: &'static str,
        request: RequestBuilder,
    ) -> Result<Answer, Failure> {
        let host_of = |request: &Request| Ok(self.circuits.insist(request.url().authority()));
        self.answer(endpoint, request, host_of).await
    }

    async fn answer(
        &self,
        endpoint: &'static str,
        request: RequestBuilder,
        permit: impl FnOnce(&Request) -> Result<Permit, Paused>,
    ) -> Result<Answer, Failure> {
        let request = request.header(header::ACCEPT, "application/json").build();
        let request = request.map_err(Failure::Unreachable)?;
        let sent = self.sent(&request);
        let (attempts, outcome) = match permit(&request) {
            Ok(permit) => (1, self.ask(request, permit).await),
            Err(paused) => (0, Err(Failure::from(paused).into())),
        };
        outcome.map_err(|Unusable { failure, seen }| {
            let record = sent.record(&self.application, attempts, &failure, &seen);
            support::log(endpoint, failure.kind(), &record);
            failure
        })
    }

    async fn ask(&self, request: Request, permit: Permit) -> Result<Answer, Unusable> {
        let begun = self.begin(request).await;
        settle(permit, &begun);
        let begun = begun?;
        Ok(Answer {
            status: begun.status,
            body: begun.read(LARGEST_BODY).await?,
        })
    }

    /// What the record of a request begins with.
    pub(super) fn sent(&self, request: &Request) -> Sent {
        Sent::of(request, self.bodies, &self.clock)
    }

    /// Sends a request once and returns the answer where it is one: 2xx or 4xx, with JSON to come or with nothing.
    pub(super) async fn begin(&self, mut request: Request) -> Result<Begun, Unusable> {
        // A body that is small here and endless once it is unpacked is nothing that anybody needs.
        let identity = header::HeaderValue::from_static("identity");
        request
            .headers_mut()
            .insert(header::ACCEPT_ENCODING, identity);
        match self.http.execute(request).await {
            Ok(response) => sort(response).await,
            Err(error) => Err(no_answer(error).into()),
        }
    }
}

/// Tells a host's circuit what came of a call. Whatever the host said, it is there; but not where somebody else answered
/// in its place.
pub(super) fn settle<T>(permit: Permit, outcome: &Result<T, Unusable>) {
    match outcome {
        Err(unusable) if unusable.failure.kind() == Kind::LinkedinDown => permit.failed(),
        Ok(_) | Err(_) => permit.answered(),
    }
}

/// An answer whose head has come.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) status: StatusCode,
    pub(super) headers: header::HeaderMap,
    /// What is to come, where something is: JSON.
    pub(super) rest: Option<Response>,
}

impl Begun {
    /// The whole body, where it is not larger.
    pub(super) async fn read(self, largest: usize) -> Result<Vec<u8>, Unusable> {
        let seen = Seen::of(self.status, &self.headers);
        let mut body = Vec::new();
        let Some(mut rest) = self.rest else {
            return Ok(body);
        };
        loop {
            let failure = match rest.chunk().await {
                Ok(None) => return Ok(body),
                Ok(Some(chunk)) if body.len() + chunk.len() <= largest => {
                    body.extend_from_slice(&chunk);
                    continue;
                }
                Ok(Some(_)) => Failure::TooLarge,
                Err(error) => no_answer(error),
            };
            return Err(Unusable {
                failure,
                seen: Box::new(seen),
            });
        }
    }
}

/// Whether what has come is an answer.
async fn sort(mut response: Response) -> Result<Begun, Unusable> {
    let status = response.status();
    let headers = response.headers().clone();
    let is_answer = status.is_success()
        || (status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS);
    if is_answer && is_json(&headers) && !is_encoded(&headers) {
        return Ok(Begun {
            status,
            headers,
            rest: Some(response),
        });
    }
    let mut seen = Seen::of(status, &headers);
    let ended = beginning(&mut response, &mut seen.body).await;
    let failure = match ended {
        _ if status.is_server_error() => Failure::ServerError(status),
        _ if status == StatusCode::TOO_MANY_REQUESTS => Failure::RateLimited,
        _ if !is_answer => Failure::Redirected(status),
        Err(error) => no_answer(error),
        Ok(()) if seen.body.is_empty() => {
            return Ok(Begun {
                status,
                headers,
                rest: None,
            });
        }
        Ok(()) if is_encoded(&headers) => Failure::Encoded(status),
        Ok(()) => Failure::NotJson(status),
    };
    Err(Unusable {
        failure,
        seen: Box::new(seen),
    })
}

/// As much of a body as a record shows, and no more.
async fn beginning(response: &mut Response, body: &mut Vec<u8>) -> Result<(), reqwest::Error> {
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > EXCERPT {
            body.truncate(EXCERPT + 1);
            break;
        }
    }
    Ok(())
}

/// Why no answer came. That no connection was made counts more than that it took long: then nothing was sent.
fn no_answer(error: reqwest::Error) -> Failure {
    // The address may hold a query; ours never does, but the log should not depend on that.
    if error.is_timeout() && !error.is_connect() {
        Failure::TimedOut
    } else {
        Failure::Unreachable(error.without_url())
    }
}

pub(super) fn is_json(headers: &header::HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(|value| {
            value
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase()
        })
        .is_some_and(|media| media == "application/json" || media.ends_with("+json"))
}

/// What an error says, and what each of its causes says: the last is the one that helps.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(known) = cause {
        text = format!("{text}: {known}");
        cause = known.source();
    }
    text
}

fn is_encoded(headers: &header::HeaderMap) -> bool {
    headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"))
}

//! One way to ask LinkedIn: with a deadline, without redirects, and with a bound on what comes back.

use lapel_wire::Kind;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::config::LinkedIn;

/// Largest body that is read, in bytes. LinkedIn's largest answer here, a token response, is below 5 kB.
const LARGEST_BODY: usize = 256 * 1024;

/// LinkedIn's names for one request, for its support (LinkedIn reference §8.3).
const SUPPORT_HEADERS: [&str; 3] = ["x-li-uuid", "x-li-fabric", "x-li-request-id"];

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("the TLS client cannot be set up: {0}")]
pub struct BuildError(#[from] reqwest::Error);

/// LinkedIn gave no answer that can be used as one. "Could not ask", never "no".
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, or it broke before the answer was whole.
    #[error("LinkedIn could not be reached: {0}")]
    Unreachable(reqwest::Error),
    /// No answer within the deadline.
    #[error("LinkedIn did not answer in time")]
    TimedOut,
    /// An answer that goes on and on.
    #[error("LinkedIn's answer is larger than {LARGEST_BODY} bytes")]
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
}

impl Failure {
    /// Whose side it is on.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::RateLimited => Kind::RateLimited,
            Self::Redirected(_) | Self::TooLarge => Kind::Contract,
            Self::Unreachable(_) | Self::TimedOut | Self::ServerError(_) | Self::NotJson(_) => {
                Kind::LinkedinDown
            }
        }
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

/// The one client. It follows no redirect: a token endpoint that redirects would be handed our secret elsewhere.
pub(super) fn client(settings: &LinkedIn) -> Result<Client, BuildError> {
    let builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(settings.deadlines.connect)
        .timeout(settings.deadlines.answer)
        .referer(false)
        .user_agent(concat!("lapel-bff/", env!("CARGO_PKG_VERSION")));
    // A company's proxy leads to LinkedIn, and never to an emulator on this machine.
    let builder = if settings.endpoints.on_this_machine() {
        builder.no_proxy()
    } else {
        builder
    };
    Ok(builder.build()?)
}

/// Sends a request and reads the answer, or says why there is none. `endpoint` is what the log calls it.
pub(super) async fn send(
    endpoint: &'static str,
    request: RequestBuilder,
) -> Result<Answer, Failure> {
    let request = request.header(header::ACCEPT, "application/json");
    let outcome = ask(request).await;
    if let Err(Rejected { failure, support }) = outcome {
        tracing::warn!(
            linkedin.endpoint = endpoint,
            linkedin.support = %support,
            error = %failure,
            "LinkedIn gave no usable answer"
        );
        return Err(failure);
    }
    outcome.map_err(|rejected| rejected.failure)
}

struct Rejected {
    failure: Failure,
    support: String,
}

impl From<Failure> for Rejected {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            support: String::new(),
        }
    }
}

async fn ask(request: RequestBuilder) -> Result<Answer, Rejected> {
    let mut response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    let support = support(response.headers());
    let is_json = is_json(response.headers());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > LARGEST_BODY {
            return Err(Rejected {
                failure: Failure::TooLarge,
                support,
            });
        }
        body.extend_from_slice(&chunk);
    }
    let failure = if status.is_redirection() {
        Failure::Redirected(status)
    } else if status.is_server_error() {
        Failure::ServerError(status)
    } else if status == StatusCode::TOO_MANY_REQUESTS {
        Failure::RateLimited
    } else if !is_json && !body.is_empty() {
        Failure::NotJson(status)
    } else {
        return Ok(Answer { status, body });
    };
    Err(Rejected { failure, support })
}

fn unreachable(error: reqwest::Error) -> Failure {
    // The address may hold a query; ours never does, but the log should not depend on that.
    if error.is_timeout() {
        Failure::TimedOut
    } else {
        Failure::Unreachable(error.without_url())
    }
}

fn is_json(headers: &header::HeaderMap) -> bool {
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

fn support(headers: &header::HeaderMap) -> String {
    SUPPORT_HEADERS
        .iter()
        .filter_map(|name| Some(format!("{name}={}", headers.get(*name)?.to_str().ok()?)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A `POST` with a form, the only way in which LinkedIn takes secrets (LinkedIn reference §1.4).
pub(super) fn post_form(client: &Client, url: &url::Url, form: &[(&str, &str)]) -> RequestBuilder {
    client.request(Method::POST, url.clone()).form(form)
}

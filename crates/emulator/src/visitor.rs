//! A member at the authorization page, without a browser: the same requests through the same door, so that faults strike
//! them and the ledger has them.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::endpoint::path;
use crate::gateway::Gateway;
use crate::oauth::PendingId;

/// Why the visit did not end in a redirect to the application.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationPageError {
    /// The authorization address is not an absolute address.
    #[error("{0:?} is not an absolute address")]
    NotAnAddress(String),
    /// LinkedIn answered with a page, such as the one for a redirect address that is not registered.
    #[error("LinkedIn answered {0} and stayed where it was")]
    Stayed(u16),
    /// LinkedIn closed the connection.
    #[error("LinkedIn did not answer")]
    NoAnswer,
}

type Outcome = Result<String, AuthorizationPageError>;

pub(crate) async fn allow(gateway: &Gateway, address: &str, member: &str) -> Outcome {
    match Visitor::arrive(gateway, address).await? {
        Step::Left(location) => Ok(location),
        Step::Asked(visitor) => match visitor.log_in(member).await? {
            Step::Left(location) => Ok(location),
            Step::Asked(visitor) => visitor.ends(path::CONSENT, ("decision", "allow")).await,
        },
    }
}

pub(crate) async fn cancel_login(gateway: &Gateway, address: &str) -> Outcome {
    match Visitor::arrive(gateway, address).await? {
        Step::Left(location) => Ok(location),
        Step::Asked(visitor) => {
            visitor
                .ends(path::LOGIN, ("decision", "cancel_login"))
                .await
        }
    }
}

pub(crate) async fn cancel_consent(gateway: &Gateway, address: &str, member: &str) -> Outcome {
    match Visitor::arrive(gateway, address).await? {
        Step::Left(location) => Ok(location),
        Step::Asked(visitor) => match visitor.log_in(member).await? {
            Step::Left(location) => Ok(location),
            Step::Asked(visitor) => visitor.ends(path::CONSENT, ("decision", "cancel")).await,
        },
    }
}

/// Someone whom LinkedIn has asked something.
struct Visitor<'g> {
    gateway: &'g Gateway,
    cookie: String,
    pending: PendingId,
}

enum Step<'g> {
    Asked(Visitor<'g>),
    Left(String),
}

impl<'g> Visitor<'g> {
    async fn arrive(
        gateway: &'g Gateway,
        address: &str,
    ) -> Result<Step<'g>, AuthorizationPageError> {
        let not_an_address = || AuthorizationPageError::NotAnAddress(address.to_owned());
        let url = Url::parse(address).map_err(|_| not_an_address())?;
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let request = Request::builder().uri(target).body(Body::empty());
        let answer = ask(gateway, request.map_err(|_| not_an_address())?).await?;
        let cookie = cookie(answer.headers());
        Self::step(gateway, cookie, &answer)
    }

    async fn log_in(self, member: &str) -> Result<Step<'g>, AuthorizationPageError> {
        let answer = self.post(path::LOGIN, ("member", member)).await?;
        Self::step(self.gateway, self.cookie, &answer)
    }

    async fn ends(self, form: &'static str, field: (&str, &str)) -> Outcome {
        let answer = self.post(form, field).await?;
        match Self::step(self.gateway, self.cookie, &answer)? {
            Step::Left(location) => Ok(location),
            Step::Asked(_) => Err(AuthorizationPageError::Stayed(answer.status().as_u16())),
        }
    }

    async fn post(
        &self,
        form: &'static str,
        (name, value): (&str, &str),
    ) -> Result<Response, AuthorizationPageError> {
        let body = Serializer::new(String::new())
            .append_pair("pending", &self.pending.0)
            .append_pair(name, value)
            .finish();
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = axum::http::Uri::from_static(form);
        let headers = request.headers_mut();
        let form = "application/x-www-form-urlencoded";
        for (name, value) in [(CONTENT_TYPE, form), (COOKIE, self.cookie.as_str())] {
            // Cookies here are base64 and a name.
            if let Ok(value) = value.parse() {
                headers.insert(name, value);
            }
        }
        ask(self.gateway, request).await
    }

    fn step(
        gateway: &'g Gateway,
        cookie: String,
        answer: &Response,
    ) -> Result<Step<'g>, AuthorizationPageError> {
        let status = answer.status();
        if let Some(pending) = answer.extensions().get::<PendingId>() {
            return Ok(Step::Asked(Self {
                gateway,
                cookie,
                pending: pending.clone(),
            }));
        }
        let location = answer
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok());
        match location {
            Some(location) if status == StatusCode::FOUND => Ok(Step::Left(location.to_owned())),
            Some(_) | None => Err(AuthorizationPageError::Stayed(status.as_u16())),
        }
    }
}

async fn ask(gateway: &Gateway, request: Request) -> Result<Response, AuthorizationPageError> {
    gateway
        .answer::<Body>(request)
        .await
        .map_err(|_| AuthorizationPageError::NoAnswer)
}

fn cookie(headers: &HeaderMap) -> String {
    let set = headers
        .get(SET_COOKIE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    set.split(';').next().unwrap_or_default().to_owned()
}

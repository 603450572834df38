//! What stands in front of every endpoint: who asks, which defects strike, what the ledger keeps, which headers the answer
//! carries.

mod caller;
mod heard;
mod limits;
mod spoil;
mod stamp;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower::ServiceExt;

use crate::endpoint::{Endpoint, is_at, path};
use crate::faults::{Call, Instead, RefreshDefect, Strikes, Transport};
use crate::ledger::Entry;
use crate::linkedin::LinkedIn;

pub(crate) use caller::{Caller, basic, bearer};
pub(crate) use heard::{Fields, Heard};

/// Largest picture that is taken, in bytes. LinkedIn's limit is not documented.
const LARGEST_PICTURE: usize = 10 * 1024 * 1024;

/// Largest other body in bytes: beyond any form or post.
const LARGEST_BODY: usize = 256 * 1024;

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection was closed without an answer")]
pub(crate) struct NoAnswer;

/// All of LinkedIn, behind the one door through which every request comes.
#[derive(Clone, Debug)]
pub(crate) struct Gateway {
    linkedin: Arc<LinkedIn>,
    router: Router,
}

impl Gateway {
    pub(crate) fn new(linkedin: Arc<LinkedIn>) -> Self {
        let router = crate::routes::router(Arc::clone(&linkedin));
        Self { linkedin, router }
    }

    /// Answers one request, or hangs up on it.
    pub(crate) async fn answer<B>(&self, request: Request<B>) -> Result<Response, NoAnswer>
    where
        B: hyper::body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (parts, body) = request.into_parts();
        let endpoint = Endpoint::of(parts.uri.path());
        let largest = if endpoint == Endpoint::AssetUpload {
            LARGEST_PICTURE
        } else {
            LARGEST_BODY
        };
        let body = match Limited::new(body, largest).collect().await {
            Ok(body) => Some(body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => None,
            // The client left in the middle of its request.
            Err(_) => return Err(NoAnswer),
        };
        if is_at(parts.uri.path(), path::OWN) {
            return Ok(match body {
                Some(body) => self.route(parts, body).await,
                None => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            });
        }
        self.answer_as_linkedin(parts, body, endpoint).await
    }

    async fn answer_as_linkedin(
        &self,
        mut parts: Parts,
        body: Option<Bytes>,
        endpoint: Endpoint,
    ) -> Result<Response, NoAnswer> {
        let too_large = body.is_none();
        let body = body.unwrap_or_default();
        let linkedin = &self.linkedin;
        let arrived = linkedin.clock.now();
        limits::open_tunnel(&mut parts, &body, endpoint);
        let heard = Heard::of(&parts, &body);
        let caller = Caller::identify(linkedin, &parts, &heard);
        let call = Call::new(endpoint, caller, &parts, &heard);
        let strikes = linkedin.faults.strike(&call);
        strikes.happen(linkedin, &call).await;
        let mut entry = Entry::of(&parts, &heard, endpoint, call.caller, arrived, &strikes);

        let answer = match (
            strikes.instead(endpoint),
            limits::refusal(&parts, &body, endpoint, too_large),
        ) {
            (Some(Instead::HangUp), _) => None,
            (Some(Instead::Answer(answer)), _) | (None, Some(answer)) => Some(answer),
            (None, None) => Some(self.handle(parts, body, heard, strikes.clone()).await),
        };
        let lost = strikes.has(Transport::AnswerLost) || strikes.has(RefreshDefect::AnswerLost);
        let answer = match answer.filter(|_| !lost) {
            None => None,
            Some(mut answer) => {
                let uuid = stamp::stamp(&mut answer, endpoint, linkedin);
                entry.status = Some(answer.status().as_u16());
                entry.li_uuid = Some(uuid);
                Some(spoil::spoil(answer, endpoint, &strikes).await)
            }
        };
        // Before the delay: a client that gives up does not take its request back.
        linkedin.ledger.record(entry);
        let delay = strikes.delay();
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        answer.ok_or(NoAnswer)
    }

    async fn handle(
        &self,
        mut parts: Parts,
        body: Bytes,
        heard: Heard,
        strikes: Strikes,
    ) -> Response {
        parts.extensions.insert(Arc::new(heard));
        parts.extensions.insert(strikes);
        self.route(parts, body).await
    }

    async fn route(&self, parts: Parts, body: Bytes) -> Response {
        let request = Request::from_parts(parts, Body::from(body));
        match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        }
    }
}

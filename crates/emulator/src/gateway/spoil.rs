//! Defects that befall an answer on its way out, after the work is done.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_LENGTH, HeaderValue};
use axum::response::Response;

use crate::endpoint::Endpoint;
use crate::faults::{
    BodyDefect, Interrupted, Strikes, Transport, with_other_types, without_essentials,
};

/// The length that is announced for an answer without a body, so that there is a middle to stop in.
const PROMISED: usize = 64;

pub(super) async fn spoil(answer: Response, endpoint: Endpoint, strikes: &Strikes) -> Response {
    let truncated = strikes.has(BodyDefect::Truncated);
    let missing = strikes.has(BodyDefect::MissingFields);
    let other_types = strikes.has(BodyDefect::WrongTypes);
    let interrupted = strikes.has(Transport::ClosedMidAnswer);
    if !(truncated || missing || other_types || interrupted) || strikes.has(BodyDefect::Endless) {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    // Every other body of the emulator's is whole and in memory.
    let mut body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if let Ok(mut json) = serde_json::from_slice(&body) {
        if missing {
            json = without_essentials(json, endpoint);
        }
        if other_types {
            json = with_other_types(json);
        }
        if missing || other_types {
            body = serde_json::to_vec(&json).map_or(body, Bytes::from);
        }
    }
    if truncated {
        body.truncate(body.len() / 2);
    }
    parts.headers.remove(CONTENT_LENGTH);
    if !interrupted {
        return Response::from_parts(parts, Body::from(body));
    }
    let announced = if body.is_empty() {
        PROMISED
    } else {
        body.len()
    };
    parts
        .headers
        .insert(CONTENT_LENGTH, HeaderValue::from(announced));
    body.truncate(body.len() / 2);
    Response::from_parts(parts, Body::new(Interrupted::after(body)))
}

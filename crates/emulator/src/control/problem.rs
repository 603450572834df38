//! What the control interface answers to what it cannot do: problem details (RFC 9457), with what is accepted instead.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal. Nothing was changed.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(super) status: StatusCode,
    /// What is wrong with this very request.
    pub(super) detail: String,
    /// What would have been accepted, where there is a list of it.
    accepted: Option<Value>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            accepted: None,
        }
    }

    /// The request cannot be read.
    pub(super) fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The request can be read, but not done.
    pub(super) fn unfit(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// There is no such thing; `known` are those that there are.
    pub(super) fn unknown(what: &str, name: &str, known: impl IntoIterator<Item = String>) -> Self {
        let known: Vec<String> = known.into_iter().collect();
        Self::new(
            StatusCode::NOT_FOUND,
            format!("there is no {what} {name:?}"),
        )
        .accepting(json!(known))
    }

    pub(super) fn accepting(self, accepted: Value) -> Self {
        Self {
            accepted: Some(accepted),
            ..self
        }
    }

    /// With another status, for a name that stands in a body rather than in the address.
    pub(super) fn within_body(self) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..self
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or_default(),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(accepted) = self.accepted {
            body["accepted"] = accepted;
        }
        let kind = [(CONTENT_TYPE, "application/problem+json")];
        (self.status, kind, body.to_string()).into_response()
    }
}

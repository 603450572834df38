//! Failures as answers: RFC 9457 problem details, with a reference that the log knows too.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Kind, Problem, Retry};

use crate::secret::random_bytes;

/// A request that was refused before it did anything.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    detail: &'static str,
}

impl Refused {
    pub(super) fn new(status: StatusCode, detail: &'static str) -> Self {
        Self { status, detail }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let reference = reference();
        tracing::info!(
            status = self.status.as_u16(),
            reference,
            "refused: {}",
            self.detail
        );
        let kind = if self.status.is_server_error() {
            Kind::Contract
        } else {
            Kind::Rejected
        };
        let problem = Problem {
            type_uri: format!("urn:lapel:problem:{}", kind.as_str()),
            title: self
                .status
                .canonical_reason()
                .unwrap_or("Refused")
                .to_owned(),
            status: self.status.as_u16(),
            detail: Some(self.detail.to_owned()),
            reference,
            kind,
            retry: Retry::Never,
            scopes: Vec::new(),
            support: None,
            links: None,
        };
        let mut response = (self.status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(Problem::MEDIA_TYPE),
        );
        response
    }
}

/// Names one occurrence, in the answer and in the log. Hexadecimal: it is read out to people, and it stands in an address.
pub(super) fn reference() -> String {
    random_bytes::<6>()
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

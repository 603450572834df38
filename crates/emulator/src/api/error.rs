//! Refusals of the member APIs (LinkedIn reference §8.1, §8.2, §9.3).

use std::borrow::Cow;

use axum::Json;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

/// Everything that the member APIs refuse with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// No token came.
    EmptyAccessToken,
    /// The token was never issued, or the header does not say `Bearer`.
    InvalidAccessToken,
    /// The token was revoked, whoever did it; also what a token just issued may be told.
    RevokedAccessToken,
    /// The token ended by itself.
    ExpiredAccessToken,
    /// The token lacks the permission for a resource, named as `userinfo.GET.NO_VERSION`.
    AccessDenied { resource: Cow<'static, str> },
    /// Likewise, in the older words: `POST /ugcPosts`.
    AccessDeniedOfOld { call: &'static str },
    /// A quota is spent. Nothing says until when.
    Throttled,
    /// The query or the address is longer than LinkedIn reads. The wording is an assumption.
    AddressTooLong,
    /// The body is larger than anything that LinkedIn takes. The wording is an assumption.
    BodyTooLarge,
    /// A body was announced by nothing. The wording is an assumption.
    LengthRequired,
    /// A parameter is absent or not understood. The wording is the caller's, and an assumption.
    IllegalArgument(Cow<'static, str>),
    /// There is no `LinkedIn-Version`.
    VersionMissing,
    /// The version is not, or no longer, or not yet active.
    NonexistentVersion(String),
    /// The body breaks the resource's schema in every way that the text lists, a line each.
    Schema(String),
    /// The text is longer than 3000 characters.
    TextTooLong { characters: usize },
    /// The text is that of a post not long ago.
    Duplicate { of: String },
    /// There is no such thing. The wording is that of absent resources; an assumption.
    NotFound { what: String },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_error_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    message: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_detail_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_details: Option<Value>,
}

const BAD_REQUEST: &str = "com.linkedin.common.error.BadRequest";
/// What comes before the sentence. LinkedIn's package name was not published; an assumption.
const EXCEPTION: &str = "com.linkedin.content.common.exception.BadRequestResponseException: ";

impl Body {
    fn new(
        status: u16,
        service_error_code: Option<u32>,
        code: Option<&'static str>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            service_error_code,
            code,
            message: message.into(),
            error_detail_type: None,
            error_details: None,
        }
    }

    fn with_input_error(self, error: Value) -> Self {
        Self {
            error_detail_type: Some(BAD_REQUEST),
            error_details: Some(json!({ "inputErrors": [error] })),
            ..self
        }
    }
}

impl ApiError {
    fn told(self) -> Body {
        let unauthorized =
            |number, code, message: &'static str| Body::new(401, Some(number), Some(code), message);
        match self {
            Self::EmptyAccessToken => {
                unauthorized(65604, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token")
            }
            Self::InvalidAccessToken => {
                unauthorized(65600, "INVALID_ACCESS_TOKEN", "Invalid access token")
            }
            Self::RevokedAccessToken => unauthorized(
                65601,
                "REVOKED_ACCESS_TOKEN",
                "The token used in the request has been revoked by the user",
            ),
            Self::ExpiredAccessToken => unauthorized(
                65602,
                "EXPIRED_ACCESS_TOKEN",
                "The token used in the request has expired",
            ),
            Self::AccessDenied { resource } => {
                let message = format!("Not enough permissions to access: {resource}");
                Body::new(403, Some(100), Some("ACCESS_DENIED"), message)
            }
            Self::AccessDeniedOfOld { call } => {
                let message = format!("Not enough permissions to access: {call}");
                Body::new(403, Some(100), None, message)
            }
            Self::Throttled => {
                let message =
                    "Resource level throttle limit for calls to this resource is reached.";
                Body::new(429, Some(101), None, message)
            }
            Self::AddressTooLong => Body::new(414, None, None, "URI too long"),
            Self::BodyTooLarge => Body::new(413, None, None, "Payload too large"),
            Self::LengthRequired => Body::new(411, None, None, "Length required"),
            Self::IllegalArgument(message) => {
                Body::new(400, None, Some("ILLEGAL_ARGUMENT"), message)
            }
            Self::VersionMissing => {
                let message = "A version must be present. Please specify a version by adding the \
                               LinkedIn-Version header.";
                Body::new(400, None, Some("VERSION_MISSING"), message)
            }
            Self::NonexistentVersion(version) => {
                let message = format!("Requested version {version} is not active");
                Body::new(426, None, Some("NONEXISTENT_VERSION"), message)
            }
            Self::Schema(faults) => Body::new(422, None, None, faults),
            Self::TextTooLong { characters } => too_long(characters),
            Self::Duplicate { of } => {
                let message = format!("{EXCEPTION}Content is a duplicate of {of}");
                Body::new(422, None, None, message).with_input_error(json!({
                    "description": "Duplicate post is detected",
                    "input": {},
                    "code": "DUPLICATE_POST",
                }))
            }
            Self::NotFound { what } => {
                Body::new(404, None, None, format!("Resource {what} does not exist"))
            }
        }
    }
}

fn too_long(characters: usize) -> Body {
    let text = format!(
        "ShareCommentary text length ({characters} characters) exceeded the maximum allowed ({} characters)",
        crate::posts::LONGEST_TEXT
    );
    let message = format!("{EXCEPTION}{text}");
    Body::new(400, None, None, message).with_input_error(json!({
        "description": text,
        "input": {},
        "code": "FIELD_ARRAY_SIZE_TOO_HIGH",
        "maxLength": crate::posts::LONGEST_TEXT,
    }))
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let challenge = match &self {
            Self::EmptyAccessToken => Some("Bearer"),
            Self::InvalidAccessToken | Self::RevokedAccessToken | Self::ExpiredAccessToken => {
                Some(r#"Bearer error="invalid_token""#)
            }
            Self::AccessDenied { .. } | Self::AccessDeniedOfOld { .. } => {
                Some(r#"Bearer error="insufficient_scope""#)
            }
            Self::Throttled
            | Self::AddressTooLong
            | Self::BodyTooLarge
            | Self::LengthRequired
            | Self::IllegalArgument(_)
            | Self::VersionMissing
            | Self::NonexistentVersion(_)
            | Self::Schema(_)
            | Self::TextTooLong { .. }
            | Self::Duplicate { .. }
            | Self::NotFound { .. } => None,
        };
        let mut answer = answer(self.told());
        if let Some(challenge) = challenge {
            // By RFC 6750 §3. LinkedIn was not seen to send it: the gateway takes it out of LinkedIn's answers.
            let challenge = HeaderValue::from_static(challenge);
            answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        answer
    }
}

/// 404 (LinkedIn reference §8.2: `Resource ugcPosts does not exist`).
pub(crate) fn no_such_resource(path: &str) -> Response {
    let resource = path
        .trim_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let what = resource.to_owned();
    ApiError::NotFound { what }.into_response()
}

/// 405. LinkedIn's wording was not found; an assumption.
pub(crate) fn method_not_allowed() -> Response {
    answer(Body::new(405, None, None, "Method not allowed"))
}

fn answer(body: Body) -> Response {
    let status = StatusCode::from_u16(body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

//! Refusals of the member APIs (LinkedIn reference §8.1, §8.2).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A refusal that a call's token leads to.
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
    AccessDenied { resource: &'static str },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_error_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    message: &'a str,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let denied;
        let (status, number, code, message) = match self {
            Self::EmptyAccessToken => (
                401,
                65604,
                "EMPTY_ACCESS_TOKEN",
                "Empty oauth2 access token",
            ),
            Self::InvalidAccessToken => {
                (401, 65600, "INVALID_ACCESS_TOKEN", "Invalid access token")
            }
            Self::RevokedAccessToken => (
                401,
                65601,
                "REVOKED_ACCESS_TOKEN",
                "The token used in the request has been revoked by the user",
            ),
            Self::ExpiredAccessToken => (
                401,
                65602,
                "EXPIRED_ACCESS_TOKEN",
                "The token used in the request has expired",
            ),
            Self::AccessDenied { resource } => {
                denied = format!("Not enough permissions to access: {resource}");
                (403, 100, "ACCESS_DENIED", denied.as_str())
            }
        };
        answer(Body {
            status,
            service_error_code: Some(number),
            code: Some(code),
            message,
        })
    }
}

/// 404 (LinkedIn reference §8.2: `Resource ugcPosts does not exist`).
pub(crate) fn no_such_resource(path: &str) -> Response {
    let resource = path
        .trim_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let message = format!("Resource {resource} does not exist");
    answer(Body {
        status: 404,
        service_error_code: None,
        code: None,
        message: &message,
    })
}

/// 405. LinkedIn's wording was not found; an assumption.
pub(crate) fn method_not_allowed() -> Response {
    let message = "Method not allowed";
    answer(Body {
        status: 405,
        service_error_code: None,
        code: None,
        message,
    })
}

fn answer(body: Body<'_>) -> Response {
    let status = StatusCode::from_u16(body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

//! Refusals of the token, introspection and revocation endpoints (LinkedIn reference §1.6, §2).

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::WWW_AUTHENTICATE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::linkedin::LinkedIn;
use crate::openid::SigningFailed;
use crate::quirks::CodeMismatch;

/// Everything that these endpoints refuse with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OAuthError {
    /// A parameter is absent or empty.
    Missing(&'static str),
    /// A parameter came more than once (RFC 6749 §3.2).
    Repeated,
    /// The code is another application's or redirect address's, or too old; or it was used before.
    CodeMismatch(CodeMismatch),
    /// The code was never issued.
    CodeNotFound,
    /// The client's secret is wrong, or a surplus `code_verifier` came (LinkedIn reference §6).
    InvalidClient,
    /// There is no such application (client credentials).
    UnknownClient(String),
    /// The client's secret is wrong (client credentials).
    WrongSecret,
    /// Client credentials are not enabled.
    NoApplicationTokens,
    /// The refresh token is of no use.
    RefreshRefused,
    /// LinkedIn's answer was not found; RFC 6749 §5.2.
    UnsupportedGrantType,
    /// The token of the JavaScript SDK is of no use. The answer is an assumption.
    JsTokenRefused,
    /// The client proves who it is in two ways at once (RFC 6749 §2.3).
    TwoSecrets,
    /// A token that LinkedIn never issues the like of (introspection). The body is an assumption.
    MalformedToken,
    /// Introspection with a client that does not exist. The body is an assumption.
    IntrospectingClient,
    /// The emulator itself failed.
    Internal,
}

#[derive(Debug, Serialize)]
struct Body {
    error: &'static str,
    error_description: String,
}

const MISMATCH: &str = "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization \
     code. Or authorization code expired. Or external member binding exists";

impl OAuthError {
    fn told(&self) -> (StatusCode, &'static str, String) {
        let bad = StatusCode::BAD_REQUEST;
        let unauthorized = StatusCode::UNAUTHORIZED;
        let (status, error, description) = match self {
            Self::Missing(name) => {
                let description = format!(r#"A required parameter "{name}" is missing"#);
                return (bad, "invalid_request", description);
            }
            Self::UnknownClient(id) => {
                let description = format!(r#"The passed in client_id is invalid "{id}""#);
                return (bad, "invalid_client_id", description);
            }
            Self::CodeMismatch(CodeMismatch::InvalidRedirectUri) => {
                (bad, "invalid_redirect_uri", MISMATCH)
            }
            Self::CodeMismatch(CodeMismatch::InvalidRequest) => (bad, "invalid_request", MISMATCH),
            Self::CodeMismatch(CodeMismatch::InvalidGrant) => (bad, "invalid_grant", MISMATCH),
            Self::Repeated => (bad, "invalid_request", "A parameter came more than once"),
            Self::CodeNotFound => (
                unauthorized,
                "invalid_request",
                "Unable to retrieve access token: authorization code not found",
            ),
            Self::InvalidClient => (
                unauthorized,
                "invalid_client",
                "Client authentication failed",
            ),
            Self::WrongSecret => (
                unauthorized,
                "invalid_client_id",
                "Client authentication failed",
            ),
            Self::NoApplicationTokens => (
                unauthorized,
                "access_denied",
                "This application is not allowed to create application tokens",
            ),
            Self::RefreshRefused => (
                bad,
                "invalid_request",
                "The provided authorization grant or refresh token is invalid, expired or revoked",
            ),
            Self::UnsupportedGrantType => (
                bad,
                "unsupported_grant_type",
                "The grant type is not supported",
            ),
            Self::JsTokenRefused => (
                bad,
                "invalid_grant",
                "The subject token is invalid, expired or another application's",
            ),
            Self::TwoSecrets => (
                bad,
                "invalid_request",
                "The client authenticates in more than one way",
            ),
            Self::MalformedToken => (bad, "invalid_request", "The token is malformed"),
            Self::IntrospectingClient => (bad, "invalid_client_id", "The client_id is invalid"),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "server_error",
                "The emulator itself failed",
            ),
        };
        (status, error, description.to_owned())
    }
}

impl OAuthError {
    /// In whose words the refusal is told.
    pub(super) fn told_by(self, linkedin: &LinkedIn) -> Told {
        Told {
            error: self,
            own_words: linkedin.quirks.errors_of_its_own,
        }
    }

    /// RFC 6749 §5.2, where LinkedIn's `error` is another.
    fn by_the_book(self) -> (StatusCode, &'static str, String) {
        let bad = StatusCode::BAD_REQUEST;
        match &self {
            Self::Missing("client_id" | "client_secret")
            | Self::InvalidClient
            | Self::UnknownClient(_)
            | Self::WrongSecret
            | Self::IntrospectingClient => (
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "Client authentication failed".to_owned(),
            ),
            Self::CodeNotFound | Self::CodeMismatch(_) | Self::RefreshRefused => (
                bad,
                "invalid_grant",
                "The grant is invalid, expired, revoked or spent, or another client's".to_owned(),
            ),
            Self::NoApplicationTokens => {
                let (_, _, description) = self.told();
                (bad, "unauthorized_client", description)
            }
            Self::Missing(_)
            | Self::UnsupportedGrantType
            | Self::JsTokenRefused
            | Self::TwoSecrets
            | Self::Repeated
            | Self::MalformedToken
            | Self::Internal => {
                let (status, error, description) = self.told();
                // Quotation marks are not permitted.
                (status, error, description.replace('"', "'"))
            }
        }
    }
}

/// A refusal in LinkedIn's words, or by the book.
#[derive(Debug)]
pub(crate) struct Told {
    error: OAuthError,
    own_words: bool,
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        if self.own_words {
            return self.error.into_response();
        }
        let (status, error, error_description) = self.error.by_the_book();
        let body = Json(Body {
            error,
            error_description,
        });
        if status == StatusCode::UNAUTHORIZED {
            let challenge = [(WWW_AUTHENTICATE, r#"Basic realm="token""#)];
            return (status, challenge, body).into_response();
        }
        (status, body).into_response()
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let (status, error, error_description) = self.told();
        (
            status,
            Json(Body {
                error,
                error_description,
            }),
        )
            .into_response()
    }
}

impl From<SigningFailed> for OAuthError {
    fn from(_: SigningFailed) -> Self {
        Self::Internal
    }
}

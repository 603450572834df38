//! Failures as answers: RFC 9457 problem details, with a reference that the log knows too.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Kind, Problem, Retry, SignedOutReason, SupportRecord};

use crate::linkedin::ApiProblem;
use crate::reference;
use crate::session::StoreDown;

/// A request that was refused before it did anything that lasts.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    kind: Kind,
    retry: Retry,
    detail: &'static str,
    cause: Option<String>,
}

/// A request that the store kept from being answered may be repeated soon.
const STORE_RETRY: Retry = Retry::After { seconds: 2 };

const STORE_DETAIL: &str = "whether the session is alive cannot be found out";

impl Refused {
    pub(super) fn new(status: StatusCode, detail: &'static str) -> Self {
        let kind = if status.is_server_error() {
            Kind::Contract
        } else {
            Kind::Rejected
        };
        Self {
            status,
            kind,
            retry: Retry::Never,
            detail,
            cause: None,
        }
    }

    /// Something else than what the status alone says.
    pub(super) fn of_kind(self, kind: Kind, retry: Retry) -> Self {
        Self {
            kind,
            retry,
            ..self
        }
    }

    /// What the log says besides.
    pub(super) fn because(self, cause: &impl ToString) -> Self {
        Self {
            cause: Some(cause.to_string()),
            ..self
        }
    }

    /// A defect of ours.
    pub(super) fn defect() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the request hit a defect",
        )
    }

    /// What the operator has not set up.
    pub(super) fn not_configured(detail: &'static str) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, detail).of_kind(Kind::NotConfigured, Retry::Never)
    }
}

/// The session is neither alive nor over as far as anybody can tell: the page keeps what it shows, and asks again.
impl From<StoreDown> for Refused {
    fn from(_: StoreDown) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, STORE_DETAIL)
            .of_kind(Kind::Unreachable, STORE_RETRY)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let reference = reference::new();
        let (status, detail) = (self.status.as_u16(), self.detail);
        if self.kind == Kind::Unreachable {
            // The outage has its own line, once.
            tracing::debug!(status, reference, "refused: {detail}");
        } else {
            tracing::info!(status, reference, cause = self.cause, "refused: {detail}");
        }
        let problem = Problem {
            retry: self.retry,
            ..problem(
                self.kind,
                self.status,
                Some(self.detail.to_owned()),
                reference,
            )
        };
        answer(self.status, problem)
    }
}

/// A call on a member's behalf that failed.
#[derive(Debug)]
pub(super) enum Failed {
    /// Without LinkedIn's having been asked for it.
    Here {
        kind: Kind,
        status: StatusCode,
        retry: Retry,
        detail: &'static str,
        scopes: Vec<String>,
    },
    /// At LinkedIn.
    There(Box<ApiProblem>),
}

impl Failed {
    /// Nobody is signed in any more.
    pub(super) fn sign_in_needed(why: SignedOutReason) -> Self {
        let detail = match why {
            SignedOutReason::NoSession => "there is no session",
            SignedOutReason::Expired => "the session has reached its end",
            SignedOutReason::Revoked => "LinkedIn or the member has ended the permission",
            SignedOutReason::Unreadable => "the session cannot be opened",
        };
        Self::here(
            Kind::SignInNeeded,
            StatusCode::UNAUTHORIZED,
            Retry::Never,
            detail,
        )
    }

    /// The member has not granted what the call needs.
    pub(super) fn scope_missing(scopes: &[String]) -> Self {
        Self::Here {
            kind: Kind::ScopeMissing,
            status: StatusCode::FORBIDDEN,
            retry: Retry::Never,
            detail: "the member has not granted a permission that this call needs",
            scopes: scopes.to_vec(),
        }
    }

    /// LinkedIn could not be asked for a token to make the call with.
    pub(super) fn no_token(kind: Kind, retry: Retry) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::here(kind, status, retry, "LinkedIn gives no new token")
    }

    fn here(kind: Kind, status: StatusCode, retry: Retry, detail: &'static str) -> Self {
        Self::Here {
            kind,
            status,
            retry,
            detail,
            scopes: Vec::new(),
        }
    }
}

/// Whether the member is signed in could not be found out: the call was not made.
impl From<StoreDown> for Failed {
    fn from(_: StoreDown) -> Self {
        Self::here(
            Kind::Unreachable,
            StatusCode::SERVICE_UNAVAILABLE,
            STORE_RETRY,
            STORE_DETAIL,
        )
    }
}

impl From<Box<ApiProblem>> for Failed {
    fn from(problem: Box<ApiProblem>) -> Self {
        Self::There(problem)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        match self {
            Self::Here {
                kind,
                status,
                retry,
                detail,
                scopes,
            } => {
                let (reference, name) = (reference::new(), kind.as_str());
                if kind == Kind::Unreachable {
                    // As above.
                    tracing::debug!(kind = name, reference, "not asked: {detail}");
                } else {
                    tracing::info!(kind = name, reference, "not asked: {detail}");
                }
                let problem = Problem {
                    retry,
                    scopes,
                    ..problem(kind, status, Some(detail.to_owned()), reference)
                };
                answer(status, problem)
            }
            Self::There(failed) => {
                failed.log();
                let reference = failed.support.get(SupportRecord::REFERENCE);
                let reference = reference.unwrap_or_default().to_owned();
                let problem = Problem {
                    retry: failed.retry,
                    scopes: failed.scopes,
                    input_errors: failed.input_errors,
                    support: Some(failed.support),
                    links: failed.links.map(Box::new),
                    ..problem(failed.kind, failed.status, Some(failed.detail), reference)
                };
                answer(failed.status, problem)
            }
        }
    }
}

fn problem(kind: Kind, status: StatusCode, detail: Option<String>, reference: String) -> Problem {
    Problem {
        type_uri: format!("urn:lapel:problem:{}", kind.as_str()),
        title: status.canonical_reason().unwrap_or("Refused").to_owned(),
        status: status.as_u16(),
        detail,
        reference,
        kind,
        retry: Retry::Never,
        scopes: Vec::new(),
        input_errors: Vec::new(),
        support: None,
        links: None,
    }
}

fn answer(status: StatusCode, problem: Problem) -> Response {
    let again = match problem.retry {
        // RFC 6585 §4. With other statuses the advice is for our own page, which reads it in the body.
        Retry::After { seconds } if status == StatusCode::TOO_MANY_REQUESTS => {
            Some(HeaderValue::from(seconds))
        }
        Retry::After { .. } | Retry::Never | Retry::ByHand => None,
    };
    let mut response = (status, Json(problem)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(Problem::MEDIA_TYPE),
    );
    if let Some(again) = again {
        headers.insert(header::RETRY_AFTER, again);
    }
    response
}

//! Why a call has no usable answer, and how an answer is understood.

use std::fmt;

use lapel_wire::{Kind, Problem, SupportRecord};

use super::{Reply, TransportError, read};
use crate::failure::Failure;
use crate::json::{Json, Misread};

/// A call without a usable answer. "Refused", "could not ask" and "could not read" lead to different things on the
/// screen, so they are different here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The BFF answered that it cannot, and why.
    Refused(Box<Problem>),
    /// The call got no answer.
    Unanswered(TransportError),
    /// Something answered, and it makes no sense.
    Unreadable(Unreadable),
}

/// An answer that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not the BFF's language at all: the sign-in page of a wireless network, a gateway's error page.
    NotOurs {
        /// The HTTP status.
        status: u16,
    },
    /// JSON, but none that this page understands.
    NotUnderstood {
        /// The HTTP status.
        status: u16,
    },
}

impl ApiError {
    /// What went wrong and whose side it is on.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Refused(problem) => problem.kind,
            Self::Unanswered(TransportError::Offline) => Kind::Offline,
            Self::Unanswered(TransportError::Timeout) => Kind::Timeout,
            // Whatever sits in between and speaks for the BFF, the BFF itself was not reached.
            Self::Unanswered(TransportError::Unreachable)
            | Self::Unreadable(Unreadable::NotOurs { .. }) => Kind::Unreachable,
            Self::Unreadable(Unreadable::NotUnderstood { .. }) => Kind::Contract,
        }
    }

    /// The failure as the page shows it.
    #[must_use]
    pub fn failure(&self) -> Failure {
        match self {
            Self::Refused(problem) => Failure::from(&**problem),
            Self::Unanswered(_) | Self::Unreadable(_) => {
                let record = SupportRecord::default();
                let record = record.with(SupportRecord::FAILURE, Some(self.to_string()));
                Failure {
                    record,
                    ..Failure::from(self.kind())
                }
            }
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(problem) => write!(f, "the BFF refused: {}", problem.title),
            Self::Unanswered(TransportError::Offline) => f.write_str("the device is offline"),
            Self::Unanswered(TransportError::Unreachable) => f.write_str("no answer came"),
            Self::Unanswered(TransportError::Timeout) => f.write_str("no answer came in time"),
            Self::Unreadable(Unreadable::NotOurs { status }) => {
                write!(f, "something other than the BFF answered with {status}")
            }
            Self::Unreadable(Unreadable::NotUnderstood { status }) => {
                write!(f, "the BFF answered {status} with JSON of another shape")
            }
        }
    }
}

impl std::error::Error for ApiError {}

/// Turns what arrived into what it means; `reader` reads the answer that was hoped for.
pub(super) fn understand<T>(
    arrived: Result<Reply, TransportError>,
    reader: fn(&Json) -> Result<T, Misread>,
) -> Result<T, ApiError> {
    let (status, answer) = answer(arrived)?;
    let not_understood = Unreadable::NotUnderstood { status };
    reader(&answer).map_err(|Misread| ApiError::Unreadable(not_understood))
}

/// What was made, if something was: only "201 Created" says so, which no stranger in between says in LinkedIn's place.
pub(super) fn made(arrived: Result<Reply, TransportError>) -> Result<Option<String>, ApiError> {
    match arrived {
        Ok(Reply {
            status: 201, made, ..
        }) => Ok(made),
        other => {
            let (status, _) = answer(other)?;
            Err(ApiError::Unreadable(Unreadable::NotUnderstood { status }))
        }
    }
}

/// The JSON of an answer that is no refusal, and its status.
fn answer(arrived: Result<Reply, TransportError>) -> Result<(u16, Json), ApiError> {
    let Reply {
        status,
        media_type,
        made: _,
        body,
    } = arrived.map_err(ApiError::Unanswered)?;
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let not_understood = ApiError::Unreadable(Unreadable::NotUnderstood { status });
    match essence.as_str() {
        Problem::MEDIA_TYPE => {
            let problem = Json::parse(&body).and_then(|problem| read::problem(&problem));
            Err(problem.map_or(not_understood, |problem| ApiError::Refused(problem.into())))
        }
        "application/json" if (200..300).contains(&status) => {
            let answer = Json::parse(&body).map_err(|Misread| not_understood)?;
            Ok((status, answer))
        }
        _ => Err(ApiError::Unreadable(Unreadable::NotOurs { status })),
    }
}

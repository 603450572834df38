//! A sign-out that is not known to have happened.

use lapel_wire::Kind;

use crate::api::ApiError;
use crate::failure::Failure;

/// What became of an attempt to sign out that brought no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOutFailure {
    /// The member is still signed in: the BFF refused, or has said so since.
    StillSignedIn(Failure),
    /// Nobody can tell: the request or its answer got lost, and the BFF has not said since.
    Unconfirmed(Failure),
}

impl SignOutFailure {
    /// Why there was no report.
    #[must_use]
    pub const fn failure(&self) -> &Failure {
        match self {
            Self::StillSignedIn(failure) | Self::Unconfirmed(failure) => failure,
        }
    }

    /// The BFF has said since that the member is signed in.
    #[must_use]
    pub(super) fn settled(self) -> Self {
        match self {
            Self::StillSignedIn(failure) | Self::Unconfirmed(failure) => {
                Self::StillSignedIn(failure)
            }
        }
    }
}

impl From<&ApiError> for SignOutFailure {
    fn from(error: &ApiError) -> Self {
        let failure = error.failure();
        match error {
            ApiError::Refused(problem) if problem.kind != Kind::OutcomeUnknown => {
                Self::StillSignedIn(failure)
            }
            // Whatever answered may have been told of the end, or have swallowed it.
            ApiError::Refused(_) | ApiError::Unanswered(_) | ApiError::Unreadable(_) => {
                Self::Unconfirmed(failure)
            }
        }
    }
}

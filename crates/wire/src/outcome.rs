//! What is to be said about how a sign-in ended, as the page learns it from the return address.

use std::fmt;
use std::str::FromStr;

use crate::Kind;

/// The value of [`paths::OUTCOME`](crate::paths::OUTCOME): a closed list, since anyone can write an address. The page
/// turns it into its own sentences and never shows text from the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    /// The member cancelled at LinkedIn's login or consent page. Not an error.
    Cancelled,
    /// LinkedIn's answer does not belong to a sign-in that this browser began, or came too late, or came twice. Nothing
    /// was exchanged; starting again is safe.
    StartAgain,
    /// The sign-in ended in a session of another member than the one who was signed in in this browser before.
    AccountChanged,
    /// The sign-in failed; the kind says whose side it is on.
    Failed(Kind),
}

/// A value that no BFF writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownOutcome;

const CANCELLED: &str = "cancelled";
const START_AGAIN: &str = "start_again";
const ACCOUNT_CHANGED: &str = "account_changed";

impl fmt::Display for SignInOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cancelled => CANCELLED,
            Self::StartAgain => START_AGAIN,
            Self::AccountChanged => ACCOUNT_CHANGED,
            Self::Failed(kind) => kind.as_str(),
        })
    }
}

impl FromStr for SignInOutcome {
    type Err = UnknownOutcome;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            CANCELLED => Ok(Self::Cancelled),
            START_AGAIN => Ok(Self::StartAgain),
            ACCOUNT_CHANGED => Ok(Self::AccountChanged),
            other => Kind::ALL
                .into_iter()
                .find(|kind| kind.as_str() == other)
                .map(Self::Failed)
                .ok_or(UnknownOutcome),
        }
    }
}

impl fmt::Display for UnknownOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an outcome of a sign-in")
    }
}

impl std::error::Error for UnknownOutcome {}

//! Where a member was when they followed a sign-in link: the page stays there until the browser has left.

use super::{Checking, Ended, Outage, Session, SignedIn, SignedOut};

/// What the page knew. Following a link is no word of the BFF, so it signs nobody out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeavingFrom {
    /// Nobody was signed in.
    SignedOut(SignedOut),
    /// The first answer was on its way.
    Checking(Checking),
    /// A member is signed in, and wants a new session or another permission.
    SignedIn(SignedIn),
    /// The session has ended.
    Ended(Ended),
    /// The BFF could not be asked.
    Unreachable(Outage),
}

impl LeavingFrom {
    /// The same without anything personal.
    #[must_use]
    pub(super) fn bare(self) -> Self {
        match self {
            same @ Self::SignedOut(_) => same,
            Self::Checking(_) | Self::SignedIn(_) | Self::Ended(_) | Self::Unreachable(_) => {
                Self::Checking(Checking::default())
            }
        }
    }
}

impl From<LeavingFrom> for Session {
    fn from(from: LeavingFrom) -> Self {
        match from {
            LeavingFrom::SignedOut(signed_out) => Self::SignedOut(signed_out),
            LeavingFrom::Checking(checking) => Self::Checking(checking),
            LeavingFrom::SignedIn(signed_in) => Self::SignedIn(signed_in),
            LeavingFrom::Ended(ended) => Self::Ended(ended),
            LeavingFrom::Unreachable(outage) => Self::Unreachable(outage),
        }
    }
}

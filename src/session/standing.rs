//! What the session means to a page, without what changes while nothing to be seen does.

use lapel_wire::Member;

use super::{
    Account, Attempt, Ended, Hold, LeavingFrom, Moment, Outage, Session, SignedIn, SigningIn,
};
use crate::failure::NextTry;

/// Who stands before the page. Changes only when the page must, so an open menu outlives a silent check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The first answer is on its way.
    Waiting,
    /// Nobody is signed in.
    Visitor {
        /// Permissions that a sign-in asks for; empty until the BFF has said.
        asks: Vec<String>,
    },
    /// A member is signed in, or was when the BFF could last be asked, or until the session ended while the page was about
    /// them: see [`SessionHandle::has_ended`](crate::SessionHandle::has_ended).
    Member {
        /// The member's own data.
        member: Member,
        /// Permissions that the member granted.
        permissions: Vec<String>,
    },
    /// Nobody can say, and nobody was known. The failure panel has the one thing to do.
    Unknown,
}

/// What is under way, or in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Nothing is.
    Still,
    /// The browser is leaving for LinkedIn.
    SigningIn,
    /// The BFF has been asked to end the session.
    SigningOut,
    /// The BFF is out of reach.
    OutOfReach,
    /// The BFF is out of reach, and being asked again.
    AskingAgain,
}

impl Standing {
    fn of(account: &Account) -> Self {
        Self::Member {
            member: account.member.clone(),
            permissions: account.permissions.clone(),
        }
    }
}

impl Session {
    /// Who stands before the page.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self::Checking(_)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::Checking(_),
                return_to: _,
            }) => Standing::Waiting,
            Self::SignedOut(from)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::SignedOut(from),
                return_to: _,
            }) => Standing::Visitor {
                asks: from.asks.clone(),
            },
            Self::SignedIn(SignedIn { account, .. })
            | Self::Ended(Ended { account, .. })
            | Self::SigningIn(SigningIn {
                from:
                    LeavingFrom::SignedIn(SignedIn { account, .. })
                    | LeavingFrom::Ended(Ended { account, .. }),
                return_to: _,
            })
            | Self::SigningOut(account) => Standing::of(account),
            Self::Unreachable(Outage { account, .. })
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::Unreachable(Outage { account, .. }),
                return_to: _,
            }) => account.as_ref().map_or(Standing::Unknown, Standing::of),
        }
    }

    /// What is under way, or in the way.
    #[must_use]
    pub const fn motion(&self) -> Motion {
        match self {
            Self::Checking(_) | Self::SignedOut(_) | Self::SignedIn(_) | Self::Ended(_) => {
                Motion::Still
            }
            Self::SigningIn(_) => Motion::SigningIn,
            Self::SigningOut(_) => Motion::SigningOut,
            Self::Unreachable(outage) => match outage.attempt {
                Attempt::ByHand | Attempt::Waiting { .. } => Motion::OutOfReach,
                Attempt::UnderWay => Motion::AskingAgain,
            },
        }
    }

    /// When a lost contact is looked for again, for whoever looks at the page now.
    #[must_use]
    pub fn next_try(&self, now: Moment) -> NextTry {
        self.attempt()
            .map_or(NextTry::ByHand, |attempt| attempt.next_try(now))
    }

    /// Whether the page counts down to the next try.
    pub(super) fn is_waiting(&self) -> bool {
        let free = Hold::Free;
        matches!(self.attempt(), Some(Attempt::Waiting { hold, until: _ }) if hold == free)
    }

    const fn attempt(&self) -> Option<Attempt> {
        match self {
            Self::Unreachable(outage) => Some(outage.attempt),
            Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_) => None,
        }
    }
}

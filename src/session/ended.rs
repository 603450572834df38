//! A session that ended while its member was at the page.

use lapel_wire::SignedOutReason;

use super::{Account, Effect, LeavingFrom, Session, SigningIn, Step};

/// The BFF said that the session is over, and the page stays as it was: what somebody was reading or writing is theirs
/// until they leave it. It shows nothing that it did not show before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Who was signed in.
    pub account: Account,
    /// Why the session is over.
    pub reason: SignedOutReason,
    /// Whether the member has read that and goes on reading the page.
    pub put_away: bool,
}

impl Session {
    /// The session that this page was about is over.
    pub(super) fn over(account: Account, reason: SignedOutReason) -> Step {
        Step::to(Self::Ended(Ended {
            account,
            reason,
            put_away: false,
        }))
        .then(Effect::Forget)
    }

    /// The member has closed what says that the session has ended.
    pub fn end_put_away(self) -> Step {
        match self {
            Self::Ended(ended) => Step::to(Self::Ended(Ended {
                put_away: true,
                ..ended
            })),
            // While the browser leaves, too: the way to LinkedIn may be long.
            Self::SigningIn(SigningIn {
                from: LeavingFrom::Ended(ended),
                return_to,
            }) => Step::to(Self::SigningIn(SigningIn {
                from: LeavingFrom::Ended(Ended {
                    put_away: true,
                    ..ended
                }),
                return_to,
            })),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// The session that has ended, where the page is about one.
    #[must_use]
    pub const fn ended(&self) -> Option<&Ended> {
        match self {
            Self::Ended(ended)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::Ended(ended),
                return_to: _,
            }) => Some(ended),
            Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(SigningIn {
                from:
                    LeavingFrom::SignedOut(_)
                    | LeavingFrom::Checking(_)
                    | LeavingFrom::SignedIn(_)
                    | LeavingFrom::Unreachable(_),
                return_to: _,
            })
            | Self::SignedIn(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_) => None,
        }
    }
}

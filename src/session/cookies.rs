//! A browser in which a sign-in cannot end well, because it does not keep what the BFF gives it.

use lapel_wire::{SignInOutcome, SignedOutReason};

use super::{Arrival, Reason, Session, SignedOut, Step};

/// How many sign-ins in a row must come back to a browser that does not know of them before it is the browser. One is
/// an answer that came too late, or in another browser.
const ENOUGH: usize = 2;

/// What can be known of the browser's cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookies {
    /// Whether the browser lets anyone believe that it keeps any: `navigator.cookieEnabled`, and Web Storage can be had.
    pub kept: bool,
    /// How many sign-ins in a row, this one included, came back to a browser that did not know of them.
    pub unknown_in_a_row: usize,
}

impl Session {
    /// Somebody looked, since nobody is signed in.
    pub fn cookies_looked_for(self, cookies: Cookies) -> Step {
        match self {
            Self::SignedOut(SignedOut { reason, asks }) => {
                let blocked = match &reason {
                    Reason::Said(SignedOutReason::NoSession) => !cookies.kept,
                    Reason::Attempt(arrival) => {
                        let often = cookies.unknown_in_a_row >= ENOUGH;
                        arrival.is_unknown() && (often || !cookies.kept)
                    }
                    Reason::Said(_) | Reason::Here(_) | Reason::Elsewhere => false,
                    Reason::CookiesBlocked => true,
                };
                let reason = if blocked {
                    Reason::CookiesBlocked
                } else {
                    reason
                };
                Step::to(Self::SignedOut(SignedOut { reason, asks }))
            }
            same @ (Self::Checking(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }
}

impl Arrival {
    /// Whether the sign-in came back to a browser that did not know of it.
    pub(super) fn is_unknown(&self) -> bool {
        self.outcome == SignInOutcome::StartAgain
    }

    /// Whether the sign-in ended with another member than the one before.
    pub(super) fn is_a_switch(&self) -> bool {
        self.outcome == SignInOutcome::AccountChanged
    }

    /// What other tabs' news of another member come to.
    pub(super) const fn switch() -> Self {
        Self {
            outcome: SignInOutcome::AccountChanged,
            reference: None,
        }
    }
}

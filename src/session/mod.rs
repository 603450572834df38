//! Who is signed in, as far as this page knows: one enum, one transition per event, nothing that acts.
//!
//! Events arrive at [`runtime`], which asks the transition of that name for the next state and performs its effects.
//! "Nobody is signed in" and "could not ask" are different answers: only the BFF's own word signs anyone out.

mod account;
mod answers;
mod arrival;
mod cookies;
mod dismissal;
mod effect;
mod ended;
mod failure_log;
mod leaving;
mod memory;
mod message;
mod place;
mod renewal;
mod retry;
pub(crate) mod runtime;
mod sign_out_failure;
mod standing;
mod transitions;

use lapel_wire::{LocalPath, Revocation, SignedOutReason};

pub use account::{Account, Ending, Moment};
pub use arrival::Arrival;
pub use cookies::Cookies;
pub use effect::{Effect, News, Step};
pub use ended::Ended;
pub use failure_log::{Doing, FailureLog};
pub use leaving::LeavingFrom;
pub(crate) use message::{Calm, Message, Task, Trouble};
pub use renewal::Renewal;
pub use retry::{Attempt, Hold, Surroundings};
pub use sign_out_failure::SignOutFailure;
pub use standing::{Motion, Standing};

use crate::failure::Failure;

/// The session, in the only shapes it can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// The first answer is on its way.
    Checking(Checking),
    /// Nobody is signed in: the BFF said so, here or in another tab.
    SignedOut(SignedOut),
    /// The browser is leaving for LinkedIn.
    SigningIn(SigningIn),
    /// A member is signed in.
    SignedIn(SignedIn),
    /// The session that this page was about is over, and the page stays as it was.
    Ended(Ended),
    /// The member wants out, and the BFF has been asked.
    SigningOut(Account),
    /// The BFF could not be asked; what it last said still stands.
    Unreachable(Outage),
}

/// What waits for the first answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checking {
    /// Who this browser remembers. Shown only where the BFF turns out to be out of reach.
    pub remembered: Option<Account>,
    /// How the sign-in that led to this page ended, where there is something to be said about it.
    pub arrival: Option<Arrival>,
}

/// Nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOut {
    /// Why, as far as it is worth a sentence.
    pub reason: Reason,
    /// Permissions that a sign-in asks for, in LinkedIn's names. Empty until the BFF has said.
    pub asks: Vec<String>,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What the BFF says about this browser.
    Said(SignedOutReason),
    /// A sign-in has just come back without a session.
    Attempt(Arrival),
    /// The member signed out in this tab. What became of the tokens is unknown where that answer got lost.
    Here(Option<Revocation>),
    /// The member was signed in here, and then was not: signed out in another tab, or the cookie was deleted.
    Elsewhere,
    /// Signing in cannot work: the browser does not keep what the BFF gives it.
    CookiesBlocked,
}

/// The browser is on its way to LinkedIn; the page stays as it was until it is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningIn {
    /// Where the sign-in comes back to.
    pub return_to: LocalPath,
    /// What the page shows meanwhile, and again should the member come back by the back button.
    pub from: LeavingFrom,
}

/// A member is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who, with what, and until when.
    pub account: Account,
    /// What became of the last attempt to sign out where it did not succeed, until it is repeated or dismissed.
    pub sign_out_failure: Option<SignOutFailure>,
    /// Whether somebody else was signed in here before, until the member has read it.
    pub switched: bool,
    /// How going to LinkedIn for a permission or a renewal ended where it changed nothing, until the member has read it.
    pub arrival: Option<Arrival>,
    /// Whether a renewal is offered.
    pub renewal: Renewal,
}

/// The BFF could not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Who was signed in when it last could be.
    pub account: Option<Account>,
    /// Why it could not be asked.
    pub failure: Failure,
    /// Whether and when it is asked again.
    pub attempt: Attempt,
    /// How often in a row it could not be asked.
    pub failures: u32,
    /// How the sign-in that led to this page ended, where it made no session.
    pub arrival: Option<Arrival>,
}

impl Session {
    /// The member that the page may show, also where the BFF cannot be asked just now.
    #[must_use]
    pub const fn account(&self) -> Option<&Account> {
        match self {
            Self::SignedIn(SignedIn { account, .. })
            | Self::Ended(Ended { account, .. })
            | Self::SigningOut(account)
            | Self::SigningIn(SigningIn {
                from:
                    LeavingFrom::SignedIn(SignedIn { account, .. })
                    | LeavingFrom::Ended(Ended { account, .. }),
                return_to: _,
            }) => Some(account),
            Self::Unreachable(outage)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::Unreachable(outage),
                return_to: _,
            }) => outage.account.as_ref(),
            Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::Checking(_) | LeavingFrom::SignedOut(_),
                return_to: _,
            }) => None,
        }
    }

    /// What a signed-out page shows; it stays while the browser leaves for LinkedIn.
    #[must_use]
    pub const fn signed_out(&self) -> Option<&SignedOut> {
        match self {
            Self::SignedOut(signed_out)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::SignedOut(signed_out),
                return_to: _,
            }) => Some(signed_out),
            Self::Checking(_)
            | Self::SigningIn(SigningIn {
                from:
                    LeavingFrom::Checking(_)
                    | LeavingFrom::SignedIn(_)
                    | LeavingFrom::Ended(_)
                    | LeavingFrom::Unreachable(_),
                return_to: _,
            })
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_) => None,
        }
    }
}

impl SignedIn {
    /// A member is signed in, and there is nothing to say about it.
    #[must_use]
    pub const fn quiet(account: Account) -> Self {
        Self {
            account,
            sign_out_failure: None,
            switched: false,
            arrival: None,
            renewal: Renewal::Unknown,
        }
    }
}

impl SignedOut {
    /// Nobody is signed in and nothing else is known yet.
    #[must_use]
    pub const fn silent() -> Self {
        Self {
            reason: Reason::Said(SignedOutReason::NoSession),
            asks: Vec::new(),
        }
    }
}

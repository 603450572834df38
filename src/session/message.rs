//! What there is to say about a session.

use lapel_wire::{Revocation, SignInOutcome, SignedOutReason};

use super::{
    Ended, LeavingFrom, Outage, Reason, Renewal, Session, SignOutFailure, SignedIn, SignedOut,
    SigningIn,
};
use crate::failure::Failure;

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    Nothing,
    Calm(Calm),
    Trouble(Trouble),
    /// The session ended while its member was at the page, and they have not put that away.
    Ended(SignedOutReason),
}

/// Something to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calm {
    Cancelled,
    StartAgain,
    Said(SignedOutReason),
    SignedOutHere(Option<Revocation>),
    SignedOutElsewhere,
    CookiesBlocked,
    /// Somebody else is signed in than before.
    Switched,
    /// A member cancelled at LinkedIn, and is signed in as before.
    NothingChanged,
    /// The session's last days have come.
    RenewalOffered,
    /// The session has ended, and the page is still as it was.
    ReadingOn,
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) with: Task,
    pub(crate) failure: Failure,
}

/// What it went wrong with, which decides the one safe thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    SigningIn,
    /// Going to LinkedIn as somebody who is signed in.
    AskingForMore,
    Checking {
        member_known: bool,
    },
    SigningOut,
    SigningOutUnconfirmed,
}

impl Message {
    pub(super) fn of(session: &Session) -> Self {
        let trouble = |with, failure: &Failure| {
            Self::Trouble(Trouble {
                with,
                failure: failure.clone(),
            })
        };
        match session {
            Session::Checking(_)
            | Session::SigningIn(SigningIn {
                from: LeavingFrom::Checking(_),
                return_to: _,
            })
            | Session::SigningOut(_) => Self::Nothing,
            Session::SignedIn(signed_in)
            | Session::SigningIn(SigningIn {
                from: LeavingFrom::SignedIn(signed_in),
                return_to: _,
            }) => match &signed_in.sign_out_failure {
                Some(SignOutFailure::StillSignedIn(failure)) => trouble(Task::SigningOut, failure),
                Some(SignOutFailure::Unconfirmed(failure)) => {
                    trouble(Task::SigningOutUnconfirmed, failure)
                }
                None => Self::of_signed_in(signed_in),
            },
            Session::Ended(ended)
            | Session::SigningIn(SigningIn {
                from: LeavingFrom::Ended(ended),
                return_to: _,
            }) => Self::of_ended(ended),
            Session::Unreachable(Outage {
                account, failure, ..
            })
            | Session::SigningIn(SigningIn {
                from:
                    LeavingFrom::Unreachable(Outage {
                        account, failure, ..
                    }),
                return_to: _,
            }) => trouble(
                Task::Checking {
                    member_known: account.is_some(),
                },
                failure,
            ),
            Session::SignedOut(signed_out)
            | Session::SigningIn(SigningIn {
                from: LeavingFrom::SignedOut(signed_out),
                return_to: _,
            }) => Self::of_signed_out(signed_out),
        }
    }

    fn of_signed_in(signed_in: &SignedIn) -> Self {
        if signed_in.switched {
            return Self::Calm(Calm::Switched);
        }
        if let Some(arrival) = &signed_in.arrival {
            return arrival
                .failure()
                .map_or(Self::Calm(Calm::NothingChanged), |failure| {
                    let with = Task::AskingForMore;
                    Self::Trouble(Trouble { with, failure })
                });
        }
        match signed_in.renewal {
            Renewal::Offered => Self::Calm(Calm::RenewalOffered),
            Renewal::Unknown | Renewal::Ahead | Renewal::PutAway | Renewal::NotOffered => {
                Self::Nothing
            }
        }
    }

    fn of_ended(ended: &Ended) -> Self {
        if ended.put_away {
            Self::Calm(Calm::ReadingOn)
        } else {
            Self::Ended(ended.reason)
        }
    }

    fn of_signed_out(signed_out: &SignedOut) -> Self {
        match &signed_out.reason {
            Reason::Said(SignedOutReason::NoSession) => Self::Nothing,
            Reason::Said(said) => Self::Calm(Calm::Said(*said)),
            Reason::Here(revocation) => Self::Calm(Calm::SignedOutHere(*revocation)),
            Reason::Elsewhere => Self::Calm(Calm::SignedOutElsewhere),
            Reason::CookiesBlocked => Self::Calm(Calm::CookiesBlocked),
            Reason::Attempt(arrival) => match arrival.outcome {
                SignInOutcome::Cancelled => Self::Calm(Calm::Cancelled),
                SignInOutcome::StartAgain => Self::Calm(Calm::StartAgain),
                // Of those that are no failure: nobody is signed in, so there is no account that it changed to.
                SignInOutcome::AccountChanged | SignInOutcome::Failed(_) => {
                    let with = Task::SigningIn;
                    let trouble = |failure| Self::Trouble(Trouble { with, failure });
                    arrival.failure().map_or(Self::Nothing, trouble)
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use lapel_wire::{Kind, LocalPath};

    use super::*;
    use crate::session::{Arrival, Attempt, Checking};

    fn out(reason: Reason) -> SignedOut {
        SignedOut {
            reason,
            asks: Vec::new(),
        }
    }

    fn attempt(outcome: SignInOutcome) -> Reason {
        Reason::Attempt(Arrival {
            outcome,
            reference: None,
        })
    }

    #[test]
    fn what_is_said_stays_while_the_browser_leaves_for_linkedin() {
        let outage = Outage {
            account: None,
            failure: Failure::unrecorded(Kind::Offline),
            attempt: Attempt::ByHand,
            failures: 1,
            arrival: None,
        };
        for from in [
            LeavingFrom::SignedOut(out(Reason::Elsewhere)),
            LeavingFrom::SignedOut(out(attempt(SignInOutcome::Cancelled))),
            LeavingFrom::SignedOut(out(attempt(SignInOutcome::Failed(Kind::Timeout)))),
            LeavingFrom::Unreachable(outage),
        ] {
            let before = Message::of(&Session::from(from.clone()));
            let leaving = Session::SigningIn(SigningIn {
                return_to: LocalPath::home(),
                from,
            });
            assert_ne!(before, Message::Nothing);
            assert_eq!(Message::of(&leaving), before);
        }
    }

    #[test]
    fn where_there_is_nothing_to_say_nothing_is_said() {
        for session in [
            Session::Checking(Checking::default()),
            Session::SignedOut(SignedOut::silent()),
            Session::SignedOut(out(attempt(SignInOutcome::AccountChanged))),
        ] {
            assert_eq!(Message::of(&session), Message::Nothing);
        }
    }
}

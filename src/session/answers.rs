//! What the BFF's answers make of each state, and that there is none. Every state is named, as with all transitions.

use lapel_wire as wire;
use lapel_wire::{SessionView, SignedOutReason};

use super::{
    Account, Arrival, Attempt, Checking, Doing, Effect, Ended, Moment, News, Outage, Reason,
    Session, SignOutFailure, SignedIn, SignedOut, Step, Surroundings,
};
use crate::failure::Failure;

impl Session {
    /// The BFF said who is signed in.
    pub fn answered(self, view: SessionView, at: Moment) -> Step {
        match view {
            SessionView::SignedIn(view) => self.heard_signed_in(Account::answered(view, at)),
            SessionView::SignedOut(view) => self.heard_signed_out(view, at),
        }
    }

    fn heard_signed_in(self, account: Account) -> Step {
        let signed_in =
            |state| Step::to(Self::SignedIn(state)).then(Effect::Remember(account.clone()));
        let quiet = || SignedIn::quiet(account.clone());
        match self {
            Self::Checking(Checking {
                remembered: before,
                arrival,
            })
            | Self::Unreachable(Outage {
                account: before,
                arrival,
                ..
            }) => {
                let known = before.as_ref().map(|it| it.same_member(&account));
                // What this browser remembers counts for more than an address, which anyone can write.
                let by_address = || arrival.as_ref().is_some_and(Arrival::is_a_switch);
                let switched = known.map_or_else(by_address, |known| !known);
                let step = signed_in(SignedIn {
                    switched,
                    arrival: arrival.filter(Arrival::is_news_to_a_member),
                    ..quiet()
                })
                .then_if(known == Some(false), Effect::ForgetFailures);
                // Only a page load sees a fresh sign-in; tabs that hear of it stay quiet, or they would echo for ever.
                if known == Some(true) {
                    step
                } else {
                    let id = account.member.id.clone();
                    step.then(Effect::Announce(News::SignedIn { id }))
                }
            }
            Self::SignedOut(_) => signed_in(quiet()),
            Self::SignedIn(before) if before.account.same_member(&account) => signed_in(SignedIn {
                account: account.clone(),
                sign_out_failure: before.sign_out_failure.map(SignOutFailure::settled),
                ..before
            }),
            Self::SignedIn(SignedIn {
                account: before, ..
            })
            | Self::Ended(Ended {
                account: before, ..
            }) => {
                let switched = !before.same_member(&account);
                let state = SignedIn {
                    switched,
                    ..quiet()
                };
                signed_in(state).then_if(switched, Effect::ForgetFailures)
            }
            same @ (Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    fn heard_signed_out(self, view: wire::SignedOut, at: Moment) -> Step {
        let wire::SignedOut { reason: said, asks } = view;
        let out = |reason, asks| {
            Step::to(Self::SignedOut(SignedOut { reason, asks })).then(Effect::Forget)
        };
        match self {
            Self::Checking(Checking {
                arrival,
                remembered: _,
            })
            | Self::Unreachable(Outage {
                account: None,
                arrival,
                ..
            }) => {
                let came_back_unknown = arrival.as_ref().is_some_and(Arrival::is_unknown);
                let look = came_back_unknown || said == SignedOutReason::NoSession;
                let reason = arrival.map_or(Reason::Said(said), Reason::Attempt);
                out(reason, asks).then_if(look, Effect::LookForCookies { came_back_unknown })
            }
            Self::Unreachable(Outage {
                account: Some(_),
                arrival: Some(arrival),
                ..
            }) => out(Reason::Attempt(arrival), asks),
            Self::Unreachable(Outage {
                account: Some(account),
                arrival: None,
                ..
            })
            | Self::SignedIn(SignedIn {
                account,
                sign_out_failure: None,
                ..
            }) => match gone(said, &account, at) {
                Some(reason) => Self::over(account, reason),
                None => out(Reason::Elsewhere, asks),
            },
            Self::SignedOut(before) => {
                let reason = match before.reason {
                    Reason::Said(_) => Reason::Said(said),
                    // What the member did a moment ago explains more than that no session is here now.
                    lasting @ (Reason::Attempt(_)
                    | Reason::Here(_)
                    | Reason::Elsewhere
                    | Reason::CookiesBlocked) => lasting,
                };
                Step::to(Self::SignedOut(SignedOut { reason, asks }))
            }
            // The sign-out whose answer got lost has happened. No tab has been told of it.
            Self::SignedIn(SignedIn {
                sign_out_failure: Some(SignOutFailure::Unconfirmed(_)),
                ..
            }) if said == SignedOutReason::NoSession => out(Reason::Here(None), asks)
                .then(Effect::ForgetFailures)
                .then(Effect::ForgetDrafts)
                .then(Effect::Announce(News::SignedOut)),
            // Whoever wanted out has nothing to keep.
            Self::SignedIn(SignedIn { account, .. }) => out(
                gone(said, &account, at).map_or(Reason::Elsewhere, Reason::Said),
                asks,
            ),
            same @ (Self::Ended(_) | Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The BFF could not be asked, or its answer was none. Nobody is signed out by that.
    pub fn could_not_ask(self, failure: Failure, around: Surroundings) -> Step {
        let record = Effect::Record(Doing::Checking, failure.clone());
        let lost = |account, arrival, before: u32| {
            let failures = before.saturating_add(1);
            let attempt = Attempt::after(&failure, failures, around);
            Step::to(Self::Unreachable(Outage {
                account,
                failure,
                attempt,
                failures,
                arrival,
            }))
        };
        let step = match self {
            Self::Checking(Checking {
                remembered,
                arrival,
            }) => lost(remembered, arrival, 0),
            Self::SignedIn(SignedIn {
                account,
                sign_out_failure: None,
                ..
            }) => lost(Some(account), None, 0),
            Self::Unreachable(outage) => lost(outage.account, outage.arrival, outage.failures),
            // A failed sign-out is the weightier news, and the same trouble.
            same @ (Self::SignedIn(SignedIn {
                sign_out_failure: Some(_),
                ..
            })
            | Self::SignedOut(_)
            | Self::Ended(_)
            | Self::SigningOut(_)) => Step::to(same),
            // Leaving breaks off what is under way: that is no failure.
            leaving @ Self::SigningIn(_) => return Step::to(leaving),
        };
        step.then(record)
    }
}

/// Why the session of a member whom the page showed is over. None where somebody ended it elsewhere.
fn gone(said: SignedOutReason, account: &Account, at: Moment) -> Option<SignedOutReason> {
    match said {
        // A browser drops the cookie of a session that has run out, and then the BFF cannot tell.
        SignedOutReason::NoSession if account.is_over(at) => Some(SignedOutReason::Expired),
        SignedOutReason::NoSession => None,
        SignedOutReason::Expired | SignedOutReason::Revoked | SignedOutReason::Unreadable => {
            Some(said)
        }
    }
}

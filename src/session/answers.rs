//! What the BFF's answers make of each state, and that there is none. Every state is named, as with all transitions.

use lapel_wire as wire;
use lapel_wire::{SessionView, SignedOutReason};

use super::{
    Account, Attempt, Checking, Doing, Effect, Moment, News, Outage, Reason, Session,
    SignOutFailure, SignedIn, SignedOut, Step, Surroundings,
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
        let signed_in = |sign_out_failure| {
            let state = SignedIn {
                account: account.clone(),
                sign_out_failure,
            };
            Step::to(Self::SignedIn(state)).then(Effect::Remember(account.clone()))
        };
        match self {
            // How an attempt ended is of no interest to someone who is signed in after all.
            Self::Checking(Checking {
                remembered: before,
                arrival: _,
            })
            | Self::Unreachable(Outage {
                account: before, ..
            }) => {
                let other = before.as_ref().is_some_and(|it| !it.same_member(&account));
                let known = before.is_some() && !other;
                let step = signed_in(None).then_if(other, Effect::ForgetFailures);
                // Only a page load sees a fresh sign-in; tabs that hear of it stay quiet, or they would echo for ever.
                if known {
                    step
                } else {
                    let id = account.member.id.clone();
                    step.then(Effect::Announce(News::SignedIn { id }))
                }
            }
            Self::SignedOut(_) => signed_in(None),
            Self::SignedIn(before) => {
                let same = before.account.same_member(&account);
                let failure = before.sign_out_failure.filter(|_| same);
                signed_in(failure.map(SignOutFailure::settled))
                    .then_if(!same, Effect::ForgetFailures)
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
            }) => out(arrival.map_or(Reason::Said(said), Reason::Attempt), asks),
            Self::Unreachable(Outage {
                account: Some(account),
                arrival,
                ..
            }) => {
                let reason = arrival.map_or_else(|| gone(said, &account, at), Reason::Attempt);
                out(reason, asks)
            }
            Self::SignedOut(before) => {
                let reason = match before.reason {
                    Reason::Said(_) => Reason::Said(said),
                    // What the member did a moment ago explains more than that no session is here now.
                    lasting @ (Reason::Attempt(_) | Reason::Here(_) | Reason::Elsewhere) => lasting,
                };
                Step::to(Self::SignedOut(SignedOut { reason, asks }))
            }
            // The sign-out whose answer got lost has happened. No tab has been told of it.
            Self::SignedIn(SignedIn {
                sign_out_failure: Some(SignOutFailure::Unconfirmed(_)),
                account: _,
            }) if said == SignedOutReason::NoSession => out(Reason::Here(None), asks)
                .then(Effect::ForgetFailures)
                .then(Effect::Announce(News::SignedOut)),
            Self::SignedIn(SignedIn { account, .. }) => out(gone(said, &account, at), asks),
            same @ (Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
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
            }) => lost(Some(account), None, 0),
            Self::Unreachable(outage) => lost(outage.account, outage.arrival, outage.failures),
            // A failed sign-out is the weightier news, and the same trouble.
            same @ (Self::SignedIn(SignedIn {
                sign_out_failure: Some(_),
                ..
            })
            | Self::SignedOut(_)
            | Self::SigningOut(_)) => Step::to(same),
            // Leaving breaks off what is under way: that is no failure.
            leaving @ Self::SigningIn(_) => return Step::to(leaving),
        };
        step.then(record)
    }
}

/// Why a member whom the page showed is no longer signed in.
fn gone(said: SignedOutReason, account: &Account, at: Moment) -> Reason {
    match said {
        // A browser drops the cookie of a session that has run out, and then the BFF cannot tell.
        SignedOutReason::NoSession if account.is_over(at) => Reason::Said(SignedOutReason::Expired),
        SignedOutReason::NoSession => Reason::Elsewhere,
        SignedOutReason::Expired | SignedOutReason::Revoked | SignedOutReason::Unreadable => {
            Reason::Said(said)
        }
    }
}

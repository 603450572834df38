//! One method per event. Each consumes the state and names every variant, so a new state cannot be forgotten here.

use lapel_wire::{Kind, LocalPath, SignOutReport};

use super::{
    Account, Arrival, Attempt, Checking, Doing, Effect, Ended, Hold, LeavingFrom, Moment, News,
    Outage, Reason, Session, SignOutFailure, SignedIn, SignedOut, SigningIn, Step, Surroundings,
};
use crate::failure::Failure;

impl Session {
    /// The page has loaded, with what the address said and what the browser remembered.
    pub fn app_started(arrival: Option<Arrival>, remembered: Option<Account>) -> Step {
        let failure = arrival.as_ref().and_then(Arrival::failure);
        let step = Step::to(Self::Checking(Checking {
            remembered,
            arrival,
        }));
        let step = match failure {
            Some(failure) => step.then(Effect::Record(Doing::SigningIn, failure)),
            None => step,
        };
        step.then(Effect::Ask)
    }

    /// The member followed a sign-in link, and the browser is about to leave.
    pub fn sign_in_started(self, return_to: LocalPath) -> Step {
        let leave = |from| {
            Step::to(Self::SigningIn(SigningIn { return_to, from }))
                .then(Effect::KeepPlace)
                .then(Effect::WatchSignIn)
        };
        match self {
            Self::SignedOut(signed_out) => leave(LeavingFrom::SignedOut(signed_out)),
            Self::Checking(checking) => leave(LeavingFrom::Checking(checking)),
            Self::Unreachable(outage) => leave(LeavingFrom::Unreachable(outage)),
            Self::SignedIn(signed_in) => leave(LeavingFrom::SignedIn(signed_in)),
            Self::Ended(ended) => leave(LeavingFrom::Ended(ended)),
            same @ (Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The page is still here long after it should have left: the member pressed Stop, or the way was cut.
    pub fn sign_in_stalled(self) -> Step {
        match self {
            Self::SigningIn(SigningIn { from, return_to: _ }) => match from {
                LeavingFrom::Unreachable(outage) => outage.ask_again(),
                same @ (LeavingFrom::SignedOut(_)
                | LeavingFrom::Checking(_)
                | LeavingFrom::SignedIn(_)
                | LeavingFrom::Ended(_)) => Step::to(same.into()).then(Effect::Ask),
            },
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// The member wants out.
    pub fn sign_out_started(self) -> Step {
        match self {
            Self::SignedIn(SignedIn { account, .. })
            | Self::Ended(Ended { account, .. })
            | Self::Unreachable(Outage {
                account: Some(account),
                ..
            }) => Step::to(Self::SigningOut(account)).then(Effect::SignOut),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SigningOut(_)
            | Self::Unreachable(Outage { account: None, .. })) => Step::to(same),
        }
    }

    /// The BFF has ended the session.
    pub fn sign_out_finished(self, report: SignOutReport) -> Step {
        let asks = match self {
            Self::SignedOut(SignedOut { asks, .. }) => asks,
            Self::SignedIn(_) | Self::Ended(_) | Self::SigningOut(_) | Self::Unreachable(_) => {
                Vec::new()
            }
            // Hidden while the answer was on its way; the next answer shows that nobody is signed in.
            hidden @ (Self::Checking(_) | Self::SigningIn(_)) => {
                return Step::to(hidden.bare())
                    .then(Effect::Forget)
                    .then(Effect::ForgetFailures)
                    .then(Effect::ForgetDrafts)
                    .then(Effect::Announce(News::SignedOut))
                    .then(Effect::Ask);
            }
        };
        let reason = Reason::Here(Some(report.revocation));
        Step::to(Self::SignedOut(SignedOut { reason, asks }))
            .then(Effect::Forget)
            .then(Effect::ForgetFailures)
            .then(Effect::ForgetDrafts)
            .then(Effect::Announce(News::SignedOut))
            .then(Effect::Ask) // what a sign-in would ask for
    }

    /// No report of the session's end came. Where that does not say whether it has ended, the BFF is asked.
    pub fn sign_out_failed(self, failure: SignOutFailure) -> Step {
        let record = Effect::Record(Doing::SigningOut, failure.failure().clone());
        let step = match self {
            Self::SigningOut(account) => {
                let unconfirmed = matches!(failure, SignOutFailure::Unconfirmed(_));
                let sign_out_failure = Some(failure);
                let step = Step::to(Self::SignedIn(SignedIn {
                    sign_out_failure,
                    ..SignedIn::quiet(account)
                }));
                step.then_if(unconfirmed, Effect::Ask)
            }
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::Unreachable(_)) => Step::to(same),
        };
        step.then(record)
    }

    /// Another tab saw a member sign in.
    pub fn other_tab_signed_in(self, id: &str) -> Step {
        match self {
            Self::SignedIn(signed_in) if signed_in.account.member.id == id => {
                Step::to(Self::SignedIn(signed_in)).then(Effect::Ask)
            }
            Self::Ended(ended) if ended.account.member.id == id => {
                Step::to(Self::Ended(ended)).then(Effect::Ask)
            }
            Self::Unreachable(outage) if outage.is_about(id) => outage.ask_again(),
            // Somebody else: whoever is shown here is gone, before the question is even asked.
            Self::SignedIn(_) | Self::Ended(_) | Self::Unreachable(_) => {
                Step::to(Self::Checking(Checking {
                    remembered: None,
                    arrival: Some(Arrival::switch()),
                }))
                .then(Effect::Ask)
            }
            same @ (Self::Checking(_) | Self::SignedOut(_)) => Step::to(same).then(Effect::Ask),
            leaving @ Self::SigningIn(_) => Step::to(leaving.bare()),
            same @ Self::SigningOut(_) => Step::to(same),
        }
    }

    /// Another tab signed the member out.
    pub fn other_tab_signed_out(self) -> Step {
        match self {
            Self::SignedIn(_) | Self::Ended(_) | Self::SigningOut(_) | Self::Unreachable(_) => {
                let signed_out = SignedOut {
                    reason: Reason::Elsewhere,
                    asks: Vec::new(),
                };
                Step::to(Self::SignedOut(signed_out))
                    .then(Effect::Forget)
                    .then(Effect::Ask)
            }
            Self::Checking(Checking {
                arrival,
                remembered: _,
            }) => {
                let checking = Checking {
                    arrival,
                    remembered: None,
                };
                Step::to(Self::Checking(checking)).then(Effect::Ask)
            }
            same @ Self::SignedOut(_) => Step::to(same),
            leaving @ Self::SigningIn(_) => Step::to(leaving.bare()),
        }
    }

    /// The page is being left and may be frozen as it is. What the back button brings up again must not be personal.
    pub fn page_left(self) -> Step {
        match self {
            Self::SignedIn(_) | Self::Ended(_) | Self::SigningOut(_) | Self::Unreachable(_) => {
                Step::to(Self::Checking(Checking::default()))
            }
            same @ (Self::Checking(_) | Self::SignedOut(_)) => Step::to(same),
            leaving @ Self::SigningIn(_) => Step::to(leaving.bare()),
        }
    }

    /// The back button brought the frozen page up again. `remembered` is what the browser remembers now.
    pub fn page_restored(self, remembered: Option<Account>) -> Step {
        match self {
            Self::SignedOut(signed_out)
            | Self::SigningIn(SigningIn {
                from: LeavingFrom::SignedOut(signed_out),
                return_to: _,
            }) => Step::to(Self::SignedOut(signed_out)).then(Effect::Ask),
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
            | Self::Unreachable(_) => {
                let checking = Checking {
                    remembered,
                    arrival: None,
                };
                Step::to(Self::Checking(checking)).then(Effect::Ask)
            }
        }
    }

    /// The tab came to the front.
    pub fn page_visible_again(self, around: Surroundings) -> Step {
        match self {
            Self::Unreachable(outage) => outage.freed(around),
            same @ (Self::SignedIn(_) | Self::Ended(_) | Self::SignedOut(_)) => {
                Step::to(same).then(Effect::Ask)
            }
            same @ (Self::Checking(_) | Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The device says that it has a network again. What could not be asked before is worth another try.
    pub fn network_returned(self, around: Surroundings) -> Step {
        match self {
            // It is another network, for all anyone knows: what failed on the old one does not count.
            Self::Unreachable(outage) => Outage {
                failures: 0,
                ..outage
            }
            .freed(around),
            same @ Self::SignedIn(SignedIn {
                sign_out_failure: Some(SignOutFailure::Unconfirmed(_)),
                ..
            }) => Step::to(same).then(Effect::Ask),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The tab went out of sight, or the device lost its network: nothing is asked without anyone's doing meanwhile.
    pub fn page_held_up(self, around: Surroundings) -> Step {
        match self {
            Self::Unreachable(outage) => Step::to(Self::Unreachable(outage.held(around))),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The device says that it has no network. Whoever is signed in hears of it now, not when they next want something.
    pub fn network_lost(self, around: Surroundings) -> Step {
        match self {
            same @ Self::SignedIn(SignedIn {
                sign_out_failure: None,
                ..
            }) => same.could_not_ask(Failure::unrecorded(Kind::Offline), around),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// The member pressed "Try again" where the BFF could not be asked.
    pub fn member_tries_again(self) -> Step {
        match self {
            Self::Unreachable(outage) => outage.ask_again(),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// Time went by for somebody who looks at the page. A lost contact is looked for when its time has come. What is known
    /// of the session is asked again now and then, and when its end has come; only the BFF's word ends it.
    pub fn time_passed(self, now: Moment) -> Step {
        match self {
            Self::SignedIn(signed_in) => {
                let ask = signed_in.account.is_over(now) || signed_in.account.is_stale(now);
                Step::to(Self::SignedIn(signed_in)).then_if(ask, Effect::Ask)
            }
            Self::Unreachable(outage) if outage.attempt.is_due(now) => outage.ask_again(),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// A call that the page made for its member was refused for want of a session or of a permission: what is known of
    /// the session may be old.
    pub fn call_refused(self) -> Step {
        match self {
            same @ Self::SignedIn(_) => Step::to(same).then(Effect::Ask),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }
}

impl Session {
    /// A page that is leaving for LinkedIn, without anything personal; any other state as it is.
    fn bare(self) -> Self {
        match self {
            Self::SigningIn(SigningIn { return_to, from }) => Self::SigningIn(SigningIn {
                return_to,
                from: from.bare(),
            }),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => same,
        }
    }
}

impl Outage {
    fn ask_again(self) -> Step {
        let outage = Self {
            attempt: Attempt::UnderWay,
            ..self
        };
        Step::to(Session::Unreachable(outage)).then(Effect::Ask)
    }

    /// Something that was in the way may be gone. Then this is the time to ask, unless the BFF wants to be left alone.
    fn freed(self, around: Surroundings) -> Step {
        let outage = self.held(around);
        let Attempt::Waiting { until, hold } = outage.attempt else {
            return outage.ask_again();
        };
        let advised = outage.failure.retry.is_some() && until > around.now;
        if advised || hold != Hold::Free {
            return Step::to(Session::Unreachable(outage));
        }
        outage.ask_again()
    }

    fn held(self, around: Surroundings) -> Self {
        Self {
            attempt: self.attempt.held(around),
            ..self
        }
    }

    fn is_about(&self, id: &str) -> bool {
        self.account
            .as_ref()
            .is_none_or(|account| account.member.id == id)
    }
}

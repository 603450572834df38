//! One method per event. Each consumes the state and names every variant, so a new state cannot be forgotten here.

use lapel_wire as wire;
use lapel_wire::{LocalPath, SessionView, SignOutReport, SignedOutReason};

use super::{
    Account, Arrival, Attempt, Checking, Effect, Moment, News, Outage, Reason, Session, SignedIn,
    SignedOut, SigningIn, Step,
};
use crate::failure::Failure;

impl Session {
    /// The page has loaded, with what the address said and what the browser remembered.
    pub fn app_started(arrival: Option<Arrival>, remembered: Option<Account>) -> Step {
        Step::to(Self::Checking(Checking {
            remembered,
            arrival,
        }))
        .then(Effect::Ask)
    }

    /// The BFF said who is signed in.
    pub fn answered(self, view: SessionView, at: Moment) -> Step {
        match view {
            SessionView::SignedIn(view) => self.heard_signed_in(Account::answered(view, at)),
            SessionView::SignedOut(view) => self.heard_signed_out(view),
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
                let known = before.is_some_and(|before| before.same_member(&account));
                let step = signed_in(None);
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
                signed_in(before.sign_out_failure.filter(|_| same))
            }
            same @ (Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    fn heard_signed_out(self, view: wire::SignedOut) -> Step {
        let wire::SignedOut { reason: said, asks } = view;
        match self {
            Self::Checking(Checking {
                arrival,
                remembered: _,
            })
            | Self::Unreachable(Outage { arrival, .. }) => {
                let reason = arrival.map_or(Reason::Said(said), Reason::Attempt);
                Step::to(Self::SignedOut(SignedOut { reason, asks })).then(Effect::Forget)
            }
            Self::SignedOut(before) => {
                let reason = match before.reason {
                    Reason::Said(_) => Reason::Said(said),
                    // What the member did a moment ago explains more than that no session is here now.
                    lasting @ (Reason::Attempt(_) | Reason::Here(_) | Reason::Elsewhere) => lasting,
                };
                Step::to(Self::SignedOut(SignedOut { reason, asks }))
            }
            Self::SignedIn(_) => {
                let reason = match said {
                    SignedOutReason::NoSession => Reason::Elsewhere,
                    SignedOutReason::Expired | SignedOutReason::Unreadable => Reason::Said(said),
                };
                Step::to(Self::SignedOut(SignedOut { reason, asks })).then(Effect::Forget)
            }
            same @ (Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The BFF could not be asked, or its answer was none. Nobody is signed out by that.
    pub fn could_not_ask(self, failure: Failure) -> Step {
        let lost = |account, arrival| {
            let attempt = Attempt::Resting;
            Step::to(Self::Unreachable(Outage {
                account,
                failure,
                attempt,
                arrival,
            }))
        };
        match self {
            Self::Checking(Checking {
                remembered,
                arrival,
            }) => lost(remembered, arrival),
            Self::SignedIn(SignedIn {
                account,
                sign_out_failure: None,
            }) => lost(Some(account), None),
            Self::Unreachable(outage) => lost(outage.account, outage.arrival),
            // A failed sign-out is the weightier news, and the same trouble.
            same @ (Self::SignedIn(SignedIn {
                sign_out_failure: Some(_),
                ..
            })
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The member followed a sign-in link, and the browser is about to leave.
    pub fn sign_in_started(self, return_to: LocalPath) -> Step {
        let leave = |from| {
            Step::to(Self::SigningIn(SigningIn { return_to, from })).then(Effect::WatchSignIn)
        };
        match self {
            Self::SignedOut(from) => leave(from),
            Self::Checking(_) | Self::Unreachable(_) => leave(SignedOut::silent()),
            same @ (Self::SigningIn(_) | Self::SignedIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// The page is still here long after it should have left: the member pressed Stop, or the way was cut.
    pub fn sign_in_stalled(self) -> Step {
        match self {
            Self::SigningIn(signing_in) => {
                Step::to(Self::SignedOut(signing_in.from)).then(Effect::Ask)
            }
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SignedIn(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// The member wants out.
    pub fn sign_out_started(self) -> Step {
        match self {
            Self::SignedIn(SignedIn { account, .. })
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
            Self::SignedIn(_) | Self::SigningOut(_) | Self::Unreachable(_) => Vec::new(),
            // Hidden while the answer was on its way; the next answer shows that nobody is signed in.
            same @ (Self::Checking(_) | Self::SigningIn(_)) => {
                return Step::to(same)
                    .then(Effect::Forget)
                    .then(Effect::Announce(News::SignedOut))
                    .then(Effect::Ask);
            }
        };
        let reason = Reason::Here(report.revocation);
        Step::to(Self::SignedOut(SignedOut { reason, asks }))
            .then(Effect::Forget)
            .then(Effect::Announce(News::SignedOut))
            .then(Effect::Ask) // what a sign-in would ask for
    }

    /// The BFF could not be asked to end the session: the member is still signed in and must know it.
    pub fn sign_out_failed(self, failure: Failure) -> Step {
        match self {
            Self::SigningOut(account) => {
                let sign_out_failure = Some(failure);
                Step::to(Self::SignedIn(SignedIn {
                    account,
                    sign_out_failure,
                }))
            }
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// Another tab saw a member sign in.
    pub fn other_tab_signed_in(self, id: &str) -> Step {
        match self {
            Self::SignedIn(signed_in) if signed_in.account.member.id == id => {
                Step::to(Self::SignedIn(signed_in)).then(Effect::Ask)
            }
            Self::Unreachable(outage) if outage.is_about(id) => outage.ask_again(),
            // Somebody else: whoever is shown here is gone, before the question is even asked.
            Self::SignedIn(_) | Self::Unreachable(_) => {
                Step::to(Self::Checking(Checking::default())).then(Effect::Ask)
            }
            same @ (Self::Checking(_) | Self::SignedOut(_)) => Step::to(same).then(Effect::Ask),
            same @ (Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// Another tab signed the member out.
    pub fn other_tab_signed_out(self) -> Step {
        match self {
            Self::SignedIn(_) | Self::SigningOut(_) | Self::Unreachable(_) => {
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
            same @ (Self::SignedOut(_) | Self::SigningIn(_)) => Step::to(same),
        }
    }

    /// The page is being left and may be frozen as it is. What the back button brings up again must not be personal.
    pub fn page_left(self) -> Step {
        match self {
            Self::SignedIn(_) | Self::SigningOut(_) | Self::Unreachable(_) => {
                Step::to(Self::Checking(Checking::default()))
            }
            same @ (Self::Checking(_) | Self::SignedOut(_) | Self::SigningIn(_)) => Step::to(same),
        }
    }

    /// The back button brought the frozen page up again. `remembered` is what the browser remembers now.
    pub fn page_restored(self, remembered: Option<Account>) -> Step {
        match self {
            Self::SignedOut(signed_out)
            | Self::SigningIn(SigningIn {
                from: signed_out,
                return_to: _,
            }) => Step::to(Self::SignedOut(signed_out)).then(Effect::Ask),
            Self::Checking(_) | Self::SignedIn(_) | Self::SigningOut(_) | Self::Unreachable(_) => {
                let checking = Checking {
                    remembered,
                    arrival: None,
                };
                Step::to(Self::Checking(checking)).then(Effect::Ask)
            }
        }
    }

    /// The tab came to the front.
    pub fn page_visible_again(self) -> Step {
        match self {
            Self::Unreachable(outage) => outage.ask_again(),
            same @ (Self::SignedIn(_) | Self::SignedOut(_)) => Step::to(same).then(Effect::Ask),
            same @ (Self::Checking(_) | Self::SigningIn(_) | Self::SigningOut(_)) => Step::to(same),
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
            | Self::SigningOut(_)) => Step::to(same),
        }
    }

    /// Time went by. A session whose end has come is asked about; only the BFF's word ends it.
    pub fn time_passed(self, now: Moment) -> Step {
        match self {
            Self::SignedIn(signed_in) => {
                let over = signed_in
                    .account
                    .ending
                    .is_some_and(|end| end.left(now).is_zero());
                let step = Step::to(Self::SignedIn(signed_in));
                if over { step.then(Effect::Ask) } else { step }
            }
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// The member has read the notice and closed it.
    pub fn notice_dismissed(self) -> Step {
        match self {
            Self::SignedOut(SignedOut { asks, reason: _ }) => {
                Step::to(Self::SignedOut(SignedOut {
                    asks,
                    ..SignedOut::silent()
                }))
            }
            Self::SignedIn(SignedIn {
                account,
                sign_out_failure: _,
            }) => Step::to(Self::SignedIn(SignedIn {
                account,
                sign_out_failure: None,
            })),
            same @ (Self::Checking(_)
            | Self::SigningIn(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
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

    fn is_about(&self, id: &str) -> bool {
        self.account
            .as_ref()
            .is_none_or(|account| account.member.id == id)
    }
}

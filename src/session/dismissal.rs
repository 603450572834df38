//! A notice that its member has read and closed.

use super::{Effect, Renewal, Session, SignOutFailure, SignedIn, SignedOut, Step};

impl Session {
    /// The member has read the notice and closed it.
    pub fn notice_dismissed(self) -> Step {
        match self {
            Self::SignedOut(SignedOut { asks, reason: _ }) => {
                Step::to(Self::SignedOut(SignedOut {
                    asks,
                    ..SignedOut::silent()
                }))
            }
            Self::SignedIn(signed_in) => signed_in.notice_dismissed(),
            same @ (Self::Checking(_)
            | Self::SigningIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }
}

impl SignedIn {
    /// One thing is said at a time, the weightiest first.
    fn notice_dismissed(mut self) -> Step {
        let effect = match self.sign_out_failure.take() {
            // Closing it makes nothing known.
            Some(SignOutFailure::Unconfirmed(_)) => Some(Effect::Ask),
            None if self.switched => {
                self.switched = false;
                None
            }
            None if self.arrival.is_some() => {
                self.arrival = None;
                None
            }
            None if self.renewal == Renewal::Offered => {
                self.renewal = Renewal::PutAway;
                Some(Effect::KeepRenewal(Renewal::PutAway))
            }
            Some(SignOutFailure::StillSignedIn(_)) | None => None,
        };
        Step {
            session: Session::SignedIn(self),
            effects: effect.into_iter().collect(),
        }
    }
}

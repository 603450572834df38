//! Offering a session's renewal before it ends.
//!
//! LinkedIn gives most applications no refresh token, so their sessions end with the access token, after 60 days, and
//! only the member can begin another one. In the last days the page offers that. Sessions that never lasted longer than
//! that are the operator's wish; they would be offered a renewal all the time, and get nothing by it, so they are not.

use std::time::Duration;

use super::{Effect, Moment, Session, SignedIn, Step};

/// How long before its end a renewal is offered: a week, so that whoever comes once a week sees it at least once.
const LAST_DAYS: Duration = Duration::from_hours(7 * 24);

/// Whether a renewal is offered without being asked for. The account page always has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renewal {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// The session's last days are still to come.
    Ahead,
    /// They have come.
    Offered,
    /// They have come, and the member wants to hear no more of it.
    PutAway,
    /// The session is not known to have lasted longer.
    NotOffered,
}

/// Where it is kept what the browser remembers of it: a word, which outlives a reload and is the same for all tabs.
pub(super) const KEY: &str = "lapel.renewal.1";

const AHEAD: &str = "ahead";
const PUT_AWAY: &str = "put-away";

impl Renewal {
    /// The word to keep; none where there is nothing to remember.
    #[must_use]
    pub(super) const fn kept(self) -> Option<&'static str> {
        match self {
            Self::Ahead => Some(AHEAD),
            Self::PutAway => Some(PUT_AWAY),
            Self::Unknown | Self::Offered | Self::NotOffered => None,
        }
    }

    /// What a kept word means now that the last days have come.
    #[must_use]
    pub(super) fn recalled(kept: Option<&str>) -> Self {
        match kept {
            Some(AHEAD) => Self::Offered,
            Some(PUT_AWAY) => Self::PutAway,
            Some(_) | None => Self::NotOffered,
        }
    }
}

impl Session {
    /// Looks whether the session's last days have come. What the browser remembers decides whether that is said.
    pub fn last_days_looked_for(self, now: Moment) -> Step {
        match self {
            Self::SignedIn(signed_in) => signed_in.look_for_last_days(now),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }

    /// The last days have come, and this is what the browser remembers of them.
    pub fn renewal_recalled(self, renewal: Renewal) -> Step {
        match self {
            Self::SignedIn(
                before @ SignedIn {
                    renewal: Renewal::Unknown,
                    ..
                },
            ) => Step::to(Self::SignedIn(SignedIn { renewal, ..before })),
            same @ (Self::Checking(_)
            | Self::SignedOut(_)
            | Self::SigningIn(_)
            | Self::SignedIn(_)
            | Self::Ended(_)
            | Self::SigningOut(_)
            | Self::Unreachable(_)) => Step::to(same),
        }
    }
}

impl SignedIn {
    fn look_for_last_days(mut self, now: Moment) -> Step {
        let come = (self.account.ending).map(|ending| ending.left(now) <= LAST_DAYS);
        let effect = match (come, self.renewal) {
            (Some(true), Renewal::Unknown) => Some(Effect::RecallRenewal),
            // The page was there when they came.
            (Some(true), Renewal::Ahead) => {
                self.renewal = Renewal::Offered;
                None
            }
            (None, _)
            | (Some(true), Renewal::Offered | Renewal::PutAway | Renewal::NotOffered)
            | (Some(false), Renewal::Ahead) => None,
            // A new session, or one renewed: what was put away was the other one's.
            (
                Some(false),
                Renewal::Unknown | Renewal::Offered | Renewal::PutAway | Renewal::NotOffered,
            ) => {
                self.renewal = Renewal::Ahead;
                Some(Effect::KeepRenewal(Renewal::Ahead))
            }
        };
        Step {
            session: Session::SignedIn(self),
            effects: effect.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_understood_again_and_noise_is_nothing() {
        for (kept, means) in [
            (Renewal::Ahead.kept(), Renewal::Offered),
            (Renewal::PutAway.kept(), Renewal::PutAway),
            (Renewal::Offered.kept(), Renewal::NotOffered),
            (Some("always"), Renewal::NotOffered),
            (None, Renewal::NotOffered),
        ] {
            assert_eq!(Renewal::recalled(kept), means, "{kept:?}");
        }
    }
}

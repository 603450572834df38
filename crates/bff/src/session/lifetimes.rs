//! How long a session may last, whatever LinkedIn's tokens allow.

use std::time::Duration;

use super::Session;

const DAY: u64 = 24 * 60 * 60;

/// The operator's bounds on a session. LinkedIn's tokens bound it as well; the earliest end counts, and the server
/// enforces it, not the browser's `Max-Age` (OWASP ASVS 7.3).
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// How long a session lasts in which the member does nothing. Default: 60 days, as long as LinkedIn's access token
    /// (LinkedIn reference §1.5), so that nobody is sent to LinkedIn earlier than LinkedIn wants.
    pub idle: Duration,
    /// How long a session lasts at most. Default: 365 days, as long as LinkedIn's refresh token (§2).
    pub absolute: Duration,
    /// How old the last proof that the token is alive may be before LinkedIn is asked for another; zero never asks.
    /// Default: one hour.
    pub validate_every: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(60 * DAY),
            absolute: Duration::from_secs(365 * DAY),
            validate_every: Duration::from_hours(1),
        }
    }
}

impl Lifetimes {
    /// When a session ends, in seconds since 1970.
    #[must_use]
    pub fn end(&self, session: &Session) -> i64 {
        let idle = session.used_at.saturating_add(seconds(self.idle));
        let absolute = session.opened_at.saturating_add(seconds(self.absolute));
        let bound = idle.min(absolute);
        session.tokens.end().map_or(bound, |end| end.min(bound))
    }

    /// Seconds until a session ends; zero once it has.
    #[must_use]
    pub fn remaining(&self, session: &Session, now: i64) -> u64 {
        u64::try_from(self.end(session).saturating_sub(now)).unwrap_or(0)
    }

    /// Whether the session's last use is so long ago that the next should be noted: a cookie with each answer would cost
    /// more than the minutes are worth.
    pub(crate) fn worth_noting(&self, session: &Session, now: i64) -> bool {
        let hour = seconds(Duration::from_hours(1));
        now.saturating_sub(session.used_at) >= hour.min(seconds(self.idle) / 10).max(1)
    }
}

pub(crate) fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linkedin::{Grant, Identity};
    use crate::secret::{AccessToken, RefreshToken};
    use lapel_wire::Member;

    const BOUNDS: Lifetimes = Lifetimes {
        idle: Duration::from_secs(100),
        absolute: Duration::from_secs(250),
        validate_every: Duration::ZERO,
    };

    fn session(refresh: bool, expires_in: i64) -> Session {
        let member = Member {
            id: "s".into(),
            name: "Ada".into(),
            picture: None,
            email: None,
        };
        let grant = Grant {
            access_token: AccessToken::new("a"),
            refresh_token: refresh.then(|| RefreshToken::new("r")),
            expires_in,
            refresh_expires_in: None,
            scopes: Vec::new(),
        };
        let identity = Identity {
            member,
            complete: true,
        };
        Session::begin(identity, grant, 1000)
    }

    #[test]
    fn the_earliest_of_three_ends_counts() {
        assert_eq!(BOUNDS.end(&session(false, 50)), 1050, "the token's");
        assert_eq!(BOUNDS.end(&session(false, 500)), 1100, "idleness");
        let used = Session {
            used_at: 1200,
            ..session(false, 500)
        };
        assert_eq!(BOUNDS.end(&used), 1250, "the longest life");
        assert_eq!(BOUNDS.remaining(&used, 1249), 1);
        assert_eq!(BOUNDS.remaining(&used, 1251), 0);
    }

    #[test]
    fn a_refresh_token_of_unknown_end_is_bounded_all_the_same() {
        assert_eq!(BOUNDS.end(&session(true, 50)), 1100);
    }

    #[test]
    fn use_is_noted_now_and_then() {
        assert!(!BOUNDS.worth_noting(&session(false, 500), 1009));
        assert!(BOUNDS.worth_noting(&session(false, 500), 1010));
        assert!(!Lifetimes::default().worth_noting(&session(false, 500), 4599));
        assert!(Lifetimes::default().worth_noting(&session(false, 500), 4600));
    }
}

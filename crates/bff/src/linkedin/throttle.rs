//! How long LinkedIn is not asked after it answered 429.
//!
//! LinkedIn says neither until when nor why: a daily quota (of the application, or of one member), or a moment's
//! self-protection, in the same words (LinkedIn reference §8.4). So the first 429 is taken for a moment's; one that comes
//! again after that moment is taken for a quota, which ends at midnight UTC. Of one member and one kind of call only:
//! LinkedIn counts members one by one, and who posts too much does not silence the others.

use std::time::Duration;

use moka::sync::Cache;

use crate::clock::Clock;

const DAY: i64 = 24 * 60 * 60;

/// Seconds for which LinkedIn is not asked again after a 429 that does not say until when.
const PAUSE: i64 = 60;

/// Members' calls of which something is remembered at most.
const MOST: u64 = 20_000;

/// What is known of one member's calls of one kind. Times are in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Throttled {
    at: i64,
    /// LinkedIn is not asked before.
    held_until: i64,
    /// What the member is told.
    told_until: i64,
}

impl Throttled {
    /// After a 429.
    fn again(before: Option<Self>, retry_after: Option<i64>, now: i64) -> Self {
        if let Some(seconds) = retry_after {
            let until = now.saturating_add(seconds.clamp(1, DAY));
            return Self {
                at: now,
                held_until: until,
                told_until: until,
            };
        }
        let held_until = now.saturating_add(PAUSE);
        let is_quota =
            before.is_some_and(|before| before.at.div_euclid(DAY) == now.div_euclid(DAY));
        Self {
            at: now,
            held_until,
            told_until: if is_quota {
                next_midnight(now)
            } else {
                held_until
            },
        }
    }

    /// Seconds until LinkedIn may be asked, as the member is told; nothing where it may be now. A clock that went back
    /// counts as one that went far ahead.
    fn left(self, now: i64) -> Option<u64> {
        let is_held = (self.at..self.held_until).contains(&now);
        is_held.then(|| self.told(now))
    }

    fn told(self, now: i64) -> u64 {
        u64::try_from(self.told_until.saturating_sub(now))
            .unwrap_or(0)
            .max(1)
    }
}

/// LinkedIn's quotas begin anew (LinkedIn reference §8.4).
fn next_midnight(now: i64) -> i64 {
    now.div_euclid(DAY).saturating_add(1).saturating_mul(DAY)
}

/// What is known of all members' calls.
#[derive(Debug)]
pub(super) struct Throttles {
    known: Cache<String, Throttled>,
    clock: Clock,
}

impl Throttles {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            known: Cache::builder()
                .max_capacity(MOST)
                .time_to_live(Duration::from_hours(24))
                .build(),
            clock,
        }
    }

    /// Seconds until LinkedIn may be asked for this; nothing where it may be now.
    pub(super) fn left(&self, what: &str) -> Option<u64> {
        self.known.get(what)?.left(self.clock.now_seconds())
    }

    /// LinkedIn answered 429. Seconds until it may be asked again.
    pub(super) fn struck(&self, what: &str, retry_after: Option<i64>) -> u64 {
        let now = self.clock.now_seconds();
        let throttled = Throttled::again(self.known.get(what), retry_after, now);
        self.known.insert(what.to_owned(), throttled);
        throttled.told(now)
    }

    /// LinkedIn answered otherwise.
    pub(super) fn over(&self, what: &str) {
        self.known.invalidate(what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An hour before midnight.
    const EVENING: i64 = 20_000 * DAY - 3600;

    #[test]
    fn the_first_refusal_is_taken_for_a_moments_and_the_next_for_the_days() {
        let first = Throttled::again(None, None, EVENING);
        assert_eq!(first.left(EVENING), Some(60));
        assert_eq!(first.left(EVENING + 59), Some(1));
        assert_eq!(first.left(EVENING + 60), None);
        let second = Throttled::again(Some(first), None, EVENING + 60);
        assert_eq!(second.left(EVENING + 60), Some(3540), "until midnight");
        assert_eq!(
            second.left(EVENING + 120),
            None,
            "but LinkedIn is asked every minute"
        );
    }

    #[test]
    fn a_refusal_of_yesterday_says_nothing_of_todays_quota() {
        let yesterday = Throttled::again(None, None, EVENING);
        let today = Throttled::again(Some(yesterday), None, EVENING + 3600);
        assert_eq!(today.left(EVENING + 3600), Some(60));
    }

    #[test]
    fn what_linkedin_says_itself_counts_up_to_a_day() {
        assert_eq!(
            Throttled::again(None, Some(7), EVENING).left(EVENING),
            Some(7)
        );
        assert_eq!(
            Throttled::again(None, Some(i64::MAX), EVENING).left(EVENING),
            Some(86400)
        );
        assert_eq!(
            Throttled::again(None, Some(-5), EVENING).left(EVENING),
            Some(1)
        );
    }

    #[test]
    fn a_clock_that_goes_back_does_not_hold_anybody() {
        assert_eq!(
            Throttled::again(None, None, EVENING).left(EVENING - DAY),
            None
        );
    }

    #[test]
    fn an_answer_in_between_begins_anew() {
        let throttles = Throttles::new(Clock::from_fn(|| jiff::Timestamp::UNIX_EPOCH));
        assert_eq!(throttles.left("ada"), None);
        assert_eq!(throttles.struck("ada", None), 60);
        assert_eq!(throttles.struck("ada", None), 86400);
        assert_eq!(
            (throttles.left("ada"), throttles.left("grace")),
            (Some(86400), None)
        );
        throttles.over("ada");
        assert_eq!(throttles.left("ada"), None);
        assert_eq!(throttles.struck("ada", None), 60);
    }
}

//! When a call that failed is made again: seldom, later each time, and never so that a LinkedIn that limps is trampled on.

use std::fmt;
use std::time::Duration;

use tower::retry::budget::{Budget as _, TpsBudget};

use crate::secret::random_bytes;

/// How often a call is made at most.
pub(super) const MOST_ATTEMPTS: u32 = 3;

/// For how long a call counts towards the retries that it pays for.
const WINDOW: Duration = Duration::from_secs(10);

/// Retries a second that are free, so that an application with few members gets them as well.
const FREE_PER_SECOND: u32 = 1;

/// Retries beyond that: one for five calls.
const SHARE: f32 = 0.2;

/// What may still be repeated. Shared by all calls of a process.
pub(super) struct Retries {
    budget: TpsBudget,
    /// The longest pause before the first repetition; doubled before each further one.
    base: Duration,
}

impl Retries {
    pub(super) fn new(base: Duration) -> Self {
        Self {
            budget: TpsBudget::new(WINDOW, FREE_PER_SECOND, SHARE),
            base,
        }
    }

    /// Notes that a call is made, which pays for a part of a repetition.
    pub(super) fn called(&self) {
        self.budget.deposit();
    }

    /// How long to wait before the call is made again; nothing where it is not: too often, too late, or too many others
    /// were repeated of late.
    pub(super) fn pause(&self, attempts: u32, left: Duration) -> Option<Duration> {
        if attempts >= MOST_ATTEMPTS {
            return None;
        }
        let pause = jittered(
            self.base.saturating_mul(1 << attempts.saturating_sub(1)),
            random(),
        );
        (pause < left && self.budget.withdraw()).then_some(pause)
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retries")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// Anything between nothing and the longest pause ("full jitter"): those who failed together do not come back together.
fn jittered(longest: Duration, chance: u32) -> Duration {
    longest.mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

fn random() -> u32 {
    u32::from_le_bytes(random_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_millis(200);
    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn a_call_is_made_three_times_at_most() {
        let retries = Retries::new(BASE);
        assert!(retries.pause(1, LONG).is_some());
        assert!(retries.pause(2, LONG).is_some());
        assert!(retries.pause(3, LONG).is_none());
    }

    #[test]
    fn a_pause_lies_between_nothing_and_a_bound_that_doubles() {
        assert_eq!(jittered(BASE, 0), Duration::ZERO);
        assert_eq!(jittered(BASE, u32::MAX), BASE);
        for _ in 0..5 {
            let retries = Retries::new(BASE);
            assert!(retries.pause(1, LONG).is_some_and(|pause| pause <= BASE));
            assert!(
                retries
                    .pause(2, LONG)
                    .is_some_and(|pause| pause <= BASE * 2)
            );
        }
    }

    #[test]
    fn nothing_is_repeated_beyond_the_deadline() {
        assert_eq!(Retries::new(BASE).pause(1, Duration::ZERO), None);
    }

    #[test]
    fn when_many_calls_fail_few_are_repeated() {
        let retries = Retries::new(BASE);
        let repeated = (0..200)
            .filter(|_| {
                retries.called();
                retries.pause(1, LONG).is_some()
            })
            .count();
        // Ten for the window, and one for five calls.
        assert!((10..=51).contains(&repeated), "{repeated}");
    }
}

//! Whether LinkedIn is asked at all: a host that fails again and again is left alone for a while, and then asked by one
//! call before all others follow.
//!
//! What is decided is pure and takes the time as a parameter; [`Circuits`] keeps one circuit per host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;

/// Failures in a row after which a host is left alone. More than one member's bad luck, less than a crowd's.
const OPENS_AFTER: u32 = 5;

/// Seconds for which a host is left alone at first; doubled with each try that fails, up to [`LONGEST_PAUSE`].
const SHORTEST_PAUSE: i64 = 5;

/// Longest time in seconds for which a host is left alone.
const LONGEST_PAUSE: i64 = 60;

/// Seconds after which those may ask again who come while somebody tries.
const WHILE_TRYING: u64 = 1;

/// One host's circuit. Times are in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Circuit {
    /// Everybody may ask.
    Closed { failures: u32 },
    /// Nobody may ask.
    Open {
        failures: u32,
        since: i64,
        pause: i64,
    },
    /// One call is on its way, and decides for all.
    Trying { failures: u32, pause: i64 },
}

/// Permission to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// One of many.
    Usual,
    /// The one that decides for all.
    Try,
}

/// A host that is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paused {
    /// Seconds until somebody may ask again.
    pub(super) seconds: u64,
}

impl Default for Circuit {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Circuit {
    /// Whether a call may be made now.
    fn ask(&mut self, now: i64) -> Result<Pass, Paused> {
        match *self {
            Self::Closed { .. } => Ok(Pass::Usual),
            Self::Open {
                failures,
                since,
                pause,
            } => {
                let passed = now.saturating_sub(since);
                // A clock that went back does not stretch the pause.
                if (0..pause).contains(&passed) {
                    let seconds = pause.saturating_sub(passed).unsigned_abs();
                    return Err(Paused { seconds });
                }
                *self = Self::Trying { failures, pause };
                Ok(Pass::Try)
            }
            Self::Trying { .. } => Err(Paused {
                seconds: WHILE_TRYING,
            }),
        }
    }

    /// The host answered, whatever it said. Also to a call of before: who answers is there.
    fn answered(&mut self) {
        *self = Self::default();
    }

    /// The host did not answer, or not as itself. Says how many calls in a row that were.
    fn failed(&mut self, pass: Pass, now: i64) -> u32 {
        *self = match (*self, pass) {
            (Self::Closed { failures }, _) if failures.saturating_add(1) >= OPENS_AFTER => {
                Self::Open {
                    failures: failures.saturating_add(1),
                    since: now,
                    pause: SHORTEST_PAUSE,
                }
            }
            (Self::Closed { failures }, _) => Self::Closed {
                failures: failures.saturating_add(1),
            },
            (Self::Trying { failures, pause }, Pass::Try) => Self::Open {
                failures: failures.saturating_add(1),
                since: now,
                pause: pause.saturating_mul(2).min(LONGEST_PAUSE),
            },
            // What was under way when the circuit opened tells nothing new.
            (same @ (Self::Open { .. } | Self::Trying { .. }), _) => same,
        };
        self.failures()
    }

    /// A call was given up by whoever made it, which tells nothing; another may try in its place.
    fn left(&mut self, pass: Pass, now: i64) {
        if let (Self::Trying { failures, pause }, Pass::Try) = (*self, pass) {
            let since = now.saturating_sub(pause);
            *self = Self::Open {
                failures,
                since,
                pause,
            };
        }
    }

    fn failures(self) -> u32 {
        match self {
            Self::Closed { failures }
            | Self::Open { failures, .. }
            | Self::Trying { failures, .. } => failures,
        }
    }
}

/// The circuits of the hosts that are asked. Hosts come from settings, so there are few.
#[derive(Debug)]
pub(super) struct Circuits {
    by_host: Mutex<HashMap<String, Circuit>>,
    clock: Clock,
}

impl Circuits {
    pub(super) fn new(clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            by_host: Mutex::default(),
            clock,
        })
    }

    /// Permission to ask a host, if it is not left alone.
    pub(super) fn ask(self: &Arc<Self>, host: &str) -> Result<Permit, Paused> {
        let pass = self.change(host, Circuit::ask)?;
        Ok(self.permit(host, pass))
    }

    /// Permission for a call that is made in any case; what comes of it counts as well.
    pub(super) fn insist(self: &Arc<Self>, host: &str) -> Permit {
        self.permit(host, Pass::Usual)
    }

    fn permit(self: &Arc<Self>, host: &str, pass: Pass) -> Permit {
        Permit {
            circuits: Arc::clone(self),
            host: host.to_owned(),
            pass: Some(pass),
        }
    }

    /// How many calls to the host have failed in a row.
    pub(super) fn failures(&self, host: &str) -> u32 {
        self.change(host, |circuit, _| circuit.failures())
    }

    fn change<T>(&self, host: &str, with: impl FnOnce(&mut Circuit, i64) -> T) -> T {
        let now = self.clock.now_seconds();
        let mut by_host = self.by_host.lock().unwrap_or_else(PoisonError::into_inner);
        with(by_host.entry(host.to_owned()).or_default(), now)
    }
}

/// Permission to ask a host once, to be returned with what came of it. Dropped, it says that the call was given up.
#[derive(Debug)]
pub(super) struct Permit {
    circuits: Arc<Circuits>,
    host: String,
    pass: Option<Pass>,
}

impl Permit {
    /// Whether this is the one call that decides for all: then it is made once.
    pub(super) fn is_try(&self) -> bool {
        self.pass == Some(Pass::Try)
    }

    /// The host answered.
    pub(super) fn answered(mut self) {
        self.pass = None;
        self.circuits
            .change(&self.host, |circuit, _| circuit.answered());
    }

    /// The host did not.
    pub(super) fn failed(mut self) {
        if let Some(pass) = self.pass.take() {
            let failures = self
                .circuits
                .change(&self.host, |circuit, now| circuit.failed(pass, now));
            if failures == OPENS_AFTER {
                tracing::warn!(
                    linkedin.host = self.host,
                    failures,
                    "LinkedIn is left alone for a while"
                );
            }
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(pass) = self.pass.take() {
            self.circuits
                .change(&self.host, |circuit, now| circuit.left(pass, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn failing(times: u32) -> Circuit {
        let mut circuit = Circuit::default();
        for _ in 0..times {
            let pass = circuit.ask(1000).expect("closed");
            circuit.failed(pass, 1000);
        }
        circuit
    }

    #[test]
    fn a_host_that_fails_five_times_in_a_row_is_left_alone() {
        assert_eq!(failing(4).ask(1000), Ok(Pass::Usual));
        let mut circuit = failing(5);
        assert_eq!(circuit.ask(1000), Err(Paused { seconds: 5 }));
        assert_eq!(circuit.ask(1004), Err(Paused { seconds: 1 }));
    }

    #[test]
    fn an_answer_in_between_begins_the_count_anew() {
        let mut circuit = failing(4);
        circuit.answered();
        assert_eq!(circuit.failed(Pass::Usual, 1000), 1);
        assert_eq!(circuit.ask(1000), Ok(Pass::Usual));
    }

    #[test]
    fn after_the_pause_one_call_tries_for_all() {
        let mut circuit = failing(5);
        assert_eq!(circuit.ask(1005), Ok(Pass::Try));
        assert_eq!(circuit.ask(1005), Err(Paused { seconds: 1 }));
        circuit.answered();
        assert_eq!(circuit.ask(1005), Ok(Pass::Usual));
        assert_eq!(circuit.failures(), 0);
    }

    #[test]
    fn each_try_that_fails_doubles_the_pause_up_to_a_minute() {
        let mut circuit = failing(5);
        let mut now = 1000;
        for pause in [5, 10, 20, 40, 60, 60] {
            assert_eq!(circuit.ask(now), Err(Paused { seconds: pause }));
            now += i64::try_from(pause).expect("small");
            let pass = circuit.ask(now).expect("the pause is over");
            circuit.failed(pass, now);
        }
        assert_eq!(circuit.failures(), 11);
    }

    #[test]
    fn a_try_that_is_given_up_lets_another_try() {
        let mut circuit = failing(5);
        let pass = circuit.ask(1005).expect("the pause is over");
        circuit.left(pass, 1005);
        assert_eq!(circuit.ask(1005), Ok(Pass::Try));
    }

    #[test]
    fn calls_of_before_neither_stretch_the_pause_nor_decide_the_try() {
        let mut circuit = failing(5);
        circuit.failed(Pass::Usual, 1004);
        assert_eq!(circuit.ask(1005), Ok(Pass::Try));
        circuit.failed(Pass::Usual, 1005);
        circuit.left(Pass::Usual, 1005);
        assert_eq!(
            circuit.ask(1005),
            Err(Paused { seconds: 1 }),
            "the try is still under way"
        );
    }

    #[test]
    fn a_clock_that_goes_back_does_not_stretch_the_pause() {
        assert_eq!(failing(5).ask(10), Ok(Pass::Try));
    }

    #[test]
    fn hosts_do_not_answer_for_each_other_and_a_permit_that_is_dropped_tells_nothing() {
        let circuits = Circuits::new(Clock::from_fn(|| jiff::Timestamp::UNIX_EPOCH));
        for _ in 0..5 {
            circuits.ask("api").expect("closed").failed();
        }
        assert!(circuits.ask("api").is_err());
        for _ in 0..9 {
            drop(circuits.ask("www").expect("closed"));
        }
        assert_eq!((circuits.failures("www"), circuits.failures("api")), (0, 5));
        circuits.insist("api").answered();
        assert!(circuits.ask("api").is_ok());
    }

    proptest! {
        #[test]
        fn whatever_happens_somebody_may_ask_within_a_minute(
            events in prop::collection::vec((0..4_u8, 0..30_i64), 0..200),
        ) {
            let mut circuit = Circuit::default();
            let mut now = 0;
            let mut trying = None;
            for (event, later) in events {
                now += later;
                match (event, trying) {
                    (0, _) => {
                        if let Ok(pass) = circuit.ask(now) {
                            trying = Some(pass);
                        }
                    }
                    (1, Some(_)) => circuit.answered(),
                    (2, Some(pass)) => {
                        circuit.failed(pass, now);
                        trying = None;
                    }
                    (3, Some(pass)) => {
                        circuit.left(pass, now);
                        trying = None;
                    }
                    _ => {}
                }
            }
            if let Some(pass) = trying {
                circuit.left(pass, now);
            }
            prop_assert!(circuit.ask(now + LONGEST_PAUSE).is_ok());
        }
    }
}

//! The emulator's own time, which a test can stop, let run, and move forward.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

use crate::lock::lock;

/// What the emulator takes for the time. Clones share their hands: moving one moves all.
///
/// Everything that expires at LinkedIn (codes, tokens, portraits, daily quotas) expires by this clock. Real time is used
/// only where a defect is about real time, such as latency.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Hands>>);

/// Where a clock stands, for putting it back there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hands {
    /// The machine's time, displaced.
    Running { ahead: SignedDuration },
    /// Standing still.
    Paused { at: Timestamp },
}

impl Clock {
    /// Runs with the machine's time.
    #[must_use]
    pub fn system() -> Self {
        Self::with(Hands::Running {
            ahead: SignedDuration::ZERO,
        })
    }

    /// Stands still at `instant` until it is advanced or resumed.
    #[must_use]
    pub fn fixed_at(instant: Timestamp) -> Self {
        Self::with(Hands::Paused { at: instant })
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        lock(&self.0).read()
    }

    /// Moves the clock by `duration`, whether it runs or stands; a negative duration moves it back. It stops at the
    /// ends of what a [`Timestamp`] can hold (the years -9999 and 9999).
    pub fn advance(&self, duration: SignedDuration) {
        let mut hands = lock(&self.0);
        *hands = match *hands {
            Hands::Running { ahead } => {
                let machine = machine_time();
                let to = later(later(machine, ahead), duration);
                Hands::Running {
                    ahead: to.duration_since(machine),
                }
            }
            Hands::Paused { at } => Hands::Paused {
                at: later(at, duration),
            },
        };
    }

    /// Sets the clock to `instant`, whether it runs or stands; one that runs goes on from there.
    pub fn set(&self, instant: Timestamp) {
        let mut hands = lock(&self.0);
        *hands = match *hands {
            Hands::Running { .. } => Hands::Running {
                ahead: instant.duration_since(machine_time()),
            },
            Hands::Paused { .. } => Hands::Paused { at: instant },
        };
    }

    /// Stops the clock where it is. Without effect on one that stands.
    pub fn pause(&self) {
        let mut hands = lock(&self.0);
        *hands = Hands::Paused { at: hands.read() };
    }

    /// Lets the clock run on from where it stands. Without effect on one that runs.
    pub fn resume(&self) {
        let mut hands = lock(&self.0);
        *hands = Hands::Running {
            ahead: hands.read().duration_since(machine_time()),
        };
    }

    /// Whether the clock stands still.
    pub fn is_paused(&self) -> bool {
        match *lock(&self.0) {
            Hands::Running { .. } => false,
            Hands::Paused { .. } => true,
        }
    }

    pub(crate) fn hands(&self) -> Hands {
        *lock(&self.0)
    }

    pub(crate) fn put(&self, hands: Hands) {
        *lock(&self.0) = hands;
    }

    fn with(hands: Hands) -> Self {
        Self(Arc::new(Mutex::new(hands)))
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl Hands {
    fn read(self) -> Timestamp {
        match self {
            Self::Running { ahead } => later(machine_time(), ahead),
            Self::Paused { at } => at,
        }
    }
}

/// `instant` moved by `duration`, held at the ends of what a timestamp can express.
pub(crate) fn later(instant: Timestamp, duration: SignedDuration) -> Timestamp {
    let end = if duration.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    instant.checked_add(duration).unwrap_or(end)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's time"
)]
fn machine_time() -> Timestamp {
    Timestamp::now()
}

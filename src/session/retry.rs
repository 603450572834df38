//! Which failures are tried again without anyone's doing, after how long, and what holds that up. Numbers in, a decision
//! out: the clock, chance, and what is the case around the page come in with the event.

use std::time::Duration;

use lapel_wire::{Kind, Retry};

use super::Moment;
use crate::failure::{Failure, NextTry};

/// The first wait where nobody advises one. Each later one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(5);

/// No wait is longer where nobody advises one.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// At most this much is added to a wait that the BFF advises.
const MOST_ADDED: Duration = Duration::from_mins(1);

/// Whether and when a lost contact is looked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// When the member says so: nothing that the page knows of makes it better.
    ByHand,
    /// Without anyone's doing.
    Waiting {
        /// Not before then.
        until: Moment,
        /// Nor while this is in the way.
        hold: Hold,
    },
    /// The BFF has been asked again.
    UnderWay,
}

/// What is in the way of asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nothing is.
    Free,
    /// Nobody sees the page. Many hidden tabs that all ask help nobody.
    Hidden,
    /// The device has no network.
    Offline,
}

/// What is the case around the page when something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The page's clock.
    pub now: Moment,
    /// Chance, from 0 to 255: pages that failed together are not to come back together.
    pub chance: u8,
    /// Whether the member can see the page.
    pub seen: bool,
    /// Whether the device says that it has a network.
    pub online: bool,
}

impl Surroundings {
    const fn hold(self) -> Hold {
        match self {
            Self { online: false, .. } => Hold::Offline,
            Self { seen: false, .. } => Hold::Hidden,
            Self { .. } => Hold::Free,
        }
    }

    /// A part of a length of time, by chance.
    fn some_of(self, most: Duration) -> Duration {
        most * u32::from(self.chance) / u32::from(u8::MAX)
    }
}

impl Attempt {
    /// What follows a failure, after so many failures in a row, this one included.
    pub(super) fn after(failure: &Failure, failures: u32, around: Surroundings) -> Self {
        let waiting = |wait| Self::Waiting {
            until: around.now.later(wait),
            hold: around.hold(),
        };
        match failure.kind {
            // The wait is for the network. Where that is back already, the way is as uncertain as after any other break.
            Kind::Offline if !around.online => waiting(Duration::ZERO),
            Kind::Offline
            | Kind::Unreachable
            | Kind::Timeout
            | Kind::LinkedinDown
            | Kind::RateLimited => match failure.retry {
                Some(Retry::Never | Retry::ByHand) => Self::ByHand,
                Some(Retry::After { seconds }) => {
                    let advised = Duration::from_secs(seconds);
                    let added = around.some_of((advised / 10).min(MOST_ADDED));
                    waiting(advised.saturating_add(added))
                }
                None => waiting(backoff(failures, around)),
            },
            // Someone has to do something first. Above all, a write whose answer got lost is nobody's to repeat.
            Kind::SignInNeeded
            | Kind::ScopeMissing
            | Kind::Rejected
            | Kind::OutcomeUnknown
            | Kind::NotConfigured
            | Kind::Contract => Self::ByHand,
        }
    }

    /// Whether its time has come and nothing is in its way.
    pub(super) fn is_due(self, now: Moment) -> bool {
        match self {
            Self::Waiting {
                until,
                hold: Hold::Free,
            } => until <= now,
            Self::Waiting {
                hold: Hold::Hidden | Hold::Offline,
                ..
            }
            | Self::ByHand
            | Self::UnderWay => false,
        }
    }

    /// The same with what is in the way now.
    pub(super) const fn held(self, around: Surroundings) -> Self {
        match self {
            Self::Waiting { until, hold: _ } => Self::Waiting {
                until,
                hold: around.hold(),
            },
            Self::ByHand | Self::UnderWay => self,
        }
    }

    /// The same for whoever looks at the page now.
    #[must_use]
    pub fn next_try(self, now: Moment) -> NextTry {
        match self {
            Self::ByHand => NextTry::ByHand,
            Self::Waiting {
                hold: Hold::Offline,
                ..
            } => NextTry::WhenOnline,
            Self::Waiting {
                until,
                hold: Hold::Free | Hold::Hidden,
            } => NextTry::In(until.since(now)),
            Self::UnderWay => NextTry::UnderWay,
        }
    }
}

/// Half of it is certain, the other half chance.
fn backoff(failures: u32, around: Surroundings) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let most = FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT);
    most / 2 + around.some_of(most / 2)
}

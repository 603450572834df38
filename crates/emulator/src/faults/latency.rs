//! LinkedIn takes its time. The only defects about real time: clients' patience is real as well.

use std::time::Duration;

use crate::endpoint::Endpoint;

family! {
    /// Delays between the work and its answer. The request takes effect at once, so a client that gives up does not know
    /// what it did. The delay is real, not the emulator's clock's, and ends when the client leaves.
    pub enum Latency {
        /// A tenth of a second: noticed by nobody, but it reorders answers.
        Tenth = "latency_100_ms", Assumed, "LinkedIn answers a tenth of a second late.";
        /// One second: where pages need to say that something happens.
        Second = "latency_1_s", Assumed, "LinkedIn answers a second late.";
        /// Five seconds.
        FiveSeconds = "latency_5_s", Assumed, "LinkedIn answers five seconds late.";
        /// Half a minute: beyond the patience of most clients.
        HalfMinute = "latency_30_s", Assumed, "LinkedIn answers half a minute late.";
        /// Two minutes: beyond everybody's, and the longest there is.
        TwoMinutes = "latency_120_s", Assumed, "LinkedIn answers two minutes late.";
    }
}

impl Latency {
    #[expect(clippy::unused_self, reason = "every family is asked in one way")]
    pub(super) const fn concerns(self, _endpoint: Endpoint) -> bool {
        true
    }

    pub(super) const fn delay(self) -> Duration {
        match self {
            Self::Tenth => Duration::from_millis(100),
            Self::Second => Duration::from_secs(1),
            Self::FiveSeconds => Duration::from_secs(5),
            Self::HalfMinute => Duration::from_secs(30),
            Self::TwoMinutes => Duration::from_mins(2),
        }
    }
}

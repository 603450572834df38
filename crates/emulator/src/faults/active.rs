//! The faults in force, and which of them strike a call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;

use super::{Call, ClockSkew, Defect, Fault, Instead, Latency, When};
use crate::endpoint::Endpoint;
use crate::entropy::scatter;
use crate::lock::lock;

/// Names an injected fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaultId(u64);

impl FaultId {
    /// The name as a number: faults are counted from 1 since the start.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// A fault that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveFault {
    /// Its name.
    pub id: FaultId,
    /// What was injected.
    pub fault: Fault,
    /// Calls that it concerned so far.
    pub calls: u32,
    /// Calls that it struck so far.
    pub struck: u32,
}

/// The faults of a running emulator. Clones are handles to the same list.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Active>>);

#[derive(Debug, Default)]
struct Active {
    last: u64,
    faults: Vec<ActiveFault>,
}

impl Faults {
    /// Puts a fault into force. Faults are tried in the order of their injection.
    pub fn inject(&self, fault: Fault) -> FaultId {
        let mut active = lock(&self.0);
        active.last += 1;
        let id = FaultId(active.last);
        active.faults.push(ActiveFault {
            id,
            fault,
            calls: 0,
            struck: 0,
        });
        id
    }

    /// Removes one fault; without effect if it is gone.
    pub fn remove(&self, id: FaultId) {
        lock(&self.0).faults.retain(|fault| fault.id != id);
    }

    /// Removes every fault.
    pub fn clear(&self) {
        lock(&self.0).faults.clear();
    }

    /// The faults in force, in the order of their injection.
    pub fn active(&self) -> Vec<ActiveFault> {
        lock(&self.0).faults.clone()
    }

    /// The defects that strike this call. Nothing after a defect that takes the place of the whole answer is used up.
    pub(crate) fn strike(&self, call: &Call) -> Strikes {
        let mut active = lock(&self.0);
        let mut defects = Vec::new();
        for fault in &mut active.faults {
            if !fault.fault.concerns(call) || !fault.takes_turn() {
                continue;
            }
            defects.push(fault.fault.defect);
            if fault.fault.defect.instead(call.endpoint).is_some() {
                break;
            }
        }
        active.faults.retain(|fault| !fault.is_spent());
        Strikes(defects.into())
    }
}

impl ActiveFault {
    /// Counts a call and says whether it is struck.
    fn takes_turn(&mut self) -> bool {
        let turn = self.calls;
        self.calls = self.calls.saturating_add(1);
        let strikes = match self.fault.when {
            When::NextCalls(number) => turn < number,
            When::Share { percent, seed } => {
                scatter(seed.wrapping_add(u64::from(turn))) % 100 < u64::from(percent)
            }
            When::UntilRemoved => true,
        };
        self.struck = self.struck.saturating_add(strikes.into());
        strikes
    }

    fn is_spent(&self) -> bool {
        match self.fault.when {
            When::NextCalls(number) => self.struck >= number,
            When::Share { .. } | When::UntilRemoved => false,
        }
    }
}

/// The defects of one call.
#[derive(Clone, Debug)]
pub(crate) struct Strikes(Arc<[Defect]>);

impl Strikes {
    pub(crate) fn defects(&self) -> &[Defect] {
        &self.0
    }

    /// What comes in place of the answer, if anything does.
    pub(crate) fn instead(&self, endpoint: Endpoint) -> Option<Instead> {
        self.0.iter().find_map(|defect| defect.instead(endpoint))
    }

    /// How much later than the work the answer comes; the longest delay counts.
    pub(crate) fn delay(&self) -> Duration {
        let delays = Latency::ALL.into_iter().filter(|delay| self.has(*delay));
        delays.map(Latency::delay).max().unwrap_or_default()
    }

    /// How far LinkedIn's clock is ahead. Of several differences the first of the catalogue counts.
    pub(crate) fn ahead(&self) -> SignedDuration {
        let found = ClockSkew::ALL.into_iter().find(|skew| self.has(*skew));
        found.map_or(SignedDuration::ZERO, ClockSkew::ahead)
    }
}

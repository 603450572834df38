//! LinkedIn's bad days: a closed catalogue of defects, and when each of them strikes.
//!
//! A fault is data. It is never drawn at random: a share of calls is chosen by a seed, so that a run can be repeated.

mod id_token;
mod outage;
mod throttle;
mod transport;
mod userinfo;

use std::fmt;
use std::sync::{Arc, Mutex};

use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::entropy::scatter;
use crate::gateway::Caller;
use crate::lock::lock;

pub use id_token::IdTokenDefect;
pub use outage::Outage;
pub use throttle::Throttle;
pub use transport::Transport;
pub use userinfo::UserinfoDefect;

/// One way of being broken, named after the defect. A family each; [`Defect::ALL`] is the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Defect {
    /// LinkedIn answers, but not with what was asked for.
    Outage(Outage),
    /// LinkedIn's quota is spent.
    Throttle(Throttle),
    /// The connection itself fails.
    Transport(Transport),
    /// The id_token is not what it should be.
    IdToken(IdTokenDefect),
    /// Userinfo is not what it should be.
    Userinfo(UserinfoDefect),
}

/// Implements the conversion that lets a family's variant stand wherever a [`Defect`] is wanted.
macro_rules! families {
    ($($variant:ident($family:ty)),+ $(,)?) => {
        $(impl From<$family> for Defect {
            fn from(defect: $family) -> Self {
                Self::$variant(defect)
            }
        })+
    };
}
families!(
    Outage(Outage),
    Throttle(Throttle),
    Transport(Transport),
    IdToken(IdTokenDefect),
    Userinfo(UserinfoDefect),
);

impl Defect {
    /// The whole catalogue.
    pub const ALL: [Self; 13] = [
        Self::Outage(Outage::Http500),
        Self::Outage(Outage::Http503),
        Self::Outage(Outage::Http504),
        Self::Outage(Outage::HtmlInsteadOfJson),
        Self::Throttle(Throttle::TooManyRequests),
        Self::Transport(Transport::ConnectionClosed),
        Self::IdToken(IdTokenDefect::WrongIssuer),
        Self::IdToken(IdTokenDefect::WrongAudience),
        Self::IdToken(IdTokenDefect::Expired),
        Self::IdToken(IdTokenDefect::WrongSignature),
        Self::IdToken(IdTokenDefect::UnknownKey),
        Self::IdToken(IdTokenDefect::AlgorithmNone),
        Self::Userinfo(UserinfoDefect::SubMismatch),
    ];

    /// The name in files, in the control interface and in the ledger.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outage(defect) => defect.as_str(),
            Self::Throttle(defect) => defect.as_str(),
            Self::Transport(defect) => defect.as_str(),
            Self::IdToken(defect) => defect.as_str(),
            Self::Userinfo(defect) => defect.as_str(),
        }
    }

    /// What happens, in a sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Outage(defect) => defect.meaning(),
            Self::Throttle(defect) => defect.meaning(),
            Self::Transport(defect) => defect.meaning(),
            Self::IdToken(defect) => defect.meaning(),
            Self::Userinfo(defect) => defect.meaning(),
        }
    }

    /// Whether the defect can show itself at an endpoint. A call elsewhere does not use up a fault.
    #[must_use]
    pub const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Outage(defect) => defect.concerns(endpoint),
            Self::Throttle(_) => Throttle::concerns(endpoint),
            Self::Transport(_) => true,
            Self::IdToken(_) => IdTokenDefect::concerns(endpoint),
            Self::Userinfo(_) => UserinfoDefect::concerns(endpoint),
        }
    }

    /// Whether the defect takes the place of the whole answer. The request then has no effect.
    const fn whole(self) -> Option<Whole> {
        match self {
            Self::Outage(defect) => Some(Whole::Outage(defect)),
            Self::Throttle(defect) => Some(Whole::Throttle(defect)),
            Self::Transport(Transport::ConnectionClosed) => Some(Whole::HangUp),
            Self::IdToken(_) | Self::Userinfo(_) => None,
        }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What comes in place of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whole {
    Outage(Outage),
    Throttle(Throttle),
    HangUp,
}

impl Whole {
    /// The answer, or nothing where the connection is to be closed.
    pub(crate) fn answer(self, endpoint: Endpoint) -> Option<Response> {
        match self {
            Self::Outage(defect) => Some(defect.answer(endpoint)),
            Self::Throttle(defect) => Some(defect.answer()),
            Self::HangUp => None,
        }
    }
}

/// A defect, when it strikes, and whom.
///
/// ```
/// use lapel_emulator::{Endpoint, Fault, Outage};
/// let fault = Fault::next_calls(Outage::Http503, 3).at(Endpoint::Userinfo).for_member("ada");
/// assert_eq!(fault.member.as_deref(), Some("ada"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What is broken.
    pub defect: Defect,
    /// Which of the calls that the fault concerns are struck. In files and requests, if absent: the next one.
    #[serde(default)]
    pub when: When,
    /// Only calls to this endpoint; otherwise every endpoint where the defect can show itself.
    pub endpoint: Option<Endpoint>,
    /// Only calls that concern the member with this slug.
    pub member: Option<String>,
    /// Only calls of the application with this `client_id`.
    pub client: Option<String>,
}

/// Which of the calls that a fault concerns are struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// The next so many; then the fault is gone.
    NextCalls(u32),
    /// Some, chosen by the seed: with the same seed the same ones, counted from the injection.
    Share {
        /// Calls struck out of a hundred.
        percent: u8,
        /// Chooses which.
        #[serde(default)]
        seed: u64,
    },
    /// All, until the fault is removed.
    UntilRemoved,
}

impl Default for When {
    fn default() -> Self {
        Self::NextCalls(1)
    }
}

impl Fault {
    /// Strikes the next call.
    pub fn next(defect: impl Into<Defect>) -> Self {
        Self::next_calls(defect, 1)
    }

    /// Strikes the next `number` calls.
    pub fn next_calls(defect: impl Into<Defect>, number: u32) -> Self {
        Self::new(defect, When::NextCalls(number))
    }

    /// Strikes `percent` of a hundred calls.
    pub fn share(defect: impl Into<Defect>, percent: u8, seed: u64) -> Self {
        Self::new(defect, When::Share { percent, seed })
    }

    /// Strikes every call until it is removed.
    pub fn until_removed(defect: impl Into<Defect>) -> Self {
        Self::new(defect, When::UntilRemoved)
    }

    /// Narrowed to one endpoint.
    #[must_use]
    pub fn at(self, endpoint: Endpoint) -> Self {
        Self {
            endpoint: Some(endpoint),
            ..self
        }
    }

    /// Narrowed to one member.
    #[must_use]
    pub fn for_member(self, slug: &str) -> Self {
        Self {
            member: Some(slug.to_owned()),
            ..self
        }
    }

    /// Narrowed to one application.
    #[must_use]
    pub fn for_client(self, client_id: &str) -> Self {
        Self {
            client: Some(client_id.to_owned()),
            ..self
        }
    }

    fn new(defect: impl Into<Defect>, when: When) -> Self {
        Self {
            defect: defect.into(),
            when,
            endpoint: None,
            member: None,
            client: None,
        }
    }

    fn concerns(&self, endpoint: Endpoint, caller: &Caller) -> bool {
        let fits =
            |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        self.defect.concerns(endpoint)
            && self.endpoint.is_none_or(|wanted| wanted == endpoint)
            && fits(&self.member, &caller.member)
            && fits(&self.client, &caller.client)
    }
}

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
    pub(crate) fn strike(&self, endpoint: Endpoint, caller: &Caller) -> Strikes {
        let mut active = lock(&self.0);
        let mut defects = Vec::new();
        for fault in &mut active.faults {
            if !fault.fault.concerns(endpoint, caller) || !fault.takes_turn() {
                continue;
            }
            defects.push(fault.fault.defect);
            if fault.fault.defect.whole().is_some() {
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
    pub(crate) fn whole(&self) -> Option<Whole> {
        self.0.iter().find_map(|defect| defect.whole())
    }

    pub(crate) fn id_token(&self) -> Vec<IdTokenDefect> {
        let found = self.0.iter().filter_map(|defect| match defect {
            Defect::IdToken(defect) => Some(*defect),
            Defect::Outage(_)
            | Defect::Throttle(_)
            | Defect::Transport(_)
            | Defect::Userinfo(_) => None,
        });
        found.collect()
    }

    pub(crate) fn userinfo(&self) -> Vec<UserinfoDefect> {
        let found = self.0.iter().filter_map(|defect| match defect {
            Defect::Userinfo(defect) => Some(*defect),
            Defect::Outage(_) | Defect::Throttle(_) | Defect::Transport(_) | Defect::IdToken(_) => {
                None
            }
        });
        found.collect()
    }
}

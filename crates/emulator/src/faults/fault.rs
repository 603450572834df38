//! Which calls a defect strikes.

use serde::{Deserialize, Serialize};

use super::{Call, Defect};
use crate::endpoint::Endpoint;

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

    pub(super) fn concerns(&self, call: &Call) -> bool {
        let fits =
            |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        self.defect.fits(call)
            && self.endpoint.is_none_or(|wanted| wanted == call.endpoint)
            && fits(&self.member, &call.caller.member)
            && fits(&self.client, &call.caller.client)
    }
}

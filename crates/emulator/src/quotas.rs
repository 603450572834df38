//! Daily budgets of calls: per application, and per member of an application; new at midnight UTC (LinkedIn reference §8.4).

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::grants::Owner;
use crate::lock::lock;

/// How many calls a day LinkedIn answers; from then on 429 until midnight UTC by the emulator's clock. Each endpoint has
/// a budget of its own, but for the two ways to share, which have one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quotas {
    /// Calls of an application to an endpoint. Default: 100 000, which the self-serve terms take for granted.
    pub application: u32,
    /// Calls of an application to an endpoint on behalf of one member. LinkedIn does not publish the number. Default:
    /// none.
    pub member: Option<u32>,
    /// Calls of an application that share something. Default: 100 000.
    pub share_application: u32,
    /// Calls of an application that share something on behalf of one member. Default: 150.
    pub share_member: u32,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            application: 100_000,
            member: None,
            share_application: 100_000,
            share_member: 150,
        }
    }
}

/// What has been used of the budgets.
#[derive(Debug)]
pub(crate) struct Budgets {
    quotas: Quotas,
    today: Mutex<Today>,
}

#[derive(Debug, Default)]
struct Today {
    /// Days since the epoch.
    day: i64,
    applications: HashMap<(Resource, String), u32>,
    members: HashMap<(Resource, Owner), u32>,
    exhausted: HashSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Resource {
    Share,
    Other(Endpoint),
}

/// The budget is used up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent;

impl Budgets {
    pub(crate) fn new(quotas: Quotas) -> Self {
        Self {
            quotas,
            today: Mutex::default(),
        }
    }

    /// Takes one call from the budgets. A call that is refused for its content counts as well; an assumption.
    pub(crate) fn spend(
        &self,
        endpoint: Endpoint,
        owner: &Owner,
        now: Timestamp,
    ) -> Result<(), Spent> {
        let share = matches!(endpoint, Endpoint::Posts | Endpoint::UgcPosts);
        let (resource, application, member) = if share {
            let Quotas {
                share_application,
                share_member,
                ..
            } = self.quotas;
            (Resource::Share, share_application, Some(share_member))
        } else {
            let Quotas {
                application,
                member,
                ..
            } = self.quotas;
            (Resource::Other(endpoint), application, member)
        };
        let mut today = lock(&self.today);
        today.turn_to(now);
        if today.exhausted.contains(&owner.client) {
            return Err(Spent);
        }
        let by_application = today
            .applications
            .entry((resource, owner.client.clone()))
            .or_default();
        if *by_application >= application {
            return Err(Spent);
        }
        *by_application += 1;
        let Some(limit) = member else {
            return Ok(());
        };
        let by_member = today.members.entry((resource, owner.clone())).or_default();
        if *by_member >= limit {
            return Err(Spent);
        }
        *by_member += 1;
        Ok(())
    }

    /// Uses up every budget of an application.
    pub(crate) fn exhaust(&self, client: &str, now: Timestamp) {
        let mut today = lock(&self.today);
        today.turn_to(now);
        today.exhausted.insert(client.to_owned());
    }

    /// Forgets what was used.
    pub(crate) fn forget(&self) {
        *lock(&self.today) = Today::default();
    }
}

impl Today {
    fn turn_to(&mut self, now: Timestamp) {
        const DAY: i64 = 24 * 60 * 60;
        let day = now.as_second().div_euclid(DAY);
        if day != self.day {
            *self = Self {
                day,
                ..Self::default()
            };
        }
    }
}

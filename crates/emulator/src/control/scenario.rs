//! A rehearsal that can be repeated: clock, switches, faults and people, in a file.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::acts;
use super::length::Length;
use crate::clock::Hands;
use crate::faults::{Fault, When};
use crate::linkedin::LinkedIn;
use crate::members::Member;
use crate::switches::Switch;

/// A set-up that an emulator can be put into. It says nothing of applications, tokens and the ledger; replaying it leaves
/// them alone, so that it can strike members who are signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What is rehearsed, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    /// Where the clock stands; as it is, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock: Option<ClockAt>,
    /// Switches; those absent stay as they are.
    #[serde(default)]
    switches: BTreeMap<Switch, bool>,
    /// The faults in force: these and no others.
    #[serde(default, rename = "fault")]
    faults: Vec<Fault>,
    /// Everybody who can sign in; who could before, if absent.
    #[serde(default, rename = "member", skip_serializing_if = "Option::is_none")]
    members: Option<Vec<Member>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum ClockAt {
    /// Runs, ahead of the machine's time.
    Ahead(Length),
    /// Stands still.
    PausedAt(Timestamp),
}

/// A scenario that cannot be used; the message has the line, or names the fault or member.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct ScenarioError(String);

impl Scenario {
    /// Reads the TOML text of a scenario file.
    ///
    /// # Errors
    /// [`ScenarioError`] where the text is no TOML, has a field or a name that scenarios do not have, or contains a fault
    /// or a member that no emulator accepts.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self =
            toml::from_str(text).map_err(|error| ScenarioError(error.to_string()))?;
        scenario.check().map_err(ScenarioError)?;
        Ok(scenario)
    }

    /// The present set-up of an emulator. Of a fault for the next calls, those that are left.
    pub(super) fn of(linkedin: &LinkedIn, description: String) -> Self {
        let clock = match linkedin.clock.hands() {
            Hands::Running { ahead } => ClockAt::Ahead(Length(ahead)),
            Hands::Paused { at } => ClockAt::PausedAt(at),
        };
        let faults = linkedin.faults.active().into_iter().map(|active| {
            let when = match active.fault.when {
                When::NextCalls(number) => When::NextCalls(number.saturating_sub(active.struck)),
                same @ (When::Share { .. } | When::UntilRemoved) => same,
            };
            Fault {
                when,
                ..active.fault
            }
        });
        Self {
            description,
            clock: Some(clock),
            switches: Switch::ALL
                .map(|switch| (switch, linkedin.switches.is_on(switch)))
                .into(),
            faults: faults.collect(),
            members: Some(linkedin.members.all()),
        }
    }

    /// Puts an emulator into this set-up.
    pub(crate) fn replay(&self, linkedin: &LinkedIn) {
        match self.clock {
            Some(ClockAt::Ahead(Length(ahead))) => linkedin.clock.put(Hands::Running { ahead }),
            Some(ClockAt::PausedAt(at)) => linkedin.clock.put(Hands::Paused { at }),
            None => {}
        }
        for (switch, on) in &self.switches {
            linkedin.switches.throw(*switch, *on);
        }
        if let Some(members) = &self.members {
            linkedin.members.replace(members.clone());
        }
        linkedin.faults.clear();
        for fault in &self.faults {
            linkedin.faults.inject(fault.clone());
        }
    }

    pub(super) fn description(&self) -> &str {
        &self.description
    }

    /// The first thing that no emulator accepts.
    fn check(&self) -> Result<(), String> {
        for (place, fault) in (1..).zip(&self.faults) {
            acts::check_fault(fault)
                .map_err(|problem| format!("fault {place}: {}", problem.detail))?;
        }
        let members = self.members.iter().flatten();
        for (place, member) in (1..).zip(members) {
            acts::check_member(member)
                .map_err(|problem| format!("member {place}: {}", problem.detail))?;
        }
        match &self.members {
            Some(members) if members.is_empty() => Err("there are no members".to_owned()),
            Some(members) => match crate::settings::repeated_slug(members) {
                Some(slug) => Err(format!("two members have the slug {slug:?}")),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }
}

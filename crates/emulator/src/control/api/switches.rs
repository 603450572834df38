//! `/emulator/api/switches`: what can be switched while the emulator runs.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::{Value, json};

use crate::control::input::{Body, Order};
use crate::linkedin::{LinkedIn, Shared};
use crate::switches::Switch;

#[derive(Clone, Debug, Serialize)]
pub(in crate::control) struct SwitchView {
    pub(in crate::control) switch: Switch,
    pub(in crate::control) on: bool,
    pub(in crate::control) meaning: &'static str,
}

/// Positions by name.
type Positions = BTreeMap<Switch, bool>;

impl Order for Positions {
    fn accepted() -> Value {
        let switches = Switch::ALL.iter();
        switches
            .map(|switch| (switch.to_string(), json!("true or false")))
            .collect()
    }
}

pub(in crate::control) fn views(linkedin: &LinkedIn) -> Vec<SwitchView> {
    let view = |switch| SwitchView {
        switch,
        on: linkedin.switches.is_on(switch),
        meaning: switch.meaning(),
    };
    Switch::ALL.map(view).into()
}

pub(super) async fn list(State(linkedin): State<Shared>) -> Json<Value> {
    Json(json!({ "switches": views(&linkedin), "quirks": linkedin.quirks }))
}

pub(super) async fn throw(
    State(linkedin): State<Shared>,
    Body(positions): Body<Positions>,
) -> Json<Vec<SwitchView>> {
    for (switch, on) in positions {
        linkedin.switches.throw(switch, on);
    }
    Json(views(&linkedin))
}

//! `/emulator/api/clock`: the emulator's time.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Hands;
use crate::control::acts;
use crate::control::input::{Body, Order};
use crate::control::length::{EXAMPLES, Length};
use crate::linkedin::{LinkedIn, Shared};

#[derive(Clone, Debug, Serialize)]
pub(in crate::control) struct ClockView {
    pub(in crate::control) now: Timestamp,
    pub(in crate::control) paused: bool,
    /// Ahead of the machine's time; absent while the clock stands.
    pub(in crate::control) ahead: Option<Length>,
}

impl ClockView {
    pub(in crate::control) fn of(linkedin: &LinkedIn) -> Self {
        let hands = linkedin.clock.hands();
        Self {
            now: linkedin.clock.now(),
            paused: linkedin.clock.is_paused(),
            ahead: match hands {
                Hands::Running { ahead } => Some(Length(ahead)),
                Hands::Paused { .. } => None,
            },
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Set {
    now: Timestamp,
}

impl Order for Set {
    fn accepted() -> Value {
        json!({ "now": "an instant, such as 2026-03-01T12:00:00Z" })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    by: Length,
}

impl Order for Advance {
    fn accepted() -> Value {
        json!({ "by": EXAMPLES })
    }
}

pub(super) async fn show(State(linkedin): State<Shared>) -> Json<ClockView> {
    Json(ClockView::of(&linkedin))
}

pub(super) async fn set(State(linkedin): State<Shared>, Body(set): Body<Set>) -> Json<ClockView> {
    linkedin.clock.set(set.now);
    Json(ClockView::of(&linkedin))
}

pub(super) async fn pause(State(linkedin): State<Shared>) -> Json<ClockView> {
    linkedin.clock.pause();
    Json(ClockView::of(&linkedin))
}

pub(super) async fn resume(State(linkedin): State<Shared>) -> Json<ClockView> {
    linkedin.clock.resume();
    Json(ClockView::of(&linkedin))
}

pub(super) async fn advance(
    State(linkedin): State<Shared>,
    Body(advance): Body<Advance>,
) -> Json<ClockView> {
    acts::advance(&linkedin, advance.by);
    Json(ClockView::of(&linkedin))
}

//! `/emulator/api/faults`: the catalogue, and what of it is in force.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::control::acts;
use crate::control::input::{Body, Named, Order};
use crate::control::problem::Problem;
use crate::endpoint::Endpoint;
use crate::faults::{ActiveFault, Defect, Fault};
use crate::linkedin::{LinkedIn, Shared};

#[derive(Debug, Serialize)]
pub(super) struct FaultView {
    number: u64,
    #[serde(flatten)]
    fault: Fault,
    /// Calls that it concerned so far.
    calls: u32,
    /// Calls that it struck so far.
    struck: u32,
}

impl FaultView {
    fn of(active: ActiveFault) -> Self {
        Self {
            number: active.id.number(),
            fault: active.fault,
            calls: active.calls,
            struck: active.struck,
        }
    }
}

impl Order for Fault {
    fn accepted() -> Value {
        json!({
            "defect": Defect::ALL.as_slice(),
            "when": [
                { "next_calls": "a number from 1; 1, if `when` is absent" },
                { "share": { "percent": "1 to 100", "seed": "a number; 0, if absent" } },
                "until_removed",
            ],
            "endpoint": Endpoint::ALL,
            "member": "a member's slug",
            "client": "an application's client_id",
        })
    }
}

pub(super) fn in_force(linkedin: &LinkedIn) -> Vec<FaultView> {
    let active = linkedin.faults.active().into_iter();
    active.map(FaultView::of).collect()
}

pub(super) async fn list(State(linkedin): State<Shared>) -> Json<Vec<FaultView>> {
    Json(in_force(&linkedin))
}

pub(super) async fn catalogue() -> Json<Vec<Value>> {
    let shown = Defect::ALL.into_iter().map(|defect| {
        let shows = Endpoint::ALL.into_iter();
        let endpoints: Vec<Endpoint> = shows.filter(|it| defect.concerns(*it)).collect();
        json!({
            "defect": defect,
            "meaning": defect.meaning(),
            "evidence": defect.evidence().as_str(),
            "endpoints": endpoints,
        })
    });
    Json(shown.collect())
}

pub(super) async fn inject(
    State(linkedin): State<Shared>,
    Body(fault): Body<Fault>,
) -> Result<(StatusCode, Json<FaultView>), Problem> {
    let active = acts::inject(&linkedin, fault)?;
    Ok((StatusCode::CREATED, Json(FaultView::of(active))))
}

pub(super) async fn remove(
    State(linkedin): State<Shared>,
    Named(number): Named<String>,
) -> Result<StatusCode, Problem> {
    let unreadable = |_| {
        let problem = Problem::unreadable(format!("{number:?} is not the number of a fault"));
        problem.accepting(json!(acts::fault_numbers(&linkedin)))
    };
    let number = number.parse().map_err(unreadable)?;
    linkedin.faults.remove(acts::fault(&linkedin, number)?);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn clear(State(linkedin): State<Shared>) -> StatusCode {
    linkedin.faults.clear();
    StatusCode::NO_CONTENT
}

//! `/emulator/api/ledger`: every request that reached the emulated LinkedIn.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::control::input::{Asked, Order};
use crate::endpoint::Endpoint;
use crate::faults::Defect;
use crate::ledger::Entry;
use crate::linkedin::{LinkedIn, Shared};

/// Requests listed at once.
const MOST: usize = 1_000;

#[derive(Debug, Serialize)]
pub(in crate::control) struct EntryView {
    number: u64,
    at: Timestamp,
    endpoint: Endpoint,
    method: String,
    path: String,
    client: Option<String>,
    member: Option<String>,
    fields: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    /// Absent where the connection was closed without an answer.
    status: Option<u16>,
    /// `x-li-uuid` of the answer, which LinkedIn's support asks for.
    li_uuid: Option<String>,
    defects: Vec<Defect>,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            number: entry.number,
            at: entry.at,
            endpoint: entry.endpoint,
            method: entry.method,
            path: entry.path,
            client: entry.client,
            member: entry.member,
            fields: entry.fields,
            headers: entry.headers,
            status: entry.status,
            li_uuid: entry.li_uuid,
            defects: entry.defects,
        }
    }
}

/// Which requests are meant. Whatever is absent means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::control) struct Filter {
    pub(in crate::control) endpoint: Option<Endpoint>,
    pub(in crate::control) member: Option<String>,
    client: Option<String>,
    status: Option<u16>,
    defect: Option<Defect>,
    /// Only those with a greater number.
    after: Option<u64>,
    limit: Option<usize>,
}

impl Order for Filter {
    fn accepted() -> Value {
        json!({
            "endpoint": Endpoint::ALL,
            "member": "a member's slug",
            "client": "an application's client_id",
            "status": "an HTTP status",
            "defect": Defect::ALL.as_slice(),
            "after": "the number of a request",
            "limit": format!("a number up to {MOST}"),
        })
    }
}

impl Filter {
    pub(in crate::control) fn of(endpoint: Option<Endpoint>, member: Option<String>) -> Self {
        Self {
            endpoint,
            member,
            ..Self::default()
        }
    }

    /// The requests asked for, newest first, and how many there are in all.
    pub(super) fn page(&self, linkedin: &LinkedIn, most: usize) -> (Vec<EntryView>, usize) {
        let (entries, count) = self.entries(linkedin, most);
        (entries.into_iter().map(EntryView::from).collect(), count)
    }

    pub(in crate::control) fn entries(
        &self,
        linkedin: &LinkedIn,
        most: usize,
    ) -> (Vec<Entry>, usize) {
        let limit = self.limit.unwrap_or(most).min(most);
        linkedin.ledger.newest(limit, |entry| self.means(entry))
    }

    fn means(&self, entry: &Entry) -> bool {
        self.endpoint.is_none_or(|it| it == entry.endpoint)
            && (self.member.is_none() || self.member == entry.member)
            && (self.client.is_none() || self.client == entry.client)
            && (self.status.is_none() || self.status == entry.status)
            && self.defect.is_none_or(|it| entry.defects.contains(&it))
            && self.after.is_none_or(|it| entry.number > it)
    }
}

pub(super) async fn list(
    State(linkedin): State<Shared>,
    Asked(filter): Asked<Filter>,
) -> Json<Value> {
    let (entries, count) = filter.page(&linkedin, MOST);
    Json(json!({ "count": count, "newest": entries }))
}

pub(super) async fn clear(State(linkedin): State<Shared>) -> StatusCode {
    linkedin.ledger.clear();
    StatusCode::NO_CONTENT
}

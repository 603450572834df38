//! `GET /emulator/api/state`: everything at once, for a look or a bug report.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::{faults, ledger, members, switches};
use crate::control::issued::{self, Which};
use crate::control::shelf::Shelf;
use crate::linkedin::Shared;

/// Tokens and requests shown here; their own routes show more.
const MOST: usize = 100;

pub(super) async fn show(State(linkedin): State<Shared>) -> Json<Value> {
    let (tokens, token_count) = issued::tokens(&linkedin, &Which::default(), MOST);
    let (entries, entry_count) = ledger::Filter::default().page(&linkedin, MOST);
    let clients = linkedin.clients().into_iter().map(|client| {
        json!({
            "id": client.id,
            "name": client.name,
            "redirect_uris": client.redirect_uris,
            "scopes": client.scopes,
        })
    });
    let scenarios = Shelf::of(&linkedin).and_then(|shelf| shelf.list());
    Json(json!({
        "url": linkedin.url,
        "issuer": linkedin.issuer(),
        "clock": super::ClockView::of(&linkedin),
        "switches": switches::views(&linkedin),
        "quirks": linkedin.quirks,
        "clients": clients.collect::<Vec<_>>(),
        "members": members::views(&linkedin),
        "grants": issued::grants(&linkedin),
        "tokens": { "count": token_count, "newest": tokens },
        "faults": faults::in_force(&linkedin),
        "ledger": { "count": entry_count, "newest": entries },
        "scenarios": scenarios.ok(),
    }))
}

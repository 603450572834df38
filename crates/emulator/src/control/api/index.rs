//! `GET /emulator/api`: what can be asked here.

use axum::Json;
use serde_json::{Value, json};

use crate::endpoint::path;

/// Every route: method, path, what it does.
const ROUTES: [(&str, &str, &str); 27] = [
    ("GET", "", "this list"),
    ("GET", "/state", "everything at once"),
    (
        "GET",
        "/faults/catalogue",
        "every defect: what happens, and where it can show itself",
    ),
    ("GET", "/faults", "the faults in force"),
    (
        "POST",
        "/faults",
        "inject one: `defect`, and optionally `when`, `endpoint`, `member`, `client`",
    ),
    ("DELETE", "/faults", "remove all"),
    ("DELETE", "/faults/{number}", "remove one"),
    ("GET", "/clock", "the emulator's time"),
    ("PUT", "/clock", "set it: `now`"),
    ("POST", "/clock/pause", "stop it"),
    (
        "POST",
        "/clock/resume",
        "let it run on from where it stands",
    ),
    ("POST", "/clock/advance", "move it: `by`, such as `61d`"),
    (
        "GET",
        "/tokens",
        "tokens, dead or alive, newest first; `member`, `client`, `status`, `limit`",
    ),
    (
        "POST",
        "/tokens/revoke",
        "LinkedIn revokes all, or those of `member`, `client`",
    ),
    (
        "POST",
        "/tokens/{fingerprint}/expire",
        "one ends by itself, now",
    ),
    (
        "POST",
        "/tokens/{fingerprint}/revoke",
        "LinkedIn revokes one",
    ),
    (
        "GET",
        "/grants",
        "which member allowed which application what",
    ),
    (
        "DELETE",
        "/grants/{member}/{client}",
        "the member removes the application",
    ),
    ("GET", "/members", "everybody who can sign in"),
    ("GET", "/members/{slug}", "one of them"),
    ("PUT", "/members/{slug}", "add or replace one"),
    (
        "GET",
        "/switches",
        "the switches, and the quirks, which are decided at the start",
    ),
    (
        "PATCH",
        "/switches",
        "throw some: `revocation`, `refresh_tokens`",
    ),
    (
        "GET",
        "/ledger",
        "requests, newest first; `endpoint`, `member`, `client`, `status`, `defect`, `after`, `limit`",
    ),
    ("DELETE", "/ledger", "forget them"),
    (
        "POST",
        "/js-sdk/cookies",
        "the cookie that the JavaScript SDK writes: `client`, `member`",
    ),
    ("POST", "/reset", "everything as at the start"),
];

/// Those that need a folder of scenarios.
const SCENARIO_ROUTES: [(&str, &str, &str); 4] = [
    ("GET", "/scenarios", "the scenarios in the folder"),
    ("GET", "/scenarios/{name}", "one of them"),
    (
        "PUT",
        "/scenarios/{name}",
        "save the present set-up; `description`",
    ),
    (
        "POST",
        "/scenarios/{name}/replay",
        "put the emulator into one",
    ),
];

pub(super) async fn show() -> Json<Value> {
    Json(json!({ "routes": routes() }))
}

pub(super) fn routes() -> Value {
    let all = ROUTES.iter().chain(&SCENARIO_ROUTES);
    all.map(|(method, below, meaning)| {
        json!({
            "method": method,
            "path": format!("{}{below}", path::CONTROL_API),
            "meaning": meaning,
        })
    })
    .collect()
}

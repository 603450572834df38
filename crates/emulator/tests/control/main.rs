//! The control interface and its page from outside: every verb, what it refuses, and who may not use it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail as loudly as the test"
)]

mod clock;
mod faults;
mod guard;
mod js_sdk;
mod ledger;
mod members;
mod page;
mod reset;
mod scenarios;
mod settings;
mod switches;
mod tokens;
mod world;

//! The composer's state machine: for every event, what every stage becomes and what is to be done; and that no order of
//! events sends a post twice. No browser, no clock.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends here"
)]

mod answers;
mod drafts;
mod stages;
mod tabs;

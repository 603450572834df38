//! The session's state machine: for every event, what every state becomes and what is to be done. No browser, no clock.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on ends here"
)]

mod acts;
mod address;
mod answers;
mod endings;
mod failure_log;
mod retry;
mod states;
mod surroundings;
mod walks;

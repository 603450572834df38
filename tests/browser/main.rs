//! The parts in a real browser: roles, keyboard, what happens when things go wrong, and that nothing is left behind.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends here"
)]

mod badge;
mod clock;
mod document;
mod endings;
mod failures;
mod instead;
mod json;
mod kit;
mod rebuild;
mod session;
mod share;
mod share_bad_days;
mod test_kit;
mod texts;
mod unknown;
mod world;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

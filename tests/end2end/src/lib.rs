//! What a member lives through, in a real browser, with a real BFF and the emulator.
//!
//! A journey is an async test that gets a [`World`] (emulator and BFF in this process, on ports of their own, and so
//! with clock, faults and ledger in typed hands) and a [`Browser`] (a fresh profile). It says what a person does and
//! sees; waiting is the browser's business, and no journey sleeps.
//!
//! ```no_run
//! use end2end::{Outcome, journey};
//!
//! # async fn example() -> Outcome {
//! journey("a_visitor_is_invited_to_sign_in", async |_world, browser| {
//!     browser.open("/").await?;
//!     browser.sees("Sign in with LinkedIn").await
//! })
//! .await
//! # }
//! ```
//!
//! `cargo xtask test --only journeys` builds the page and finds the browser. `END2END_ENGINE` names another engine
//! than Chromium.

mod axe;
mod between;
mod browser;
mod console;
mod device;
mod devtools;
mod driver;
mod engine;
mod environment;
mod journey;
mod look;
mod mishap;
mod omission;
mod pictures;
mod planted;
mod profile;
mod program;
mod witness;
mod world;

pub use between::Between;
pub use browser::Browser;
pub use engine::Engine;
pub use journey::{at_the_same_time, journey, journey_in, journey_without_cookies};
pub use look::{Look, Scheme};
pub use mishap::{Mishap, Outcome};
pub use program::Program;
pub use world::World;

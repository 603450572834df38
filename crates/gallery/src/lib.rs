//! Every component of Lapel in every state, on one page, with data made up for it.
//!
//! A component comes in by a file of its name under `exhibits`, and a line in [`exhibits()`]. What is forgotten is found:
//! `tests/complete.rs` compares the names with the library's folders. Each exhibit is then mounted by `tests/states.rs`,
//! looked at by axe, and photographed by the journeys.
//!
//! The page's address says how everything is shown, so that a state can be linked to:
//! `?language=ar&direction=ltr&scheme=dark#member_badge`.

mod exhibit;
mod exhibits;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod gallery;
mod scheme;
mod settings;

pub use exhibit::Exhibit;
pub use exhibits::exhibits;
pub use gallery::Gallery;

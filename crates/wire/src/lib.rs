//! What Lapel's page and its backend-for-frontend (BFF) say to each other: shapes and paths, nothing that acts; and what both
//! draw of it.
//!
//! Both sides compile against this crate, so a path or a field cannot mean two things. It does no I/O and knows no
//! framework; `tests/golden` holds the JSON that is the contract.

mod feature;
mod input_error;
pub mod little;
mod local_path;
mod outcome;
pub mod paths;
mod problem;
mod session;
pub mod stand_in;
mod support;

pub use feature::{Feature, UnknownFeature};
pub use input_error::InputError;
pub use local_path::{LocalPath, LocalPathError};
pub use outcome::{SignInOutcome, UnknownOutcome};
pub use problem::{Kind, Problem, Retry};
pub use session::{
    Member, Reach, Revocation, SessionView, SignOutReport, SignedIn, SignedOut, SignedOutReason,
};
pub use support::{SupportLinks, SupportRecord};

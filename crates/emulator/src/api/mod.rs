//! What the member APIs have in common: how a caller proves a permission, and how a refusal reads.

mod bearer;
pub(crate) mod error;

pub(crate) use bearer::{Access, authorize};

//! The member APIs (LinkedIn reference §8 to §10): how a caller proves a permission, how a refusal reads, and the
//! resources other than userinfo.

pub(crate) mod assets;
mod bearer;
pub(crate) mod email_address;
pub(crate) mod error;
pub(crate) mod gone;
pub(crate) mod posts;
pub(crate) mod profile;
mod projection;
mod schema;
mod version;

pub(crate) use bearer::{Access, authorize};
pub use version::ApiVersions;

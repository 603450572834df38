//! LinkedIn's bad days: a closed catalogue of defects, and when each of them strikes.
//!
//! A fault is data. It is never drawn at random: a share of calls is chosen by a seed, so that a run can be repeated.

#[macro_use]
mod family;

mod access;
mod active;
mod body;
mod call;
mod catalogue;
mod effect;
mod fault;
mod id_token;
mod introspection;
mod keys;
mod latency;
mod outage;
mod posts;
mod profile;
mod refresh;
mod revocation;
mod skew;
mod throttle;
mod transport;
mod transport_body;
mod userinfo;

pub use access::AccessDefect;
pub use active::{ActiveFault, FaultId, Faults};
pub use body::BodyDefect;
pub use catalogue::{Defect, UnknownDefect};
pub use family::Evidence;
pub use fault::{Fault, When};
pub use id_token::IdTokenDefect;
pub use introspection::IntrospectionDefect;
pub use keys::KeysDefect;
pub use latency::Latency;
pub use outage::Outage;
pub use posts::PostsDefect;
pub use profile::ProfileDefect;
pub use refresh::RefreshDefect;
pub use revocation::RevocationDefect;
pub use skew::ClockSkew;
pub use throttle::Throttle;
pub use transport::Transport;
pub use userinfo::UserinfoDefect;

pub(crate) use active::Strikes;
pub(crate) use body::{with_other_types, without_essentials};
pub(crate) use call::Call;
pub(crate) use catalogue::Instead;
pub(crate) use transport_body::Interrupted;

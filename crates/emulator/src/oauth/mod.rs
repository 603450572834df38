//! OAuth 2.0 as LinkedIn speaks it (LinkedIn reference §1 to §4).

pub(crate) mod authorize;
mod client;
mod error;
pub(crate) mod introspect;
mod redirect;
mod repeats;
mod request;
pub(crate) mod revoke;
pub(crate) mod token;
mod visits;

pub(crate) use authorize::PendingId;
pub(crate) use error::OAuthError;
pub(crate) use request::AuthorizationRequest;
pub(crate) use visits::Visits;

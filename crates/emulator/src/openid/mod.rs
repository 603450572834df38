//! OpenID Connect as LinkedIn speaks it (LinkedIn reference §5).

pub(crate) mod discovery;
mod id_token;
pub(crate) mod keys;
pub(crate) mod userinfo;

pub(crate) use id_token::{Claims, SigningFailed};
pub use keys::KeyError;
pub(crate) use keys::{KeyRing, SigningKey};

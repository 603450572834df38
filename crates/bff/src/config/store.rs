//! Where instances tell each other of sessions.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::env::Reader;

const STORE_URL: &str = "LAPEL_STORE_URL";

/// Longer than a healthy store takes by far, and short enough that a request waits for a dead one without harm.
const DEADLINE: Duration = Duration::from_millis(300);

/// How long a refresh may go without its holder's word before another instance takes over.
const LEASE: Duration = Duration::from_secs(6);

/// Settings of the shared store.
#[derive(Clone)]
pub struct Store {
    /// `LAPEL_STORE_URL`: host, port, database and credentials.
    pub(crate) client: redis::Client,
    /// How long one question to the store may take. 300 ms.
    pub deadline: Duration,
    /// How long an instance that asks LinkedIn for a token keeps others from it without renewing its claim. 6 s.
    pub lease: Duration,
}

/// Why an address of a store cannot be used. Never says the address, which has a password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreUrlError {
    /// Another scheme, or no address.
    #[error("must be a redis:// or rediss:// address (Valkey's too)")]
    Scheme,
    /// A fragment would switch the verification of certificates off.
    #[error("must have no fragment")]
    Fragment,
    /// Host, port or database cannot be read.
    #[error("host, port or database cannot be read")]
    Unreadable,
}

impl Store {
    /// Reads an address: `redis://[user][:password@]host[:port][/database]`, or `rediss://` for TLS.
    ///
    /// # Errors
    /// [`StoreUrlError`].
    pub fn at(address: &str) -> Result<Self, StoreUrlError> {
        let url = Url::parse(address).map_err(|_| StoreUrlError::Scheme)?;
        if !["redis", "rediss"].contains(&url.scheme()) {
            return Err(StoreUrlError::Scheme);
        }
        if url.fragment().is_some() {
            return Err(StoreUrlError::Fragment);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(StoreUrlError::Unreadable);
        }
        let client = redis::Client::open(url).map_err(|_| StoreUrlError::Unreadable)?;
        Ok(Self {
            client,
            deadline: DEADLINE,
            lease: LEASE,
        })
    }

    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let store = Self::at(reader.text(STORE_URL)?);
        match store {
            Ok(store) => Some(store),
            Err(error) => {
                reader.fault(format!("{STORE_URL}: {error}"));
                None
            }
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("deadline", &self.deadline)
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}

//! Where instances tell each other of sessions.

use std::fmt;
use std::time::Duration;

use redis::{Client, TlsCertificates};
use url::Url;

use super::env::Reader;

pub(super) const STORE_URL: &str = "LAPEL_STORE_URL";

const STORE_CA: &str = "LAPEL_STORE_CA";

/// How a certificate begins in a file of them (RFC 7468 §5.1).
const BEGIN_CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----";

/// Longer than a healthy store takes by far, and short enough that a request waits for a dead one without harm.
const DEADLINE: Duration = Duration::from_millis(300);

/// How long a refresh may go without its holder's word before another instance takes over.
const LEASE: Duration = Duration::from_secs(6);

/// Settings of the shared store.
#[derive(Clone)]
pub struct Store {
    /// `LAPEL_STORE_URL`: host, port, database and credentials. `LAPEL_STORE_CA`: whom to believe that it is that host.
    pub(crate) client: Client,
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
    /// What is to vouch for the store's certificate is no certificate.
    #[error("must be a file of certificates in PEM form (RFC 7468)")]
    Authority,
    /// Without TLS there is nothing to vouch for.
    #[error("says who vouches for a certificate, which only a rediss:// address has")]
    NoTls,
}

impl Store {
    /// Reads an address: `redis://[user][:password@]host[:port][/database]`, or `rediss://` for TLS, with a certificate
    /// that the system's roots vouch for.
    ///
    /// # Errors
    /// [`StoreUrlError`].
    pub fn at(address: &str) -> Result<Self, StoreUrlError> {
        Self::with(address, None)
    }

    /// Reads an address of a store whose certificate these vouch for, and no other. They are in PEM form (RFC 7468).
    ///
    /// # Errors
    /// [`StoreUrlError`].
    pub fn trusting(address: &str, authorities: &str) -> Result<Self, StoreUrlError> {
        if !authorities.contains(BEGIN_CERTIFICATE) {
            return Err(StoreUrlError::Authority);
        }
        Self::with(address, Some(authorities.into()))
    }

    fn with(address: &str, authorities: Option<Vec<u8>>) -> Result<Self, StoreUrlError> {
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
        let tls = url.scheme() == "rediss";
        let client = Client::open(url.clone()).map_err(|_| StoreUrlError::Unreadable)?;
        let client = match authorities {
            None => client,
            Some(_) if !tls => return Err(StoreUrlError::NoTls),
            root_cert @ Some(_) => {
                let believed = TlsCertificates {
                    client_tls: None,
                    root_cert,
                };
                Client::build_with_tls(url, believed).map_err(|_| StoreUrlError::Authority)?
            }
        };
        Ok(Self {
            client,
            deadline: DEADLINE,
            lease: LEASE,
        })
    }

    /// Host and port, for the log: without credentials.
    #[must_use]
    pub fn place(&self) -> String {
        self.client.get_connection_info().addr().to_string()
    }

    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let authorities = reader.text(STORE_CA).map(str::to_owned);
        let Some(address) = reader.text(STORE_URL).map(str::to_owned) else {
            if authorities.is_some() {
                reader.fault(format!("{STORE_CA} is set, and {STORE_URL} is not"));
            }
            return None;
        };
        let store = match authorities.map(|path| (std::fs::read_to_string(&path), path)) {
            None => Self::at(&address),
            Some((Ok(authorities), _)) => Self::trusting(&address, &authorities),
            Some((Err(error), path)) => {
                reader.fault(format!("{STORE_CA}: {path} cannot be read ({error})"));
                return None;
            }
        };
        let fault = match store {
            Ok(store) => return Some(store),
            Err(error @ (StoreUrlError::Authority | StoreUrlError::NoTls)) => {
                format!("{STORE_CA}: {error}")
            }
            Err(
                error @ (StoreUrlError::Scheme
                | StoreUrlError::Fragment
                | StoreUrlError::Unreadable),
            ) => format!("{STORE_URL}: {error}"),
        };
        reader.fault(fault);
        None
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

//! How sessions are sealed.

use std::time::Duration;

use crate::session::Lifetimes;
use crate::session::seal::KeyRing;

use super::Store;
use super::env::Reader;
use super::store::STORE_URL;

const KEYS: &str = "LAPEL_SESSION_KEYS";
const IDLE: &str = "LAPEL_SESSION_IDLE";
const LIFETIME: &str = "LAPEL_SESSION_LIFETIME";
const VALIDATE_EVERY: &str = "LAPEL_VALIDATE_EVERY";

/// A shorter session ends while its member reads a page.
const SHORTEST: Duration = Duration::from_mins(1);

/// Nobody means a longer one.
const LONGEST: Duration = Duration::from_hours(10 * 366 * 24);

/// Settings of the session.
#[derive(Clone, Debug)]
pub struct Session {
    /// `LAPEL_SESSION_KEYS`: the first key seals, all open.
    pub keys: KeyRing,
    /// Whether the keys end with this process: development without `LAPEL_SESSION_KEYS`.
    pub keys_are_ephemeral: bool,
    /// `LAPEL_SESSION_IDLE`, `LAPEL_SESSION_LIFETIME`, `LAPEL_VALIDATE_EVERY`.
    pub lifetimes: Lifetimes,
    /// `LAPEL_STORE_URL`: where instances tell each other of sessions, if anywhere.
    pub store: Option<Store>,
}

impl Session {
    pub(super) fn read(reader: &mut Reader, development: bool) -> Self {
        let lifetimes = lifetimes(reader);
        let store = Store::read(reader);
        let keys = match reader.text(KEYS).map(KeyRing::parse) {
            Some(Ok(keys)) => Some(keys),
            Some(Err(error)) => {
                reader.fault(format!("{KEYS}: {error}"));
                None
            }
            None => {
                if !development {
                    reader.fault(format!(
                        "{KEYS} is not set; make a key with `lapel-bff keys new` and keep it secret"
                    ));
                }
                None
            }
        };
        if reader.text(KEYS).is_none() && reader.text(STORE_URL).is_some() {
            reader.fault(format!(
                "{KEYS} must be set where there is a store: instances share both"
            ));
        }
        Self {
            keys_are_ephemeral: keys.is_none(),
            keys: keys.unwrap_or_else(KeyRing::random),
            lifetimes,
            store,
        }
    }
}

fn lifetimes(reader: &mut Reader) -> Lifetimes {
    let usual = Lifetimes::default();
    let lifetimes = Lifetimes {
        idle: duration(reader, IDLE, usual.idle),
        absolute: duration(reader, LIFETIME, usual.absolute),
        validate_every: match reader.text(VALIDATE_EVERY) {
            Some("never") => Duration::ZERO,
            _ => duration(reader, VALIDATE_EVERY, usual.validate_every),
        },
    };
    for (name, value) in [(IDLE, lifetimes.idle), (LIFETIME, lifetimes.absolute)] {
        if value < SHORTEST {
            reader.fault(format!("{name}: must be at least a minute"));
        } else if value > LONGEST {
            reader.fault(format!("{name}: must be at most ten years"));
        }
    }
    lifetimes
}

fn duration(reader: &mut Reader, name: &'static str, default: Duration) -> Duration {
    reader
        .parsed(
            name,
            "a time such as 14d or 12h",
            humantime::Duration::from(default),
        )
        .into()
}

//! How sessions are sealed.

use crate::session::seal::KeyRing;

use super::env::Reader;

const KEYS: &str = "LAPEL_SESSION_KEYS";

/// Settings of the session.
#[derive(Clone, Debug)]
pub struct Session {
    /// `LAPEL_SESSION_KEYS`: the first key seals, all open.
    pub keys: KeyRing,
    /// Whether the keys end with this process: development without `LAPEL_SESSION_KEYS`.
    pub keys_are_ephemeral: bool,
}

impl Session {
    pub(super) fn read(reader: &mut Reader, development: bool) -> Self {
        let ephemeral = |keys_are_ephemeral| Self {
            keys: KeyRing::random(),
            keys_are_ephemeral,
        };
        let Some(text) = reader.text(KEYS) else {
            if !development {
                reader.fault(format!(
                    "{KEYS} is not set; make a key with `lapel-bff keys new` and keep it secret"
                ));
            }
            return ephemeral(true);
        };
        match KeyRing::parse(text) {
            Ok(keys) => Self {
                keys,
                keys_are_ephemeral: false,
            },
            Err(error) => {
                reader.fault(format!("{KEYS}: {error}"));
                ephemeral(true)
            }
        }
    }
}

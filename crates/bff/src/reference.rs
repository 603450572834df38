//! Names of occurrences.

use crate::secret::random_bytes;

/// Names one occurrence, in the answer and in the log. Hexadecimal: it is read out to people, and it stands in an address.
pub(crate) fn new() -> String {
    random_bytes::<6>()
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

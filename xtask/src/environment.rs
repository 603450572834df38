//! The variables that whoever runs a task has set.

use std::ffi::OsString;

#[expect(
    clippy::disallowed_methods,
    reason = "what a task reads are the machine's variables, and those of the BFF only to leave them as they are"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// A setting as the BFF reads it: an empty one counts as not set.
pub(crate) fn setting(name: &str) -> Option<String> {
    let value = variable(name)?.to_string_lossy().trim().to_owned();
    (!value.is_empty()).then_some(value)
}

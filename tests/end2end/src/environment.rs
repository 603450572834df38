//! The variables that whoever runs the journeys has set. None of ours begins with `LAPEL_`: those are the BFF's, which
//! refuses what it does not know.

use std::ffi::OsString;

#[expect(
    clippy::disallowed_methods,
    reason = "where the page, the driver and the browser lie is not a setting of the product"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

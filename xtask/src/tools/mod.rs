//! The programs that tasks need besides cargo. One that is on the machine in a fitting version is used; others are
//! installed below `target/tools` through cargo or npm, or by the system's own installer, never by a download of ours.

mod axe;
mod browser;
mod cargo_tools;
mod debian;
mod engines;
mod npm;
mod redis;
mod redocly;
mod wasm_opt;
mod wasm_target;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use semver::Version;

pub(crate) use axe::axe;
pub(crate) use browser::browser;
pub(crate) use cargo_tools::{trunk, wasm_bindgen};
pub(crate) use engines::{firefox, webkit};
pub(crate) use redis::redis;
pub(crate) use redocly::redocly;
pub(crate) use wasm_opt::wasm_opt;
pub(crate) use wasm_target::wasm_target;

use crate::environment::variable;
use crate::workspace::Workspace;

/// `PATH` with the installed tools before the machine's own.
pub(crate) fn path(workspace: &Workspace) -> OsString {
    let own = [cargo_tools::folder(workspace), npm::folder(workspace)];
    let machine = variable("PATH").unwrap_or_default();
    // Only a folder name with a colon cannot be joined; then the machine's own tools must do.
    env::join_paths(own.into_iter().chain(env::split_paths(&machine))).unwrap_or(machine)
}

/// The version that a program tells when asked: the first word that reads as one.
fn version_of(program: &PathBuf) -> Option<Version> {
    let output = Command::new(program).arg("--version").output().ok()?;
    first_version(&String::from_utf8_lossy(&output.stdout))
}

/// `wasm-opt version 132` counts as 132.0.0.
fn first_version(text: &str) -> Option<Version> {
    text.split_whitespace().find_map(|word| {
        let missing = 2_usize.saturating_sub(word.matches('.').count());
        Version::parse(&format!("{word}{}", ".0".repeat(missing))).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_among_other_words() {
        assert_eq!(
            first_version("trunk 0.21.14"),
            Some(Version::new(0, 21, 14))
        );
        assert_eq!(
            first_version("wasm-opt version 132 (version_132)"),
            Some(Version::new(132, 0, 0))
        );
        assert_eq!(
            first_version("Chromium 156.0.8078.73 built on Debian"),
            None
        );
        assert_eq!(first_version("no version"), None);
    }
}

//! Debian's packages. Where the task may install them it does; where it may not, it can say how.

use std::path::Path;
use std::process::Command;

use crate::run::{Failed, quietly};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// Packages, and what they are as the subject of a sentence.
pub(super) struct Packages {
    pub(super) are: &'static str,
    pub(super) names: &'static [&'static str],
}

/// Whether this is Debian, or a system that descends from it.
pub(super) fn is_here() -> bool {
    Path::new("/etc/debian_version").exists() && which::which("apt-get").is_ok()
}

#[cfg(unix)]
pub(super) fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
pub(super) fn is_root() -> bool {
    false
}

impl Packages {
    /// Installs them, or says what to run where only root may.
    pub(super) fn install(&self, workspace: &Workspace) -> Result<(), Trouble> {
        if !is_root() {
            let by_hand = format!("sudo {}", self.by_hand());
            return Err(Trouble::new(format!("{} are needed.", self.are)).run(by_hand));
        }
        let Err(first) = self.try_to_install(workspace)? else {
            return Ok(());
        };
        // A machine that was never updated knows no packages, or versions that are gone.
        let updated = apt(
            workspace,
            "bringing the list of packages up to date",
            &["update"],
        )?;
        if self.try_to_install(workspace)?.is_ok() {
            return Ok(());
        }
        let reason = if updated.is_err() || first.for_want_of_network() {
            "the package registry could not be reached"
        } else {
            "apt-get refused"
        };
        Err(Trouble::new(format!(
            "{} are needed and could not be installed: {reason}.",
            self.are
        ))
        .run(self.by_hand())
        .logged_in(&first.log))
    }

    pub(super) fn by_hand(&self) -> String {
        format!(
            "apt-get install --no-install-recommends {}",
            self.names.join(" ")
        )
    }

    fn try_to_install(&self, workspace: &Workspace) -> Result<Result<(), Failed>, Trouble> {
        let words = [&["install", "--no-install-recommends"], self.names].concat();
        apt(workspace, &format!("installing {}", self.are), &words)
    }
}

fn apt(workspace: &Workspace, label: &str, words: &[&str]) -> Result<Result<(), Failed>, Trouble> {
    let mut command = Command::new("apt-get");
    command
        .arg("--yes")
        .args(words)
        .env("DEBIAN_FRONTEND", "noninteractive");
    quietly(
        workspace,
        label,
        &format!("apt-{}", words.first().unwrap_or(&"get")),
        command,
    )
}

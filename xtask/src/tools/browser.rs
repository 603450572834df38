//! Chromium and its driver, for tests. A browser is the system's to install; on Debian as root that is done here.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::run::{Failed, quietly};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const BY_HAND: &str = "apt-get install chromium chromium-driver fonts-liberation";

pub(crate) struct Browser {
    /// None where it is up to the driver to know, as with Chrome on macOS.
    pub(crate) program: Option<PathBuf>,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, or installs them.
pub(crate) fn browser(workspace: &Workspace) -> Result<Browser, Trouble> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if !is_debian() {
        return Err(Trouble::new(
            "The tests need Chrome or Chromium and the chromedriver of the same version on PATH: please install them.",
        ));
    }
    if !is_root() {
        return Err(
            Trouble::new("The tests need Chromium and its driver.").run(format!("sudo {BY_HAND}"))
        );
    }
    install(workspace)?;
    find().ok_or_else(|| Trouble::new("Chromium was installed and is not there.").run(BY_HAND))
}

impl Browser {
    /// What wasm-bindgen's test runner is to ask the driver for.
    pub(crate) fn capabilities(&self) -> Value {
        let mut arguments = vec![
            "--headless=new",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            // Nothing that a test is not about: no first-run page, no look-ups of the maker's hosts.
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        // Chromium refuses to sandbox itself as root, which is what a container usually is.
        if is_root() {
            arguments.push("--no-sandbox");
        }
        let mut options = json!({ "args": arguments });
        if let Some(program) = &self.program {
            options["binary"] = json!(program);
        }
        json!({ "goog:chromeOptions": options })
    }
}

fn find() -> Option<Browser> {
    let driver = env::var_os("CHROMEDRIVER")
        .map(PathBuf::from)
        .or_else(|| which::which("chromedriver").ok())
        .filter(|driver| driver.exists())?;
    let program = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ]
    .iter()
    .find_map(|name| which::which(name).ok());
    // Linux has no other place where the driver would look with success.
    (program.is_some() || !cfg!(target_os = "linux")).then_some(Browser { program, driver })
}

fn install(workspace: &Workspace) -> Result<(), Trouble> {
    let label = "installing Chromium and its driver";
    let Err(first) = apt(
        workspace,
        label,
        &[
            "install",
            "--no-install-recommends",
            "chromium",
            "chromium-driver",
            "fonts-liberation",
        ],
    )?
    else {
        return Ok(());
    };
    // A machine that was never updated knows no packages, or versions that are gone.
    let updated = apt(
        workspace,
        "bringing the list of packages up to date",
        &["update"],
    )?;
    let second = apt(
        workspace,
        label,
        &[
            "install",
            "--no-install-recommends",
            "chromium",
            "chromium-driver",
            "fonts-liberation",
        ],
    )?;
    if second.is_ok() {
        return Ok(());
    }
    let reason = if updated.is_err() || first.for_want_of_network() {
        "the package registry could not be reached"
    } else {
        "apt-get refused"
    };
    Err(Trouble::new(format!(
        "Chromium and its driver are needed and could not be installed: {reason}."
    ))
    .run(BY_HAND)
    .logged_in(&first.log))
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

fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && which::which("apt-get").is_ok()
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

//! Chromium and its driver, for tests. A browser is the system's to install; on Debian as root that is done here.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::debian::{self, Packages, is_root};
use crate::environment::variable;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const CHROMIUM: Packages = Packages {
    are: "Chromium and its driver",
    names: &["chromium", "chromium-driver", "fonts-liberation"],
};

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
    if !debian::is_here() {
        return Err(Trouble::new(
            "The tests need Chrome or Chromium and the chromedriver of the same version on PATH: please install them.",
        ));
    }
    CHROMIUM.install(workspace)?;
    find().ok_or_else(|| {
        Trouble::new("Chromium was installed and is not there.").run(CHROMIUM.by_hand())
    })
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
    let driver = variable("CHROMEDRIVER")
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

//! The engines beside Chromium, with their drivers: Firefox and `WebKitGTK`.

use std::path::PathBuf;

use super::cargo_tools;
use super::debian::{self, Packages};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const FIREFOX: Packages = Packages {
    are: "Firefox and a font",
    names: &["firefox-esr", "fonts-liberation"],
};

const WEBKIT: Packages = Packages {
    are: "WebKitGTK's driver and a display for it",
    names: &["webkit2gtk-driver", "xvfb", "xauth", "fonts-liberation"],
};

pub(crate) struct Firefox {
    /// None where it is up to the driver to know, as on macOS.
    pub(crate) program: Option<PathBuf>,
}

pub(crate) struct WebKit {
    pub(crate) driver: PathBuf,
    /// Runs a program with a display that nobody sees.
    pub(crate) display: PathBuf,
}

/// Finds Firefox, or installs it; and its driver, which is on `PATH` then.
pub(crate) fn firefox(workspace: &Workspace) -> Result<Firefox, Trouble> {
    let find = || {
        let program = which::which("firefox-esr").or_else(|_| which::which("firefox"));
        program.ok()
    };
    let mut program = find();
    // Elsewhere it may well be there without being on PATH, and the driver knows.
    if program.is_none() && cfg!(target_os = "linux") {
        if !debian::is_here() {
            return Err(Trouble::new(
                "The tests need Firefox on PATH: please install it.",
            ));
        }
        FIREFOX.install(workspace)?;
        program = find();
        if program.is_none() {
            return Err(
                Trouble::new("Firefox was installed and is not there.").run(FIREFOX.by_hand())
            );
        }
    }
    cargo_tools::geckodriver(workspace)?;
    Ok(Firefox { program })
}

/// Finds `WebKitGTK`'s driver and a display, or installs them. None where there is no such engine.
pub(crate) fn webkit(workspace: &Workspace) -> Result<Option<WebKit>, Trouble> {
    if !cfg!(target_os = "linux") {
        return Ok(None);
    }
    let find = || {
        Some(WebKit {
            driver: which::which("WebKitWebDriver").ok()?,
            display: which::which("xvfb-run").ok()?,
        })
    };
    if let Some(found) = find() {
        return Ok(Some(found));
    }
    if !debian::is_here() {
        return Err(Trouble::new(
            "The tests need WebKitWebDriver (of WebKitGTK) and xvfb-run on PATH: please install them.",
        ));
    }
    WEBKIT.install(workspace)?;
    find().map(Some).ok_or_else(|| {
        Trouble::new("WebKitGTK's driver was installed and is not there.").run(WEBKIT.by_hand())
    })
}

//! axe-core, which looks for what keeps people out of a page (WCAG). It is a script that runs in the page.

use std::path::PathBuf;

use super::npm::Package;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// This one and no other: what it finds changes with every release.
const AXE: Package = Package {
    name: "axe-core@4.14.1",
    program: "../axe-core/axe.min.js",
};

/// How the file of that version begins.
const BEGINNING: &str = "/*! axe v4.14.1";

/// Where the script is.
pub(crate) fn axe(workspace: &Workspace) -> Result<PathBuf, Trouble> {
    let file = AXE.installed(workspace);
    if !fits(&file) {
        AXE.install(workspace, fits)?;
    }
    Ok(file)
}

fn fits(file: &PathBuf) -> bool {
    std::fs::read_to_string(file).is_ok_and(|text| text.starts_with(BEGINNING))
}

//! Redocly's linter of OpenAPI documents.

use std::path::PathBuf;

use semver::Version;

use super::npm::Package;
use super::version_of;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const REDOCLY: Package = Package {
    name: "@redocly/cli@2.77.0",
    program: "redocly",
};
/// This one and no other: what counts as a fault changes with every release.
const VERSION: Version = Version::new(2, 77, 0);

pub(crate) fn redocly(workspace: &Workspace) -> Result<(), Trouble> {
    if fits(&REDOCLY.installed(workspace)) {
        return Ok(());
    }
    REDOCLY.install(workspace, fits)
}

fn fits(program: &PathBuf) -> bool {
    version_of(program).is_some_and(|found| found == VERSION)
}

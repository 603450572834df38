//! wasm-opt, which makes the release module smaller.

use std::path::PathBuf;

use semver::Version;

use super::npm::Package;
use super::version_of;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// The package that is installed.
const BINARYEN: Package = Package {
    name: "binaryen@132.0.0",
    program: "wasm-opt",
};
/// Older ones do not know every feature that the compiler's modules use.
const OLDEST: Version = Version::new(123, 0, 0);

pub(crate) fn wasm_opt(workspace: &Workspace) -> Result<(), Trouble> {
    let machine = which::which(BINARYEN.program).ok();
    if fits(&BINARYEN.installed(workspace)) || machine.as_ref().is_some_and(fits) {
        return Ok(());
    }
    BINARYEN.install(workspace, fits)
}

fn fits(program: &PathBuf) -> bool {
    version_of(program).is_some_and(|found| found >= OLDEST)
}

//! wasm-opt, which makes the release module smaller. npm's `binaryen` brings it, as JavaScript that node runs.

use std::path::PathBuf;

use semver::Version;

use super::version_of;
use crate::run::quietly;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// The package that is installed.
const BINARYEN: &str = "binaryen@132.0.0";
/// Older ones do not know every feature that the compiler's modules use.
const OLDEST: Version = Version::new(123, 0, 0);

pub(crate) fn wasm_opt(workspace: &Workspace) -> Result<(), Trouble> {
    let machine = which::which("wasm-opt").ok();
    if [Some(folder(workspace).join("wasm-opt")), machine]
        .iter()
        .flatten()
        .any(fits)
    {
        return Ok(());
    }
    let by_hand = format!("npm install --global {BINARYEN}");
    let mut command = workspace.command("npm");
    command
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
            "--prefix",
        ])
        .arg(workspace.tools().join("npm"))
        .arg(BINARYEN);
    match quietly(workspace, format!("installing wasm-opt (npm's {BINARYEN})"), "install-wasm-opt", command) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(failed)) => Err(Trouble::new("wasm-opt is needed and npm could not install it.")
            .run(by_hand)
            .logged_in(&failed.log)),
        Err(_) => Err(Trouble::new(
            "wasm-opt 123 or newer is needed: install binaryen, or Node.js with npm so that it can be installed.",
        )
        .run(by_hand)),
    }
}

/// Where npm links the programs of what it installs for us.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("npm/node_modules/.bin")
}

fn fits(program: &PathBuf) -> bool {
    version_of(program).is_some_and(|found| found >= OLDEST)
}

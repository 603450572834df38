//! wasm-opt, which makes the release module smaller. npm's `binaryen` brings it, as JavaScript that node runs.

use std::path::PathBuf;

use semver::Version;

use super::debian::{self, Packages};
use super::version_of;
use crate::run::quietly;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// The package that is installed.
const BINARYEN: &str = "binaryen@132.0.0";
/// Older ones do not know every feature that the compiler's modules use.
const OLDEST: Version = Version::new(123, 0, 0);
const NPM: Packages = Packages {
    are: "Node.js and npm, which brings wasm-opt,",
    names: &["nodejs", "npm"],
};

pub(crate) fn wasm_opt(workspace: &Workspace) -> Result<(), Trouble> {
    let ours = folder(workspace).join("wasm-opt");
    let machine = which::which("wasm-opt").ok();
    if fits(&ours) || machine.as_ref().is_some_and(fits) {
        return Ok(());
    }
    let by_hand = format!("npm install --global {BINARYEN}");
    if which::which("npm").is_err() {
        if !debian::is_here() {
            return Err(Trouble::new(
                "wasm-opt 123 or newer is needed: install binaryen, or Node.js with npm, which then installs it.",
            )
            .run(by_hand));
        }
        NPM.install(workspace)?;
    }
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
    let label = format!("installing wasm-opt (npm's {BINARYEN})");
    if let Err(failed) = quietly(workspace, label, "install-wasm-opt", command)? {
        return Err(
            Trouble::new("wasm-opt is needed and npm could not install it.")
                .run(by_hand)
                .logged_in(&failed.log),
        );
    }
    if fits(&ours) {
        return Ok(());
    }
    Err(
        Trouble::new("wasm-opt was installed and does not run: Node.js may be too old for it.")
            .run(format!("{} --version", ours.display())),
    )
}

/// Where npm links the programs of what it installs for us.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("npm/node_modules/.bin")
}

fn fits(program: &PathBuf) -> bool {
    version_of(program).is_some_and(|found| found >= OLDEST)
}

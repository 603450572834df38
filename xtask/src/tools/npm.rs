//! Programs that npm brings. They are JavaScript that node runs, installed for these tasks alone.

use std::path::PathBuf;

use super::debian::{self, Packages};
use crate::run::quietly;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const NPM: Packages = Packages {
    are: "Node.js and npm",
    names: &["nodejs", "npm"],
};

/// A package and what is wanted of it.
pub(super) struct Package {
    /// With its version, as npm takes it.
    pub(super) name: &'static str,
    /// What of it is needed: the name of a program, or a file in the package.
    pub(super) program: &'static str,
}

impl Package {
    /// Where the program is once it is installed.
    pub(super) fn installed(&self, workspace: &Workspace) -> PathBuf {
        folder(workspace).join(self.program)
    }

    /// Installs the package, and npm before it where that can be done.
    pub(super) fn install(
        &self,
        workspace: &Workspace,
        fits: impl Fn(&PathBuf) -> bool,
    ) -> Result<(), Trouble> {
        let name = self.name;
        let by_hand = format!("npm install --global {name}");
        if which::which("npm").is_err() {
            if !debian::is_here() {
                return Err(Trouble::new(format!(
                    "npm's {name} is needed: install it, or Node.js with npm, which then installs it."
                ))
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
                "--save-exact",
                "--prefix",
            ])
            .arg(workspace.tools().join("npm"))
            .arg(name);
        let label = format!("installing npm's {name}");
        let log = name.replace(|symbol: char| !symbol.is_ascii_alphanumeric(), "-");
        if let Err(failed) = quietly(workspace, label, &format!("install-{log}"), command)? {
            return Err(
                Trouble::new(format!("npm could not install {name}, which is needed."))
                    .run(by_hand)
                    .logged_in(&failed.log),
            );
        }
        let installed = self.installed(workspace);
        if fits(&installed) {
            return Ok(());
        }
        Err(Trouble::new(format!(
            "{name} was installed and is not what it should be: Node.js may be too old for it."
        ))
        .run(format!("{} --version", installed.display())))
    }
}

/// Where npm links the programs of what it installs for us.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("npm/node_modules/.bin")
}

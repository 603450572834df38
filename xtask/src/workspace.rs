//! Where things are: the repository, its build directory, the tools and logs in it, and what Cargo.lock says.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use semver::Version;

use crate::environment::variable;
use crate::processes::Processes;
use crate::trouble::Trouble;

pub(crate) struct Workspace {
    /// Where Cargo.toml, Trunk.toml and index.html lie.
    pub(crate) root: PathBuf,
    /// `CARGO_TARGET_DIR` where it is set, `target` otherwise.
    pub(crate) target: PathBuf,
    pub(crate) processes: Processes,
}

impl Workspace {
    pub(crate) fn open(processes: Processes) -> Result<Self, Trouble> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or_else(|| Trouble::new("xtask does not lie in Lapel's repository."))?
            .to_owned();
        let target = variable("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |chosen| root.join(chosen));
        let workspace = Self {
            root,
            target,
            processes,
        };
        for folder in [workspace.logs(), workspace.tools()] {
            fs::create_dir_all(&folder)
                .map_err(|cause| Trouble::io(format_args!("make {}", folder.display()), cause))?;
        }
        Ok(workspace)
    }

    /// Where what a step printed is kept.
    pub(crate) fn logs(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Where tools go that are not on the machine: below it `bin`, as cargo lays it out, and `npm`.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// The page as `cargo xtask test` builds it. Not `dist`, so that a running `cargo xtask start` is left alone.
    pub(crate) fn page(&self) -> PathBuf {
        self.target.join("page")
    }

    /// The gallery, likewise.
    pub(crate) fn gallery(&self) -> PathBuf {
        self.target.join("gallery")
    }

    /// The example of an application, likewise.
    pub(crate) fn example(&self) -> PathBuf {
        self.target.join("example")
    }

    /// A program that `cargo build` made.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// A program that `cargo build --release` made.
    pub(crate) fn released(&self, program: &str) -> PathBuf {
        self.target
            .join("release")
            .join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }

    /// Where what is handed out is put together.
    pub(crate) fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }

    /// A command that runs at the root and finds the installed tools first.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", crate::tools::path(self));
        command
    }

    /// The cargo that runs this very task.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = self.command(variable("CARGO").unwrap_or_else(|| "cargo".into()));
        // Programs are looked for where cargo puts them without it.
        cargo.env_remove("CARGO_BUILD_TARGET");
        cargo
    }

    /// The version of `package` that Cargo.lock names.
    pub(crate) fn locked(&self, package: &str) -> Result<Version, Trouble> {
        let unreadable = || Trouble::new(format!("Cargo.lock names no version of {package}."));
        let lock = self.lock()?;
        lock.get("package")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
            .and_then(|entry| entry.get("version"))
            .and_then(toml::Value::as_str)
            .and_then(|version| Version::parse(version).ok())
            .ok_or_else(unreadable)
    }

    /// Cargo.lock, read.
    pub(crate) fn lock(&self) -> Result<toml::Table, Trouble> {
        let path = self.root.join("Cargo.lock");
        fs::read_to_string(&path)
            .map_err(|cause| Trouble::io("read Cargo.lock", cause))?
            .parse()
            .map_err(|cause| Trouble::new(format!("Cargo.lock cannot be read: {cause}.")))
    }
}

//! trunk, wasm-bindgen and geckodriver: programs that cargo installs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use semver::{Version, VersionReq};

use super::version_of;
use crate::console::say;
use crate::run::{self, quietly};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// The trunk that is installed: the newest that the pinned toolchain compiles.
const TRUNK: Version = Version::new(0, 21, 14);
/// The trunks that are used where they are there already: what Trunk.toml relies on was tried with these.
const FITTING_TRUNK: &str = ">=0.21.14, <0.22";

/// The geckodriver that is installed: the newest that the pinned toolchain compiles. Every newer one drives the same
/// Firefoxes, and those after them.
const GECKODRIVER: Version = Version::new(0, 37, 1);

/// A package that cargo installs.
struct Package<'a> {
    name: &'a str,
    version: Version,
    /// Every program of it that is needed.
    programs: &'a [&'a str],
    features: &'a [&'a str],
    /// Optimising costs minutes once; these programs then work for a fraction of a second.
    opt_level: &'a str,
}

/// What builds, watches and serves the page.
pub(crate) fn trunk(workspace: &Workspace) -> Result<(), Trouble> {
    let fitting = VersionReq::parse(FITTING_TRUNK)
        .map_err(|cause| Trouble::new(format!("{FITTING_TRUNK} is no requirement: {cause}.")))?;
    let package = Package {
        name: "trunk",
        version: TRUNK,
        programs: &["trunk"],
        // Without the check for a newer trunk, which would ask a server at every start.
        features: &["--no-default-features", "--features", "rustls"],
        opt_level: "0",
    };
    ensure(workspace, &package, |found| fitting.matches(found))
}

/// What turns the compiler's module into one that a browser loads, and runs tests in it. Its version must be that of
/// the library exactly: the two share a format that changes with every release.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<(), Trouble> {
    let package = Package {
        name: "wasm-bindgen-cli",
        version: workspace.locked("wasm-bindgen")?,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        features: &[],
        opt_level: "1",
    };
    ensure(workspace, &package, |found| *found == package.version)
}

/// What drives Firefox.
pub(super) fn geckodriver(workspace: &Workspace) -> Result<(), Trouble> {
    let package = Package {
        name: "geckodriver",
        version: GECKODRIVER,
        programs: &["geckodriver"],
        features: &[],
        opt_level: "0",
    };
    ensure(workspace, &package, |found| *found >= GECKODRIVER)
}

/// Where cargo puts what it installs for us.
pub(super) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools().join("bin")
}

fn ensure(
    workspace: &Workspace,
    package: &Package<'_>,
    fits: impl Fn(&Version) -> bool,
) -> Result<(), Trouble> {
    let fits = |program: PathBuf| version_of(&program).is_some_and(|found| fits(&found));
    let ours =
        |name: &&str| folder(workspace).join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if package.programs.iter().all(|name| fits(ours(name))) {
        return Ok(());
    }
    // An outdated one of ours would be found before the machine's own.
    package
        .programs
        .iter()
        .map(ours)
        .for_each(|outdated| drop(fs::remove_file(outdated)));
    if package
        .programs
        .iter()
        .all(|name| which::which(name).is_ok_and(&fits))
    {
        return Ok(());
    }
    install(workspace, package)
}

fn install(workspace: &Workspace, package: &Package<'_>) -> Result<(), Trouble> {
    let Package {
        name,
        version,
        features,
        opt_level,
        ..
    } = package;
    let build = workspace.tools().join("build");
    let mut command = workspace.cargo();
    command
        .args([
            "install",
            "--locked",
            "--force",
            &format!("{name}@{version}"),
        ])
        .args(*features)
        .arg("--root")
        .arg(workspace.tools())
        // Their own release profiles (one codegen unit, link-time optimisation of everything) cost a quarter of an hour.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        // Kept when it fails, so that the next try goes on from there.
        .env("CARGO_TARGET_DIR", &build);
    let label = format!("installing {name} {version} (some minutes, once)");
    if let Err(failed) = quietly(
        workspace,
        label,
        &format!("install-{name}"),
        colourless(command),
    )? {
        let reason = if failed.for_want_of_network() {
            "the package registry could not be reached"
        } else {
            "it does not compile here"
        };
        let mut by_hand = Command::new("cargo");
        by_hand
            .args(["install", "--locked", &format!("{name}@{version}")])
            .args(*features);
        return Err(Trouble::new(format!(
            "{name} {version} is needed and could not be installed: {reason}."
        ))
        .run(run::line(&by_hand))
        .logged_in(&failed.log));
    }
    discard(&build);
    Ok(())
}

/// The log is for reading, also by programs.
fn colourless(mut command: Command) -> Command {
    command.env("CARGO_TERM_COLOR", "never");
    command
}

/// Hundreds of megabytes that nobody needs again. That they stay is no reason to fail.
fn discard(build: &Path) {
    if let Err(cause) = fs::remove_dir_all(build) {
        say(format_args!(
            "note: {} could not be removed: {cause}",
            build.display()
        ));
    }
}

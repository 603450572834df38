//! The steps that need nothing but cargo. Native steps name the whole workspace: packages chosen one by one would each
//! bring another choice of features, and every dependency would be built again.

use crate::run::openly;
use crate::tools;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

type Checked = Result<Option<String>, Trouble>;

pub(super) fn fmt(workspace: &Workspace) -> Checked {
    cargo(workspace, "fmt --all --check")
}

pub(super) fn clippy(workspace: &Workspace) -> Checked {
    for targets in ["--all-targets", "--test journeys"] {
        // "All" are all but those that `cargo test` leaves out unless they are named.
        cargo(
            workspace,
            &format!("clippy --workspace {targets} -- --deny warnings"),
        )?;
    }
    Ok(None)
}

/// The tests of the page and the gallery too, and the shapes that they depend on; those have tests that run natively only.
pub(super) fn clippy_wasm(workspace: &Workspace) -> Checked {
    tools::wasm_target(workspace)?;
    let page =
        "--package lapel --package lapel-gallery --package notes --target wasm32-unknown-unknown";
    cargo(
        workspace,
        &format!("clippy {page} --all-targets -- --deny warnings"),
    )
}

pub(super) fn docs(workspace: &Workspace) -> Checked {
    let mut doc = workspace.cargo();
    doc.args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "--deny warnings");
    openly(workspace, &mut doc).map(|()| None)
}

/// Without the journeys, which their crate leaves out unless they are named.
pub(super) fn tests(workspace: &Workspace) -> Checked {
    cargo(workspace, "test --workspace --no-fail-fast")
}

fn cargo(workspace: &Workspace, words: &str) -> Checked {
    let mut cargo = workspace.cargo();
    openly(workspace, cargo.args(words.split_whitespace())).map(|()| None)
}

//! `cargo xtask dist`: the whole product as one program, with the app in it.

mod check;
mod pack;

use std::fs;
use std::path::{Path, PathBuf};

use crate::console::say;
use crate::run::openly;
use crate::test::{page, tools};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// The name under which the program is handed out.
const PROGRAM: &str = "lapel";

/// How the program is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Build {
    /// To be handed out.
    Release,
    /// To be looked at: the same content, compiled in a fraction of the time.
    Debug,
}

/// Makes the program that is handed out, and sees to it that it runs.
pub(crate) fn dist(workspace: &Workspace) -> Result<(), Trouble> {
    tools(workspace)?;
    page(workspace)?;
    let program = make(workspace, Build::Release)?;
    check::it_runs_by_itself(workspace, &program, &packed(workspace))?;
    let bytes = fs::metadata(&program)
        .map_err(|cause| Trouble::io("look at the program", cause))?
        .len();
    say(format_args!(
        "\n{} ({}.{} MB): everything is in it. Try it: run it and open http://localhost:3000.",
        program.display(),
        bytes / 1_000_000,
        bytes / 100_000 % 10
    ));
    Ok(())
}

/// The same in the time that a check may take; the page has been built.
pub(crate) fn check(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    let program = make(workspace, Build::Debug)?;
    check::it_runs_by_itself(workspace, &program, &packed(workspace))
}

/// Where [`check()`] puts the program that it looks at.
pub(crate) fn checked(workspace: &Workspace) -> PathBuf {
    workspace.dist().join(named("lapel-debug"))
}

fn named(program: &str) -> String {
    format!("{program}{}", std::env::consts::EXE_SUFFIX)
}

/// Where the app's files lie as they are embedded: where the BFF's sources say, whatever `CARGO_TARGET_DIR` is.
fn packed(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target").join("app")
}

fn make(workspace: &Workspace, build: Build) -> Result<PathBuf, Trouble> {
    let app = packed(workspace);
    pack::pack(&workspace.page(), &app)?;
    let mut cargo = workspace.cargo();
    match build {
        Build::Release => cargo.args(["build", "--release", "--package", "lapel-bff"]),
        // The workspace, so that the features of what it depends on are those of the other native steps.
        Build::Debug => cargo.args(["build", "--workspace", "--bin", "lapel-bff"]),
    };
    cargo.args(["--features", "lapel-bff/embedded-app"]);
    openly(workspace, &mut cargo)?;
    let (made, program) = match build {
        Build::Release => (
            workspace.released("lapel-bff"),
            workspace.dist().join(named(PROGRAM)),
        ),
        Build::Debug => (workspace.built("lapel-bff"), checked(workspace)),
    };
    copy(&made, &program)?;
    Ok(program)
}

/// A program that somebody runs cannot be written over, but its name can be given to another one.
fn copy(from: &Path, to: &Path) -> Result<(), Trouble> {
    let fresh = to.with_extension("fresh");
    to.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::copy(from, &fresh))
        .and_then(|_| fs::rename(&fresh, to))
        .map_err(|cause| Trouble::io(format_args!("write {}", to.display()), cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_put_where_no_folder_was_and_over_one_that_was_there() {
        let folder = std::env::temp_dir().join(format!("lapel-dist-{}", std::process::id()));
        let (from, to) = (folder.join("made"), folder.join("out").join("program"));
        fs::create_dir_all(&folder).unwrap();
        for content in ["first", "second"] {
            fs::write(&from, content).unwrap();
            copy(&from, &to).unwrap();
            assert_eq!(fs::read_to_string(&to).unwrap(), content);
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

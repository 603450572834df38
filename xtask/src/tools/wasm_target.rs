//! The compiler's standard library for WebAssembly.

use std::process::Command;

use crate::run::quietly;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target through rustup where it is missing. Asking rustc works for compilers without rustup too.
pub(crate) fn wasm_target(workspace: &Workspace) -> Result<(), Trouble> {
    if is_there(workspace) {
        return Ok(());
    }
    let mut add = workspace.command("rustup");
    add.args(["target", "add", TARGET]);
    let by_hand = format!("rustup target add {TARGET}");
    match quietly(
        workspace,
        format!("adding the target {TARGET}"),
        "rustup",
        add,
    ) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(failed)) => Err(
            Trouble::new(format!("rustup could not add the target {TARGET}."))
                .run(by_hand)
                .logged_in(&failed.log),
        ),
        Err(_) => Err(Trouble::new(format!(
            "The compiler lacks the target {TARGET}, and there is no rustup to add it."
        ))
        .run(by_hand)),
    }
}

fn is_there(workspace: &Workspace) -> bool {
    let asked: Option<_> = Command::new("rustc")
        .current_dir(&workspace.root)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .ok();
    asked.is_some_and(|answer| {
        let folder = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
        std::path::Path::new(&folder).is_dir()
    })
}

//! `cargo xtask bench`: what the servers' own work costs, as a table.

mod measured;
mod table;

use std::fs;
use std::io;
use std::process::Command;

use crate::console::say;
use crate::run::{self, quietly};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// Enough for the median to settle on a quiet machine; more precision than the machine has costs minutes.
const SECONDS: [&str; 4] = ["--warm-up-time", "1", "--measurement-time", "3"];

pub(crate) fn bench(workspace: &Workspace) -> Result<(), Trouble> {
    // What another run has left there would stand in the table as if it were of today.
    let results = workspace.logs().join("criterion");
    match fs::remove_dir_all(&results) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            let doing = format_args!("empty {}", results.display());
            return Err(Trouble::io(doing, cause));
        }
        Ok(()) | Err(_) => {}
    }
    let mut build = cargo(workspace);
    build.arg("--no-run");
    step(workspace, "building the benchmarks", "bench-build", build)?;
    let mut measure = cargo(workspace);
    measure
        .arg("--")
        .args(SECONDS)
        .env("CRITERION_HOME", &results);
    step(workspace, "measuring (some minutes)", "bench", measure)?;
    let measured = measured::read(&results)
        .map_err(|cause| Trouble::io(format_args!("read {}", results.display()), cause))?;
    if measured.is_empty() {
        return Err(Trouble::new("Nothing was measured."));
    }
    say("");
    table::lines(&measured).iter().for_each(say);
    Ok(())
}

fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo();
    // By name: `cargo bench` runs the libraries' own tests too, which know none of criterion's options.
    cargo.args(["bench", "--package", "lapel-bff"]).args([
        "--package",
        "lapel-emulator",
        "--bench",
        "calls",
    ]);
    cargo
}

fn step(workspace: &Workspace, label: &str, name: &str, command: Command) -> Result<(), Trouble> {
    let by_hand = run::line(&command);
    quietly(workspace, label, name, command)?.map_err(|failed| {
        failed.findings().for_each(say);
        Trouble::new("The benchmarks do not run.")
            .run(by_hand)
            .logged_in(&failed.log)
    })
}

//! Lapel's tasks: `cargo xtask start` runs the product for a person, `cargo xtask test` runs every check there is,
//! `cargo xtask dist` makes the one program that is handed out, and `cargo xtask bench` measures. They install what they
//! need and is not there.
#![expect(
    clippy::print_stdout,
    reason = "telling people what happens is what a task runner is for"
)]

mod bench;
mod console;
mod dist;
mod environment;
mod flags;
mod processes;
mod run;
mod start;
mod stopwatch;
mod test;
mod tidy;
mod tools;
mod trouble;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::flags::{Flags, Task};
use crate::processes::Processes;
use crate::workspace::Workspace;

fn main() -> ExitCode {
    let flags = Flags::parse();
    let processes = Processes::default();
    let outcome = processes.stop_on_signals().and_then(|()| {
        let workspace = Workspace::open(processes.clone())?;
        match flags.task {
            Task::Start(flags) => start::start(&workspace, &flags),
            Task::Test(flags) => test::test(&workspace, &flags),
            Task::Dist => dist::dist(&workspace),
            Task::Bench => bench::bench(&workspace),
        }
    });
    // Whatever came of it, nothing that a task started outlives it.
    processes.stop_all();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

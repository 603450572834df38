//! Running a command: quietly, when its output matters only if it fails, or in the open, when its output is the point.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::console::Doing;
use crate::processes::Processes;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// What a quiet command that failed had printed.
pub(crate) struct Failed {
    pub(crate) said: Vec<String>,
    pub(crate) log: PathBuf,
}

impl Failed {
    /// Whether it was the network, as far as cargo, npm and apt let one tell.
    pub(crate) fn for_want_of_network(&self) -> bool {
        const SIGNS: [&str; 9] = [
            "could not resolve",
            "couldn't resolve",
            "failed to download",
            "failed to fetch",
            "network error",
            "network failure",
            "unable to update registry",
            "enotfound",
            "eai_again",
        ];
        self.said
            .iter()
            .map(|line| line.to_lowercase())
            .any(|line| SIGNS.iter().any(|sign| line.contains(sign)))
    }

    /// The lines that say what is wrong, without cargo's account of its progress.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &str> {
        self.said
            .iter()
            .map(String::as_str)
            .filter(|line| !is_progress(line))
    }
}

/// Runs a command with one line to see and all it prints in `<name>.log`.
pub(crate) fn quietly(
    workspace: &Workspace,
    label: impl Into<String>,
    name: &str,
    mut command: Command,
) -> Result<Result<(), Failed>, Trouble> {
    let log = workspace.logs().join(format!("{name}.log"));
    let doing = Doing::begin(label);
    match record(workspace, &mut command, &log, |line| {
        doing.note(line.trim());
    }) {
        Ok((status, _)) if status.success() => {
            doing.done();
            Ok(Ok(()))
        }
        Ok((_, said)) => {
            doing.failed();
            Ok(Err(Failed { said, log }))
        }
        Err(cause) => {
            doing.failed();
            let program = command.get_program().to_string_lossy().into_owned();
            Err(Trouble::io(format_args!("run {program}"), cause))
        }
    }
}

/// Runs a command and keeps what it prints in memory.
pub(crate) fn capture(
    processes: &Processes,
    command: &mut Command,
) -> io::Result<(ExitStatus, Vec<String>)> {
    lines(processes, command, |_| Ok(()))
}

/// Runs a command and keeps each line: in the log, and in memory.
fn record(
    workspace: &Workspace,
    command: &mut Command,
    log: &Path,
    mut seen: impl FnMut(&str),
) -> io::Result<(ExitStatus, Vec<String>)> {
    let mut log = File::create(log)?;
    lines(&workspace.processes, command, |line| {
        seen(line);
        writeln!(log, "{line}")
    })
}

fn lines(
    processes: &Processes,
    command: &mut Command,
    mut seen: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<(ExitStatus, Vec<String>)> {
    // One pipe for both streams keeps their lines in order.
    let (output, input) = io::pipe()?;
    command.stdout(input.try_clone()?).stderr(input);
    let mut running = processes.spawn(command)?;
    // The command holds the writing end too; the reading end would never see the end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut said = Vec::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        seen(&line)?;
        said.push(line);
    }
    Ok((running.wait()?, said))
}

/// Runs a command whose output belongs on the terminal.
pub(crate) fn openly(workspace: &Workspace, command: &mut Command) -> Result<(), Trouble> {
    let program = command.get_program().to_string_lossy().into_owned();
    let refused = |cause| Trouble::io(format_args!("run {program}"), cause);
    let status = workspace
        .processes
        .spawn(command)
        .map_err(refused)?
        .wait()
        .map_err(refused)?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::new(format!("It failed: {}.", line(command))))
    }
}

/// cargo's `CARGO_TERM_COLOR` for output that is read here and then shown.
pub(crate) fn colour() -> &'static str {
    if io::stdout().is_terminal() {
        "always"
    } else {
        "never"
    }
}

/// A command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .map(|word| {
            if word.contains(' ') {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a line is cargo telling how far it is.
pub(crate) fn is_progress(line: &str) -> bool {
    const VERBS: [&str; 16] = [
        "Adding",
        "Blocking",
        "Building",
        "Checking",
        "Compiling",
        "Documenting",
        "Downloaded",
        "Downloading",
        "Finished",
        "Fresh",
        "Generated",
        "Installing",
        "Locking",
        "Running",
        "Updating",
        "Packaging",
    ];
    let plain = without_colour(line);
    plain.starts_with(' ')
        && plain
            .split_whitespace()
            .next()
            .is_some_and(|verb| VERBS.contains(&verb))
}

/// A line without the escape sequences that colour it.
pub(crate) fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(next) = rest.next() {
        if next == '\x1b' {
            // ECMA-48 §5.4: a control sequence ends with the first byte from `@` to `~` after its `[`.
            rest.by_ref().skip(1).find(|end| ('@'..='~').contains(end));
        } else {
            plain.push(next);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_from_findings_with_and_without_colour() {
        assert!(is_progress("   Compiling serde v1.0.0"));
        assert!(is_progress(
            "\x1b[1m\x1b[92m   Compiling\x1b[0m serde v1.0.0"
        ));
        assert!(!is_progress(
            "error: this file contains an unclosed delimiter"
        ));
        assert!(!is_progress("warning: unused"));
        assert!(!is_progress("  --> src/main.rs:4:5"));
    }

    #[test]
    fn a_command_reads_as_one_would_type_it() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["install", "two words"]);
        assert_eq!(line(&command), "cargo install 'two words'");
    }
}

//! The page while one develops: `trunk serve`, and what its output means.

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::flags::StartFlags;
use crate::run;
use crate::stopwatch::Stopwatch;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

use super::event::{Event, Part};
use super::probe;
use super::service::Service;

pub(crate) struct Page<'a> {
    workspace: &'a Workspace,
    port: u16,
    settings: PathBuf,
}

/// trunk's news.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PageNews {
    Built(Duration),
    Failed,
}

impl<'a> Page<'a> {
    pub(crate) fn new(workspace: &'a Workspace, flags: &StartFlags) -> Result<Self, Trouble> {
        let settings = settings(workspace, flags.bff_port)?;
        Ok(Self {
            workspace,
            port: flags.port,
            settings,
        })
    }

    pub(crate) fn serve(&self, events: &Sender<Event>) -> Result<Service, Trouble> {
        let mut trunk = self.workspace.command("trunk");
        trunk
            .args(["serve", "--port", &self.port.to_string(), "--config"])
            .arg(&self.settings)
            .env("TRUNK_SKIP_VERSION_CHECK", "true")
            // trunk's own lines are read here; the compiler's are for people.
            .env("TRUNK_COLOR", "never")
            .env("CARGO_TERM_COLOR", run::colour())
            .env("RUST_BACKTRACE", "0")
            .env_remove("RUST_LOG")
            .env_remove("NO_COLOR");
        let mut ear = Ear::default();
        Service::start(
            &self.workspace.processes,
            Part::Page,
            trunk,
            events,
            move |line| ear.hear(line),
        )
    }

    /// Asks for the page, and through trunk's proxy for the BFF, at the address that people open.
    pub(crate) fn probe(&self, service: &Service, events: &Sender<Event>) {
        let at = |path: &str| format!("http://localhost:{}{path}", self.port);
        probe::until_it_answers(
            Part::Page,
            service,
            vec![at("/"), at("/bff/session")],
            events,
        );
    }
}

/// Trunk.toml; or, since trunk's command line can add a proxy but not change one, a copy for another port of the BFF.
fn settings(workspace: &Workspace, bff_port: u16) -> Result<PathBuf, Trouble> {
    let original = workspace.root.join("Trunk.toml");
    let text =
        fs::read_to_string(&original).map_err(|cause| Trouble::io("read Trunk.toml", cause))?;
    let backend = "http://127.0.0.1:3000/";
    if bff_port == 3000 {
        return Ok(original);
    }
    if !text.contains(backend) {
        return Err(Trouble::new(format!(
            "Trunk.toml names no proxy to {backend}, so --bff-port cannot replace it."
        )));
    }
    // trunk takes paths relative to its settings; beside the original they mean the same.
    let copy = workspace.root.join(".Trunk.other-port.toml");
    fs::write(
        &copy,
        text.replace(backend, &format!("http://127.0.0.1:{bff_port}/")),
    )
    .map_err(|cause| Trouble::io(format_args!("write {}", copy.display()), cause))?;
    Ok(copy)
}

/// Makes events of what trunk prints, line by line.
#[derive(Default)]
struct Ear {
    since: Option<Stopwatch>,
    within: Within,
}

/// What the lines after one of trunk's own belong to.
#[derive(Default)]
enum Within {
    #[default]
    Build,
    /// The causes of a failed build, from the outermost to the one that says something.
    Causes,
    /// A stack, or a request that the BFF could not answer while it restarts.
    Noise,
}

impl Ear {
    fn hear(&mut self, line: &str) -> Vec<Event> {
        let line = line.trim_end();
        if let Some((level, message)) = own(line) {
            return self.hear_trunk(level, message);
        }
        let plain = run::without_colour(line);
        match self.within {
            Within::Build if run::is_progress(line) || plain.trim().is_empty() => vec![],
            Within::Build => vec![said(line)],
            Within::Causes if plain.starts_with("Stack backtrace") => {
                self.within = Within::Noise;
                vec![]
            }
            Within::Causes if is_boilerplate(&plain) => vec![],
            Within::Causes => vec![said(line.trim_start())],
            Within::Noise => vec![],
        }
    }

    fn hear_trunk(&mut self, level: &str, message: &str) -> Vec<Event> {
        self.within = Within::Build;
        match (level, message) {
            ("INFO", "starting build") => {
                self.since = Some(Stopwatch::start());
                vec![]
            }
            ("INFO", "success") => {
                let took = self.since.map_or(Duration::ZERO, Stopwatch::elapsed);
                vec![Event::Page(PageNews::Built(took))]
            }
            ("ERROR", "error") => {
                self.within = Within::Causes;
                vec![Event::Page(PageNews::Failed)]
            }
            ("ERROR", message) if message.starts_with("error handling request") => {
                self.within = Within::Noise;
                vec![]
            }
            ("INFO" | "DEBUG" | "TRACE", _) => vec![],
            (_, message) => vec![said(message)],
        }
    }
}

fn said(line: &str) -> Event {
    Event::Said(Part::Page, line.to_owned())
}

/// trunk's own lines begin with a time and a level: `2026-01-31T10:00:00.123456Z  INFO 📦 starting build`.
fn own(line: &str) -> Option<(&str, &str)> {
    let (time, rest) = line.split_once(' ')?;
    if !(time.ends_with('Z') && time.starts_with(|first: char| first.is_ascii_digit())) {
        return None;
    }
    let (level, message) = rest.trim_start().split_once(' ')?;
    Some((
        level,
        message.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()),
    ))
}

/// Links of trunk's chain of causes that only say where in trunk it was, or that cargo failed, which cargo has said.
fn is_boilerplate(line: &str) -> bool {
    const LINKS: [&str; 7] = [
        "error from build pipeline",
        "Caused by:",
        "HTML build pipeline failed",
        "error from asset pipeline",
        "running cargo build",
        "error during cargo build execution",
        "cargo call to executable",
    ];
    let cause = line
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    cause.is_empty() || LINKS.iter().any(|link| cause.starts_with(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(lines: &[&str]) -> Vec<String> {
        let mut ear = Ear::default();
        let events = lines.iter().flat_map(|line| ear.hear(line));
        events
            .map(|event| {
                if let Event::Said(_, line) = event {
                    line
                } else if matches!(event, Event::Page(PageNews::Failed)) {
                    "FAILED".to_owned()
                } else {
                    "BUILT".to_owned()
                }
            })
            .collect()
    }

    #[test]
    fn a_good_build_is_one_piece_of_news() {
        let lines = [
            "2026-11-23T17:46:13.849919Z  INFO 📦 starting build",
            "   Compiling lapel v0.1.0 (/lapel)",
            "    Finished `dev` profile [unoptimized + debuginfo] target(s) in 1m 46s",
            "2026-11-23T17:48:02.203536Z  INFO applying new distribution",
            "2026-11-23T17:48:02.204653Z  INFO ✅ success",
        ];
        assert_eq!(heard(&lines), ["BUILT"]);
    }

    #[test]
    fn of_a_failed_build_the_compiler_is_heard_and_trunks_stack_is_not() {
        let lines = [
            "error: this file contains an unclosed delimiter",
            "2026-11-23T17:48:31.653115Z ERROR ❌ error",
            "error from build pipeline",
            "",
            "Caused by:",
            "    0: HTML build pipeline failed (1 errors), showing first",
            "    4: cargo call to executable 'cargo' with args: '[]' returned a bad status: exit status: 101",
            "",
            "Stack backtrace:",
            "   0: anyhow::error::<impl anyhow::Error>::msg",
        ];
        assert_eq!(
            heard(&lines),
            ["error: this file contains an unclosed delimiter", "FAILED"]
        );
    }

    #[test]
    fn a_cause_that_only_trunk_knows_is_heard() {
        let lines = [
            "2026-11-23T17:48:31.653115Z ERROR ❌ error",
            "error from build pipeline",
            "Caused by:",
            "    1: error getting canonical path for \"style/gone.css\"",
        ];
        assert_eq!(
            heard(&lines),
            [
                "FAILED",
                "1: error getting canonical path for \"style/gone.css\""
            ]
        );
    }
}

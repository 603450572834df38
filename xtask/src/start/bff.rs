//! The BFF while one develops: built, given its settings, started, and rebuilt when its sources change.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::console::say;
use crate::environment::setting;
use crate::flags::StartFlags;
use crate::run::{self, quietly};
use crate::stopwatch::Stopwatch;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

use super::emulator::Emulator;
use super::event::{Event, Part};
use super::probe;
use super::service::Service;

const PROGRAM: &str = "lapel-bff";

pub(crate) struct Bff<'a> {
    workspace: &'a Workspace,
    flags: &'a StartFlags,
}

/// What came of a rebuild.
pub(crate) enum Built {
    New(Duration),
    /// What changed was no part of it.
    Same,
    /// It does not compile, and this is why.
    Not(Vec<String>),
}

/// The settings that the BFF is started with, besides those that whoever runs the task has set.
pub(crate) struct Environment {
    settings: Vec<(&'static str, String)>,
    address: String,
}

impl Environment {
    /// The address to open.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl<'a> Bff<'a> {
    pub(crate) fn new(workspace: &'a Workspace, flags: &'a StartFlags) -> Self {
        Self { workspace, flags }
    }

    /// The first build: without it there is nothing to run.
    pub(crate) fn build(&self) -> Result<(), Trouble> {
        let failed = match quietly(
            self.workspace,
            "building the BFF",
            "build-bff",
            self.cargo_build(),
        )? {
            Ok(()) => return Ok(()),
            Err(failed) => failed,
        };
        if failed.for_want_of_network() {
            return Err(Trouble::new("The BFF's packages could not be fetched: the package registry could not be reached.")
                .run("cargo fetch --locked")
                .logged_in(&failed.log));
        }
        failed.findings().for_each(say);
        Err(Trouble::new("The BFF does not build (above).").logged_in(&failed.log))
    }

    /// Builds again without holding up the rest.
    pub(crate) fn rebuild(&self, events: &Sender<Event>) {
        let (events, mut cargo) = (events.clone(), self.cargo_build());
        let (processes, program) = (self.workspace.processes.clone(), self.program());
        let before = written(&program);
        thread::spawn(move || {
            let since = Stopwatch::start();
            let built = match run::capture(&processes, &mut cargo) {
                Err(cause) => Built::Not(vec![format!("cargo could not be run: {cause}")]),
                Ok((status, said)) if !status.success() => Built::Not(
                    said.into_iter()
                        .filter(|line| !run::is_progress(line))
                        .collect(),
                ),
                Ok(_) if written(&program) == before => Built::Same,
                Ok(_) => Built::New(since.elapsed()),
            };
            let _ = events.send(Event::Built(built));
        });
    }

    /// Starts what was built, and asks it until it answers.
    pub(crate) fn start(
        &self,
        environment: &Environment,
        events: &Sender<Event>,
    ) -> Result<Service, Trouble> {
        let mut command = self.workspace.command(self.program());
        command.envs(
            environment
                .settings
                .iter()
                .map(|(name, value)| (*name, value)),
        );
        let hear = |line: &str| vec![Event::Said(Part::Bff, line.to_owned())];
        let service = Service::start(&self.workspace.processes, Part::Bff, command, events, hear)?;
        let session = format!("http://127.0.0.1:{}/bff/session", self.flags.bff_port);
        probe::until_it_answers(Part::Bff, &service, vec![session], events);
        Ok(service)
    }

    /// `LAPEL_…` of whoever runs the task wins, except where the BFF listens: the page's server must find it.
    pub(crate) fn environment(&self, emulator: &Emulator) -> Result<Environment, Trouble> {
        let StartFlags { port, bff_port, .. } = self.flags;
        let mut settings = vec![("LAPEL_LISTEN", format!("127.0.0.1:{bff_port}"))];
        let address = if let Some(chosen) = setting("LAPEL_PUBLIC_URL") {
            chosen
        } else {
            let local = format!("http://localhost:{port}");
            settings.push(("LAPEL_PUBLIC_URL", local.clone()));
            local
        };
        if setting("LAPEL_SESSION_KEYS").is_none() {
            settings.push(("LAPEL_SESSION_KEYS", self.session_keys()?));
        }
        settings.extend(emulator.lacking());
        Ok(Environment { settings, address })
    }

    /// A key that is kept, so that a restart signs nobody out.
    fn session_keys(&self) -> Result<String, Trouble> {
        let path = self.workspace.target.join("dev-session-keys");
        if let Ok(keys) = fs::read_to_string(&path) {
            return Ok(keys.trim().to_owned());
        }
        let refused = |cause| Trouble::io("have lapel-bff make a session key", cause);
        let made = Command::new(self.program())
            .args(["keys", "new"])
            .output()
            .map_err(refused)?;
        let keys = String::from_utf8_lossy(&made.stdout).trim().to_owned();
        if !made.status.success() || keys.is_empty() {
            return Err(
                Trouble::new("lapel-bff made no session key.").run(format!("{PROGRAM} keys new"))
            );
        }
        keep(&path, &keys)
            .map_err(|cause| Trouble::io(format_args!("write {}", path.display()), cause))?;
        Ok(keys)
    }

    fn cargo_build(&self) -> Command {
        let mut build = self.workspace.cargo();
        build
            .args(["build", "--package", PROGRAM, "--bin", PROGRAM])
            .env("CARGO_TERM_COLOR", run::colour());
        build
    }

    fn program(&self) -> PathBuf {
        self.workspace.built(PROGRAM)
    }
}

fn written(program: &Path) -> Option<SystemTime> {
    fs::metadata(program).and_then(|file| file.modified()).ok()
}

/// Writes a secret for its owner alone.
fn keep(path: &Path, secret: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(path)?, secret.as_bytes())
}

//! The one program with the page in it, run by itself as an operator runs it first: with its own emulator.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::environment::variable;
use crate::mishap::{Mishap, Outcome};

/// The running program. Dropping it ends the process.
pub struct Program {
    process: Child,
    origin: String,
}

impl Program {
    /// Starts the program that `END2END_PROGRAM` names, or what `cargo xtask test` makes by default. It may not serve yet;
    /// [`Browser::finds_served`](crate::Browser::finds_served) waits for it.
    ///
    /// # Errors
    /// When it was not made, or does not start.
    pub fn start() -> Outcome<Self> {
        let program = variable("END2END_PROGRAM").map_or_else(
            || {
                let made = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/dist/lapel-debug");
                Path::new(made).with_extension(std::env::consts::EXE_EXTENSION)
            },
            PathBuf::from,
        );
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let process = Command::new(&program)
            .env_clear()
            .env("LAPEL_LISTEN", format!("127.0.0.1:{port}"))
            // Any port: another emulator may run here.
            .env("LAPEL_EMULATOR_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|cause| {
                let program = program.display();
                Mishap::caused(
                    &format!(
                        "{program} does not start; `cargo xtask test --only journeys` makes it"
                    ),
                    &cause,
                )
            })?;
        Ok(Self {
            process,
            origin: format!("http://localhost:{port}"),
        })
    }

    /// The address of a path of the program's.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has nothing to finish, and has ended if it cannot be killed.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

//! Why a task stopped, said so that the reader can act on it: one sentence, the command to run, the log to read.

use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(crate) struct Trouble {
    sentence: String,
    command: Option<String>,
    log: Option<PathBuf>,
}

impl Trouble {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            command: None,
            log: None,
        }
    }

    /// What to run by hand.
    #[must_use]
    pub(crate) fn run(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// Where everything that was printed is kept.
    #[must_use]
    pub(crate) fn logged_in(mut self, log: &Path) -> Self {
        self.log = Some(log.to_owned());
        self
    }

    /// Something that the operating system refused.
    pub(crate) fn io(doing: impl fmt::Display, cause: std::io::Error) -> Self {
        Self::new(format!("Could not {doing}: {cause}."))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        if let Some(command) = &self.command {
            write!(f, "\n  Run: {command}")?;
        }
        if let Some(log) = &self.log {
            write!(f, "\n  All that was printed: {}", log.display())?;
        }
        Ok(())
    }
}

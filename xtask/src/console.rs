//! What people see while a task runs: one line for each thing done, with the time it took.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use crate::stopwatch::{Stopwatch, Took};

/// One line of news.
pub(crate) fn say(line: impl Display) {
    println!("{line}");
}

/// Something under way, on a line of its own: `building the BFF … 12.3 s`.
pub(crate) struct Doing {
    label: String,
    since: Stopwatch,
    live: bool,
}

impl Doing {
    pub(crate) fn begin(label: impl Into<String>) -> Self {
        let doing = Self {
            label: label.into(),
            since: Stopwatch::start(),
            live: io::stdout().is_terminal(),
        };
        print!("{} … ", doing.label);
        flush();
        doing
    }

    /// How far it is, for whoever sits in front of it; a log is spared.
    pub(crate) fn note(&self, note: &str) {
        if self.live {
            let room = 90_usize.saturating_sub(self.label.len());
            let note: String = note.chars().take(room).collect();
            print!("\r\x1b[K{} … {note}", self.label);
            flush();
        }
    }

    pub(crate) fn done(self) {
        self.end(&Took(self.since.elapsed()));
    }

    pub(crate) fn failed(self) {
        self.end(&format_args!("failed after {}", Took(self.since.elapsed())));
    }

    fn end(&self, how: &dyn Display) {
        if self.live {
            println!("\r\x1b[K{} … {how}", self.label);
        } else {
            println!("{how}");
        }
    }
}

/// A line that is not finished yet must be seen all the same. Nobody is served by an error about it.
fn flush() {
    let _ = io::stdout().flush();
}

//! What can happen while everything runs.

use std::fmt;
use std::time::Duration;

use super::bff::Built;
use super::page::PageNews;

pub(crate) enum Event {
    /// A line that a part printed.
    Said(Part, String),
    /// trunk's news of the page.
    Page(PageNews),
    /// Sources of a part were written.
    Changed(Part),
    /// rust-toolchain.toml was written. rustup has chosen the toolchain of everything that this task starts.
    OtherToolchain,
    /// A rebuild of the BFF is over.
    Built(Built),
    /// A part answers over HTTP, so long after it was started.
    Answers { part: Part, after: Duration },
    /// A part does not answer in time. `run` tells a restarted part from its predecessor.
    Silent { part: Part, run: u32 },
    /// A part's process is gone.
    Ended { part: Part, run: u32, how: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Bff,
    Page,
}

impl Part {
    /// As the subject of a sentence.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bff => "The BFF",
            Self::Page => "trunk",
        }
    }
}

/// As the mark before a line that it printed.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bff => "bff ",
            Self::Page => "page",
        })
    }
}

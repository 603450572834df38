//! The steps of `cargo xtask test`, in their order: what is quick and says most comes first.

use std::fmt;

use clap::ValueEnum;

use crate::dist;
use crate::tidy;
use crate::tools;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

use super::{checks, in_browsers, openapi, size};

pub(crate) struct Step {
    pub(super) name: Name,
    pub(super) about: &'static str,
    /// Earlier steps without which this one cannot run.
    pub(super) needs: &'static [Name],
    /// A remark for the summary, or why it failed.
    pub(super) run: fn(&Workspace) -> Result<Option<String>, Trouble>,
}

/// A step as `--only` and the summary call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    Fmt,
    Tidy,
    Clippy,
    ClippyWasm,
    Docs,
    Redis,
    Tests,
    Openapi,
    Tools,
    Browser,
    BrowserTests,
    Page,
    Size,
    Gallery,
    Dist,
    Journeys,
    JourneysFirefox,
    JourneysWebkit,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_possible_value() {
            Some(value) => f.pad(value.get_name()),
            None => Ok(()),
        }
    }
}

pub(super) const STEPS: &[Step] = &[
    Step {
        name: Name::Fmt,
        about: "the formatting of every crate",
        needs: &[],
        run: checks::fmt,
    },
    Step {
        name: Name::Tidy,
        about: "the house rules",
        needs: &[],
        run: tidy::tidy,
    },
    Step {
        name: Name::Clippy,
        about: "lints, native",
        needs: &[],
        run: checks::clippy,
    },
    Step {
        name: Name::ClippyWasm,
        about: "lints of the page for WebAssembly",
        needs: &[],
        run: checks::clippy_wasm,
    },
    Step {
        name: Name::Docs,
        about: "the documentation builds without warnings",
        needs: &[],
        run: checks::docs,
    },
    Step {
        name: Name::Redis,
        about: "redis-server is there, for the tests of the shared store",
        needs: &[],
        run: redis,
    },
    Step {
        name: Name::Tests,
        about: "native tests",
        needs: &[Name::Redis],
        run: checks::tests,
    },
    Step {
        name: Name::Openapi,
        about: "the OpenAPI document is one that tools can use",
        needs: &[],
        run: openapi::openapi,
    },
    Step {
        name: Name::Tools,
        about: "trunk, wasm-bindgen and wasm-opt are there",
        needs: &[],
        run: tools,
    },
    Step {
        name: Name::Browser,
        about: "Chromium and its driver are there",
        needs: &[],
        run: browser,
    },
    Step {
        name: Name::BrowserTests,
        about: "the page's components in Chromium",
        needs: &[Name::Tools, Name::Browser],
        run: in_browsers::components,
    },
    Step {
        name: Name::Page,
        about: "the page as it is shipped",
        needs: &[Name::Tools],
        run: in_browsers::page,
    },
    Step {
        name: Name::Size,
        about: "what the first visit loads",
        needs: &[Name::Page],
        run: size::size,
    },
    Step {
        name: Name::Gallery,
        about: "every component in every state as a page, and the example application",
        needs: &[Name::Tools],
        run: in_browsers::gallery,
    },
    Step {
        name: Name::Dist,
        about: "the one program with the app in it, run from an empty folder",
        needs: &[Name::Page],
        run: dist::check,
    },
    Step {
        name: Name::Journeys,
        about: "a member's journeys in Chromium, with the BFF and the emulator",
        needs: &[Name::Page, Name::Gallery, Name::Dist, Name::Browser],
        run: in_browsers::journeys,
    },
    Step {
        name: Name::JourneysFirefox,
        about: "the same in Firefox",
        needs: &[Name::Page, Name::Gallery, Name::Dist],
        run: in_browsers::journeys_in_firefox,
    },
    Step {
        name: Name::JourneysWebkit,
        about: "the same in WebKit",
        needs: &[Name::Page, Name::Gallery, Name::Dist],
        run: in_browsers::journeys_in_webkit,
    },
];

/// What builds the page.
pub(crate) fn tools(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    tools::wasm_target(workspace)?;
    tools::wasm_bindgen(workspace)?;
    tools::trunk(workspace)?;
    tools::wasm_opt(workspace)?;
    Ok(None)
}

fn redis(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    tools::redis(workspace).map(|()| None)
}

fn browser(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    let browser = tools::browser(workspace)?;
    Ok(browser.program.map(|program| program.display().to_string()))
}

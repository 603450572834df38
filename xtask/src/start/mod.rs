//! `cargo xtask start`: the BFF with the emulator in it, trunk in front of it, and both kept up to date.
//!
//! Everything that happens arrives as an [`Event`] on one channel, so that one loop decides and one thread prints.

mod bff;
mod emulator;
mod event;
mod page;
mod probe;
mod service;
mod watch;

use std::sync::mpsc::{self, Receiver, Sender};

use crate::console::say;
use crate::environment::setting;
use crate::flags::StartFlags;
use crate::run::openly;
use crate::stopwatch::Took;
use crate::tools;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

use bff::{Bff, Built};
use emulator::Emulator;
use event::{Event, Part};
use page::{Page, PageNews};
use service::Service;

pub(crate) fn start(workspace: &Workspace, flags: &StartFlags) -> Result<(), Trouble> {
    if flags.gallery {
        return gallery(workspace, flags.port);
    }
    let emulator = Emulator::of(flags.emulator_port, setting);
    probe::ports_are_free(flags, &emulator)?;
    tools::wasm_target(workspace)?;
    tools::wasm_bindgen(workspace)?;
    tools::trunk(workspace)?;
    let bff = Bff::new(workspace, flags);
    bff.build()?;
    let environment = bff.environment(&emulator)?;
    let page = Page::new(workspace, flags)?;
    let (events, news) = mpsc::channel();
    let _watching = watch::watch(workspace, &events)?;
    let bff_runs = bff.start(&environment, &events)?;
    let mut running = Running {
        bff,
        emulator,
        environment,
        page,
        events,
        bff_runs: Some(bff_runs),
        page_runs: None,
        build: Build::Idle,
        announced: false,
    };
    let outcome = running.follow(&news);
    // What a dying process said last is on its way; it is why it died.
    for event in news.try_iter() {
        if let Event::Said(part, line) = event {
            say(format_args!("{part} | {line}"));
        }
    }
    outcome
}

/// trunk alone, and what it says.
fn gallery(workspace: &Workspace, port: u16) -> Result<(), Trouble> {
    tools::wasm_target(workspace)?;
    tools::wasm_bindgen(workspace)?;
    tools::trunk(workspace)?;
    say(format_args!(
        "The gallery will be at http://localhost:{port}; Ctrl-C stops it."
    ));
    let mut trunk = workspace.command("trunk");
    trunk
        .args(["serve", "gallery.html", "--port", &port.to_string()])
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    openly(workspace, &mut trunk)
}

struct Running<'a> {
    bff: Bff<'a>,
    emulator: Emulator,
    environment: bff::Environment,
    page: Page<'a>,
    events: Sender<Event>,
    /// None while a new build that did not come up waits for the next change.
    bff_runs: Option<Service>,
    /// None until the BFF answers for the first time.
    page_runs: Option<Service>,
    build: Build,
    announced: bool,
}

/// The rebuilding of the BFF.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Build {
    Idle,
    UnderWay,
    /// Something changed since it began: it will be repeated.
    Outdated,
}

impl Running<'_> {
    /// Acts on what happens, until something that must run does not.
    fn follow(&mut self, news: &Receiver<Event>) -> Result<(), Trouble> {
        for event in news {
            match event {
                Event::Said(part, line) => say(format_args!("{part} | {line}")),
                Event::Page(news) => self.page_news(news),
                Event::Changed(Part::Bff) => self.rebuild_bff(),
                Event::Changed(Part::Page) => self.restart_page()?,
                Event::OtherToolchain => {
                    say("rust-toolchain.toml changed; the next start builds with what it says now");
                }
                Event::Built(built) => self.bff_is_built(built)?,
                Event::Answers { part, after } => self.answers(part, after)?,
                Event::Silent { part, run } => self.is_silent(part, run)?,
                Event::Ended { part, run, how } => self.has_ended(part, run, &how)?,
            }
        }
        Ok(())
    }

    fn page_news(&mut self, news: PageNews) {
        match news {
            PageNews::Built(took) if self.announced => {
                say(format_args!("page rebuilt in {}", Took(took)));
            }
            PageNews::Built(took) => {
                say(format_args!("page built in {}", Took(took)));
                if let Some(page) = &self.page_runs {
                    self.page.probe(page, &self.events);
                }
            }
            PageNews::Failed if self.announced => {
                say("the page does not build (above); the last one that did is still served");
            }
            PageNews::Failed => {
                say("the page does not build (above); it is tried again at the next change");
            }
        }
    }

    fn rebuild_bff(&mut self) {
        if self.build == Build::Idle {
            self.build = Build::UnderWay;
            self.bff.rebuild(&self.events);
        } else {
            self.build = Build::Outdated;
        }
    }

    fn bff_is_built(&mut self, built: Built) -> Result<(), Trouble> {
        if self.build == Build::Outdated {
            self.build = Build::UnderWay;
            self.bff.rebuild(&self.events);
            return Ok(());
        }
        self.build = Build::Idle;
        match built {
            Built::Same => {}
            Built::Not(findings) => {
                findings.iter().for_each(say);
                say("the BFF does not build (above); the old one keeps running");
            }
            Built::New(took) => {
                say(format_args!("BFF rebuilt in {}, restarting it", Took(took)));
                if let Some(old) = self.bff_runs.take() {
                    old.stop();
                }
                self.bff_runs = Some(self.bff.start(&self.environment, &self.events)?);
            }
        }
        Ok(())
    }

    /// For what trunk reads only when it starts, or loses sight of: Trunk.toml, and index.html where an editor
    /// replaces the file instead of writing into it.
    fn restart_page(&mut self) -> Result<(), Trouble> {
        if let Some(old) = self.page_runs.take() {
            say("index.html or Trunk.toml changed, restarting trunk");
            old.stop();
            self.page_runs = Some(self.page.serve(&self.events)?);
        }
        Ok(())
    }

    fn answers(&mut self, part: Part, after: std::time::Duration) -> Result<(), Trouble> {
        match part {
            Part::Bff => {
                say(format_args!("BFF answers after {}", Took(after)));
                if self.page_runs.is_none() {
                    say("building the page and serving it with trunk");
                    self.page_runs = Some(self.page.serve(&self.events)?);
                }
            }
            Part::Page if self.announced => {}
            Part::Page => {
                self.announced = true;
                say(format_args!(
                    "\nLapel runs. Open {}",
                    self.environment.address()
                ));
                say(format_args!(
                    "{}. Ctrl-C stops everything.\n",
                    self.emulator.whose_linkedin()
                ));
            }
        }
        Ok(())
    }

    fn is_silent(&self, part: Part, run: u32) -> Result<(), Trouble> {
        if self.is_current(part, run) {
            return Err(Trouble::new(format!(
                "{} runs and does not answer.",
                part.name()
            )));
        }
        Ok(())
    }

    fn has_ended(&mut self, part: Part, run: u32, how: &str) -> Result<(), Trouble> {
        if !self.is_current(part, run) {
            return Ok(());
        }
        // A first start that fails, and a running part that dies, end the whole; a rebuilt BFF that does not come up
        // is a developer's mistake, and the next change mends it.
        if part == Part::Bff
            && self.announced
            && !self.bff_runs.as_ref().is_some_and(Service::has_answered)
        {
            self.bff_runs = None;
            say(format_args!(
                "the new BFF ended at once ({how}); it is tried again at the next change"
            ));
            return Ok(());
        }
        Err(Trouble::new(format!(
            "{} ended by itself ({how}), so everything else is stopped too.",
            part.name()
        )))
    }

    fn is_current(&self, part: Part, run: u32) -> bool {
        let service = match part {
            Part::Bff => &self.bff_runs,
            Part::Page => &self.page_runs,
        };
        service.as_ref().is_some_and(|service| service.run() == run)
    }
}

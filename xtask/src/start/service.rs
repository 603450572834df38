//! A process that is to keep running: its lines and its end become events.

use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use crate::processes::{Group, Processes};
use crate::trouble::Trouble;

use super::event::{Event, Part};

pub(crate) struct Service {
    group: Group,
    run: u32,
    life: Life,
}

/// What those who watch a service from other threads share with it.
#[derive(Clone, Default)]
pub(crate) struct Life {
    ended: Arc<AtomicBool>,
    answered: Arc<AtomicBool>,
}

impl Life {
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    pub(crate) fn note_answer(&self) {
        self.answered.store(true, Ordering::SeqCst);
    }
}

impl Service {
    /// Starts the command; `hear` makes events of what it prints.
    pub(crate) fn start(
        processes: &Processes,
        part: Part,
        mut command: Command,
        events: &Sender<Event>,
        mut hear: impl FnMut(&str) -> Vec<Event> + Send + 'static,
    ) -> Result<Self, Trouble> {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let refused = |cause| Trouble::io(format_args!("start {}", part.name()), cause);
        let (output, input) = io::pipe().map_err(refused)?;
        command
            .stdout(input.try_clone().map_err(refused)?)
            .stderr(input);
        let mut running = processes.spawn(&mut command).map_err(refused)?;
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let service = Self {
            group: running.group(),
            run: RUNS.fetch_add(1, Ordering::SeqCst),
            life: Life::default(),
        };

        let (run, life, ends) = (service.run, service.life.clone(), events.clone());
        let lines = events.clone();
        let reading = thread::spawn(move || {
            // A line that is not UTF-8 is shown as far as it can be; an unreadable pipe is one that has ended.
            for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
                for event in hear(&String::from_utf8_lossy(&line)) {
                    let _ = lines.send(event);
                }
            }
        });
        thread::spawn(move || {
            let how = match running.wait() {
                Ok(status) => status.to_string(),
                Err(cause) => cause.to_string(),
            };
            life.ended.store(true, Ordering::SeqCst);
            let _ = reading.join();
            let _ = ends.send(Event::Ended { part, run, how });
        });
        Ok(service)
    }

    pub(crate) fn run(&self) -> u32 {
        self.run
    }

    pub(crate) fn life(&self) -> Life {
        self.life.clone()
    }

    pub(crate) fn has_answered(&self) -> bool {
        self.life.answered.load(Ordering::SeqCst)
    }

    pub(crate) fn stop(self) {
        self.group.end();
    }
}

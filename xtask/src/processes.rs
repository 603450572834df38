//! Every process that a task starts, so that none outlives it: on Ctrl-C, on SIGTERM, and when one of several dies.
//!
//! Each child leads a process group of its own. cargo, trunk and the browser start children themselves; a signal to the
//! group reaches them all, a signal to the child alone would orphan them.

use std::io;
use std::process::{Child, Command, ExitStatus, Stdio, exit};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::console::say;
use crate::stopwatch::Stopwatch;
use crate::trouble::Trouble;

/// How long a group may take to end by itself before it is ended.
const GRACE: Duration = Duration::from_secs(5);
/// How a shell counts a program that an interrupt ended.
const INTERRUPTED: i32 = 130;

#[derive(Clone, Default)]
pub(crate) struct Processes(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    stopping: bool,
    groups: Vec<u32>,
}

impl Processes {
    /// From now on Ctrl-C, SIGTERM and a closed terminal end everything, then this program.
    pub(crate) fn stop_on_signals(&self) -> Result<(), Trouble> {
        let processes = self.clone();
        ctrlc::set_handler(move || {
            say("\nstopping");
            processes.stop_all();
            exit(INTERRUPTED);
        })
        .map_err(|cause| Trouble::new(format!("Ctrl-C cannot be listened for: {cause}.")))
    }

    /// Starts a command as the leader of a new group, without the keyboard.
    pub(crate) fn spawn(&self, command: &mut Command) -> io::Result<Running> {
        let mut state = self.state();
        // The end has begun: whoever wants another process waits for it with the rest.
        while state.stopping {
            drop(state);
            thread::park();
            state = self.state();
        }
        lead_a_group(command);
        let child = command.stdin(Stdio::null()).spawn()?;
        state.groups.push(child.id());
        Ok(Running {
            child,
            processes: self.clone(),
        })
    }

    fn stopping(&self) -> bool {
        self.state().stopping
    }

    /// Ends every group: asks, waits, insists.
    pub(crate) fn stop_all(&self) {
        let groups = {
            let mut state = self.state();
            state.stopping = true;
            state.groups.clone()
        };
        end(&groups);
    }

    fn forget(&self, group: u32) {
        self.state().groups.retain(|known| *known != group);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A child and its group. Dropping it ends them.
pub(crate) struct Running {
    child: Child,
    processes: Processes,
}

impl Running {
    /// Waits for the child itself, and makes sure that nothing of its group is left.
    pub(crate) fn wait(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait()?;
        insist(self.child.id());
        self.processes.forget(self.child.id());
        // What ends while everything is being ended has not failed; nobody is to hear of it.
        while self.processes.stopping() {
            thread::park();
        }
        Ok(status)
    }

    /// What ends this child from another thread.
    pub(crate) fn group(&self) -> Group {
        Group(self.child.id())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            ask(self.child.id());
            let asked = Stopwatch::start();
            while matches!(self.child.try_wait(), Ok(None)) && !asked.is_past(GRACE) {
                thread::sleep(Duration::from_millis(20));
            }
            insist(self.child.id());
            let _ = self.child.wait();
        }
        self.processes.forget(self.child.id());
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Group(u32);

impl Group {
    /// Asks, waits, insists. Somebody else must be waiting for the child.
    pub(crate) fn end(self) {
        end(&[self.0]);
    }
}

fn end(groups: &[u32]) {
    for group in groups {
        ask(*group);
    }
    let asked = Stopwatch::start();
    while groups.iter().any(|group| is_alive(*group)) && !asked.is_past(GRACE) {
        thread::sleep(Duration::from_millis(20));
    }
    for group in groups {
        insist(*group);
    }
}

#[cfg(unix)]
mod signals {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;

    pub(super) fn lead_a_group(command: &mut Command) {
        command.process_group(0);
    }

    pub(super) fn ask(group: u32) {
        let _ = killpg(pid(group), Signal::SIGTERM);
    }

    pub(super) fn insist(group: u32) {
        let _ = killpg(pid(group), Signal::SIGKILL);
    }

    pub(super) fn is_alive(group: u32) -> bool {
        killpg(pid(group), None).is_ok()
    }

    /// No group has number 0: that would mean this program's own.
    fn pid(group: u32) -> Pid {
        Pid::from_raw(i32::try_from(group).unwrap_or(i32::MAX))
    }
}

/// Windows has no process groups of this kind; `taskkill /T` ends a process with its children.
#[cfg(not(unix))]
mod signals {
    use std::process::{Command, Stdio};

    pub(super) fn lead_a_group(_command: &mut Command) {}

    pub(super) fn ask(group: u32) {
        insist(group);
    }

    pub(super) fn insist(group: u32) {
        let _ = Command::new("taskkill")
            .args(["/PID", &group.to_string(), "/T", "/F"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }

    pub(super) fn is_alive(_group: u32) -> bool {
        false
    }
}

use signals::{ask, insist, is_alive, lead_a_group};

#[cfg(all(test, unix))]
mod tests {
    use std::io::{self, Read};

    use super::*;

    #[test]
    fn a_child_of_a_child_does_not_outlive_it() {
        let (mut output, input) = io::pipe().unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", "sleep 600 & echo started; wait"])
            .stdout(input);
        let running = Processes::default().spawn(&mut command).unwrap();
        drop(command);
        let mut started = [0; 8];
        output.read_exact(&mut started).unwrap();
        drop(running);
        // Both held the pipe; it ends when nobody does.
        assert_eq!(output.read_to_end(&mut Vec::new()).unwrap(), 0);
    }
}

//! What is left of a task after Ctrl-C: nothing. The task is real, and so is the signal; cargo is a stand-in, so that
//! nothing is built.

#![cfg(unix)]

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// How a shell counts a program that an interrupt ended.
const INTERRUPTED: Option<i32> = Some(130);

/// Starts a task, sends it the signal once its child's child runs, and reads what they print until nobody is left that
/// could. Without limit, since what nobody ends ends by itself and says so.
fn interrupted(signal: Signal, stubborn: &str) -> io::Result<(Option<i32>, String)> {
    let (output, input) = io::pipe()?;
    let mut task = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["test", "--only", "fmt"])
        .env(
            "CARGO",
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stub/cargo"),
        )
        .env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("STUBBORN", stubborn)
        .stdin(Stdio::null())
        .stdout(input)
        .spawn()?;
    let mut output = BufReader::new(output);
    let mut said = String::new();
    while !said.ends_with("started\n") && output.read_line(&mut said)? > 0 {}
    let pid = i32::try_from(task.id()).map_err(io::Error::other)?;
    kill(Pid::from_raw(pid), signal)?;
    // Everybody holds the pipe: it ends when nobody does.
    output.read_to_string(&mut said)?;
    Ok((task.wait()?.code(), said))
}

#[test]
fn ctrl_c_ends_children_and_their_children() {
    let (code, said) = interrupted(Signal::SIGINT, "").unwrap();
    assert_eq!(code, INTERRUPTED, "{said}");
    assert!(said.contains("stopping"), "{said}");
    assert!(!said.contains("ended by itself"), "{said}");
}

#[test]
fn who_does_not_listen_is_ended_all_the_same() {
    let (code, said) = interrupted(Signal::SIGTERM, "yes").unwrap();
    assert_eq!(code, INTERRUPTED, "{said}");
    assert!(!said.contains("ended by itself"), "{said}");
}

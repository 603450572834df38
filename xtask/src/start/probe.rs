//! Whether an address is free, and when it answers.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use ureq::Agent;

use crate::flags::StartFlags;
use crate::stopwatch::Stopwatch;
use crate::trouble::Trouble;

use super::emulator::Emulator;
use super::event::{Event, Part};
use super::service::Service;

/// How long a part may take from its start to its first answer. Builds are not counted in.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// Refuses to begin what would fail minutes later.
pub(crate) fn ports_are_free(flags: &StartFlags, emulator: &Emulator) -> Result<(), Trouble> {
    let loopback = |port, chosen_by| {
        [
            (SocketAddr::from((Ipv4Addr::LOCALHOST, port)), chosen_by),
            (SocketAddr::from((Ipv6Addr::LOCALHOST, port)), chosen_by),
        ]
    };
    let wanted = loopback(flags.port, "--port")
        .into_iter()
        .chain(loopback(flags.bff_port, "--bff-port"))
        .chain(emulator.listens());
    for (address, chosen_by) in wanted {
        if is_taken(address) {
            return Err(Trouble::new(format!(
                "Port {} is in use by another program: end it, or choose another port with {chosen_by}.",
                address.port()
            )));
        }
    }
    Ok(())
}

/// A machine without IPv6 refuses for another reason, which is none.
fn is_taken(address: SocketAddr) -> bool {
    TcpListener::bind(address).is_err_and(|cause| cause.kind() == std::io::ErrorKind::AddrInUse)
}

/// Asks until every address answers with 200, then tells.
pub(crate) fn until_it_answers(
    part: Part,
    service: &Service,
    addresses: Vec<String>,
    events: &Sender<Event>,
) {
    let (run, life, events) = (service.run(), service.life(), events.clone());
    thread::spawn(move || {
        let agent = agent();
        let since = Stopwatch::start();
        while !life.has_ended() {
            if addresses.iter().all(|address| answers(&agent, address)) {
                life.note_answer();
                let _ = events.send(Event::Answers {
                    part,
                    after: since.elapsed(),
                });
                return;
            }
            if since.is_past(PATIENCE) {
                let _ = events.send(Event::Silent { part, run });
                return;
            }
            thread::sleep(PAUSE);
        }
    });
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(2)))
        // The machine's own addresses are not for a company's proxy.
        .proxy(None)
        .build()
        .into()
}

/// Asks as the page does; the BFF refuses others.
fn answers(agent: &Agent, address: &str) -> bool {
    let answer = agent
        .get(address)
        .header("X-Lapel", "1")
        .header("Sec-Fetch-Site", "same-origin")
        .call();
    answer.is_ok_and(|answer| answer.status() == 200)
}

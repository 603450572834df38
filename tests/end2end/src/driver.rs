//! The driver's process: one for all journeys that run at the same time, gone when the last of them is over, also by
//! a panic.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;

use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

/// A running driver. Dropping the last share ends the process.
pub(crate) struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// The driver that runs, or a new one.
    pub(crate) fn shared(engine: Engine) -> Outcome<Arc<Self>> {
        static RUNNING: Mutex<Option<(Engine, Weak<Driver>)>> = Mutex::new(None);
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let known = running.as_ref().filter(|(known, _)| *known == engine);
        if let Some(driver) = known.and_then(|(_, driver)| driver.upgrade()) {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start(engine)?);
        *running = Some((engine, Arc::downgrade(&driver)));
        Ok(driver)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn start(engine: Engine) -> Outcome<Self> {
        let program = engine.driver()?;
        let port = match engine {
            // They choose a free port and say which.
            Engine::Chromium | Engine::Firefox => 0,
            Engine::WebKit => TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
                .local_addr()?
                .port(),
        };
        let mut process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|cause| {
                Mishap::caused(&format!("{} does not start", program.display()), &cause)
            })?;
        let said = process.stdout.take();
        let mut driver = Self {
            process,
            url: String::new(),
        };
        let port = if port == 0 {
            let mut lines =
                BufReader::new(said.ok_or_else(|| Mishap::new("the driver is mute"))?).lines();
            let port = lines
                .by_ref()
                .map_while(Result::ok)
                .find_map(|line| port_in(&line))
                .ok_or_else(|| {
                    Mishap::new(format!("{} ended before it was ready", program.display()))
                })?;
            // Whoever stops reading stops the driver, once the pipe is full.
            thread::spawn(move || lines.for_each(drop));
            port
        } else {
            port
        };
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to, the driver ends browsers that a journey left behind; killed, it would orphan them.
        #[cfg(unix)]
        if let Ok(pid) = i32::try_from(self.process.id()) {
            use nix::sys::signal::{Signal, kill};
            if kill(nix::unistd::Pid::from_raw(pid), Signal::SIGTERM).is_ok() {
                let _ = self.process.wait();
                return;
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `ChromeDriver was started successfully on port 41234.` and geckodriver's `Listening on 127.0.0.1:41234`.
fn port_in(line: &str) -> Option<u16> {
    let digits = |text: &str| -> Option<u16> {
        let end = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        text[..end].parse().ok()
    };
    if let Some((_, port)) = line.split_once("successfully on port ") {
        return digits(port);
    }
    line.split_once("Listening on 127.0.0.1:")
        .and_then(|(_, port)| digits(port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_each_driver_says() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 41234."),
            Some(41234)
        );
        assert_eq!(
            port_in("1700000000\tgeckodriver\tINFO\tListening on 127.0.0.1:4567"),
            Some(4567)
        );
        assert_eq!(port_in("Starting ChromeDriver 156 on port 0"), None);
    }
}

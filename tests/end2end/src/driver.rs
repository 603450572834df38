//! The driver's process: Chromium's is one for all journeys that run at the same time, gone when the last of them is over,
//! also by a panic.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use thirtyfour::{Capabilities, WebDriver};

use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

/// How long a driver may take to end its browsers, and itself. Rounds of `PAUSE`.
const GRACE: u32 = 500;
const PAUSE: Duration = Duration::from_millis(20);

/// A running driver. Dropping the last share ends the process.
pub(crate) struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// The driver that runs, or a new one.
    pub(crate) fn shared(engine: Engine) -> Outcome<Arc<Self>> {
        static RUNNING: Mutex<Option<(Engine, Weak<Driver>)>> = Mutex::new(None);
        // The others' serve one browser each.
        if engine != Engine::Chromium {
            return Ok(Arc::new(Self::start(engine)?));
        }
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let known = running.as_ref().filter(|(known, _)| *known == engine);
        if let Some(driver) = known.and_then(|(_, driver)| driver.upgrade()) {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start(engine)?);
        *running = Some((engine, Arc::downgrade(&driver)));
        Ok(driver)
    }

    /// Starts a browser.
    pub(crate) async fn connect(&self, wanted: Capabilities) -> Outcome<WebDriver> {
        // The driver is on this machine; a company's HTTP proxy has no business in between.
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_mins(1))
            .build()
            .map_err(|cause| Mishap::caused("an HTTP client", &cause))?;
        let driver = WebDriver::builder(&*self.url, wanted).client(client);
        Ok(driver.connect().await?)
    }

    fn start(engine: Engine) -> Outcome<Self> {
        let program = engine.driver()?;
        let port = match engine {
            // They choose a free port and say which.
            Engine::Chromium | Engine::Firefox => 0,
            // It wants to be told one, and is mute.
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
            driver.listens(port)?;
            port
        };
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// Waits for a driver that does not say when it is ready.
    fn listens(&mut self, port: u16) -> Outcome {
        for _ in 0..GRACE {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.process.try_wait()? {
                return Err(Mishap::new(format!("the driver ended: {status}")));
            }
            thread::sleep(PAUSE);
        }
        Err(Mishap::new("the driver does not listen"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.process, GRACE);
    }
}

/// Asks, waits, insists. Asked to, the driver ends browsers that a journey left behind; killed, it orphans them.
fn end(process: &mut Child, grace: u32) {
    if ask(process) {
        for _ in 0..grace {
            if !matches!(process.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(PAUSE);
        }
    }
    let _ = process.kill();
    let _ = process.wait();
}

#[cfg(unix)]
fn ask(process: &Child) -> bool {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    i32::try_from(process.id()).is_ok_and(|pid| kill(Pid::from_raw(pid), Signal::SIGTERM).is_ok())
}

/// Elsewhere processes cannot be asked.
#[cfg(not(unix))]
fn ask(_process: &Child) -> bool {
    false
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

    #[cfg(unix)]
    #[test]
    fn a_driver_that_does_not_listen_is_ended_all_the_same() {
        use std::os::unix::process::ExitStatusExt;

        let mut stubborn = Command::new("sh")
            .args(["-c", "trap '' TERM; echo deaf; exec sleep 60"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(stubborn.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        assert_eq!(said, "deaf\n");
        end(&mut stubborn, 1);
        assert_eq!(stubborn.wait().unwrap().signal(), Some(9));
    }

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

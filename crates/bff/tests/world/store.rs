//! A real Redis, started by the test on a port of its own, that can be stopped, held and started again.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use lapel_bff::config;

/// What stands in the log of a Redis that can be asked.
const READY: &str = "Ready to accept connections";

/// How many ports are tried: another process may take one between its choice and its use.
const MOST_PORTS: u8 = 10;

/// A Redis that lives as long as the test, and keeps nothing on disk.
pub(crate) struct RedisServer {
    port: u16,
    password: String,
    running: Option<Running>,
}

struct Running {
    process: Child,
    /// Kept open, so that the process can write to it.
    log: BufReader<ChildStdout>,
}

impl RedisServer {
    /// Starts one.
    pub(crate) fn start() -> Self {
        Self::start_with_password("")
    }

    /// Starts one that wants a password; none where it is empty.
    pub(crate) fn start_with_password(password: &str) -> Self {
        for _ in 0..MOST_PORTS {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
                .and_then(|listener| listener.local_addr())
                .expect("a port")
                .port();
            if let Some(running) = Running::start(port, password) {
                return Self {
                    port,
                    password: password.to_owned(),
                    running: Some(running),
                };
            }
        }
        panic!("redis-server does not start on any port");
    }

    /// The settings that lead to it.
    pub(crate) fn settings(&self) -> config::Store {
        config::Store::at(&self.address()).expect("settings")
    }

    fn address(&self) -> String {
        let credentials = match self.password.as_str() {
            "" => String::new(),
            password => format!(":{password}@"),
        };
        format!("redis://{credentials}127.0.0.1:{}/1", self.port)
    }

    /// Ends it, with all that it knew.
    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    /// Starts it again, empty, where it was.
    pub(crate) fn start_again(&mut self) {
        self.running = Running::start(self.port, &self.password);
        assert!(self.running.is_some(), "redis-server does not start again");
    }

    /// Holds it: connections are taken, and nothing is answered.
    pub(crate) fn hold(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, name: &str) {
        let running = self.running.as_ref().expect("it runs");
        let process = running.process.id().to_string();
        let sent = Command::new("kill").args([name, &process]).status();
        assert!(sent.expect("kill runs").success(), "the signal is sent");
    }

    /// Everything that it knows: keys and values.
    pub(crate) fn everything(&self) -> Vec<(String, String)> {
        let mut connection = self.connection();
        self.keys("")
            .into_iter()
            .filter_map(|key| {
                let value: Option<String> = redis::cmd("GET")
                    .arg(&key)
                    .query(&mut connection)
                    .expect("a text");
                value.map(|value| (key, value))
            })
            .collect()
    }

    /// For how long it keeps the one key with this in its name.
    pub(crate) fn keeps(&self, part: &str) -> Duration {
        let keys = self.keys(part);
        let [key] = keys.as_slice() else {
            panic!("one key: {keys:?}")
        };
        let left = redis::cmd("PTTL").arg(key).query(&mut self.connection());
        Duration::from_millis(left.expect("it ends"))
    }

    /// Keeps every key with this in its name for so long.
    pub(crate) fn keeps_all_for(&self, part: &str, time: Duration) {
        for key in self.keys(part) {
            redis::cmd("EXPIRE")
                .arg(key)
                .arg(time.as_secs())
                .exec(&mut self.connection())
                .expect("it is there");
        }
    }

    fn keys(&self, part: &str) -> Vec<String> {
        redis::cmd("KEYS")
            .arg(format!("*{part}*"))
            .query(&mut self.connection())
            .expect("keys")
    }

    fn connection(&self) -> redis::Connection {
        redis::Client::open(self.address())
            .and_then(|client| client.get_connection())
            .expect("a connection")
    }
}

impl Running {
    fn start(port: u16, password: &str) -> Option<Self> {
        let mut process = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no"])
            .args(["--requirepass", password])
            .args(["--dir", env!("CARGO_TARGET_TMPDIR")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect(
                "redis-server must be on PATH; `cargo xtask test` installs it, as does `apt-get install redis-server`",
            );
        let log = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut running = Self { process, log };
        let mut line = String::new();
        loop {
            line.clear();
            // The end of the log is the end of the process.
            if running.log.read_line(&mut line).expect("text") == 0 {
                return None;
            }
            if line.contains(READY) {
                return Some(running);
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Also from the middle of being held.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! A real Redis, started by the test on a port of its own, that can be stopped, held and started again.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_bff::config;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// What stands in the log of a Redis that can be asked.
const READY: &str = "Ready to accept connections";

/// How many ports are tried: another process may take one between its choice and its use.
const MOST_PORTS: u8 = 10;

/// A Redis that lives as long as the test, and keeps nothing on disk.
pub(crate) struct RedisServer {
    port: u16,
    password: String,
    tls: Option<Tls>,
    running: Option<Running>,
}

/// How a Redis shows who it is.
struct Tls {
    /// Who vouches for it, as a certificate in PEM form.
    authority: String,
    certificate: PathBuf,
    key: PathBuf,
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
        Self::started(password, None)
    }

    /// Starts one that is spoken to through TLS only, with a certificate of an authority of its own.
    pub(crate) fn start_with_tls() -> Self {
        Self::started("", Some(Tls::new()))
    }

    fn started(password: &str, tls: Option<Tls>) -> Self {
        for _ in 0..MOST_PORTS {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
                .and_then(|listener| listener.local_addr())
                .expect("a port")
                .port();
            if let Some(running) = Running::start(port, password, tls.as_ref()) {
                return Self {
                    port,
                    password: password.to_owned(),
                    tls,
                    running: Some(running),
                };
            }
        }
        panic!("redis-server does not start on any port");
    }

    /// The settings that lead to it.
    pub(crate) fn settings(&self) -> config::Store {
        let settings = match &self.tls {
            None => config::Store::at(&self.address()),
            Some(tls) => config::Store::trusting(&self.address(), &tls.authority),
        };
        settings.expect("settings")
    }

    /// The settings that lead to it and leave it to the system who vouches for it.
    pub(crate) fn settings_without_authority(&self) -> config::Store {
        config::Store::at(&self.address()).expect("settings")
    }

    fn address(&self) -> String {
        let credentials = match self.password.as_str() {
            "" => String::new(),
            password => format!(":{password}@"),
        };
        let scheme = if self.tls.is_some() {
            "rediss"
        } else {
            "redis"
        };
        format!("{scheme}://{credentials}127.0.0.1:{}/1", self.port)
    }

    /// Ends it, with all that it knew.
    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    /// Starts it again, empty, where it was.
    pub(crate) fn start_again(&mut self) {
        self.running = Running::start(self.port, &self.password, self.tls.as_ref());
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

    /// Puts a value there.
    pub(crate) fn puts(&self, key: &str, value: &str) {
        let mut set = redis::cmd("SET");
        set.arg(key).arg(value);
        set.exec(&mut self.connection()).expect("it is put there");
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

impl Tls {
    fn new() -> Self {
        let of_authority = KeyPair::generate().expect("a key");
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certified = authority.self_signed(&of_authority).expect("a certificate");
        let issuer = Issuer::new(authority, of_authority);
        let key = KeyPair::generate().expect("a key");
        let certificate = CertificateParams::new([Ipv4Addr::LOCALHOST.to_string()])
            .and_then(|server| server.signed_by(&key, &issuer))
            .expect("a certificate");
        // No two tests have the same key.
        let name = URL_SAFE_NO_PAD.encode(&key.public_key_raw()[1..17]);
        let file = |kind: &str, content: String| {
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
            let path = folder.join(format!("redis-{name}-{kind}.pem"));
            fs::write(&path, content).expect("a file");
            path
        };
        Self {
            authority: certified.pem(),
            certificate: file("certificate", certificate.pem()),
            key: file("key", key.serialize_pem()),
        }
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        for file in [&self.certificate, &self.key] {
            let _ = fs::remove_file(file);
        }
    }
}

impl Running {
    fn start(port: u16, password: &str, tls: Option<&Tls>) -> Option<Self> {
        let mut command = Command::new("redis-server");
        match tls {
            None => command.args(["--port", &port.to_string()]),
            Some(tls) => command
                .args(["--port", "0", "--tls-port", &port.to_string()])
                .args(["--tls-auth-clients", "no", "--tls-cert-file"])
                .arg(&tls.certificate)
                .arg("--tls-ca-cert-file")
                .arg(&tls.certificate)
                .arg("--tls-key-file")
                .arg(&tls.key),
        };
        let mut process = command
            .args(["--bind", "127.0.0.1"])
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

//! Whether the one program is all there: run from an empty folder, without a setting, it serves the app, compressed as
//! asked, and signs in with the emulator; with a public address and nothing else it refuses.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use ureq::Agent;
use ureq::http::HeaderMap;

use crate::environment::variable;
use crate::run::capture;
use crate::stopwatch::Stopwatch;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// How long the program may take to its first answer.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// A person goes there by the address bar.
const GOES_THERE: [(&str, &str); 3] = [
    ("sec-fetch-dest", "document"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-site", "none"),
];

/// What an answer must not tell about what is behind it.
const BANNERS: [&str; 4] = ["server", "x-powered-by", "via", "sourcemap"];

pub(super) fn it_runs_by_itself(
    workspace: &Workspace,
    program: &Path,
    app: &Path,
) -> Result<Option<String>, Trouble> {
    let folder = workspace.dist().join("empty");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|cause| Trouble::io("empty a folder", cause))?;
    }
    fs::create_dir_all(&folder).map_err(|cause| Trouble::io("make a folder", cause))?;
    let alone = Alone { program, folder };
    alone.refuses_half_a_production(workspace)?;
    let port = free_port()?;
    let log = workspace.logs().join("dist.log");
    let output = File::create(&log).map_err(|cause| Trouble::io("write the log", cause))?;
    let errors = output
        .try_clone()
        .map_err(|cause| Trouble::io("write the log", cause))?;
    let mut command = alone.command(&[
        ("LAPEL_LISTEN", &format!("127.0.0.1:{port}")),
        // Any port: another emulator may run here.
        ("LAPEL_EMULATOR_LISTEN", "127.0.0.1:0"),
    ]);
    let running = workspace
        .processes
        .spawn(command.stdout(output).stderr(errors))
        .map_err(|cause| Trouble::io("start the program", cause))?;
    let visitor = Visitor::new(port);
    let seen = visitor.arrives().and_then(|()| visitor.sees(app));
    drop(running);
    let files = seen.map_err(|fault| {
        Trouble::new(format!("{}: {fault}.", program.display())).logged_in(&log)
    })?;
    Ok(Some(format!("{files} files from one program")))
}

/// The program with nothing around it: no file, no variable.
struct Alone<'a> {
    program: &'a Path,
    folder: PathBuf,
}

impl Alone<'_> {
    fn command(&self, settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(self.program);
        command
            .current_dir(&self.folder)
            .env_clear()
            .envs(settings.iter().copied());
        // Windows opens no socket without it.
        if let Some(root) = variable("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    fn refuses_half_a_production(&self, workspace: &Workspace) -> Result<(), Trouble> {
        let mut command = self.command(&[("LAPEL_PUBLIC_URL", "https://app.example")]);
        let (status, said) = capture(&workspace.processes, &mut command)
            .map_err(|cause| Trouble::io("start the program", cause))?;
        let said = said.join("\n");
        let lacking = ["LAPEL_SESSION_KEYS", "LAPEL_LINKEDIN_CLIENT_ID"];
        if !status.success() && lacking.iter().all(|name| said.contains(name)) {
            return Ok(());
        }
        Err(Trouble::new(format!(
            "With a public address and nothing else the program ended with {status} and said: {said}."
        )))
    }
}

/// Somebody who comes by.
struct Visitor {
    agent: Agent,
    origin: String,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Visitor {
    fn new(port: u16) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .http_status_as_error(false)
            .max_redirects(0)
            // The machine's own addresses are not for a company's proxy.
            .proxy(None)
            .build()
            .into();
        let origin = format!("http://127.0.0.1:{port}");
        Self { agent, origin }
    }

    fn asks(&self, path: &str, headers: &[(&str, &str)]) -> Result<Answer, String> {
        let request = self.agent.get(format!("{}{path}", self.origin));
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let mut answer = request
            .call()
            .map_err(|cause| format!("{path} has no answer: {cause}"))?;
        let body = answer
            .body_mut()
            .read_to_vec()
            .map_err(|cause| format!("the answer to {path} breaks off: {cause}"))?;
        let headers = answer.headers().clone();
        if let Some(banner) = BANNERS.iter().find(|name| headers.contains_key(**name)) {
            return Err(format!("{path} answers with the header {banner}"));
        }
        Ok(Answer {
            status: answer.status().as_u16(),
            headers,
            body,
        })
    }

    fn arrives(&self) -> Result<(), String> {
        let since = Stopwatch::start();
        loop {
            match self.asks("/", &[]) {
                Ok(_) => return Ok(()),
                Err(fault) if since.is_past(PATIENCE) => return Err(fault),
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    /// Looks at everything; the number of files that the document names.
    fn sees(&self, app: &Path) -> Result<usize, String> {
        let start = self.asks("/", &GOES_THERE)?;
        let text = start.text();
        expect(start.status == 200, "/ is no page")?;
        expect(
            start.header("cache-control") == "no-store",
            "/ may be stored",
        )?;
        expect(
            start.header("content-security-policy").contains("'sha256-"),
            "/ has no policy for its script",
        )?;
        expect(
            text.contains("id=\"lapel-session\"") && text.contains("\"no_session\""),
            "/ does not say that nobody is signed in",
        )?;
        expect(
            text.contains("<lapel-visitor><a ") && text.contains("<lapel-member hidden>"),
            "/ does not show the way in by itself",
        )?;
        expect(!text.contains("nonce"), "/ has a nonce that is none")?;
        let account = self.asks("/account", &GOES_THERE)?;
        expect(
            account.status == 200 && account.text().contains("/bff/login?return_to=/account"),
            "/account is not the page, or its sign-in leads elsewhere",
        )?;
        let names = named(&text);
        for kind in ["js", "wasm", "css"] {
            let ending = format!(".{kind}");
            expect(
                names.iter().any(|name| name.ends_with(&ending)),
                &format!("/ names no {kind}"),
            )?;
        }
        for name in &names {
            self.sees_file(app, name)?;
        }
        for path in [
            "/lapel-0123456789abcdef.js",
            "/index.html.br",
            "/style/base.css",
        ] {
            self.sees_nothing_at(path)?;
        }
        for name in &names {
            for suffix in [".map", ".br", ".gz"] {
                self.sees_nothing_at(&format!("{name}{suffix}"))?;
            }
        }
        self.can_sign_in()?;
        Ok(names.len())
    }

    fn sees_file(&self, app: &Path, name: &str) -> Result<(), String> {
        let path = app.join(name.trim_start_matches('/'));
        let plain = fs::read(&path).map_err(|cause| format!("{name}: {cause}"))?;
        for (coding, suffix) in [("", ""), ("br", ".br"), ("gzip", ".gz")] {
            let twin = PathBuf::from(format!("{}{suffix}", path.display()));
            let (wanted, content) = match fs::read(&twin) {
                Ok(content) => (coding, content),
                // Too small to become smaller.
                Err(_) => ("", plain.clone()),
            };
            let answer = self.asks(name, &[("accept-encoding", coding)])?;
            let is_right = answer.status == 200
                && answer.body == content
                && answer.header("content-encoding") == wanted
                && answer.header("vary") == "accept-encoding"
                && answer.header("cache-control").contains("immutable");
            expect(
                is_right,
                &format!(
                    "{name} for {coding:?} is {} with {:?}",
                    answer.status, answer.headers
                ),
            )?;
        }
        Ok(())
    }

    fn sees_nothing_at(&self, path: &str) -> Result<(), String> {
        let answer = self.asks(path, &GOES_THERE)?;
        expect(
            answer.status == 404 && !answer.text().contains("<html"),
            &format!("{path} is {}", answer.status),
        )
    }

    fn can_sign_in(&self) -> Result<(), String> {
        let own_page = [("x-lapel", "1"), ("sec-fetch-site", "same-origin")];
        let session = self.asks("/bff/session", &own_page)?;
        expect(
            session.status == 200 && session.text().contains("\"signed_out\""),
            "/bff/session does not answer",
        )?;
        let login = self.asks("/bff/login", &GOES_THERE)?;
        let emulator = login.header("location");
        expect(
            login.status == 303 && emulator.starts_with("http://127.0.0.1:"),
            &format!("/bff/login leads to {emulator:?} and not to the emulator"),
        )?;
        let consent = self.agent.get(emulator).call();
        let status = consent.map_or(0, |answer| answer.status().as_u16());
        expect(
            status == 200,
            &format!("the emulator answers with {status}"),
        )
    }
}

fn expect(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(otherwise.to_owned())
    }
}

/// The files that the document names, each once.
fn named(document: &str) -> Vec<String> {
    let mut names: Vec<String> = document
        .split(['"', '\'', ' ', '>', '`'])
        // Attributes need no quotes.
        .map(|word| word.trim_start_matches("href=").trim_start_matches("src="))
        .filter(|word| word.starts_with('/') && !word.starts_with("/bff"))
        .filter(|word| {
            word.rsplit('/')
                .next()
                .is_some_and(|name| name.contains('.'))
        })
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

fn free_port() -> Result<u16, Trouble> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|cause| Trouble::io("find a free port", cause))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_files_of_a_document_are_found_however_they_are_quoted() {
        let document = "<link href=\"/a-1.css\"><script>import x from '/b.js';f(`/c.wasm`)</script>\
                        <link href=/d.svg><a href=\"/bff/login?return_to=/x.y\"><a href=\"/account\"><i src=\"/b.js\">";
        assert_eq!(named(document), ["/a-1.css", "/b.js", "/c.wasm", "/d.svg"]);
    }
}

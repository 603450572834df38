//! The emulator as a program of its own: any application in any language can point at it.

use std::error::Error;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use lapel_emulator::{Client, Emulator, Scenario, Settings, SettingsFile, parse_members};
use tracing_subscriber::EnvFilter;

/// LinkedIn on loopback: sign-in, tokens and member APIs, with faults and a clock to control.
///
/// What is said here counts before the settings file, which counts before the defaults.
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Arguments {
    /// TOML file of settings; settings.example.toml has all of them.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:3001].
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Listen beyond loopback too. Whoever reaches the emulator is any member they like.
    #[arg(long)]
    danger_beyond_loopback: bool,
    /// Address under which clients reach the emulator, where it differs from the one listened on.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// The application's client id [default: lapel-emulated-client].
    #[arg(long, help_heading = "Application", value_name = "ID")]
    client_id: Option<String>,
    /// The application's client secret [default: see what is printed at the start].
    #[arg(long, help_heading = "Application", value_name = "SECRET")]
    client_secret: Option<String>,
    /// What the consent page calls the application [default: Lapel].
    #[arg(long, help_heading = "Application", value_name = "NAME")]
    client_name: Option<String>,
    /// A redirect address of the application; may be repeated [default:
    /// `http://localhost:8080/bff/callback`].
    #[arg(
        long = "redirect-uri",
        help_heading = "Application",
        value_name = "URL"
    )]
    redirect_uris: Vec<String>,
    /// A permission that the application's products give it; may be repeated [default: openid, profile, email,
    /// `w_member_social`].
    #[arg(long = "scope", help_heading = "Application", value_name = "SCOPE")]
    scopes: Vec<String>,

    /// TOML file of members; members.example.toml explains it.
    #[arg(long, help_heading = "LinkedIn", value_name = "FILE")]
    members: Option<PathBuf>,
    /// Give refresh tokens, as to LinkedIn's approved partners.
    #[arg(long, help_heading = "LinkedIn")]
    refresh_tokens: bool,
    /// Answer 404 at the revocation endpoint, which LinkedIn does not document.
    #[arg(long, help_heading = "LinkedIn")]
    no_revocation: bool,
    /// Be a strictly conforming OpenID provider, without LinkedIn's quirks.
    #[arg(long, help_heading = "LinkedIn")]
    textbook: bool,

    /// Scenario to start with, and to come back to after a reset.
    #[arg(long, help_heading = "Control", value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// Folder where scenarios are saved and found.
    #[arg(long, help_heading = "Control", value_name = "FOLDER")]
    scenarios: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
While it runs, open its address in a browser: the overview leads to a page that injects faults, moves the clock and shows
every request. Programs do the same at /emulator/api.";

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}:\n{message}", file.display())]
struct FileError {
    file: PathBuf,
    message: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&*error);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start(arguments.settings()?).await?;
    greet(&emulator)?;
    tokio::signal::ctrl_c().await?;
    emulator.stop().await;
    Ok(())
}

impl Arguments {
    fn settings(self) -> Result<Settings, FileError> {
        let usual = Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3001)),
            ..Settings::default()
        };
        let file = match &self.settings {
            Some(path) => read_settings(path, usual)?,
            None => SettingsFile {
                settings: usual,
                members: None,
                scenario: None,
            },
        };
        let mut settings = file.settings;
        if let Some(path) = self.members.as_ref().or(file.members.as_ref()) {
            settings.members = read(path, parse_members)?;
        }
        if let Some(path) = self.scenario.as_ref().or(file.scenario.as_ref()) {
            settings.scenario = Some(read(path, Scenario::parse)?);
        }
        self.override_settings(&mut settings);
        Ok(settings)
    }

    fn override_settings(self, settings: &mut Settings) {
        settings.listen = self.listen.unwrap_or(settings.listen);
        settings.danger_beyond_loopback |= self.danger_beyond_loopback;
        settings.public_url = self.public_url.or(settings.public_url.take());
        settings.scenarios = self.scenarios.or(settings.scenarios.take());
        settings.refresh_tokens |= self.refresh_tokens;
        settings.revocation &= !self.no_revocation;
        settings.textbook |= self.textbook;
        if let Some(client) = settings.clients.first_mut() {
            let usual = std::mem::take(&mut client.redirect_uris);
            let uris = [self.redirect_uris, usual];
            let scopes = [self.scopes, std::mem::take(&mut client.scopes)];
            *client = Client {
                id: self.client_id.unwrap_or_else(|| client.id.clone()),
                secret: self.client_secret.unwrap_or_else(|| client.secret.clone()),
                name: self.client_name.unwrap_or_else(|| client.name.clone()),
                redirect_uris: first_filled(uris),
                scopes: first_filled(scopes),
            };
        }
    }
}

fn first_filled(lists: [Vec<String>; 2]) -> Vec<String> {
    let found = lists.into_iter().find(|list| !list.is_empty());
    found.unwrap_or_default()
}

/// Paths in the file start from its folder.
fn read_settings(path: &Path, usual: Settings) -> Result<SettingsFile, FileError> {
    let mut file = read(path, |text| SettingsFile::parse(text, usual))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = [
        &mut file.members,
        &mut file.scenario,
        &mut file.settings.scenarios,
    ];
    for path in named.into_iter().flatten() {
        *path = folder.join(&*path);
    }
    Ok(file)
}

fn read<T, E: Error>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, FileError> {
    let unusable = |message: String| FileError {
        file: path.to_owned(),
        message,
    };
    let text = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    parse(&text).map_err(|error| unusable(error.to_string()))
}

/// On standard output, where scripts wait for it.
fn greet(emulator: &Emulator) -> std::io::Result<()> {
    let client = emulator.client();
    let mut out = std::io::stdout().lock();
    writeln!(out, "LinkedIn emulator  {}", emulator.url())?;
    writeln!(
        out,
        "control            {}/emulator/control",
        emulator.url()
    )?;
    writeln!(out, "issuer             {}/oauth", emulator.url())?;
    writeln!(out, "client id          {}", client.id)?;
    writeln!(out, "client secret      {}", client.secret)?;
    for uri in &client.redirect_uris {
        writeln!(out, "redirect address   {uri}")?;
    }
    out.flush()
}

/// What is wrong, with its causes, for the person who started the program.
fn complain(error: &dyn Error) {
    let mut causes = vec![format!("error: {error}")];
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    // Nobody is left to tell that standard error is closed.
    let _ = writeln!(std::io::stderr(), "{}", causes.join(": "));
}

//! The emulator as a program of its own: any application in any language can point at it.

use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use lapel_emulator::{Client, Emulator, KeySize, Settings, parse_members};
use tracing_subscriber::EnvFilter;

/// LinkedIn on loopback.
#[derive(Debug, Parser)]
#[command(version, about)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct Arguments {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:3001")]
    listen: SocketAddr,
    /// Listen beyond loopback too. Whoever reaches the emulator is any member they like.
    #[arg(long)]
    danger_beyond_loopback: bool,
    /// Address under which clients reach the emulator, where it differs from the one listened on.
    #[arg(long)]
    public_url: Option<String>,
    /// TOML file of members.
    #[arg(long)]
    members: Option<PathBuf>,
    /// The application's client id.
    #[arg(long, default_value_t = Client::default().id)]
    client_id: String,
    /// The application's client secret.
    #[arg(long, default_value_t = Client::default().secret)]
    client_secret: String,
    /// What the consent page calls the application.
    #[arg(long, default_value_t = Client::default().name)]
    client_name: String,
    /// A redirect address of the application; may be repeated.
    #[arg(long = "redirect-uri", default_values_t = Client::default().redirect_uris)]
    redirect_uris: Vec<String>,
    /// A permission that the application's products give it; may be repeated.
    #[arg(long = "scope", default_values_t = Client::default().scopes)]
    scopes: Vec<String>,
    /// Give refresh tokens, as to LinkedIn's approved partners.
    #[arg(long)]
    refresh_tokens: bool,
    /// Answer 404 at the revocation endpoint, which LinkedIn does not document.
    #[arg(long)]
    no_revocation: bool,
    /// Be a strictly conforming OpenID provider, without LinkedIn's quirks.
    #[arg(long)]
    textbook: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .init();
    let settings = Arguments::parse().settings()?;
    let emulator = Emulator::start(settings).await?;
    greet(&emulator)?;
    tokio::signal::ctrl_c().await?;
    emulator.stop().await;
    Ok(())
}

impl Arguments {
    fn settings(self) -> Result<Settings, Box<dyn Error>> {
        let mut settings = Settings {
            listen: self.listen,
            danger_beyond_loopback: self.danger_beyond_loopback,
            public_url: self.public_url,
            clients: vec![Client {
                id: self.client_id,
                secret: self.client_secret,
                redirect_uris: self.redirect_uris,
                scopes: self.scopes,
                name: self.client_name,
            }],
            revocation: !self.no_revocation,
            refresh_tokens: self.refresh_tokens,
            textbook: self.textbook,
            // One start serves many runs, so the likeness is worth the seconds.
            key_size: KeySize::Rsa4096,
            ..Settings::default()
        };
        if let Some(file) = self.members {
            let named = |error: &dyn Error| format!("{}: {error}", file.display());
            let text = std::fs::read_to_string(&file).map_err(|error| named(&error))?;
            settings.members = parse_members(&text).map_err(|error| named(&error))?;
        }
        Ok(settings)
    }
}

/// On standard output, where scripts wait for it.
fn greet(emulator: &Emulator) -> std::io::Result<()> {
    let client = emulator.client();
    let mut out = std::io::stdout().lock();
    writeln!(out, "LinkedIn emulator  {}", emulator.url())?;
    writeln!(out, "issuer             {}/oauth", emulator.url())?;
    writeln!(out, "client id          {}", client.id)?;
    writeln!(out, "client secret      {}", client.secret)?;
    for uri in &client.redirect_uris {
        writeln!(out, "redirect address   {uri}")?;
    }
    out.flush()
}

//! `lapel-bff`: reads the settings, serves, stops when asked to.

use std::error::Error;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use lapel_bff::clock::Clock;
use lapel_bff::config::{Settings, Upstream, VARIABLES};
use lapel_bff::linkedin::discover;
use lapel_bff::session::seal::KeyRing;
use lapel_bff::{Bff, embedded, router};
use lapel_emulator::Emulator;
use tokio::net::TcpListener;

/// Lapel's backend-for-frontend: signs members in with LinkedIn and keeps their tokens out of the browser's reach.
#[derive(Parser)]
#[command(version, after_help = settings_help())]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve (the default).
    Serve,
    /// Keys that seal sessions.
    #[command(subcommand)]
    Keys(Keys),
    /// Print the OpenAPI document of the public routes.
    Openapi,
}

#[derive(Subcommand)]
enum Keys {
    /// Print a new key for `LAPEL_SESSION_KEYS`. To change keys, put the new one in front and keep the old one behind it
    /// until the sessions that it sealed have ended.
    New,
}

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().command.unwrap_or(Command::Serve) {
        Command::Keys(Keys::New) => {
            #[expect(clippy::print_stdout, reason = "the key is what the command is for")]
            {
                println!("{}", KeyRing::new_key());
            }
            ExitCode::SUCCESS
        }
        Command::Openapi => {
            #[expect(
                clippy::print_stdout,
                reason = "the document is what the command is for"
            )]
            {
                print!("{}", lapel_bff::openapi());
            }
            ExitCode::SUCCESS
        }
        Command::Serve => match serve().await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("lapel-bff: {error}");
                ExitCode::FAILURE
            }
        },
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let Settings {
        http,
        session,
        upstream,
        log,
    } = Settings::from_environment()?;
    tracing_subscriber::fmt()
        .with_env_filter(log)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let listener = TcpListener::bind(http.listen)
        .await
        .map_err(|error| format!("cannot listen on {} (LAPEL_LISTEN): {error}", http.listen))?;
    if session.keys_are_ephemeral {
        tracing::warn!("LAPEL_SESSION_KEYS is not set: sessions end with this process");
    }
    let (linkedin, clock, emulator) = match upstream {
        Upstream::LinkedIn(linkedin) => (*linkedin, Clock::system(), None),
        Upstream::OpenId(openid) => {
            let clock = Clock::system();
            let provider = discover(*openid, &clock)
                .await
                .map_err(|error| format!("LAPEL_OIDC_ISSUER: {error}"))?;
            (provider, clock, None)
        }
        Upstream::Emulator {
            listen,
            scopes,
            api,
            pictures,
            js_sdk,
        } => {
            let emulator = embedded::start(listen, &http.redirect_uri(), js_sdk)
                .await
                .map_err(|error| format!("{error} (LAPEL_EMULATOR_LISTEN={listen})"))?;
            tracing::warn!(
                "no LinkedIn credentials: the emulator at {} stands in",
                emulator.url()
            );
            let mut linkedin = embedded::linkedin(&emulator, scopes, api)?;
            if let Some(pictures) = pictures {
                linkedin.pictures = pictures;
            }
            linkedin.js_sdk = js_sdk;
            let clock = embedded::clock(&emulator);
            (linkedin, clock, Some(emulator))
        }
    };
    tracing::info!(
        listen = %http.listen,
        public_url = %http.public_url,
        issuer = linkedin.issuers.join(","),
        client_id = linkedin.client_id,
        redirect_uri = http.redirect_uri(),
        store = session.store.as_ref().map(lapel_bff::config::Store::place),
        "serving"
    );
    let app = router(Bff::new(http, &session, linkedin, clock)?)?;
    axum::serve(listener, app)
        .with_graceful_shutdown(asked_to_stop())
        .await?;
    if let Some(emulator) = emulator {
        Emulator::stop(emulator).await;
    }
    Ok(())
}

/// Returns on Ctrl-C, and on what service managers send.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// The settings, from the same table that the reader uses.
fn settings_help() -> String {
    VARIABLES.iter().fold(
        String::from("Settings (environment variables):"),
        |help, variable| {
            let (name, meaning, default) = (variable.name, variable.meaning, variable.default);
            format!("{help}\n  {name}\n      {meaning}\n      [default: {default}]")
        },
    )
}

//! The emulator inside the BFF: with no LinkedIn credentials configured, a development run needs nothing else.

use std::net::SocketAddr;

use lapel_emulator::Emulator;

use crate::clock::Clock;
use crate::config::{Deadlines, Endpoints, LinkedIn};
use crate::secret::ClientSecret;

/// Starts an emulator that knows the redirect address.
///
/// # Errors
/// When its port is taken.
pub async fn start(
    listen: SocketAddr,
    redirect_uri: &str,
) -> Result<Emulator, lapel_emulator::StartError> {
    let settings = lapel_emulator::Settings {
        listen,
        ..lapel_emulator::Settings::default()
    };
    let emulator = Emulator::start(settings).await?;
    emulator.register_redirect(&emulator.client().id, redirect_uri);
    Ok(emulator)
}

/// How to reach an emulator as LinkedIn.
///
/// # Errors
/// Never for an emulator that runs: its address is a URL.
pub fn linkedin(emulator: &Emulator, scopes: Vec<String>) -> Result<LinkedIn, url::ParseError> {
    let client = emulator.client();
    Ok(LinkedIn {
        client_id: client.id,
        client_secret: ClientSecret::new(client.secret),
        scopes,
        issuers: vec![format!("{}/oauth", emulator.url())],
        endpoints: Endpoints::at(emulator.url(), emulator.url())?,
        deadlines: Deadlines::default(),
    })
}

/// The emulator's time, so that both sides agree after it was moved.
#[must_use]
pub fn clock(emulator: &Emulator) -> Clock {
    let clock = emulator.clock();
    Clock::from_fn(move || clock.now())
}

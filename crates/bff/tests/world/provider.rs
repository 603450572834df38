//! The emulator as a strictly conforming OpenID provider, known by nothing but its issuer.

use lapel_bff::clock::Clock;
use lapel_bff::config::{Deadlines, LinkedIn as Provider, OpenId};
use lapel_bff::embedded;
use lapel_bff::linkedin::discover;
use lapel_bff::secret::ClientSecret;
use lapel_emulator::Emulator;

use super::{Browser, Plan, World};

/// What an operator says of the emulator.
pub(crate) fn openid(issuer: &str, emulator: &Emulator) -> OpenId {
    let client = emulator.client();
    OpenId {
        issuer: issuer.to_owned(),
        client_id: client.id,
        client_secret: ClientSecret::new(client.secret),
        scopes: ["openid", "profile", "email"].map(str::to_owned).into(),
        pictures: Vec::new(),
        deadlines: Deadlines::default(),
    }
}

/// What the emulator calls itself.
pub(crate) fn issuer(world: &World) -> String {
    format!("{}/oauth", world.emulator.url())
}

/// The emulator as its own document describes it.
pub(crate) async fn discovered(world: &World) -> Provider {
    discover(openid(&issuer(world), &world.emulator), &clock(world))
        .await
        .expect("a provider")
}

/// A world with a strictly conforming provider that gives refresh tokens.
pub(crate) async fn textbook() -> World {
    let mut plan = Plan::default();
    plan.emulator.textbook = true;
    plan.emulator.refresh_tokens = true;
    World::planned(plan, |_| {}).await
}

/// That world, and a browser whose BFF knows nothing but the issuer.
pub(crate) async fn textbook_browser() -> (World, Browser) {
    let world = textbook().await;
    let provider = discovered(&world).await;
    let browser = world.browser_with(|linkedin| *linkedin = provider);
    (world, browser)
}

/// The value of a parameter in an address.
pub(crate) fn value(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').expect("a query");
    let (_, value) = url::form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .unwrap_or_else(|| panic!("{name} in {address}"));
    value.into_owned()
}

/// The world's time, as the BFF sees it.
pub(crate) fn clock(world: &World) -> Clock {
    embedded::clock(&world.emulator)
}

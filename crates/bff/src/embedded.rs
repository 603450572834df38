//! The emulator inside the BFF: with no LinkedIn credentials configured, a development run needs nothing else.

use std::net::SocketAddr;

use jiff::tz::Offset;
use lapel_emulator::{Emulator, JsSdkExchange};

use crate::clock::Clock;
use crate::config::{Api, ApiSettings, Deadlines, Endpoints, LinkedIn, Version};
use crate::linkedin::Dialect;
use crate::secret::ClientSecret;

/// Starts an emulator that knows the redirect address, and exchanges tokens of the JavaScript SDK if `js_sdk` says so.
///
/// # Errors
/// When its port is taken.
pub async fn start(
    listen: SocketAddr,
    redirect_uri: &str,
    js_sdk: bool,
) -> Result<Emulator, lapel_emulator::StartError> {
    let settings = lapel_emulator::Settings {
        listen,
        js_sdk: if js_sdk {
            JsSdkExchange::OAuth1AndOAuth2
        } else {
            JsSdkExchange::SwitchedOff
        },
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
pub fn linkedin(
    emulator: &Emulator,
    scopes: Vec<String>,
    api: ApiSettings,
) -> Result<LinkedIn, url::ParseError> {
    let client = emulator.client();
    Ok(LinkedIn {
        client_id: client.id,
        client_secret: ClientSecret::new(client.secret),
        scopes,
        issuers: vec![format!("{}/oauth", emulator.url())],
        dialect: Dialect::LINKEDIN,
        endpoints: Endpoints::at(emulator.url(), emulator.url())?,
        api: Api {
            base: emulator.url().parse()?,
            version: api.version.unwrap_or_else(|| month_before(emulator)),
            calls: api.calls,
        },
        pictures: vec![emulator.url().to_owned()],
        js_sdk: false,
        sealed_for: None,
        deadlines: Deadlines::default(),
    })
}

/// A version that the emulator has: its versions go with its clock, which can be set to any year.
fn month_before(emulator: &Emulator) -> Version {
    let today = Offset::UTC.to_datetime(emulator.clock().now()).date();
    let then = today.first_of_month().yesterday().unwrap_or(today);
    match (u16::try_from(then.year()), u8::try_from(then.month())) {
        (Ok(year), Ok(month)) => Version::of(year, month).unwrap_or_default(),
        (Err(_), _) | (_, Err(_)) => Version::default(),
    }
}

/// The emulator's time, so that both sides agree after it was moved.
#[must_use]
pub fn clock(emulator: &Emulator) -> Clock {
    let clock = emulator.clock();
    Clock::from_fn(move || clock.now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_apis_version_goes_with_the_emulators_clock_unless_it_is_set() {
        let settings = lapel_emulator::Settings {
            clock: lapel_emulator::Clock::fixed_at(
                "2031-01-31T12:00:00Z".parse().expect("a moment"),
            ),
            ..lapel_emulator::Settings::default()
        };
        let emulator = Emulator::start(settings).await.expect("it starts");
        let version = |api| {
            let linkedin = linkedin(&emulator, Vec::new(), api).expect("addresses");
            linkedin.api.version.to_string()
        };
        assert_eq!(version(ApiSettings::default()), "203012");
        let set = ApiSettings {
            version: Version::of(2026, 9).ok(),
            ..ApiSettings::default()
        };
        assert_eq!(version(set), "202609");
    }
}

//! The emulated LinkedIn: everything it knows and remembers.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::api::ApiVersions;
use crate::api::assets::Assets;
use crate::clock::{Clock, Hands, later};
use crate::control::Scenario;
use crate::endpoint::path;
use crate::entropy::Entropy;
use crate::faults::Faults;
use crate::grants::Grants;
use crate::js_sdk::{JsSdkExchange, JsTokens};
use crate::ledger::Ledger;
use crate::lock::lock;
use crate::members::{Member, Members, Portrait};
use crate::oauth::Visits;
use crate::openid::{KeyRing, SigningKey};
use crate::posts::Posts;
use crate::quirks::{Issuer, Quirks};
use crate::quotas::Budgets;
use crate::settings::{Client, Lifetimes, Settings};
use crate::switches::{Switch, Switches};

/// Both of LinkedIn's hosts.
#[derive(Debug)]
pub(crate) struct LinkedIn {
    /// The base address, without a trailing slash.
    pub(crate) url: String,
    pub(crate) quirks: Quirks,
    pub(crate) lifetimes: Lifetimes,
    pub(crate) switches: Switches,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) keys: KeyRing,
    pub(crate) api_versions: ApiVersions,
    pub(crate) quotas: Budgets,
    pub(crate) posts: Posts,
    /// Applications that may use the native flow.
    pub(crate) native_clients: Vec<String>,
    pub(crate) js_sdk: JsSdkExchange,
    pub(crate) js_tokens: JsTokens,
    pub(crate) assets: Assets,
    pub(crate) members: Members,
    pub(crate) grants: Grants,
    pub(crate) visits: Visits,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
    clients: Mutex<Vec<Client>>,
    start: Start,
    /// The folder of scenarios.
    pub(crate) scenarios: Option<PathBuf>,
    portraits: Mutex<HashMap<(Portrait, u16), Bytes>>,
}

/// What can change while the emulator runs, as it was at the start.
#[derive(Debug)]
struct Start {
    clock: Hands,
    members: Vec<Member>,
    clients: Vec<Client>,
    switches: [(Switch, bool); Switch::ALL.len()],
    scenario: Option<Scenario>,
}

impl Start {
    fn of(settings: &Settings) -> Self {
        Self {
            clock: settings.clock.hands(),
            members: settings.members.clone(),
            clients: settings.clients.clone(),
            switches: [
                (Switch::Revocation, settings.revocation),
                (Switch::RefreshTokens, settings.refresh_tokens),
            ],
            scenario: settings.scenario.clone(),
        }
    }
}

impl LinkedIn {
    pub(crate) fn new(settings: Settings, url: String, key: SigningKey, entropy: Entropy) -> Self {
        let start = Start::of(&settings);
        let quirks = if settings.textbook {
            Quirks::textbook()
        } else {
            settings.quirks
        };
        let emulated = Self {
            switches: Switches::new(settings.revocation, settings.refresh_tokens),
            start,
            scenarios: settings.scenarios,
            clock: settings.clock,
            entropy,
            keys: KeyRing::new(Arc::new(key), settings.key_size),
            api_versions: settings.api_versions,
            quotas: Budgets::new(settings.quotas),
            posts: Posts::default(),
            native_clients: settings.native_clients,
            js_sdk: settings.js_sdk,
            js_tokens: JsTokens::default(),
            assets: Assets::default(),
            members: Members::new(settings.members),
            grants: Grants::new(settings.lifetimes.clone(), quirks.scope_change_revokes),
            visits: Visits::new(&url, settings.lifetimes.code),
            ledger: Ledger::default(),
            faults: Faults::default(),
            clients: Mutex::new(settings.clients),
            portraits: Mutex::default(),
            lifetimes: settings.lifetimes,
            quirks,
            url,
        };
        if let Some(scenario) = &emulated.start.scenario {
            scenario.replay(&emulated);
        }
        emulated
    }

    /// As if the emulator had just been started: codes, tokens, browsers, faults and the ledger are forgotten; people,
    /// applications, switches and the clock are as the settings said. The address and the signing key stay.
    pub(crate) fn reset(&self) {
        self.clock.put(self.start.clock);
        self.members.replace(self.start.members.clone());
        lock(&self.clients).clone_from(&self.start.clients);
        for (switch, on) in self.start.switches {
            self.switches.throw(switch, on);
        }
        self.faults.clear();
        self.grants.forget();
        self.visits.forget();
        self.ledger.clear();
        self.quotas.forget();
        self.posts.clear();
        self.js_tokens.forget();
        self.assets.forget();
        if let Some(scenario) = &self.start.scenario {
            scenario.replay(self);
        }
    }

    pub(crate) fn issuer(&self) -> String {
        match self.quirks.issuer {
            Issuer::Current => format!("{}{}", self.url, path::ISSUER),
            Issuer::BeforeApril2024 => self.url.clone(),
        }
    }

    pub(crate) fn clients(&self) -> Vec<Client> {
        lock(&self.clients).clone()
    }

    pub(crate) fn client(&self, id: &str) -> Option<Client> {
        lock(&self.clients)
            .iter()
            .find(|client| client.id == id)
            .cloned()
    }

    /// Registers one more redirect address, as the developer portal does. Says whether there is such an application.
    pub(crate) fn register_redirect(&self, client_id: &str, redirect_uri: &str) -> bool {
        let mut clients = lock(&self.clients);
        let Some(client) = clients.iter_mut().find(|client| client.id == client_id) else {
            return false;
        };
        if !client
            .redirect_uris
            .iter()
            .any(|known| known == redirect_uri)
        {
            client.redirect_uris.push(redirect_uri.to_owned());
        }
        true
    }

    /// The address of a member's portrait in `size` pixels, if there is one. Addresses given out on the same day end
    /// together, at a midnight UTC, so that a browser can keep the picture.
    pub(crate) fn portrait_address(&self, member: &Member, size: u16) -> Option<String> {
        if self.quirks.picture_absent {
            return None;
        }
        member.portrait?;
        let expires = self.portrait_end();
        let rendition = format!("profile-displayphoto-shrink_{size}_{size}");
        Some(crate::portraits::address(
            &self.url,
            &member.slug,
            &rendition,
            expires,
        ))
    }

    /// When a portrait's address ends that is given out now.
    pub(crate) fn portrait_end(&self) -> Timestamp {
        next_midnight(later(self.clock.now(), self.lifetimes.portrait))
    }

    pub(crate) fn portrait(&self, portrait: Portrait, size: u16) -> Option<Bytes> {
        let key = (portrait, size);
        if let Some(known) = lock(&self.portraits).get(&key) {
            return Some(known.clone());
        }
        let painted = Bytes::from(crate::members::picture(portrait, size).ok()?);
        lock(&self.portraits).insert(key, painted.clone());
        Some(painted)
    }
}

/// The first midnight UTC after an instant.
pub(crate) fn next_midnight(instant: Timestamp) -> Timestamp {
    const DAY: i64 = 24 * 60 * 60;
    let into_the_day = instant.as_second().rem_euclid(DAY);
    later(instant, SignedDuration::from_secs(DAY - into_the_day))
}

/// How handlers receive the emulated LinkedIn.
pub(crate) type Shared = Arc<LinkedIn>;

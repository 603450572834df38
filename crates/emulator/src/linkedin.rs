//! The emulated LinkedIn: everything it knows and remembers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::clock::{Clock, later};
use crate::endpoint::path;
use crate::entropy::Entropy;
use crate::faults::Faults;
use crate::grants::Grants;
use crate::ledger::Ledger;
use crate::lock::lock;
use crate::members::{Member, Members, Portrait};
use crate::oauth::Visits;
use crate::openid::SigningKey;
use crate::quirks::{Issuer, Quirks};
use crate::settings::{Client, Lifetimes, Settings};

/// Both of LinkedIn's hosts.
#[derive(Debug)]
pub(crate) struct LinkedIn {
    /// The base address, without a trailing slash.
    pub(crate) url: String,
    pub(crate) quirks: Quirks,
    pub(crate) lifetimes: Lifetimes,
    pub(crate) revocation: bool,
    pub(crate) refresh_tokens: bool,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) key: SigningKey,
    pub(crate) members: Members,
    pub(crate) grants: Grants,
    pub(crate) visits: Visits,
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
    clients: Mutex<Vec<Client>>,
    portraits: Mutex<HashMap<(Portrait, u16), Bytes>>,
}

impl LinkedIn {
    pub(crate) fn new(settings: Settings, url: String, key: SigningKey, entropy: Entropy) -> Self {
        let quirks = if settings.textbook {
            Quirks::textbook()
        } else {
            settings.quirks
        };
        Self {
            revocation: settings.revocation,
            refresh_tokens: settings.refresh_tokens,
            clock: settings.clock,
            entropy,
            key,
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
        member.portrait?;
        let expires = next_midnight(later(self.clock.now(), self.lifetimes.portrait));
        let rendition = format!("profile-displayphoto-shrink_{size}_{size}");
        Some(crate::portraits::address(
            &self.url,
            &member.slug,
            &rendition,
            expires,
        ))
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

fn next_midnight(instant: Timestamp) -> Timestamp {
    const DAY: i64 = 24 * 60 * 60;
    let into_the_day = instant.as_second().rem_euclid(DAY);
    later(instant, SignedDuration::from_secs(DAY - into_the_day))
}

/// How handlers receive the emulated LinkedIn.
pub(crate) type Shared = Arc<LinkedIn>;

//! LinkedIn's signing keys, fetched when needed and kept (LinkedIn reference §5.2).

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, JwkSet};
use reqwest::Client;
use tokio::sync::Mutex;
use url::Url;

use super::transport::{self, Failure};
use crate::clock::Clock;

/// Seconds between two fetches at least, so that a storm of unknown key ids asks LinkedIn once.
const COOLDOWN_SECONDS: i64 = 60;

/// How many keys are looked at; LinkedIn has one.
const MOST_KEYS: usize = 32;

/// The keys that are known.
#[derive(Debug)]
pub(super) struct Keys {
    // One lock for looking and fetching: whoever comes while a fetch is under way waits for it and uses its answer.
    known: Mutex<Known>,
    clock: Clock,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, Arc<DecodingKey>>,
    asked_at: Option<i64>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.keys.keys()).finish()
    }
}

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Could not ask.
    #[error(transparent)]
    NoAnswer(#[from] Failure),
    /// LinkedIn's keys do not have this one.
    #[error("LinkedIn has no key with this id")]
    Unknown,
    /// The answer is no key set.
    #[error("LinkedIn's key set cannot be read")]
    Unreadable,
}

impl Keys {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            known: Mutex::default(),
            clock,
        }
    }

    /// The key with this id; asks LinkedIn where it is not known.
    pub(super) async fn find(
        &self,
        id: &str,
        http: &Client,
        from: &Url,
    ) -> Result<Arc<DecodingKey>, KeyError> {
        let mut known = self.known.lock().await;
        if let Some(key) = known.keys.get(id) {
            return Ok(Arc::clone(key));
        }
        self.fetch(&mut known, http, from).await?;
        known.keys.get(id).map(Arc::clone).ok_or(KeyError::Unknown)
    }

    /// The key with this id as LinkedIn has it now; nothing where that is the same as before. For a signature that does
    /// not fit: the key may have been replaced under its old id.
    pub(super) async fn replaced(
        &self,
        id: &str,
        than: &Arc<DecodingKey>,
        http: &Client,
        from: &Url,
    ) -> Option<Arc<DecodingKey>> {
        let mut known = self.known.lock().await;
        if known.keys.get(id).is_none_or(|key| Arc::ptr_eq(key, than)) {
            self.fetch(&mut known, http, from).await.ok()?;
        }
        known
            .keys
            .get(id)
            .filter(|key| !Arc::ptr_eq(key, than))
            .map(Arc::clone)
    }

    /// Asks LinkedIn, unless it was asked just now. What is known stays where LinkedIn has no answer.
    async fn fetch(&self, known: &mut Known, http: &Client, from: &Url) -> Result<(), KeyError> {
        let now = self.clock.now_seconds();
        let cooled = |at: i64| !(0..COOLDOWN_SECONDS).contains(&now.saturating_sub(at));
        if !known.asked_at.is_none_or(cooled) {
            return Err(KeyError::Unknown);
        }
        let answer = transport::send("jwks", http.get(from.clone())).await?;
        if !answer.status.is_success() {
            return Err(KeyError::Unreadable);
        }
        let set: JwkSet = answer.json().map_err(|_| KeyError::Unreadable)?;
        // Only an answer counts as asked: an outage of LinkedIn's must not keep the next member waiting a minute.
        known.asked_at = Some(now);
        known.keys = usable(set);
        Ok(())
    }
}

/// RSA keys by id. LinkedIn's carry neither `use` nor `alg` (LinkedIn reference §5.2), so neither is asked for; the
/// algorithm is pinned where the signature is checked. An id that comes twice names no key.
fn usable(set: JwkSet) -> HashMap<String, Arc<DecodingKey>> {
    let mut keys: HashMap<String, Option<Arc<DecodingKey>>> = HashMap::new();
    for jwk in set.keys.into_iter().take(MOST_KEYS) {
        let Some(id) = jwk.common.key_id.clone() else {
            continue;
        };
        let AlgorithmParameters::RSA(_) = jwk.algorithm else {
            continue;
        };
        let Ok(key) = DecodingKey::from_jwk(&jwk) else {
            continue;
        };
        keys.entry(id)
            .and_modify(|known| *known = None)
            .or_insert(Some(Arc::new(key)));
    }
    keys.into_iter()
        .filter_map(|(id, key)| Some((id, key?)))
        .collect()
}

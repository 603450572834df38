//! LinkedIn's signing keys, fetched when needed and kept (LinkedIn reference §5.2).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, JwkSet, KeyAlgorithm, PublicKeyUse};
use tokio::sync::Mutex;
use url::Url;

use super::transport::{Client, Failure};
use crate::clock::Clock;

/// Seconds between two fetches at least, so that a storm of unknown key ids asks LinkedIn once.
const COOLDOWN_SECONDS: i64 = 60;

/// Seconds for which a fetch that failed speaks for those who come after it. Long enough that sign-ins which waited for
/// it do not each wait again, short enough that the next try of a person is a real one.
const FAILURE_SECONDS: i64 = 2;

/// Seconds after which keys are asked for again although they are known: a day. LinkedIn's schedule is unknown; where it
/// gives no answer, what is known goes on counting.
const AGE_SECONDS: i64 = 24 * 60 * 60;

/// How many keys are looked at; LinkedIn has one.
const MOST_KEYS: usize = 32;

/// The keys that are known.
#[derive(Debug)]
pub(super) struct Keys {
    known: RwLock<Known>,
    // Held while LinkedIn is asked, so that it is asked once: whoever comes meanwhile waits and uses that answer. A key
    // that is known is found without it.
    asking: Mutex<Asking>,
    clock: Clock,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, Arc<DecodingKey>>,
    answered_at: Option<i64>,
}

#[derive(Debug, Default)]
struct Asking {
    failed_at: Option<i64>,
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
    /// Somebody else could not ask, a moment ago.
    #[error("LinkedIn's keys could not be had a moment ago")]
    NoAnswerJustNow,
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
            known: RwLock::default(),
            asking: Mutex::default(),
            clock,
        }
    }

    /// The key with this id; asks LinkedIn where it is not known, or has not been confirmed for a day.
    pub(super) async fn find(
        &self,
        id: &str,
        http: &Client,
        from: &Url,
    ) -> Result<Arc<DecodingKey>, KeyError> {
        let known = self.look(id);
        match known {
            Some(key) if self.answered_within(AGE_SECONDS) => Ok(key),
            known => match self.ask(http, from).await {
                Ok(()) => self.look(id).ok_or(KeyError::Unknown),
                Err(error) => known.ok_or(error),
            },
        }
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
        let is_old = |key: &Arc<DecodingKey>| Arc::ptr_eq(key, than);
        if self.look(id).is_none_or(|key| is_old(&key)) {
            self.ask(http, from).await.ok()?;
        }
        self.look(id).filter(|key| !is_old(key))
    }

    fn look(&self, id: &str) -> Option<Arc<DecodingKey>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.keys.get(id).map(Arc::clone)
    }

    fn answered_within(&self, seconds: i64) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        self.is_within(known.answered_at, seconds)
    }

    fn is_within(&self, at: Option<i64>, seconds: i64) -> bool {
        let now = self.clock.now_seconds();
        at.is_some_and(|at| (0..seconds).contains(&now.saturating_sub(at)))
    }

    /// Asks LinkedIn, unless it was asked just now.
    async fn ask(&self, http: &Client, from: &Url) -> Result<(), KeyError> {
        let mut asking = self.asking.lock().await;
        if self.answered_within(COOLDOWN_SECONDS) {
            return Ok(());
        }
        if self.is_within(asking.failed_at, FAILURE_SECONDS) {
            return Err(KeyError::NoAnswerJustNow);
        }
        let keys = fetch(http, from).await.inspect_err(|_| {
            asking.failed_at = Some(self.clock.now_seconds());
        })?;
        asking.failed_at = None;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Known {
            keys,
            answered_at: Some(self.clock.now_seconds()),
        };
        Ok(())
    }
}

async fn fetch(http: &Client, from: &Url) -> Result<HashMap<String, Arc<DecodingKey>>, KeyError> {
    let answer = http.insist("jwks", http.get(from.clone())).await?;
    if !answer.status.is_success() {
        return Err(KeyError::Unreadable);
    }
    answer.json().map(usable).map_err(|_| KeyError::Unreadable)
}

/// RSA keys by id. LinkedIn's carry neither `use` nor `alg` (LinkedIn reference §5.2), so neither is asked for, but a key
/// that says that it is for something else is not taken; the algorithm is pinned where the signature is checked. An id
/// that comes twice names no key.
fn usable(set: JwkSet) -> HashMap<String, Arc<DecodingKey>> {
    let mut keys: HashMap<String, Option<Arc<DecodingKey>>> = HashMap::new();
    for jwk in set.keys.into_iter().take(MOST_KEYS) {
        let Some(id) = jwk.common.key_id.clone() else {
            continue;
        };
        let AlgorithmParameters::RSA(_) = jwk.algorithm else {
            continue;
        };
        let common = &jwk.common;
        let signs = common
            .public_key_use
            .as_ref()
            .is_none_or(|it| *it == PublicKeyUse::Signature);
        let with_rs256 = common
            .key_algorithm
            .is_none_or(|it| it == KeyAlgorithm::RS256);
        if !(signs && with_rs256) {
            continue;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_keys_that_may_sign_with_rs256_and_can_be_told_apart_are_taken() {
        let rsa = |id: &str, member: &str, value: &str| {
            let mut key = json!({"kty": "RSA", "n": "sXch", "e": "AQAB", "kid": id});
            key[member] = value.into();
            key
        };
        let set = json!({"keys": [
            rsa("plain", "kid", "plain"),
            rsa("for us", "use", "sig"),
            rsa("with RS256", "alg", "RS256"),
            rsa("to encrypt with", "use", "enc"),
            rsa("for PS256", "alg", "PS256"),
            rsa("for what comes", "alg", "RS1024"),
            rsa("twice", "use", "sig"),
            rsa("twice", "alg", "RS256"),
            {"kty": "EC", "crv": "P-256", "x": "sXch", "y": "sXch", "kid": "of a curve"},
            {"kty": "AKP", "alg": "ML-DSA-44", "pub": "sXch", "kid": "of tomorrow"},
            {"kty": "RSA", "n": "sXch", "e": "AQAB"},
        ]});
        let keys = usable(serde_json::from_value(set).expect("a set"));
        let mut ids: Vec<_> = keys.keys().map(String::as_str).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["for us", "plain", "with RS256"]);
    }
}

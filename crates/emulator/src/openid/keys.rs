//! The signing key, and `GET /oauth/openid/jwks` (LinkedIn reference §5.2).

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeyPair};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaEncoding};
use axum::extract::State;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::SigningFailed;
use crate::faults::{KeysDefect, Strikes};
use crate::linkedin::{LinkedIn, Shared};
use crate::lock::lock;
use crate::settings::KeySize;

/// The RSA key that signs id_tokens.
pub(crate) struct SigningKey {
    pair: KeyPair,
    pub(crate) kid: String,
}

/// No signing key could be made.
#[derive(Debug, thiserror::Error)]
#[error("no RSA key could be generated")]
pub struct KeyError;

impl SigningKey {
    /// A new key; takes a tenth of a second and up.
    pub(crate) fn generate(size: KeySize, kid: String) -> Result<Self, KeyError> {
        let size = match size {
            KeySize::Rsa2048 => rsa::KeySize::Rsa2048,
            KeySize::Rsa4096 => rsa::KeySize::Rsa4096,
        };
        let pair = KeyPair::generate(size).map_err(|_| KeyError)?;
        Ok(Self { pair, kid })
    }

    /// RS256 (RFC 7518 §3.3).
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        self.sign_with(&RSA_PKCS1_SHA256, message)
    }

    pub(super) fn sign_with(
        &self,
        encoding: &'static dyn RsaEncoding,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningFailed> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(encoding, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| SigningFailed)?;
        Ok(signature)
    }

    /// The number that everybody knows.
    pub(super) fn modulus(&self) -> Vec<u8> {
        let public = self.pair.public_key();
        public.modulus().big_endian_without_leading_zero().to_vec()
    }

    fn published(&self, terse: bool) -> Key {
        let public = self.pair.public_key();
        let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        Key {
            kty: "RSA",
            e: number(public.exponent().big_endian_without_leading_zero()),
            usage: (!terse).then_some("sig"),
            kid: self.kid.clone(),
            alg: (!terse).then_some("RS256"),
            n: number(public.modulus().big_endian_without_leading_zero()),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// The key that signs, which can change.
#[derive(Debug)]
pub(crate) struct KeyRing {
    current: Mutex<Arc<SigningKey>>,
    size: KeySize,
    /// A key that is never published, for id_tokens that are signed by the wrong one.
    stranger: OnceLock<SigningKey>,
}

impl KeyRing {
    pub(crate) const fn new(first: Arc<SigningKey>, size: KeySize) -> Self {
        Self {
            current: Mutex::new(first),
            size,
            stranger: OnceLock::new(),
        }
    }

    pub(crate) fn current(&self) -> Arc<SigningKey> {
        Arc::clone(&lock(&self.current))
    }

    pub(super) fn stranger(&self) -> Option<&SigningKey> {
        self.stranger.get()
    }
}

impl LinkedIn {
    /// From now on another key signs, under the name `kid`, and the old one is gone. Where no key can be made, the old one
    /// stays.
    pub(crate) async fn rotate_key(&self, kid: String) {
        if let Some(key) = self.another_key(kid).await {
            *lock(&self.keys.current) = Arc::new(key);
        }
    }

    /// Makes sure that there is a key which is never published.
    pub(crate) async fn prepare_stranger(&self) {
        if self.keys.stranger.get().is_none()
            && let Some(key) = self.another_key(self.entropy.uuid()).await
        {
            self.keys.stranger.get_or_init(|| key);
        }
    }

    /// Generation takes long enough that the runtime's other tasks should not wait for it.
    async fn another_key(&self, kid: String) -> Option<SigningKey> {
        let size = self.keys.size;
        let generated = tokio::task::spawn_blocking(move || SigningKey::generate(size, kid)).await;
        if let Ok(Ok(key)) = generated {
            Some(key)
        } else {
            tracing::warn!("no further signing key could be generated");
            None
        }
    }
}

/// RFC 7517 §5.
#[derive(Debug, Serialize)]
pub(crate) struct KeySet {
    keys: Vec<Key>,
}

/// RFC 7518 §6.3.1. LinkedIn leaves out what is optional.
#[derive(Debug, Serialize)]
struct Key {
    kty: &'static str,
    e: String,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    usage: Option<&'static str>,
    kid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alg: Option<&'static str>,
    n: String,
}

pub(crate) async fn published(
    State(linkedin): State<Shared>,
    Extension(strikes): Extension<Strikes>,
) -> Json<KeySet> {
    let key = linkedin
        .keys
        .current()
        .published(linkedin.quirks.keys_terse);
    Json(KeySet {
        keys: if strikes.has(KeysDefect::NonePublished) {
            Vec::new()
        } else {
            vec![key]
        },
    })
}

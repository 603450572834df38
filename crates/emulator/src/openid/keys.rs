//! The signing key, and `GET /oauth/openid/jwks` (LinkedIn reference §5.2).

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeyPair};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::SigningFailed;
use crate::linkedin::Shared;
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
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| SigningFailed)?;
        Ok(signature)
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

/// RFC 7517 §5.
#[derive(Debug, Serialize)]
pub(crate) struct KeySet {
    keys: [Key; 1],
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

pub(crate) async fn published(State(linkedin): State<Shared>) -> Json<KeySet> {
    Json(KeySet {
        keys: [linkedin.key.published(linkedin.quirks.keys_terse)],
    })
}

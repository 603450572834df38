//! Chance, drawn once at the start and stretched from there.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A source of unguessable values that cannot fail while requests are answered: HMAC-SHA-256 over a counter, keyed at the
/// start from the operating system.
#[derive(Debug)]
pub(crate) struct Entropy {
    key: hmac::Key,
    drawn: AtomicU64,
}

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoEntropy;

impl Entropy {
    pub(crate) fn from_system() -> Result<Self, NoEntropy> {
        let mut seed = [0; 32];
        aws_lc_rs::rand::fill(&mut seed).map_err(|_| NoEntropy)?;
        Ok(Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &seed),
            drawn: AtomicU64::new(0),
        })
    }

    /// `length` characters of the base64url alphabet, six bits of chance each.
    pub(crate) fn text(&self, length: usize) -> String {
        let mut bytes = Vec::with_capacity(length);
        while bytes.len() * 4 / 3 < length {
            bytes.extend_from_slice(self.block().as_ref());
        }
        let mut text = URL_SAFE_NO_PAD.encode(bytes);
        text.truncate(length);
        text
    }

    /// A value that looks as opaque as LinkedIn's codes and tokens: `prefix` and chance, `length` characters together.
    pub(crate) fn opaque(&self, prefix: &str, length: usize) -> String {
        format!("{prefix}{}", self.text(length.saturating_sub(prefix.len())))
    }

    /// Sixteen random bytes in base64 with padding, the shape of `x-li-uuid` (LinkedIn reference §8.3).
    pub(crate) fn li_uuid(&self) -> String {
        STANDARD.encode(&self.block().as_ref()[..16])
    }

    /// A random UUID (RFC 9562 §5.4).
    pub(crate) fn uuid(&self) -> String {
        let block = self.block();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&block.as_ref()[..16]);
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let hex = format!("{:032x}", u128::from_be_bytes(bytes));
        let parts = [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ];
        parts.join("-")
    }

    /// A value that nobody else can make for `text`, the same each time.
    pub(crate) fn seal(&self, purpose: &str, text: &str) -> String {
        let tag = hmac::sign(&self.key, format!("{purpose}\n{text}").as_bytes());
        URL_SAFE_NO_PAD.encode(tag)
    }

    fn block(&self) -> hmac::Tag {
        let number = self.drawn.fetch_add(1, Ordering::Relaxed);
        hmac::sign(&self.key, &number.to_be_bytes())
    }
}

/// Turns a number into another without visible relation (`SplitMix64`, Steele and others 2014). Not for secrets: it decides
/// which calls a seeded fault strikes, the same ones in every run.
pub(crate) fn scatter(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

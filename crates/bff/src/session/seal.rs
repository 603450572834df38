//! Sealing: what the browser carries for us, it can neither read nor change.
//!
//! Envelope, before URL-safe base64: version (1 byte), key id (4), nonce (12), ciphertext with its tag. Version, key id
//! and purpose are authenticated, and the provider where the ring is bound to one. The cipher is AES-256-GCM-SIV (RFC
//! 8452): its nonces are random, and should one ever repeat, only the equality of two plaintexts shows.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::{random_bytes, random_text};

const VERSION: u8 = 1;
const KEY_BYTES: usize = 32;
const ID_BYTES: usize = 4;
const NONCE_BYTES: usize = 12;
const HEADER_BYTES: usize = 1 + ID_BYTES;

/// 32 random bytes have about 30 different values; text repeated or typed by hand has few.
const FEWEST_DISTINCT_BYTES: usize = 16;

/// What an envelope is for. An envelope of one purpose never opens for another: each has its own derived key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A member's session with its tokens.
    Session,
    /// The newest version of a session, for other instances.
    Newest,
    /// A sign-in that waits for LinkedIn's answer.
    Pending,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Session => b"session",
            Self::Newest => b"newest",
            Self::Pending => b"pending",
        }
    }
}

/// Keys that seal and open. The first seals, all open, so a key is changed by putting a new one in front and dropping
/// the old one when its last session has ended.
#[derive(Clone)]
pub struct KeyRing {
    keys: Arc<Vec<Key>>,
    provider: Option<Arc<str>>,
}

struct Key {
    id: [u8; ID_BYTES],
    session: RandomizedNonceKey,
    newest: RandomizedNonceKey,
    pending: RandomizedNonceKey,
}

/// Why a key ring cannot be used. Says which key by its place, never its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// Not what `lapel-bff keys new` prints.
    #[error("key {0} is not 32 bytes in URL-safe base64; make one with `lapel-bff keys new`")]
    Malformed(usize),
    /// Too regular to be random.
    #[error("key {0} is too regular to be random; make one with `lapel-bff keys new`")]
    Weak(usize),
    /// The same key twice.
    #[error("key {0} is in the list twice")]
    Repeated(usize),
    /// No key at all.
    #[error("there is no key in the list")]
    Empty,
}

/// Why an envelope does not open. To the browser all are the same: no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an envelope: wrong alphabet or too short.
    #[error("not an envelope")]
    Malformed,
    /// Written by a version of this program that this one does not know.
    #[error("an envelope of another version")]
    Version,
    /// Sealed with a key that is not in the ring.
    #[error("sealed with a key that is not in the ring")]
    UnknownKey,
    /// Changed, cut, or sealed for another purpose or provider.
    #[error("changed, cut, or sealed for another purpose or provider")]
    NotAuthentic,
}

impl KeyRing {
    /// Reads keys as `lapel-bff keys new` prints them, separated by commas.
    ///
    /// # Errors
    /// The first key that cannot be used.
    pub fn parse(text: &str) -> Result<Self, KeyRingError> {
        let mut keys: Vec<Key> = Vec::new();
        for (at, text) in text
            .split(',')
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .enumerate()
        {
            let place = at + 1;
            let master: [u8; KEY_BYTES] = URL_SAFE_NO_PAD
                .decode(text)
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or(KeyRingError::Malformed(place))?;
            let distinct: std::collections::HashSet<u8> = master.iter().copied().collect();
            if distinct.len() < FEWEST_DISTINCT_BYTES {
                return Err(KeyRingError::Weak(place));
            }
            let key = Key::derive(&master);
            if keys.iter().any(|known| known.id == key.id) {
                return Err(KeyRingError::Repeated(place));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            Err(KeyRingError::Empty)
        } else {
            Ok(Self::of(keys))
        }
    }

    /// A ring with one key that nobody else has.
    pub fn random() -> Self {
        Self::of(vec![Key::derive(&random_bytes::<KEY_BYTES>())])
    }

    /// The same keys for one provider's members: what is sealed here opens here only, so that no provider is ever shown
    /// another one's tokens, or sent the answer to another one's sign-in.
    #[must_use]
    pub fn of_provider(&self, issuer: &str) -> Self {
        Self {
            keys: Arc::clone(&self.keys),
            provider: Some(issuer.into()),
        }
    }

    fn of(keys: Vec<Key>) -> Self {
        Self {
            keys: Arc::new(keys),
            provider: None,
        }
    }

    /// A new key as text, for [`KeyRing::parse`].
    pub fn new_key() -> String {
        random_text::<KEY_BYTES>()
    }

    /// Seals bytes for a purpose.
    ///
    /// # Panics
    /// Where the operating system gives no randomness.
    pub fn seal(&self, purpose: Purpose, plain: &[u8]) -> String {
        let [key, ..] = self.keys.as_slice() else {
            unreachable!("a ring has at least one key")
        };
        let header = header(key.id);
        let mut sealed = plain.to_vec();
        #[expect(
            clippy::expect_used,
            reason = "fails only beyond 2^36 bytes or without randomness"
        )]
        let nonce = key
            .of(purpose)
            .seal_in_place_append_tag(Aad::from(self.authenticated(header, purpose)), &mut sealed)
            .expect("sealing does not fail");
        let mut envelope = Vec::with_capacity(HEADER_BYTES + NONCE_BYTES + sealed.len());
        envelope.extend_from_slice(&header);
        envelope.extend_from_slice(nonce.as_ref());
        envelope.extend_from_slice(&sealed);
        URL_SAFE_NO_PAD.encode(envelope)
    }

    /// Opens an envelope that was sealed for the purpose.
    ///
    /// # Errors
    /// [`OpenError`] for everything that [`KeyRing::seal`] of this ring did not write for this purpose.
    pub fn open(&self, purpose: Purpose, envelope: &str) -> Result<Vec<u8>, OpenError> {
        let mut bytes = URL_SAFE_NO_PAD
            .decode(envelope)
            .map_err(|_| OpenError::Malformed)?;
        let (header, rest) = bytes
            .split_first_chunk_mut::<HEADER_BYTES>()
            .ok_or(OpenError::Malformed)?;
        let (nonce, sealed) = rest
            .split_first_chunk_mut::<NONCE_BYTES>()
            .ok_or(OpenError::Malformed)?;
        let [version, id @ ..] = *header;
        if version != VERSION {
            return Err(OpenError::Version);
        }
        let key = self
            .keys
            .iter()
            .find(|key| key.id == id)
            .ok_or(OpenError::UnknownKey)?;
        key.of(purpose)
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(self.authenticated(*header, purpose)),
                sealed,
            )
            .map(|plain| plain.to_vec())
            .map_err(|_| OpenError::NotAuthentic)
    }

    fn authenticated(&self, header: [u8; HEADER_BYTES], purpose: Purpose) -> Vec<u8> {
        let bound = [&header, purpose.label()].concat();
        match &self.provider {
            None => bound,
            // No purpose has a zero byte in it.
            Some(issuer) => [&bound, &[0][..], issuer.as_bytes()].concat(),
        }
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing of {}", self.keys.len())
    }
}

impl Key {
    fn derive(master: &[u8; KEY_BYTES]) -> Self {
        // The master key is uniformly random already, so an empty salt is what RFC 5869 §3.1 foresees.
        let master = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(master);
        Self {
            id: expand(&master, b"key id"),
            session: cipher(&master, Purpose::Session),
            newest: cipher(&master, Purpose::Newest),
            pending: cipher(&master, Purpose::Pending),
        }
    }

    const fn of(&self, purpose: Purpose) -> &RandomizedNonceKey {
        match purpose {
            Purpose::Session => &self.session,
            Purpose::Newest => &self.newest,
            Purpose::Pending => &self.pending,
        }
    }
}

fn cipher(master: &hkdf::Prk, purpose: Purpose) -> RandomizedNonceKey {
    let key: [u8; KEY_BYTES] = expand(master, purpose.label());
    #[expect(
        clippy::expect_used,
        reason = "fails only where the key's length is wrong"
    )]
    RandomizedNonceKey::new(&AES_256_GCM_SIV, &key).expect("32 bytes are an AES-256 key")
}

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand<const N: usize>(master: &hkdf::Prk, label: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "fails only beyond 255 times the hash's length"
    )]
    master
        .expand(&[b"lapel 1 ", label], Length(N))
        .and_then(|okm| okm.fill(&mut out))
        .expect("a short output can be derived");
    out
}

fn header(id: [u8; ID_BYTES]) -> [u8; HEADER_BYTES] {
    let mut header = [VERSION; HEADER_BYTES];
    header[1..].copy_from_slice(&id);
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring(keys: &[&str]) -> KeyRing {
        KeyRing::parse(&keys.join(",")).expect("keys")
    }

    #[test]
    fn no_two_envelopes_of_the_same_share_a_nonce() {
        let ring = KeyRing::random();
        let nonce = |_| {
            let envelope = ring.seal(Purpose::Session, b"the same");
            let bytes = URL_SAFE_NO_PAD.decode(envelope).expect("base64");
            bytes[HEADER_BYTES..HEADER_BYTES + NONCE_BYTES].to_vec()
        };
        let nonces: std::collections::HashSet<_> = (0..1000).map(nonce).collect();
        assert_eq!(nonces.len(), 1000);
    }

    #[test]
    fn an_old_key_still_opens_and_a_removed_one_does_not() {
        let (old, new) = (KeyRing::new_key(), KeyRing::new_key());
        let sealed = ring(&[&old]).seal(Purpose::Session, b"x");
        assert_eq!(
            ring(&[&new, &old])
                .open(Purpose::Session, &sealed)
                .expect("opens"),
            b"x"
        );
        assert_eq!(
            ring(&[&new]).open(Purpose::Session, &sealed),
            Err(OpenError::UnknownKey)
        );
    }

    #[test]
    fn an_envelope_of_another_purpose_does_not_open() {
        let ring = KeyRing::random();
        let sealed = ring.seal(Purpose::Pending, b"x");
        assert_eq!(
            ring.open(Purpose::Session, &sealed),
            Err(OpenError::NotAuthentic)
        );
    }

    #[test]
    fn an_envelope_of_another_provider_does_not_open() {
        let unbound = KeyRing::random();
        let (one, other) = (
            unbound.of_provider("https://one.example"),
            unbound.of_provider("https://other.example"),
        );
        let sealed = one.seal(Purpose::Session, b"x");
        assert_eq!(one.open(Purpose::Session, &sealed), Ok(b"x".to_vec()));
        for ring in [&unbound, &other] {
            assert_eq!(
                ring.open(Purpose::Session, &sealed),
                Err(OpenError::NotAuthentic)
            );
        }
        let sealed = unbound.seal(Purpose::Session, b"x");
        assert!(one.open(Purpose::Session, &sealed).is_err());
    }

    #[test]
    fn weak_malformed_repeated_and_absent_keys_are_refused() {
        let good = KeyRing::new_key();
        let parse = |text: &str| KeyRing::parse(text).expect_err("refused");
        assert_eq!(parse(""), KeyRingError::Empty);
        assert_eq!(parse("hunter2"), KeyRingError::Malformed(1));
        assert_eq!(
            parse(&format!("{good},{}", &good[1..])),
            KeyRingError::Malformed(2)
        );
        assert_eq!(
            parse(&URL_SAFE_NO_PAD.encode([7; 32])),
            KeyRingError::Weak(1)
        );
        assert_eq!(parse(&format!("{good},{good}")), KeyRingError::Repeated(2));
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens(plain: Vec<u8>) {
            let ring = KeyRing::random();
            let sealed = ring.seal(Purpose::Session, &plain);
            prop_assert_eq!(ring.open(Purpose::Session, &sealed), Ok(plain));
        }

        #[test]
        fn one_changed_character_is_noticed(plain: Vec<u8>, at: prop::sample::Index, with in "[A-Za-z0-9_-]") {
            let ring = KeyRing::random();
            let sealed = ring.seal(Purpose::Session, &plain);
            let at = at.index(sealed.len());
            let changed = format!("{}{with}{}", &sealed[..at], &sealed[at + 1..]);
            prop_assume!(changed != sealed);
            prop_assert!(ring.open(Purpose::Session, &changed).is_err());
        }

        #[test]
        fn nothing_else_opens(text in ".{0,200}") {
            prop_assert!(KeyRing::random().open(Purpose::Session, &text).is_err());
        }
    }
}

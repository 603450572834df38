//! A sign-in that waits for LinkedIn's answer: bound to the browser that began it, used once, for ten minutes.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_wire::LocalPath;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use serde::{Deserialize, Serialize};

use super::seal::{KeyRing, Purpose};
use crate::linkedin::Binding;
use crate::secret::{CodeVerifier, Nonce, State};

/// How long LinkedIn's answer may take. A code lives 30 minutes there (LinkedIn reference §1.2); nobody needs that long
/// to allow or to cancel, and a shorter time leaves less to steal.
pub const LIFETIME_SECONDS: i64 = 600;

/// How far the clocks of two replicas, or one before and after it was set, may be apart, in seconds. LinkedIn answers within
/// one where consent was given before.
const LEEWAY_SECONDS: i64 = 60;

/// How many spent states are remembered at most; beyond that the oldest are forgotten, which LinkedIn's own single use
/// of codes still covers.
const MOST_SPENT: u64 = 100_000;

/// How long a spent state is remembered. Longer than a sign-in may take, by the machine's own clock: a test's clock only
/// makes it remember longer.
pub(super) const SPENT_KEPT: Duration = Duration::from_secs(LIFETIME_SECONDS.unsigned_abs() * 2);

/// A sign-in under way.
#[derive(Debug)]
pub struct Pending {
    /// What LinkedIn's answer must carry.
    pub state: State,
    /// What else ties LinkedIn's answer to this sign-in.
    pub binding: Binding,
    /// Where the member was.
    pub return_to: LocalPath,
    /// Permissions that were asked for.
    pub scopes: Vec<String>,
    /// When it began, in seconds since 1970.
    pub started_at: i64,
    /// Whether the browser had a session when it left, or may have had one that it did not show. On the way back from
    /// another site it shows no `SameSite=Strict` cookie, so whoever takes the answer has to look twice.
    pub beside_session: bool,
}

impl Pending {
    /// Begins a sign-in.
    pub fn begin(return_to: LocalPath, scopes: Vec<String>, binding: Binding, now: i64) -> Self {
        Self {
            state: State::random(),
            binding,
            return_to,
            scopes,
            started_at: now,
            beside_session: false,
        }
    }

    /// The same sign-in in a browser that has a session, or may have one.
    #[must_use]
    pub fn beside_session(self) -> Self {
        Self {
            beside_session: true,
            ..self
        }
    }

    /// The sign-in as an envelope that only this key ring opens.
    ///
    /// # Panics
    /// Where the operating system gives no randomness.
    pub fn seal(&self, keys: &KeyRing) -> String {
        let sealed = Sealed {
            state: self.state.expose(),
            nonce: self.binding.nonce.as_ref().map(Nonce::expose),
            verifier: self.binding.verifier.as_ref().map(CodeVerifier::expose),
            return_to: &self.return_to,
            scopes: &self.scopes,
            started_at: self.started_at,
            beside_session: self.beside_session,
        };
        #[expect(
            clippy::expect_used,
            reason = "strings and numbers always have a JSON form"
        )]
        let plain = serde_json::to_vec(&sealed).expect("a pending sign-in can be written");
        keys.seal(Purpose::Pending, &plain)
    }

    /// Opens an envelope; nothing where it is not one of ours. The return address is proven again on the way.
    pub fn unseal(envelope: &str, keys: &KeyRing) -> Option<Self> {
        let plain = keys.open(Purpose::Pending, envelope).ok()?;
        let Opened {
            state,
            nonce,
            verifier,
            return_to,
            scopes,
            started_at,
            beside_session,
        } = serde_json::from_slice(&plain).ok()?;
        Some(Self {
            state,
            binding: Binding { nonce, verifier },
            return_to,
            scopes,
            started_at,
            beside_session,
        })
    }

    /// Whether LinkedIn's answer comes too late, or from long before the sign-in began.
    pub fn expired(&self, now: i64) -> bool {
        !(-LEEWAY_SECONDS..LIFETIME_SECONDS).contains(&now.saturating_sub(self.started_at))
    }
}

/// A name for a state that nobody finds the state by.
pub(super) fn digest(state: &State) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, state.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(digest)
}

/// A name for a state that can stand in a cookie's name: says which cookie belongs to which answer without giving the
/// state away. 48 bits, enough to tell a handful of parallel sign-ins apart; the state itself is compared afterwards.
pub fn label(state: &State) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, state.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(digest.as_ref().get(..6).unwrap_or_default())
}

/// States that have been answered. The cookie is gone from an honest browser after its first answer; this is for two
/// answers at once and for a browser that kept a copy.
#[derive(Clone)]
pub struct Spent(Arc<Cache<String, ()>>);

impl Spent {
    /// Remembers nothing yet.
    pub fn new() -> Self {
        Self(Arc::new(
            Cache::builder()
                .max_capacity(MOST_SPENT)
                // The oldest go first: who floods us with new ones must not be the one who is remembered.
                .eviction_policy(EvictionPolicy::lru())
                .time_to_live(SPENT_KEPT)
                .build(),
        ))
    }

    /// Spends a state; false where it was spent before. Of two at once exactly one is told true.
    pub fn spend(&self, state: &State) -> bool {
        self.0.entry(digest(state)).or_insert(()).is_fresh()
    }
}

impl Default for Spent {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Serialize)]
struct Sealed<'a> {
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verifier: Option<&'a str>,
    return_to: &'a LocalPath,
    scopes: &'a [String],
    started_at: i64,
    beside_session: bool,
}

#[derive(Deserialize)]
struct Opened {
    state: State,
    nonce: Option<Nonce>,
    verifier: Option<CodeVerifier>,
    return_to: LocalPath,
    scopes: Vec<String>,
    started_at: i64,
    // An earlier version did not say; looking twice does no harm.
    #[serde(default = "yes")]
    beside_session: bool,
}

const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        Pending::begin(
            LocalPath::parse("/account?x=1").expect("a path"),
            vec!["openid".into()],
            Binding {
                nonce: Some(Nonce::new("a nonce")),
                verifier: Some(CodeVerifier::new("a verifier")),
            },
            1000,
        )
    }

    #[test]
    fn a_pending_sign_in_comes_back_from_its_envelope() {
        let keys = KeyRing::random();
        let begun = pending();
        let opened = Pending::unseal(&begun.seal(&keys), &keys).expect("opens");
        assert!(opened.state.matches(&begun.state));
        assert!(!opened.beside_session);
        let beside = pending().beside_session().seal(&keys);
        assert!(
            Pending::unseal(&beside, &keys)
                .expect("opens")
                .beside_session
        );
        assert_eq!(opened.return_to, begun.return_to);
        let Binding { nonce, verifier } = opened.binding;
        assert_eq!(nonce.expect("kept").expose(), "a nonce");
        assert_eq!(verifier.expect("kept").expose(), "a verifier");
        assert!(Pending::unseal(&begun.seal(&keys), &KeyRing::random()).is_none());
    }

    #[test]
    fn a_sign_in_that_an_earlier_version_began_goes_on() {
        let keys = KeyRing::random();
        let earlier = br#"{"state":"s","return_to":"/","scopes":["openid"],"started_at":1000}"#;
        let envelope = keys.seal(Purpose::Pending, earlier);
        let opened = Pending::unseal(&envelope, &keys).expect("opens");
        assert_eq!(opened.state.expose(), "s");
        assert!(opened.binding.nonce.is_none() && opened.binding.verifier.is_none());
        assert!(opened.beside_session, "it may have been");
    }

    #[test]
    fn it_lasts_ten_minutes_and_not_a_second_longer() {
        assert!(!pending().expired(1000));
        assert!(!pending().expired(1599));
        assert!(pending().expired(1600));
        assert!(!pending().expired(940), "clocks differ");
        assert!(pending().expired(939), "an answer from before the question");
    }

    #[test]
    fn a_state_is_spent_once() {
        let spent = Spent::new();
        let state = State::random();
        assert!(spent.spend(&state));
        assert!(!spent.spend(&state));
        assert!(spent.spend(&State::random()));
    }

    #[test]
    fn a_label_does_not_give_the_state_away() {
        let state = State::random();
        assert_eq!(label(&state).len(), 8);
        assert!(!state.expose().contains(&label(&state)));
    }
}

//! All sessions: finding one in a cookie, keeping its tokens alive, ending it.
//!
//! The browser carries the session; what one process remembers beside that is short, bounded, and only ever makes an
//! answer better: that a session has ended, which tokens are newest, when a token was last seen alive. After a restart
//! LinkedIn is asked once more, and nobody is signed out. What instances tell each other goes through a
//! [`store`](super::store), where there is one.

use std::sync::Arc;
use std::time::Duration;

use lapel_wire::{Kind, SignedOutReason};
use moka::policy::EvictionPolicy;
use moka::sync::{Cache, CacheBuilder};

use super::lifetimes::Lifetimes;
use super::pending::{self, Spent};
use super::refresh::{NoTokens, Slot};
use super::rotation::{Need, is_good};
use super::seal::KeyRing;
use super::standing::Asked;
use super::store::{Store, StoreDown};
use super::{Found, Held, Session};
use crate::clock::Clock;
use crate::config;
use crate::linkedin::{Grant, Identity, LinkedIn};
use crate::secret::State;

/// How long a finished refresh is remembered for browsers that did not get its answer, by the machine's clock, counted
/// from the last request that looked.
pub(super) const REMEMBERED: Duration = Duration::from_hours(1);

/// Sessions of which something is remembered at most; beyond that the ones longest unused are forgotten.
const MOST_REMEMBERED: u64 = 20_000;

/// Ends that are remembered at most. An id is 12 bytes.
const MOST_ENDED: u64 = 500_000;

/// All sessions of this process. Cheap to clone.
#[derive(Clone)]
pub struct Sessions(pub(super) Arc<Inner>);

pub(super) struct Inner {
    keys: KeyRing,
    pub(super) lifetimes: Lifetimes,
    clock: Clock,
    pub(super) linkedin: Arc<LinkedIn>,
    pub(super) store: Option<Store>,
    slots: Cache<String, Slot>,
    pub(super) ended: Cache<String, SignedOutReason>,
    /// Sessions that a later sign-in of the same browser replaced: alive, but never set again.
    replaced: Cache<String, ()>,
    pub(super) asked: Cache<String, Asked>,
    spent: Spent,
}

/// What became of the session that a browser had before a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replaced {
    /// It was the same member's, and lives on until its answers under way are done.
    SameMember,
    /// It was another member's, and has ended.
    OtherMember,
}

/// Why a session has no access token to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoToken {
    /// The session has ended; only a sign-in helps.
    #[error("the session has ended ({0:?})")]
    Ended(SignedOutReason),
    /// LinkedIn could not be asked for a new token. The session is as good as before.
    #[error("LinkedIn gives no new token ({kind:?}), next try in {retry_seconds} s")]
    CouldNotAsk {
        /// Whose side it is on.
        kind: Kind,
        /// Seconds until it may be tried again.
        retry_seconds: u64,
    },
}

/// Why LinkedIn's API does not take an access token whose time is not over (LinkedIn reference §8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefusal {
    /// 65602: LinkedIn's clock says that it has ended.
    Expired,
    /// 65600, 65601: LinkedIn or the member ended it.
    Revoked,
}

impl Sessions {
    /// No session is known yet. With a store this belongs into a Tokio runtime, on which the connection lives.
    pub fn new(settings: &config::Session, linkedin: Arc<LinkedIn>, clock: Clock) -> Self {
        let lifetimes = settings.lifetimes;
        let keys = match linkedin.sealed_for() {
            Some(issuer) => settings.keys.of_provider(issuer),
            None => settings.keys.clone(),
        };
        let store = settings.store.as_ref();
        Self(Arc::new(Inner {
            store: store.map(|store| {
                Store::new(
                    store,
                    keys.clone(),
                    linkedin.sealed_for(),
                    lifetimes.absolute,
                )
            }),
            keys,
            lifetimes,
            clock,
            linkedin,
            slots: remembered(MOST_REMEMBERED).time_to_idle(REMEMBERED).build(),
            // As long as a stolen cookie might be shown.
            ended: memory(MOST_ENDED, lifetimes.absolute),
            replaced: memory(MOST_REMEMBERED, REMEMBERED),
            asked: memory(MOST_REMEMBERED, lifetimes.validate_every.max(REMEMBERED)),
            spent: Spent::new(),
        }))
    }

    /// The keys that seal sessions and sign-ins.
    pub(crate) fn keys(&self) -> &KeyRing {
        &self.0.keys
    }

    /// How long sessions last.
    pub(crate) fn lifetimes(&self) -> &Lifetimes {
        &self.0.lifetimes
    }

    /// Finds the session in a sealed envelope, in the newest version that any instance knows.
    ///
    /// # Errors
    /// Where the store cannot be asked whether the session has ended: then nothing is known of it, neither that it is
    /// alive nor that it is not.
    pub async fn find(&self, envelope: &str) -> Result<Found, StoreDown> {
        let carried = match Session::unseal(envelope, &self.0.keys) {
            Ok(carried) => carried,
            Err(why) => return Ok(Found::Unreadable(why)),
        };
        if let Some(store) = &self.0.store
            && !self.0.ended.contains_key(&carried.id)
        {
            self.learn(&carried, &store.known(&carried).await?);
        }
        Ok(self.judged(carried))
    }

    /// Finds the session as far as this process knows, for a sign-out that does not wait for the store.
    pub(crate) fn find_here(&self, envelope: &str) -> Found {
        match Session::unseal(envelope, &self.0.keys) {
            Ok(carried) => self.judged(carried),
            Err(why) => Found::Unreadable(why),
        }
    }

    fn judged(&self, carried: Session) -> Found {
        if let Some(reason) = self.0.ended.get(&carried.id) {
            return Found::Ended(carried, reason);
        }
        let held = Held::new(self.newest(&carried), &carried);
        if self.0.lifetimes.end(&held.session) <= self.now() {
            return Found::Expired(held.session);
        }
        Found::Alive(held)
    }

    /// Opens a session for a member who has just signed in: after all of those that were ended at once, also where
    /// another instance's clock is ahead. `asked_at` is when LinkedIn was asked for the grant, in seconds since 1970: its
    /// lives are counted from there.
    ///
    /// # Errors
    /// Where the store cannot be asked for that moment.
    pub async fn open(
        &self,
        identity: Identity,
        grant: Grant,
        asked_at: i64,
    ) -> Result<Session, StoreDown> {
        let mut session = Session::begin(identity, grant, asked_at);
        let Some(store) = &self.0.store else {
            return Ok(session);
        };
        match store.all_ended(&session.identity.member.id).await {
            Ok(ended) => {
                let earliest = ended.map_or(i64::MIN, |ended| ended.saturating_add(1));
                session.opened_at = session.opened_at.max(earliest);
                Ok(session)
            }
            Err(down) => {
                // Tokens that nobody is going to use.
                drop(self.revoke(&session));
                Err(down)
            }
        }
    }

    /// Notes that the member did something; being asked who is signed in is not that.
    pub fn used(&self, held: &mut Held) {
        let now = self.now();
        if self.0.lifetimes.worth_noting(&held.session, now) {
            held.session.used_at = now;
            // Other answers that are under way carry it too.
            self.slot(&held.session.id)
                .change(|rotation| rotation.used(now));
        }
    }

    /// The envelope that the browser should have in place of the one it carries, and the seconds until the session ends;
    /// nothing where the browser is up to date, or the session has ended or was replaced in the meantime.
    pub(crate) fn news(&self, held: &Held) -> Option<(String, u64)> {
        let newest = self.newest(&held.session);
        if !held.is_older_than(&newest)
            || self.0.ended.contains_key(&newest.id)
            || self.0.replaced.contains_key(&newest.id)
        {
            return None;
        }
        let seconds = self.0.lifetimes.remaining(&newest, self.now());
        Some((newest.seal(&self.0.keys), seconds))
    }

    /// The session with an access token that works as far as is known; refreshed where its time is over.
    ///
    /// # Errors
    /// [`NoToken`], which says whether the session has ended or LinkedIn could not be asked.
    pub async fn usable(&self, session: &Session) -> Result<Session, NoToken> {
        if is_good(session, self.now()) {
            return Ok(session.clone());
        }
        self.obtain(session, false).await
    }

    /// The session with another access token than the one that LinkedIn's API refused; without a refresh token the
    /// session has ended.
    ///
    /// # Errors
    /// [`NoToken`].
    pub async fn after_refusal(
        &self,
        session: &Session,
        refusal: TokenRefusal,
    ) -> Result<Session, NoToken> {
        match self.obtain(session, true).await {
            Err(NoToken::Ended(SignedOutReason::Revoked)) => {
                let reason = match refusal {
                    TokenRefusal::Expired => SignedOutReason::Expired,
                    TokenRefusal::Revoked => SignedOutReason::Revoked,
                };
                Err(NoToken::Ended(self.end(session, reason)))
            }
            outcome => outcome,
        }
    }

    /// Takes the answer to a sign-in; false where it was taken before, here or, with a store, by any instance.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub(crate) async fn spend(&self, state: &State) -> Result<bool, StoreDown> {
        let here = self.0.spent.spend(state);
        match &self.0.store {
            Some(store) if here => store.spend(&pending::digest(state)).await,
            Some(_) | None => Ok(here),
        }
    }

    /// What becomes of the session that the browser had before this sign-in: a session of the same member lives on until
    /// its answers under way are done, and is never set again; another member's is ended, tokens and all.
    pub(crate) fn replace(&self, before: &Session, by: &Session) -> Replaced {
        self.0.replaced.insert(before.id.clone(), ());
        if before.identity.member.id == by.identity.member.id {
            return Replaced::SameMember;
        }
        self.end(before, SignedOutReason::NoSession);
        drop(self.revoke(before));
        Replaced::OtherMember
    }

    /// Ends a session that nobody will carry, since it came too late or is too long. Its tokens go back to LinkedIn, unless
    /// the same member has another session in this browser: nobody knows whether LinkedIn would end that one's with them
    /// (LinkedIn reference §4).
    pub(crate) fn discard(&self, session: &Session, beside: Option<&Session>) {
        let member = &session.identity.member.id;
        self.end(session, SignedOutReason::NoSession);
        if beside.is_none_or(|other| other.identity.member.id != *member) {
            drop(self.revoke(session));
        }
    }

    pub(super) fn now(&self) -> i64 {
        self.0.clock.now_seconds()
    }

    pub(super) fn newest(&self, session: &Session) -> Session {
        self.0.slots.get(&session.id).map_or_else(
            || session.clone(),
            |slot| slot.look(|rotation| rotation.current(session)),
        )
    }

    pub(super) fn slot(&self, id: &str) -> Slot {
        self.0.slots.get_with(id.to_owned(), || {
            let slot = Slot::default();
            if let Some(reason) = self.0.ended.get(id) {
                slot.change(|rotation| rotation.end(reason));
            }
            slot
        })
    }

    async fn obtain(&self, session: &Session, refused: bool) -> Result<Session, NoToken> {
        let need = Need {
            carried: session.clone(),
            refused,
        };
        let slot = self.slot(&session.id);
        match slot.usable(need, self, &self.0.clock).await {
            Ok(newer) => Ok(newer),
            Err(NoTokens::Unanswered(unanswered)) => Err(NoToken::CouldNotAsk {
                kind: unanswered.kind,
                retry_seconds: unanswered.seconds,
            }),
            Err(NoTokens::Ended(reason)) => {
                if slot.look(|rotation| rotation.ended().is_some()) {
                    return Err(NoToken::Ended(self.end(session, reason)));
                }
                Err(NoToken::Ended(reason))
            }
        }
    }
}

/// A bounded memory that forgets what has not been touched for longest.
fn memory<V: Clone + Send + Sync + 'static>(most: u64, kept: Duration) -> Cache<String, V> {
    remembered(most).time_to_live(kept).build()
}

pub(super) fn remembered<V: Clone + Send + Sync + 'static>(
    most: u64,
) -> CacheBuilder<String, V, Cache<String, V>> {
    Cache::builder()
        .max_capacity(most)
        .eviction_policy(EvictionPolicy::lru())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_bounded_and_the_longest_unused_goes_first() {
        let memory = memory(100, REMEMBERED);
        for number in 0..1000 {
            memory.insert(number.to_string(), ());
        }
        memory.run_pending_tasks();
        assert!(memory.entry_count() <= 100, "{}", memory.entry_count());
        assert!(memory.contains_key("999"));
        assert!(!memory.contains_key("0"));
    }
}

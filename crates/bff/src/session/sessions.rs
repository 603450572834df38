//! All sessions: finding one in a cookie, keeping its tokens alive, ending it.
//!
//! The browser carries the session; what one process remembers beside that is short, bounded, and only ever makes an
//! answer better: that a session has ended, which tokens are newest, when a token was last seen alive. After a restart
//! LinkedIn is asked once more, and nobody is signed out.

use std::sync::Arc;
use std::time::Duration;

use lapel_wire::{Kind, Revocation, SignedOutReason};
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use super::lifetimes::{Lifetimes, seconds};
use super::pending;
use super::refresh::{self, NoTokens, Provider, Slot};
use super::rotation::{Need, Outcome};
use super::seal::KeyRing;
use super::{Found, Held, Session};
use crate::clock::Clock;
use crate::linkedin::{Grant, Identity, LinkedIn, RefreshError, Standing};
use crate::secret::State;

/// How long a finished refresh is remembered for browsers that did not get its answer, by the machine's clock.
const REMEMBERED: Duration = Duration::from_hours(1);

/// Sessions of which something is remembered at most; beyond that the ones longest unused are forgotten.
const MOST_REMEMBERED: u64 = 20_000;

/// Ends that are remembered at most. An id is 12 bytes.
const MOST_ENDED: u64 = 500_000;

/// Seconds before userinfo, or a token's standing, is asked for again after no answer came.
const PAUSE_SECONDS: i64 = 60;

/// All sessions of this process. Cheap to clone.
#[derive(Clone)]
pub struct Sessions(Arc<Inner>);

struct Inner {
    keys: KeyRing,
    lifetimes: Lifetimes,
    clock: Clock,
    linkedin: Arc<LinkedIn>,
    slots: Cache<String, Slot>,
    ended: Cache<String, SignedOutReason>,
    /// Sessions that a later sign-in of the same browser replaced: alive, but never set again.
    replaced: Cache<String, ()>,
    asked: Cache<String, Asked>,
    /// Sessions of browsers that went to LinkedIn, by the sign-in that they began: at the way back the browser does not
    /// show its `SameSite=Strict` cookie.
    leaving: Cache<String, Session>,
}

/// What LinkedIn was asked about a session, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    /// When the token was last seen alive.
    proven: Option<i64>,
    /// When that was last asked.
    standing: Option<i64>,
    /// When userinfo was last asked for what is missing.
    userinfo: Option<i64>,
}

/// What became of the session that a browser had before a sign-in, and its id.
#[derive(Debug)]
pub(crate) enum Replaced {
    /// It was the same member's, and lives on until its answers under way are done.
    SameMember,
    /// It was another member's, and has ended.
    OtherMember(String),
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
    /// No session is known yet.
    pub fn new(keys: KeyRing, lifetimes: Lifetimes, linkedin: Arc<LinkedIn>, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            keys,
            lifetimes,
            clock,
            linkedin,
            slots: memory(MOST_REMEMBERED, REMEMBERED),
            // As long as a stolen cookie might be shown.
            ended: memory(MOST_ENDED, lifetimes.absolute),
            replaced: memory(MOST_REMEMBERED, REMEMBERED),
            asked: memory(MOST_REMEMBERED, lifetimes.validate_every.max(REMEMBERED)),
            leaving: memory(
                MOST_REMEMBERED,
                Duration::from_secs(pending::LIFETIME_SECONDS.unsigned_abs()),
            ),
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

    /// Finds the session in a sealed envelope, in the newest version that is known.
    pub fn find(&self, envelope: &str) -> Found {
        let carried = match Session::unseal(envelope, &self.0.keys) {
            Ok(carried) => carried,
            Err(why) => return Found::Unreadable(why),
        };
        if let Some(reason) = self.0.ended.get(&carried.id) {
            return Found::Ended(carried, reason);
        }
        let held = Held::new(self.newest(&carried), &carried);
        if self.0.lifetimes.end(&held.session) <= self.now() {
            return Found::Expired(held.session);
        }
        Found::Alive(held)
    }

    /// Opens a session for a member who has just signed in.
    pub fn open(&self, identity: Identity, grant: Grant) -> Session {
        Session::begin(identity, grant, self.now())
    }

    /// Notes that the member did something; being asked who is signed in is not that.
    pub fn used(&self, held: &mut Held) {
        let now = self.now();
        if self.0.lifetimes.worth_noting(&held.session, now) {
            held.session.used_at = now;
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
        if session
            .tokens
            .access_lasts(self.now(), super::rotation::MARGIN_SECONDS)
        {
            return Ok(session.clone());
        }
        self.obtain(session, None).await
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
        match self.obtain(session, Some(session.generation)).await {
            Err(NoToken::Ended(SignedOutReason::Revoked)) => {
                let reason = match refusal {
                    TokenRefusal::Expired => SignedOutReason::Expired,
                    TokenRefusal::Revoked => SignedOutReason::Revoked,
                };
                self.end(session, reason);
                Err(NoToken::Ended(reason))
            }
            outcome => outcome,
        }
    }

    /// Notes that LinkedIn took the session's token: as good a proof as introspection (LinkedIn reference §11.1,
    /// practice 5).
    pub fn proven(&self, session: &Session) {
        let now = self.now();
        self.note(session, |asked| asked.proven = Some(now));
    }

    /// Makes sure, now and then, that the session's token is alive, and that the member's profile is complete. Without an
    /// answer the session is believed.
    ///
    /// # Errors
    /// Why the session has ended.
    pub async fn checked(&self, mut held: Held) -> Result<Held, SignedOutReason> {
        if self.is_due(&held.session) {
            match self.check(&held.session).await {
                Ok(session) => held.session = session,
                Err(NoToken::Ended(reason)) => return Err(reason),
                Err(NoToken::CouldNotAsk { .. }) => {}
            }
        }
        if !held.session.identity.complete {
            self.complete(&mut held.session).await;
        }
        Ok(held)
    }

    /// Ends a session for the member, and its tokens at LinkedIn as far as LinkedIn lets us.
    pub async fn sign_out(&self, session: &Session) -> Revocation {
        self.end(session, SignedOutReason::NoSession);
        // After the end no answer makes a newer one: it is given back by whoever receives it.
        let newest = self.newest(session);
        if newest.tokens.end().is_some_and(|end| end <= self.now()) {
            return Revocation::NothingToRevoke;
        }
        // On a task of its own, so that a browser that leaves at once does not stop it.
        let linkedin = Arc::clone(&self.0.linkedin);
        tokio::spawn(async move {
            linkedin
                .revoke(&newest.tokens.access, newest.tokens.refresh.as_ref())
                .await
        })
        .await
        .unwrap_or(Revocation::NotConfirmed)
    }

    /// Remembers which session a browser has that goes to LinkedIn for another sign-in.
    pub(crate) fn leaves(&self, state: &State, session: Session) {
        self.0.leaving.insert(pending::label(state), session);
    }

    /// What becomes of the session that the browser had before this sign-in: a session of the same member lives on until
    /// its answers under way are done, and is never set again; another member's is ended, tokens and all. Whether it was
    /// another member's.
    pub(crate) fn replace(&self, state: &State, by: &Session) -> Option<Replaced> {
        let before = self.0.leaving.remove(&pending::label(state))?;
        self.0.replaced.insert(before.id.clone(), ());
        if before.identity.member.id == by.identity.member.id {
            return Some(Replaced::SameMember);
        }
        let id = before.id.clone();
        let sessions = self.clone();
        tokio::spawn(async move { sessions.sign_out(&before).await });
        Some(Replaced::OtherMember(id))
    }

    fn now(&self) -> i64 {
        self.0.clock.now_seconds()
    }

    fn newest(&self, session: &Session) -> Session {
        let known = self.0.slots.get(&session.id);
        let newest = known.map_or_else(
            || session.clone(),
            |slot| slot.look(|rotation| rotation.newest(session).clone()),
        );
        Session {
            used_at: newest.used_at.max(session.used_at),
            ..newest
        }
    }

    fn slot(&self, id: &str) -> Slot {
        self.0.slots.get_with(id.to_owned(), || {
            let slot = Slot::default();
            if let Some(reason) = self.0.ended.get(id) {
                slot.change(|rotation| rotation.end(reason));
            }
            slot
        })
    }

    fn end(&self, session: &Session, reason: SignedOutReason) {
        // First the long memory, then the slot: whoever makes a new slot in between finds it there.
        let reason = self.0.ended.get_with(session.id.clone(), || reason);
        self.slot(&session.id)
            .change(|rotation| rotation.end(reason));
        tracing::info!(session.id = session.id, reason = ?reason, "a session ended");
    }

    async fn obtain(&self, session: &Session, refused: Option<u32>) -> Result<Session, NoToken> {
        let need = Need {
            carried: session.clone(),
            refused,
        };
        let slot = self.slot(&session.id);
        match slot.usable(need, self, &self.0.clock).await {
            Ok(newer) => Ok(Session {
                used_at: newer.used_at.max(session.used_at),
                ..newer
            }),
            Err(NoTokens::Unanswered(unanswered)) => Err(NoToken::CouldNotAsk {
                kind: unanswered.kind,
                retry_seconds: unanswered.seconds,
            }),
            Err(NoTokens::Ended(reason)) => {
                if slot.look(|rotation| rotation.ended().is_some()) {
                    self.end(session, reason);
                }
                Err(NoToken::Ended(reason))
            }
        }
    }

    fn note(&self, session: &Session, with: impl FnOnce(&mut Asked)) {
        let mut asked = self.asked(session);
        with(&mut asked);
        self.0.asked.insert(session.id.clone(), asked);
    }

    fn asked(&self, session: &Session) -> Asked {
        self.0.asked.get(&session.id).unwrap_or_default()
    }

    /// Whether the last proof of life is older than the operator wants, and nobody has asked just now.
    fn is_due(&self, session: &Session) -> bool {
        let every = self.0.lifetimes.validate_every;
        let asked = self.asked(session);
        let proven = asked.proven.unwrap_or(i64::MIN);
        let proven_at = proven.max(session.tokens.issued_at);
        !every.is_zero()
            && self.now().saturating_sub(proven_at) >= seconds(every)
            && self.may_ask_again(asked.standing)
    }

    fn may_ask_again(&self, asked_at: Option<i64>) -> bool {
        asked_at.is_none_or(|at| self.now().saturating_sub(at) >= PAUSE_SECONDS)
    }

    async fn check(&self, session: &Session) -> Result<Session, NoToken> {
        let now = self.now();
        self.note(session, |asked| asked.standing = Some(now));
        let session = self.usable(session).await?;
        match self.0.linkedin.introspect(&session.tokens.access).await {
            Ok(Standing::Alive) => {
                self.proven(&session);
                Ok(session)
            }
            Ok(Standing::Expired) => self.after_refusal(&session, TokenRefusal::Expired).await,
            Ok(Standing::Revoked) => self.after_refusal(&session, TokenRefusal::Revoked).await,
            Err(error) => {
                tracing::warn!(session.id = session.id, error = %error, "whether a token is alive is not known");
                Ok(session)
            }
        }
    }

    /// Asks userinfo for what the id_token did not tell.
    async fn complete(&self, session: &mut Session) {
        if !self.may_ask_again(self.asked(session).userinfo) {
            return;
        }
        let now = self.now();
        self.note(session, |asked| asked.userinfo = Some(now));
        match self.0.linkedin.userinfo(&session.tokens.access).await {
            Ok(member) if member.id == session.identity.member.id => {
                let identity = Identity {
                    member,
                    complete: true,
                };
                let slot = self.slot(&session.id);
                slot.change(|rotation| rotation.identified(session, identity));
                *session = self.newest(session);
                self.proven(session);
            }
            Ok(_) => {
                tracing::warn!(session.id = session.id, "userinfo speaks of another member");
            }
            Err(error) => {
                tracing::info!(session.id = session.id, error = %error, "userinfo is still missing");
            }
        }
    }
}

impl Provider for Sessions {
    async fn refresh(&self, session: &Session) -> Outcome {
        let Some(token) = session.tokens.refresh_at(self.now()) else {
            return Outcome::Refused;
        };
        let asked = refresh::in_time(async {
            match self.0.linkedin.refresh(token, &session.scopes).await {
                Ok(grant) => Outcome::Granted(grant),
                Err(error) => {
                    tracing::warn!(session.id = session.id, error = %error, "a refresh brought no token");
                    match error {
                        RefreshError::Ended(_) => Outcome::Refused,
                        RefreshError::NoAnswer(failure) => Outcome::Unanswered(failure.kind()),
                        RefreshError::ClientRefused(_) => Outcome::Unanswered(Kind::NotConfigured),
                        RefreshError::NotUnderstood(_) => Outcome::Unanswered(Kind::Contract),
                    }
                }
            }
        });
        asked.await
    }

    async fn give_back(&self, session: &Session) {
        self.0
            .linkedin
            .revoke(&session.tokens.access, session.tokens.refresh.as_ref())
            .await;
    }

    fn detach(work: impl Future<Output = ()> + Send + 'static) {
        tokio::spawn(work);
    }
}

/// A bounded memory that forgets what has not been touched for longest.
fn memory<V: Clone + Send + Sync + 'static>(most: u64, kept: Duration) -> Cache<String, V> {
    Cache::builder()
        .max_capacity(most)
        .time_to_live(kept)
        .eviction_policy(EvictionPolicy::lru())
        .build()
}

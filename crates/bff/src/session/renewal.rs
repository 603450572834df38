//! How a session gets new tokens: from LinkedIn, or from the instance that has just asked it.
//!
//! Without a store this process is the only one to ask. With one, whoever has the session's lease asks, and shows what
//! came of it to the others before it gives the lease back.

use std::time::Duration;

use lapel_wire::{Kind, SignedOutReason};

use super::Session;
use super::refresh::{self, Provider};
use super::rotation::Outcome;
use super::sessions::Sessions;
use super::store::{Known, Lease, Published, Store, StoreDown};
use super::turns::{Instance, told, turn};
use crate::linkedin::{Identity, RefreshError};

/// How often an instance looks whether another one's refresh is done.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// How long an instance waits for another one's refresh. Longer than LinkedIn is given for it.
const LONGEST_WAITING: Duration = Duration::from_secs(20);

/// How often a change is tried on top of what came first. More than there are kinds of change.
const MOST_TRIES: u8 = 5;

/// Pause before the store is told again what it could not be told.
const TELL_AGAIN: Duration = Duration::from_secs(1);

/// How often the store is told again; an outage of five minutes is survived.
const MOST_TELLINGS: u16 = 300;

impl Provider for Sessions {
    async fn refresh(&self, session: &Session) -> Outcome {
        match &self.0.store {
            None => self.ask(session).await,
            Some(store) => self
                .ask_for_all(store, session)
                .await
                .unwrap_or(Outcome::Unanswered(Kind::Unreachable)),
        }
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

impl Sessions {
    /// Asks LinkedIn for new tokens.
    async fn ask(&self, session: &Session) -> Outcome {
        let Some(token) = session.tokens.refresh_at(self.now()) else {
            return Outcome::Refused;
        };
        let asked = refresh::in_time(async {
            let member = &session.identity.member.id;
            let linkedin = &self.0.linkedin;
            match linkedin.refresh(token, member, &session.scopes).await {
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

    /// Asks LinkedIn in the place of all instances, or hears what another one was told.
    async fn ask_for_all(&self, store: &Store, session: &Session) -> Result<Outcome, StoreDown> {
        let instance = Sharing {
            sessions: self,
            store,
        };
        match tokio::time::timeout(LONGEST_WAITING, turn(&instance, session)).await {
            Ok(turn) => Ok(turn?.taken(&instance, session).await),
            Err(_) => Ok(Outcome::Unanswered(Kind::LinkedinDown)),
        }
    }

    async fn ask_and_tell(&self, store: &Store, session: &Session) -> Outcome {
        // Another instance may have kept this one waiting; lives count from the question.
        let asked_at = self.now();
        match self.ask(session).await {
            Outcome::Granted(grant) => {
                let renewed = self.publish(store, self.newest(session), |before| {
                    before.refreshed(grant.clone(), asked_at)
                });
                Outcome::Renewed(Box::new(renewed.await))
            }
            Outcome::Refused => {
                self.tell_end(session, SignedOutReason::Revoked).await;
                Outcome::Refused
            }
            outcome @ (Outcome::Renewed(_) | Outcome::Unanswered(_)) => outcome,
        }
    }

    /// Notes what userinfo says of the member, for every instance.
    pub(super) async fn identified(&self, session: &Session, identity: Identity) {
        let slot = self.slot(&session.id);
        let Some(store) = &self.0.store else {
            slot.change(|rotation| rotation.identified(session, identity));
            return;
        };
        let version = self.publish(store, self.newest(session), |before| {
            before.identified(identity.clone())
        });
        let version = Box::new(version.await);
        slot.change(|rotation| rotation.learn(version));
    }

    /// Makes a change on top of the newest version that any instance knows; the version that came of it. Where the store
    /// cannot be asked, the change is good here and told later. Where the session has ended, it has ended here too.
    async fn publish(
        &self,
        store: &Store,
        before: Session,
        change: impl Fn(&Session) -> Session,
    ) -> Session {
        let mut version = change(&before);
        for _ in 0..MOST_TRIES {
            match store.publish(&version).await {
                Ok(Published::Behind(Some(newer))) => version = change(&newer),
                Ok(Published::Behind(None) | Published::Stored) => return version,
                Ok(Published::Ended(reason)) => {
                    self.end_here(&version, reason);
                    return version;
                }
                Err(StoreDown) => {
                    let (store, late) = (store.clone(), version.clone());
                    tell_until_heard(move || {
                        let (store, late) = (store.clone(), late.clone());
                        async move { store.publish(&late).await.map(drop) }
                    });
                    return version;
                }
            }
        }
        version
    }

    /// Notes what the instances know of a session.
    pub(super) fn learn(&self, carried: &Session, known: &Known) {
        if let Some(reason) = known.ended {
            self.end_here(carried, reason);
        }
        self.learn_version(carried, known.newest.as_ref());
    }

    pub(super) fn learn_version(&self, carried: &Session, version: Option<&Session>) {
        if let Some(version) = version.filter(|it| it.generation > self.newest(carried).generation)
        {
            let version = Box::new(version.clone());
            self.slot(&carried.id)
                .change(|rotation| rotation.learn(version));
        }
    }
}

/// These sessions as one instance among those that share a store.
struct Sharing<'a> {
    sessions: &'a Sessions,
    store: &'a Store,
}

impl Instance for Sharing<'_> {
    type Lease = Lease;

    async fn lease(&self, session: &Session) -> Result<Option<Lease>, StoreDown> {
        self.store.lease(&session.id).await
    }

    async fn release(&self, lease: Lease) {
        lease.release().await;
    }

    async fn heard(&self, session: &Session) -> Result<Option<Outcome>, StoreDown> {
        let known = self.store.known(session).await?;
        self.sessions.learn(session, &known);
        Ok(match known.ended {
            Some(_) => Some(Outcome::Refused),
            None => told(known.newest, session),
        })
    }

    async fn ask_and_tell(&self, lease: &Lease, session: &Session) -> Outcome {
        lease
            .while_doing(self.sessions.ask_and_tell(self.store, session))
            .await
    }

    async fn pause(&self) {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Tells the store something on a task of its own, again and again until it hears or the matter is old.
pub(super) fn tell_until_heard<F>(tell: impl Fn() -> F + Send + 'static)
where
    F: Future<Output = Result<(), StoreDown>> + Send,
{
    tokio::spawn(async move {
        for _ in 0..MOST_TELLINGS {
            tokio::time::sleep(TELL_AGAIN).await;
            if tell().await.is_ok() {
                return;
            }
        }
        tracing::warn!("the store was not told what became of a session");
    });
}

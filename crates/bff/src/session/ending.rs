//! The end of a session: here, on every instance, in every browser of its member, and at LinkedIn.

use std::sync::Arc;
use std::time::Duration;

use lapel_wire::{Reach, Revocation, SignOutReport, SignedOutReason};
use tokio::time::{Instant, timeout_at};

use super::Session;
use super::renewal::tell_until_heard;
use super::sessions::Sessions;
use super::store::StoreDown;

/// How long a member waits for a sign-out at most, whatever the store and LinkedIn do.
pub(crate) const LONGEST_SIGN_OUT: Duration = Duration::from_secs(2);

/// Why a member's sessions were not all ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEverywhere {
    /// Only a store knows of sessions in other browsers.
    #[error("there is no store of sessions")]
    NoStore,
    /// The store did not answer.
    #[error(transparent)]
    Down(#[from] StoreDown),
}

impl Sessions {
    /// Ends a session for the member, and its tokens at LinkedIn as far as LinkedIn lets us until then. What LinkedIn was
    /// asked it goes on being asked.
    pub async fn sign_out(&self, session: &Session, until: Instant) -> SignOutReport {
        self.end_here(session, SignedOutReason::NoSession);
        // First the store, for another instance may have newer tokens, which are the ones to end.
        let told = self.tell_end(session, SignedOutReason::NoSession).await;
        let revocation = in_time(until, self.revoke(session)).await;
        self.report(revocation, told)
    }

    /// Ends a session while the store is down, as [`Sessions::sign_out`] does, without waiting for the one before the
    /// other: the whole sign-out stays within its two seconds.
    pub(crate) async fn sign_out_alone(&self, session: &Session, until: Instant) -> SignOutReport {
        self.end_here(session, SignedOutReason::NoSession);
        let (told, revocation) = tokio::join!(
            self.tell_end(session, SignedOutReason::NoSession),
            in_time(until, self.revoke(session))
        );
        self.report(revocation, told)
    }

    fn report(&self, revocation: Revocation, told: bool) -> SignOutReport {
        let reach = match (&self.0.store, told) {
            (None, _) => Reach::ThisInstance,
            (Some(_), true) => Reach::EveryInstance,
            (Some(_), false) => Reach::NotConfirmed,
        };
        SignOutReport { revocation, reach }
    }

    /// Ends every session of the member, and this one's tokens at LinkedIn; those of the others are only in their
    /// browsers.
    ///
    /// # Errors
    /// [`NotEverywhere`]; then no session has ended.
    pub async fn sign_out_everywhere(
        &self,
        session: &Session,
        until: Instant,
    ) -> Result<SignOutReport, NotEverywhere> {
        let store = self.0.store.as_ref().ok_or(NotEverywhere::NoStore)?;
        let opened_until = self.now().max(session.opened_at);
        let member = &session.identity.member.id;
        store.end_all(member, opened_until).await?;
        let report = self.sign_out(session, until).await;
        Ok(SignOutReport {
            reach: Reach::AllSessions,
            ..report
        })
    }

    /// Whether all of a member's sessions can be ended.
    pub(crate) fn reach_everywhere(&self) -> bool {
        self.0.store.is_some()
    }

    /// Asks LinkedIn to end an ended session's tokens; on a task of its own, so that a browser that leaves at once does
    /// not stop it. After the end no answer makes newer tokens: whoever receives some gives them back.
    pub(super) fn revoke(&self, session: &Session) -> impl Future<Output = Revocation> + use<> {
        let newest = self.newest(session);
        let over = newest.tokens.end().is_some_and(|end| end <= self.now());
        let linkedin = Arc::clone(&self.0.linkedin);
        let asking = (!over).then(|| {
            tokio::spawn(async move {
                linkedin
                    .revoke(&newest.tokens.access, newest.tokens.refresh.as_ref())
                    .await
            })
        });
        async {
            match asking {
                None => Revocation::NothingToRevoke,
                Some(asking) => asking.await.unwrap_or(Revocation::NotConfirmed),
            }
        }
    }

    /// Ends a session whose new tokens are too long for cookies, and gives them back: its browser carries older ones, which
    /// may be worth nothing any more. The next answer says that only a sign-in helps.
    pub(crate) fn outgrown(&self, session: &Session) {
        tracing::error!(
            session.id = session.id,
            "a refreshed session is too long for cookies, and ends"
        );
        self.end(session, SignedOutReason::Unreadable);
        drop(self.revoke(session));
    }

    /// Ends a session on every instance; the reason that counts, which is the first one.
    pub(super) fn end(&self, session: &Session, reason: SignedOutReason) -> SignedOutReason {
        let (fresh, reason) = self.end_here(session, reason);
        if fresh && self.0.store.is_some() {
            let (this, session) = (self.clone(), session.clone());
            tokio::spawn(async move { this.tell_end(&session, reason).await });
        }
        reason
    }

    /// Ends a session as far as this process is concerned; whether it had not ended before, and the reason that counts.
    pub(super) fn end_here(
        &self,
        session: &Session,
        reason: SignedOutReason,
    ) -> (bool, SignedOutReason) {
        // First the long memory, then the slot: whoever makes a new slot in between finds it there.
        let entry = self.0.ended.entry_by_ref(&session.id).or_insert(reason);
        let (fresh, reason) = (entry.is_fresh(), entry.into_value());
        self.slot(&session.id)
            .change(|rotation| rotation.end(reason));
        if fresh {
            let reason_told = match reason {
                SignedOutReason::NoSession => "signed_out",
                SignedOutReason::Expired => "expired",
                SignedOutReason::Revoked => "revoked",
                SignedOutReason::Unreadable => "too_long",
            };
            tracing::info!(
                session.id = session.id,
                reason = reason_told,
                "a session ended"
            );
        }
        (fresh, reason)
    }

    /// Tells the other instances that a session has ended, later where the store cannot be asked now; whether they know.
    pub(super) async fn tell_end(&self, session: &Session, reason: SignedOutReason) -> bool {
        let Some(store) = &self.0.store else {
            return false;
        };
        if let Ok(newest) = store.end(session, reason).await {
            self.learn_version(session, newest.as_ref());
            return true;
        }
        let (store, session) = (store.clone(), session.clone());
        tell_until_heard(move || {
            let (store, session) = (store.clone(), session.clone());
            async move { store.end(&session, reason).await.map(drop) }
        });
        false
    }
}

/// What LinkedIn says of its tokens until then.
async fn in_time(until: Instant, asked: impl Future<Output = Revocation>) -> Revocation {
    let answer = timeout_at(until, asked).await;
    answer.unwrap_or(Revocation::NotConfirmed)
}

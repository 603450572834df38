//! Whether a session's token is alive and its member's profile whole, asked now and then.

use std::time::Duration;

use lapel_wire::SignedOutReason;
use moka::Entry;

use super::lifetimes::seconds;
use super::sessions::{NoToken, Sessions, TokenRefusal};
use super::{Held, Session};
use crate::linkedin::{Identity, Standing, UserinfoError};

/// Seconds before userinfo, or a token's standing, is asked for again after no answer came.
const PAUSE_SECONDS: i64 = 60;

/// Seconds before userinfo is asked for again after it refused: what it lacks is for the operator to give.
const REFUSED_PAUSE_SECONDS: i64 = 60 * 60;

/// How long the question who is signed in waits for LinkedIn at most: the page gives up after ten seconds, and a LinkedIn
/// that hangs must not look like a BFF that does.
const LONGEST_CHECK: Duration = Duration::from_secs(4);

/// What LinkedIn was asked about a session, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// When the token was last seen alive.
    proven: Option<i64>,
    /// When that was last asked.
    standing: Option<i64>,
    /// When userinfo was last asked for what is missing.
    userinfo: Option<i64>,
    /// Whether it said "no". Asking again each minute would not change that.
    refused: bool,
}

impl Sessions {
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
    pub async fn checked(&self, held: Held) -> Result<Held, SignedOutReason> {
        if held.session.identity.complete && !self.is_due(&held.session) {
            return Ok(held);
        }
        // What takes longer goes on by itself, as far as it matters to others.
        let checked = tokio::time::timeout(LONGEST_CHECK, self.check_now(held.clone())).await;
        let held = checked.unwrap_or(Ok(held))?;
        // A sign-out may have come while LinkedIn was asked.
        match self.0.ended.get(&held.session.id) {
            Some(reason) => Err(reason),
            None => Ok(held),
        }
    }

    async fn check_now(&self, mut held: Held) -> Result<Held, SignedOutReason> {
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

    /// Whether [`checked`](Self::checked) would ask LinkedIn.
    pub(crate) fn check_is_due(&self, held: &Held) -> bool {
        let session = &held.session;
        let incomplete = !session.identity.complete;
        self.is_due(session) || incomplete && self.may_ask_userinfo(session)
    }

    fn note(&self, session: &Session, with: impl FnOnce(&mut Asked)) {
        let entry = self.0.asked.entry(session.id.clone());
        entry.and_upsert_with(|known| {
            let mut asked = known.map(Entry::into_value).unwrap_or_default();
            with(&mut asked);
            asked
        });
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
            && self.may_ask_again(asked.standing, PAUSE_SECONDS)
    }

    fn may_ask_again(&self, asked_at: Option<i64>, pause: i64) -> bool {
        // A clock that went back ends the pause, rather than stretching it by as much.
        asked_at.is_none_or(|at| !(0..pause).contains(&self.now().saturating_sub(at)))
    }

    /// Whether userinfo can be asked, and has not been asked just now.
    fn may_ask_userinfo(&self, session: &Session) -> bool {
        let asked = self.asked(session);
        let pause = if asked.refused {
            REFUSED_PAUSE_SECONDS
        } else {
            PAUSE_SECONDS
        };
        session.tokens.access_lasts(self.now(), 0) && self.may_ask_again(asked.userinfo, pause)
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
        if !self.may_ask_userinfo(session) {
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
                self.identified(session, identity).await;
                *session = self.newest(session);
                self.proven(session);
            }
            Ok(_) => {
                self.note(session, |asked| asked.refused = true);
                tracing::warn!(session.id = session.id, "userinfo speaks of another member");
            }
            Err(error) => {
                let refused = matches!(
                    error,
                    UserinfoError::NotPermitted | UserinfoError::Refused(_)
                );
                self.note(session, |asked| asked.refused = refused);
                tracing::info!(session.id = session.id, error = %error, "userinfo is still missing");
            }
        }
    }
}

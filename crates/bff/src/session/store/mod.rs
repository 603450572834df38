//! What instances tell each other of a session: that it has ended, that all of a member's have, which version is newest,
//! and who is asking LinkedIn for the next; and of a sign-in, that its answer was taken. Kept in Redis or Valkey, where the operator names one.
//!
//! The store never sees a token: a session in it is sealed with the key ring, for this purpose alone. It holds no
//! session that a browser does not carry; what is lost with it is what it knew of ends and of finished refreshes.

mod lease;
mod redis;
mod scripts;

use std::sync::Arc;
use std::time::Duration;

use ::redis::{Script, pipe};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_wire::SignedOutReason;

use self::redis::Redis;
use super::Session;
use super::pending::SPENT_KEPT;
use super::seal::{KeyRing, Purpose};
use super::sessions::REMEMBERED;
use crate::config;

pub(super) use lease::Lease;

/// Before every key, with the version of what is behind it.
const PREFIX: &str = "lapel:1:";

/// The store could not be asked. It says nothing about any session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the store of sessions cannot be asked")]
pub struct StoreDown;

/// A store. Cheap to clone.
#[derive(Clone)]
pub(super) struct Store(Arc<Inner>);

struct Inner {
    redis: Redis,
    keys: KeyRing,
    /// Whose members they are: another provider's may have the same identifiers. Empty for LinkedIn's.
    issuer: String,
    /// How long an end is remembered: as long as a stolen cookie might be shown.
    longest_life: Duration,
    lease: Duration,
}

/// What the instances know of a session.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Why it has ended, if it has.
    pub(super) ended: Option<SignedOutReason>,
    /// A version that came of a refresh, perhaps another instance's.
    pub(super) newest: Option<Session>,
}

/// What became of a newer version of a session.
#[derive(Debug)]
pub(super) enum Published {
    /// Every instance sees it.
    Stored,
    /// The session has ended in the meantime.
    Ended(SignedOutReason),
    /// Another change came first. What is there, if the key ring opens it.
    Behind(Option<Box<Session>>),
}

impl Store {
    pub(super) fn new(
        config: &config::Store,
        keys: KeyRing,
        issuer: Option<&str>,
        longest_life: Duration,
    ) -> Self {
        Self(Arc::new(Inner {
            redis: Redis::new(config.client.clone(), config.deadline),
            keys,
            issuer: issuer.unwrap_or_default().to_owned(),
            longest_life,
            lease: config.lease,
        }))
    }

    /// What the instances know of a session, in one round trip.
    pub(super) async fn known(&self, session: &Session) -> Result<Known, StoreDown> {
        let mut read = pipe();
        read.cmd("MGET")
            .arg(ended_key(&session.id))
            .arg(self.member_key(&session.identity.member.id))
            .arg(newest_key(&session.id))
            // An hour from the last look, as in a process's own memory.
            .cmd("PEXPIRE")
            .arg(newest_key(&session.id))
            .arg(milliseconds(REMEMBERED))
            .ignore();
        let ((ended, all, newest),): ((Option<String>, Option<i64>, Option<String>),) =
            self.0.redis.commands(&read).await?;
        let with_all = all.filter(|at| session.opened_at <= *at);
        Ok(Known {
            ended: ended
                .map(|reason| reason_of(&reason))
                .or(with_all.map(|_| SignedOutReason::NoSession)),
            newest: newest.and_then(|text| self.open(&text, session)),
        })
    }

    /// Ends a session on every instance; the newest version of it, whose tokens are the ones to end at LinkedIn. What was
    /// said first about why stays.
    pub(super) async fn end(
        &self,
        session: &Session,
        reason: SignedOutReason,
    ) -> Result<Option<Session>, StoreDown> {
        let mut end = pipe();
        // One step, so that a refresh that ends meanwhile either is seen here or sees the end.
        end.atomic()
            .cmd("SET")
            .arg(ended_key(&session.id))
            .arg(word_for(reason))
            .arg("NX")
            .arg("PX")
            .arg(milliseconds(self.0.longest_life))
            .ignore()
            .get(newest_key(&session.id));
        let (newest,): (Option<String>,) = self.0.redis.commands(&end).await?;
        Ok(newest.and_then(|text| self.open(&text, session)))
    }

    /// Ends all of a member's sessions that were opened until then, in seconds since 1970.
    pub(super) async fn end_all(&self, member: &str, until: i64) -> Result<(), StoreDown> {
        let script = Script::new(scripts::END_ALL);
        let mut script = script.key(self.member_key(member));
        script.arg(until).arg(milliseconds(self.0.longest_life));
        self.0.redis.script::<String>(&script).await.map(drop)
    }

    /// Notes that an answer to a sign-in was taken, by the digest of its state; false where one was before, by whichever
    /// instance.
    pub(super) async fn spend(&self, digest: &str) -> Result<bool, StoreDown> {
        let mut spend = pipe();
        spend
            .cmd("SET")
            .arg(format!("{PREFIX}spent:{digest}"))
            .arg("1")
            .arg("NX")
            .arg("PX")
            .arg(milliseconds(SPENT_KEPT));
        let (first,): (Option<String>,) = self.0.redis.commands(&spend).await?;
        Ok(first.is_some())
    }

    /// Until when all of a member's sessions have ended, in seconds since 1970.
    pub(super) async fn all_ended(&self, member: &str) -> Result<Option<i64>, StoreDown> {
        let mut get = pipe();
        get.get(self.member_key(member));
        let (until,) = self.0.redis.commands(&get).await?;
        Ok(until)
    }

    /// Shows the other instances a newer version of a session.
    pub(super) async fn publish(&self, session: &Session) -> Result<Published, StoreDown> {
        let envelope = session.seal_for(Purpose::Newest, &self.0.keys);
        let script = Script::new(scripts::PUBLISH);
        let mut script = script.key(ended_key(&session.id));
        script
            .key(self.member_key(&session.identity.member.id))
            .key(newest_key(&session.id))
            .arg(session.opened_at)
            .arg(session.generation)
            .arg(format!("{}.{envelope}", session.generation))
            .arg(milliseconds(REMEMBERED));
        let (what, detail): (String, String) = self.0.redis.script(&script).await?;
        Ok(match what.as_str() {
            "ended" => Published::Ended(reason_of(&detail)),
            "behind" => Published::Behind(self.open(&detail, session).map(Box::new)),
            _ => Published::Stored,
        })
    }

    /// The member's identifier is hashed: whatever characters it has, and who reads the keys learns no identifier.
    fn member_key(&self, member: &str) -> String {
        // No issuer has a zero byte in it.
        let named = [self.0.issuer.as_bytes(), &[0], member.as_bytes()].concat();
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &named);
        format!("{PREFIX}member:{}", URL_SAFE_NO_PAD.encode(digest))
    }

    /// A version of this session, and of no other: who writes into the store cannot seal, but could put one where
    /// another belongs.
    fn open(&self, text: &str, session: &Session) -> Option<Session> {
        let (_, envelope) = text.split_once('.')?;
        match Session::unseal_for(Purpose::Newest, envelope, &self.0.keys) {
            Ok(opened) => (opened.id == session.id).then_some(opened),
            Err(error) => {
                tracing::warn!(session.id = session.id, error = %error, "a session in the store cannot be opened");
                None
            }
        }
    }
}

fn ended_key(id: &str) -> String {
    format!("{PREFIX}ended:{id}")
}

fn newest_key(id: &str) -> String {
    format!("{PREFIX}newest:{id}")
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

const fn word_for(reason: SignedOutReason) -> &'static str {
    match reason {
        SignedOutReason::NoSession => "no_session",
        SignedOutReason::Expired => "expired",
        SignedOutReason::Revoked => "revoked",
        SignedOutReason::Unreadable => "unreadable",
    }
}

/// A word that this version does not know still says that the session has ended.
fn reason_of(word: &str) -> SignedOutReason {
    [SignedOutReason::Expired, SignedOutReason::Revoked]
        .into_iter()
        .find(|reason| word_for(*reason) == word)
        .unwrap_or(SignedOutReason::NoSession)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn members_of_two_providers_are_two_members_in_one_store() {
        let config = config::Store::at("redis://127.0.0.1:1").expect("an address");
        let key = |issuer, member| {
            let keys = KeyRing::random();
            Store::new(&config, keys, issuer, Duration::from_hours(1)).member_key(member)
        };
        assert_eq!(key(None, "ada"), key(None, "ada"));
        let one = Some("https://one.example");
        let other = Some("https://other.example");
        assert_ne!(key(None, "ada"), key(one, "ada"));
        assert_ne!(key(other, "ada"), key(one, "ada"));
        assert_ne!(key(one, "ada"), key(one, "grace"));
    }
}

//! The session: who is signed in, with which tokens, until when. Opened here, sealed here, read here.

pub mod pending;
pub mod seal;

use lapel_wire::{Member, SignedIn};
use serde::{Deserialize, Serialize};

use crate::linkedin::{Grant, NotAsExpected};
use crate::secret::{AccessToken, RefreshToken, random_text};
use seal::{KeyRing, OpenError, Purpose};

/// A member's session. It lives in the browser's sealed cookie and nowhere else.
#[derive(Clone, Debug)]
pub struct Session {
    /// Names this session in the log. A new one at each sign-in, so that a session that was planted before is worthless.
    pub id: String,
    /// Who is signed in.
    pub member: Member,
    /// Permissions that LinkedIn granted.
    pub scopes: Vec<String>,
    /// Opens LinkedIn's API for the member.
    pub access_token: AccessToken,
    /// Brings a new access token, where LinkedIn gave one.
    pub refresh_token: Option<RefreshToken>,
    /// When the access token ends, in seconds since 1970. The session ends with it.
    pub expires_at: i64,
}

/// What a cookie turned out to be.
#[derive(Debug)]
pub enum Found {
    /// A session that is alive.
    Alive(Session),
    /// A session that reached its end.
    Expired(Session),
    /// Nothing that this ring can open.
    Unreadable(Unreadable),
}

/// Why a session's envelope is of no use.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Pieces of it are missing, or it is there more than once.
    #[error("the envelope is incomplete")]
    Incomplete,
    /// The envelope does not open.
    #[error(transparent)]
    Sealed(#[from] OpenError),
    /// It opens, and holds what this version does not understand.
    #[error("the envelope holds no session of this version: {0}")]
    Content(NotAsExpected),
}

impl Session {
    /// Opens a session for a member who has just signed in.
    pub fn begin(member: Member, grant: Grant, now: i64) -> Self {
        Self {
            id: random_text::<9>(),
            member,
            scopes: grant.scopes,
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            expires_at: now.saturating_add(grant.expires_in),
        }
    }

    /// Finds the session in a sealed envelope.
    pub fn find(envelope: &str, keys: &KeyRing, now: i64) -> Found {
        match Self::unseal(envelope, keys) {
            Err(why) => Found::Unreadable(why),
            Ok(session) if session.expires_at <= now => Found::Expired(session),
            Ok(session) => Found::Alive(session),
        }
    }

    /// The session as an envelope that only this key ring opens.
    pub(crate) fn seal(&self, keys: &KeyRing) -> String {
        let sealed = Sealed {
            id: &self.id,
            member: &self.member,
            scopes: &self.scopes,
            access_token: self.access_token.expose(),
            refresh_token: self.refresh_token.as_ref().map(RefreshToken::expose),
            expires_at: self.expires_at,
        };
        #[expect(
            clippy::expect_used,
            reason = "strings and numbers always have a JSON form"
        )]
        let plain = serde_json::to_vec(&sealed).expect("a session can be written");
        keys.seal(Purpose::Session, &plain)
    }

    /// Seconds until the session ends; zero once it has.
    pub fn remaining(&self, now: i64) -> u64 {
        u64::try_from(self.expires_at.saturating_sub(now)).unwrap_or(0)
    }

    /// Whether the member granted all of these.
    pub fn covers(&self, scopes: &[String]) -> bool {
        scopes.iter().all(|scope| self.scopes.contains(scope))
    }

    /// What the page may know of it.
    pub fn view(&self, now: i64) -> SignedIn {
        SignedIn {
            member: self.member.clone(),
            permissions: self.scopes.clone(),
            expires_in: self.remaining(now),
        }
    }

    fn unseal(envelope: &str, keys: &KeyRing) -> Result<Self, Unreadable> {
        let plain = keys.open(Purpose::Session, envelope)?;
        let Opened {
            id,
            member,
            scopes,
            access_token,
            refresh_token,
            expires_at,
        } = serde_json::from_slice(&plain)
            .map_err(|error| Unreadable::Content(NotAsExpected::at(&error)))?;
        Ok(Self {
            id,
            member,
            scopes,
            access_token,
            refresh_token,
            expires_at,
        })
    }
}

/// The envelope's content as it is written. The tokens are exposed here, inside the seal, and nowhere else.
#[derive(Serialize)]
struct Sealed<'a> {
    id: &'a str,
    member: &'a Member,
    scopes: &'a [String],
    access_token: &'a str,
    refresh_token: Option<&'a str>,
    expires_at: i64,
}

/// The envelope's content as it is read.
#[derive(Deserialize)]
struct Opened {
    id: String,
    member: Member,
    scopes: Vec<String>,
    access_token: AccessToken,
    refresh_token: Option<RefreshToken>,
    expires_at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(expires_in: i64) -> Session {
        let member = Member {
            id: "s".into(),
            name: "Ada".into(),
            picture: None,
            email: None,
        };
        let grant = Grant {
            access_token: AccessToken::new("AQXcanary"),
            refresh_token: Some(RefreshToken::new("AQTcanary")),
            expires_in,
            scopes: vec!["openid".into(), "profile".into()],
        };
        Session::begin(member, grant, 1000)
    }

    #[test]
    fn a_session_ends_on_the_second() {
        let keys = KeyRing::random();
        let sealed = session(60).seal(&keys);
        assert!(matches!(
            Session::find(&sealed, &keys, 1059),
            Found::Alive(_)
        ));
        assert!(matches!(
            Session::find(&sealed, &keys, 1060),
            Found::Expired(_)
        ));
        assert_eq!(session(60).remaining(1059), 1);
        assert_eq!(session(60).remaining(2000), 0);
    }

    #[test]
    fn a_sealed_session_shows_no_token_and_gives_it_back() {
        let keys = KeyRing::random();
        let sealed = session(60).seal(&keys);
        assert!(!sealed.contains("canary"));
        let Found::Alive(opened) = Session::find(&sealed, &keys, 1000) else {
            panic!("not alive")
        };
        assert_eq!(opened.access_token.expose(), "AQXcanary");
        assert_eq!(opened.refresh_token.expect("kept").expose(), "AQTcanary");
        assert!(!format!("{:?}", session(60)).contains("canary"));
    }

    #[test]
    fn two_sign_ins_never_share_an_id() {
        assert_ne!(session(60).id, session(60).id);
    }

    #[test]
    fn a_session_covers_what_was_granted_and_no_more() {
        assert!(session(60).covers(&["profile".to_owned()]));
        assert!(!session(60).covers(&["profile".to_owned(), "w_member_social".to_owned()]));
    }
}

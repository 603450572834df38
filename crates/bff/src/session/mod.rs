//! The session: who is signed in, with which tokens, until when. Opened here, sealed here, read here.

mod ending;
mod lifetimes;
pub mod pending;
mod refresh;
mod renewal;
mod rotation;
pub mod seal;
mod sessions;
mod standing;
mod store;
mod turns;

use lapel_wire::{Member, SignedIn, SignedOutReason};
use serde::{Deserialize, Serialize};

use crate::linkedin::{Grant, Identity, NotAsExpected};
use crate::secret::{AccessToken, RefreshToken, random_text};
pub(crate) use ending::LONGEST_SIGN_OUT;
pub use ending::NotEverywhere;
pub use lifetimes::Lifetimes;
use seal::{KeyRing, OpenError, Purpose};
pub(crate) use sessions::Replaced;
pub use sessions::{NoToken, Sessions, TokenRefusal};
pub use store::StoreDown;

/// A member's session. It lives in the browser's sealed cookie; a shared store has a sealed copy for a while after a
/// refresh.
#[derive(Clone, Debug)]
pub struct Session {
    /// Names this session in the log. A new one at each sign-in, so that a session that was planted before is worthless.
    pub id: String,
    /// Counts what became of this session since: of two envelopes of one session, the one with the higher number is
    /// newer, in whatever order answers arrive.
    pub generation: u32,
    /// Who is signed in.
    pub identity: Identity,
    /// Permissions that LinkedIn granted.
    pub scopes: Vec<String>,
    /// What opens LinkedIn's API for the member.
    pub tokens: Tokens,
    /// When the member signed in, in seconds since 1970.
    pub opened_at: i64,
    /// When the member last did something, in seconds since 1970; being asked who is signed in does not count.
    pub used_at: i64,
}

/// A member's tokens. Times are in seconds since 1970.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Opens LinkedIn's API.
    pub access: AccessToken,
    /// When LinkedIn gave the access token.
    pub issued_at: i64,
    /// When the access token ends.
    pub access_ends_at: i64,
    /// Brings a new access token, where LinkedIn gave one.
    pub refresh: Option<RefreshToken>,
    /// When the refresh token ends, where LinkedIn said so.
    pub refresh_ends_at: Option<i64>,
}

/// What a cookie turned out to be.
#[derive(Debug)]
pub enum Found {
    /// A session that is alive.
    Alive(Held),
    /// A session that reached its end.
    Expired(Session),
    /// A session that was ended before its time.
    Ended(Session, SignedOutReason),
    /// Nothing that this ring can open.
    Unreadable(Unreadable),
}

/// A session in the newest version that is known, and which version the browser carries.
#[derive(Clone, Debug)]
pub struct Held {
    /// The session.
    pub session: Session,
    /// Generation and last use of the version in the browser.
    carried: (u32, i64),
}

impl Held {
    fn new(session: Session, carried: &Session) -> Self {
        Self {
            session,
            carried: (carried.generation, carried.used_at),
        }
    }

    /// Whether the browser carries an older version than this.
    fn is_older_than(&self, newest: &Session) -> bool {
        let (generation, used_at) = self.carried;
        newest.generation > generation || newest.used_at > used_at
    }
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

impl Tokens {
    fn granted(grant: Grant, now: i64) -> Self {
        Self {
            access: grant.access_token,
            issued_at: now,
            access_ends_at: now.saturating_add(grant.expires_in),
            refresh_ends_at: grant
                .refresh_token
                .as_ref()
                .and(grant.refresh_expires_in)
                .map(|left| now.saturating_add(left)),
            refresh: grant.refresh_token,
        }
    }

    /// The tokens after a refresh. A refresh token that came back unchanged ends when it would have, or earlier, whatever
    /// the answer says: LinkedIn never extends it (LinkedIn reference §2). One that is new has a life of its own.
    fn refreshed(&self, grant: Grant, now: i64) -> Self {
        let fresh = Self::granted(grant, now);
        let same = match (&self.refresh, &fresh.refresh) {
            (Some(old), Some(new)) => old.expose() == new.expose(),
            (_, None) => true,
            (None, Some(_)) => false,
        };
        if !same {
            // Unless the answer says another end, the one that is known counts.
            return Self {
                refresh_ends_at: fresh.refresh_ends_at.or(self.refresh_ends_at),
                ..fresh
            };
        }
        let ends = [self.refresh_ends_at, fresh.refresh_ends_at];
        Self {
            refresh: self.refresh.clone(),
            refresh_ends_at: ends.into_iter().flatten().min(),
            ..fresh
        }
    }

    /// When nothing is left that opens LinkedIn's API; nothing where LinkedIn did not say.
    fn end(&self) -> Option<i64> {
        match &self.refresh {
            None => Some(self.access_ends_at),
            Some(_) => self.refresh_ends_at.map(|end| end.max(self.access_ends_at)),
        }
    }

    /// Whether the access token may be used for at least so many seconds more.
    pub(crate) fn access_lasts(&self, now: i64, seconds: i64) -> bool {
        self.access_ends_at > now.saturating_add(seconds)
    }

    /// The refresh token, where there is one that has not ended.
    pub(crate) fn refresh_at(&self, now: i64) -> Option<&RefreshToken> {
        self.refresh
            .as_ref()
            .filter(|_| self.refresh_ends_at.is_none_or(|end| end > now))
    }
}

impl Session {
    /// Opens a session for a member who has just signed in.
    pub fn begin(identity: Identity, grant: Grant, now: i64) -> Self {
        Self {
            id: random_text::<9>(),
            generation: 0,
            identity,
            scopes: grant.scopes.clone(),
            tokens: Tokens::granted(grant, now),
            opened_at: now,
            used_at: now,
        }
    }

    /// The session after a refresh. The permissions may be fewer than before (RFC 6749 §6).
    #[must_use]
    pub fn refreshed(&self, grant: Grant, now: i64) -> Self {
        Self {
            generation: self.generation.saturating_add(1),
            scopes: grant.scopes.clone(),
            tokens: self.tokens.refreshed(grant, now),
            ..self.clone()
        }
    }

    /// The session with the tokens and permissions of another version of it.
    fn with_tokens_of(&self, other: Self) -> Self {
        Self {
            generation: self.generation.saturating_add(1),
            scopes: other.scopes,
            tokens: other.tokens,
            ..self.clone()
        }
    }

    /// The session with what userinfo says of its member.
    fn identified(&self, identity: Identity) -> Self {
        Self {
            generation: self.generation.saturating_add(1),
            identity,
            ..self.clone()
        }
    }

    /// The session as an envelope that only this key ring opens, for the browser.
    ///
    /// # Panics
    /// Where the operating system gives no randomness.
    pub fn seal(&self, keys: &KeyRing) -> String {
        self.seal_for(Purpose::Session, keys)
    }

    fn seal_for(&self, purpose: Purpose, keys: &KeyRing) -> String {
        let sealed = Sealed {
            id: &self.id,
            generation: self.generation,
            member: &self.identity.member,
            complete: self.identity.complete,
            scopes: &self.scopes,
            access_token: self.tokens.access.expose(),
            issued_at: self.tokens.issued_at,
            expires_at: self.tokens.access_ends_at,
            refresh_token: self.tokens.refresh.as_ref().map(RefreshToken::expose),
            refresh_expires_at: self.tokens.refresh_ends_at,
            opened_at: self.opened_at,
            used_at: self.used_at,
        };
        #[expect(
            clippy::expect_used,
            reason = "strings and numbers always have a JSON form"
        )]
        let plain = serde_json::to_vec(&sealed).expect("a session can be written");
        keys.seal(purpose, &plain)
    }

    /// Whether the member granted all of these.
    pub fn covers(&self, scopes: &[String]) -> bool {
        scopes.iter().all(|scope| self.scopes.contains(scope))
    }

    /// What the page may know of it.
    pub fn view(&self, lifetimes: &Lifetimes, now: i64) -> SignedIn {
        SignedIn {
            member: self.identity.member.clone(),
            permissions: self.scopes.clone(),
            expires_in: lifetimes.remaining(self, now),
            ends_at: u64::try_from(lifetimes.end(self)).ok(),
        }
    }

    /// Opens an envelope that a browser brings.
    ///
    /// # Errors
    /// [`Unreadable`] for everything that [`Session::seal`] did not write with a key of this ring.
    pub fn unseal(envelope: &str, keys: &KeyRing) -> Result<Self, Unreadable> {
        Self::unseal_for(Purpose::Session, envelope, keys)
    }

    fn unseal_for(purpose: Purpose, envelope: &str, keys: &KeyRing) -> Result<Self, Unreadable> {
        let plain = keys.open(purpose, envelope)?;
        let opened: Content = serde_json::from_slice(&plain)
            .map_err(|error| Unreadable::Content(NotAsExpected::at(&error)))?;
        Ok(opened.into())
    }
}

/// The envelope's content as it is written. The tokens are exposed here, inside the seal, and nowhere else.
#[derive(Serialize)]
struct Sealed<'a> {
    id: &'a str,
    generation: u32,
    member: &'a Member,
    complete: bool,
    scopes: &'a [String],
    access_token: &'a str,
    issued_at: i64,
    expires_at: i64,
    refresh_token: Option<&'a str>,
    refresh_expires_at: Option<i64>,
    opened_at: i64,
    used_at: i64,
}

/// The envelope's content as it is read.
#[derive(Deserialize)]
struct Content {
    id: String,
    generation: u32,
    member: Member,
    complete: bool,
    scopes: Vec<String>,
    access_token: AccessToken,
    issued_at: i64,
    expires_at: i64,
    refresh_token: Option<RefreshToken>,
    refresh_expires_at: Option<i64>,
    opened_at: i64,
    used_at: i64,
}

impl From<Content> for Session {
    fn from(opened: Content) -> Self {
        Self {
            id: opened.id,
            generation: opened.generation,
            identity: Identity {
                member: opened.member,
                complete: opened.complete,
            },
            scopes: opened.scopes,
            tokens: Tokens {
                access: opened.access_token,
                issued_at: opened.issued_at,
                access_ends_at: opened.expires_at,
                refresh: opened.refresh_token,
                refresh_ends_at: opened.refresh_expires_at,
            },
            opened_at: opened.opened_at,
            used_at: opened.used_at,
        }
    }
}

#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

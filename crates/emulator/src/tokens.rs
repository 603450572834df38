//! The live tokens of a running emulator, for assertions; and the ways in which they end without the application's doing.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::grants::{EndedBy, LiveRef, Owner};
use crate::ledger::fingerprint;
use crate::linkedin::LinkedIn;

/// Handle to the tokens of a running emulator.
#[derive(Clone)]
pub struct Tokens(Arc<LinkedIn>);

/// A token that is neither expired nor revoked. Its value is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveToken {
    /// Access or refresh.
    pub kind: TokenKind,
    /// The application's `client_id`.
    pub client: String,
    /// The member's slug.
    pub member: String,
    /// The permissions it carries, sorted.
    pub scopes: Vec<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// The first digits of its hash, as the ledger shows them.
    pub fingerprint: String,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Opens the member APIs.
    Access,
    /// Gives new access tokens.
    Refresh,
}

impl Tokens {
    pub(crate) fn of(linkedin: &Arc<LinkedIn>) -> Self {
        Self(Arc::clone(linkedin))
    }

    /// Every live token: access tokens in the order of their issue, then refresh tokens.
    pub fn live(&self) -> Vec<LiveToken> {
        self.0.grants.live(self.0.clock.now(), LiveToken::of)
    }

    /// The live tokens of one member, whatever the application.
    pub fn live_of(&self, member: &str) -> Vec<LiveToken> {
        self.live()
            .into_iter()
            .filter(|token| token.member == member)
            .collect()
    }

    /// The member removes the application on LinkedIn's page of permitted services: all its tokens for that member end,
    /// and the next sign-in asks for consent again.
    pub fn remove_app(&self, member: &str, client_id: &str) {
        let owner = Owner {
            client: client_id.to_owned(),
            member: member.to_owned(),
        };
        self.0.grants.end_owner(&owner, EndedBy::Member);
    }

    /// LinkedIn revokes every token, as it may at any time.
    pub fn revoke_all(&self) {
        self.0.grants.end_all(EndedBy::LinkedIn);
    }
}

impl LiveToken {
    fn of(token: LiveRef<'_>) -> Self {
        let (kind, value, consent, issued_at, expires_at) = match token {
            LiveRef::Access(value, token) => (
                TokenKind::Access,
                value,
                &token.consent,
                token.created_at,
                token.expires_at,
            ),
            LiveRef::Refresh(value, token) => (
                TokenKind::Refresh,
                value,
                &token.consent,
                token.created_at,
                token.expires_at,
            ),
        };
        Self {
            kind,
            client: consent.owner.client.clone(),
            member: consent.owner.member.clone(),
            scopes: consent.scopes.iter().map(str::to_owned).collect(),
            issued_at,
            expires_at,
            fingerprint: fingerprint(value),
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tokens").field(&self.live()).finish()
    }
}

//! Codes and tokens: what was issued, to whom, and what has become of it.

mod book;
mod code;
mod survey;
mod token;

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use crate::clock::later;
use crate::entropy::Entropy;
use crate::lock::lock;
use crate::scopes::Scopes;
use crate::settings::Lifetimes;

use book::Book;
pub(crate) use code::{Challenge, Code, CodeFault, Flow, Presented, Proof};
pub(crate) use token::{AccessToken, EndedBy, RefreshToken, Standing};

/// An application and a member: whom a code or token belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    pub(crate) client: String,
    pub(crate) member: String,
}

/// What a member agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    pub(crate) owner: Owner,
    pub(crate) scopes: Scopes,
    pub(crate) authorized_at: Timestamp,
}

/// Tokens that were just issued.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) consent: Consent,
    pub(crate) access_token: String,
    pub(crate) expires_in: SignedDuration,
    pub(crate) refresh: Option<IssuedRefresh>,
}

/// The refresh token beside them: a new one, or the one that was presented.
#[derive(Clone, Debug)]
pub(crate) struct IssuedRefresh {
    pub(crate) token: String,
    pub(crate) expires_in: SignedDuration,
}

/// The refresh token is unknown, another application's, expired or revoked. LinkedIn does not say which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RefreshRefused;

/// Everything issued by a running emulator.
#[derive(Debug)]
pub(crate) struct Grants {
    book: Mutex<Book>,
    lifetimes: Lifetimes,
    scope_change_revokes: bool,
}

impl Grants {
    pub(crate) fn new(lifetimes: Lifetimes, scope_change_revokes: bool) -> Self {
        Self {
            book: Mutex::default(),
            lifetimes,
            scope_change_revokes,
        }
    }

    /// Whether consent can be skipped: these very scopes were granted and a token of that grant is live
    /// (LinkedIn reference §1.1).
    pub(crate) fn covers(&self, owner: &Owner, scopes: &Scopes, now: Timestamp) -> bool {
        let book = lock(&self.book);
        book.access_of(owner)
            .rev()
            .any(|token| token.standing(now) == Standing::Active && token.consent.scopes == *scopes)
    }

    pub(crate) fn issue_code(&self, code: Code, entropy: &Entropy) -> String {
        // LinkedIn's were seen at 150 to 215 characters (LinkedIn reference §1.2).
        let value = entropy.opaque("AQT", 180);
        lock(&self.book).add_code(value.clone(), code);
        value
    }

    pub(crate) fn code_expiry(&self, now: Timestamp) -> Timestamp {
        later(now, self.lifetimes.code)
    }

    /// Spends a code.
    pub(crate) fn redeem(
        &self,
        value: &str,
        presented: &Presented<'_>,
        now: Timestamp,
    ) -> Result<Code, CodeFault> {
        lock(&self.book)
            .code_mut(value)
            .ok_or(CodeFault::Unknown)?
            .redeem(presented, now)
    }

    /// Ends every token that came of a code.
    pub(crate) fn end_tokens_of_code(&self, code: &str) {
        lock(&self.book).end(|token| token.code == code, EndedBy::CodeReuse);
    }

    /// Tokens for a redeemed code. Asking for another set of scopes than before ends the application's earlier tokens
    /// for that member (LinkedIn reference §1.5). Whether that happens at consent or, as here, at the exchange is not
    /// documented.
    pub(crate) fn issue(
        &self,
        code: &str,
        consent: Consent,
        with_refresh: bool,
        now: Timestamp,
        entropy: &Entropy,
    ) -> Issued {
        let mut book = lock(&self.book);
        let newest = book.access_of(&consent.owner).next_back();
        let earlier_scopes = newest
            .filter(|token| token.standing(now) == Standing::Active)
            .map(|token| token.consent.scopes.clone())
            .filter(|scopes| *scopes != consent.scopes);
        if self.scope_change_revokes {
            book.end_other_scopes(&consent);
        }
        let refresh = with_refresh.then(|| {
            let token = entropy.opaque("AQT", 400);
            let expires_at = later(now, self.lifetimes.refresh_token);
            let refresh = RefreshToken {
                consent: consent.clone(),
                code: code.to_owned(),
                created_at: now,
                expires_at,
                ended: None,
            };
            book.add_refresh(token.clone(), refresh);
            IssuedRefresh {
                token,
                expires_in: self.lifetimes.refresh_token,
            }
        });
        let refresh_token = refresh.as_ref().map(|refresh| refresh.token.clone());
        let life = self.lifetimes.access_token;
        let access = AccessToken {
            consent: consent.clone(),
            code: code.to_owned(),
            refresh_token,
            earlier_scopes,
            created_at: now,
            expires_at: later(now, life),
            ended: None,
        };
        let access_token = add_access(&mut book, access, entropy);
        Issued {
            consent,
            access_token,
            expires_in: life,
            refresh,
        }
    }

    /// Puts a new refresh token in the place of one that was used; it lives no longer. Using the old one again ends
    /// everything that came of its code: one of the two who hold it is a thief (RFC 9700 §4.14.2).
    pub(crate) fn rotate(&self, issued: &mut Issued, entropy: &Entropy) {
        let Some(refresh) = &mut issued.refresh else {
            return;
        };
        let mut book = lock(&self.book);
        let successor = entropy.opaque("AQT", 400);
        if book.replace_refresh(&refresh.token, &successor) {
            refresh.token = successor;
        }
    }

    /// A new access token for a refresh token, whose own life is not extended; near its end it caps the access token's
    /// (LinkedIn reference §2).
    pub(crate) fn refresh(
        &self,
        refresh_token: &str,
        client_id: &str,
        now: Timestamp,
        entropy: &Entropy,
    ) -> Result<Issued, RefreshRefused> {
        let mut book = lock(&self.book);
        let refresh = book.refresh(refresh_token).ok_or(RefreshRefused)?.clone();
        let is_own = refresh.consent.owner.client == client_id;
        if is_own && refresh.ended == Some(EndedBy::Rotation) {
            book.end(|token| token.code == refresh.code, EndedBy::Rotation);
        }
        if !is_own || refresh.standing(now) != Standing::Active {
            return Err(RefreshRefused);
        }
        let left = refresh.expires_at.duration_since(now);
        let life = self.lifetimes.access_token.min(left);
        let access = AccessToken {
            consent: refresh.consent.clone(),
            code: refresh.code,
            refresh_token: Some(refresh_token.to_owned()),
            earlier_scopes: None,
            created_at: now,
            expires_at: later(now, life),
            ended: None,
        };
        let access_token = add_access(&mut book, access, entropy);
        let refresh_token = IssuedRefresh {
            token: refresh_token.to_owned(),
            expires_in: left,
        };
        Ok(Issued {
            consent: refresh.consent,
            access_token,
            expires_in: life,
            refresh: Some(refresh_token),
        })
    }

    pub(crate) fn access(&self, token: &str) -> Option<AccessToken> {
        lock(&self.book).access(token).cloned()
    }

    pub(crate) fn refresh_token(&self, token: &str) -> Option<RefreshToken> {
        lock(&self.book).refresh(token).cloned()
    }

    /// Whom a code or token belongs to, dead or alive.
    pub(crate) fn owner(&self, credential: &str) -> Option<Owner> {
        let book = lock(&self.book);
        let consent = book
            .access(credential)
            .map(|token| &token.consent)
            .or_else(|| book.refresh(credential).map(|token| &token.consent))
            .or_else(|| book.code(credential).map(|code| &code.consent));
        consent.map(|consent| consent.owner.clone())
    }

    /// Ends one token; with a refresh token also the access tokens it gave.
    pub(crate) fn end_token(&self, token: &str, by: EndedBy) {
        lock(&self.book).end_one(token, by);
    }

    /// Ends everything that an application holds for a member.
    pub(crate) fn end_owner(&self, owner: &Owner, by: EndedBy) {
        let mut book = lock(&self.book);
        book.end(|token| token.consent.owner == *owner, by);
        // What was granted and not fetched yet is taken back with the rest; LinkedIn's way with it is not documented.
        book.spend_codes_of(owner);
    }

    /// Ends every token there is.
    pub(crate) fn end_all(&self, by: EndedBy) {
        lock(&self.book).end(|_| true, by);
    }

    /// Calls `each` with every live token.
    pub(crate) fn live<T>(&self, now: Timestamp, each: impl Fn(LiveRef<'_>) -> T) -> Vec<T> {
        lock(&self.book).live(now).map(each).collect()
    }
}

fn add_access(book: &mut Book, token: AccessToken, entropy: &Entropy) -> String {
    // LinkedIn's are about 350 to 500 characters today (LinkedIn reference §1.5).
    let value = entropy.opaque("AQX", 430);
    book.add_access(value.clone(), token);
    value
}

/// A token, borrowed while the list is walked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LiveRef<'b> {
    Access(&'b str, &'b AccessToken),
    Refresh(&'b str, &'b RefreshToken),
}

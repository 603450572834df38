//! Grants and tokens as the control interface shows them. No value of a token leaves the emulator this way.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::grants::{EndedBy, LiveRef, Owner, Standing};
use crate::ledger::fingerprint;
use crate::linkedin::LinkedIn;
use crate::tokens::TokenKind;

/// A token, dead or alive.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TokenView {
    pub(super) kind: &'static str,
    /// `client_id`.
    pub(super) client: String,
    /// The member's slug.
    pub(super) member: String,
    pub(super) scopes: Vec<String>,
    /// `active`, `expired` or `revoked`, as introspection says.
    pub(super) status: &'static str,
    pub(super) authorized_at: Timestamp,
    pub(super) issued_at: Timestamp,
    pub(super) expires_at: Timestamp,
    /// The first digits of its hash, as the ledger shows them.
    pub(super) fingerprint: String,
}

/// What a member allowed an application, while a token of it lives.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GrantView {
    pub(super) client: String,
    pub(super) member: String,
    pub(super) scopes: Vec<String>,
    pub(super) authorized_at: Timestamp,
    pub(super) live_access_tokens: usize,
    pub(super) live_refresh_tokens: usize,
}

/// Which tokens are meant. Whatever is absent means all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    pub(super) member: Option<String>,
    pub(super) client: Option<String>,
    pub(super) status: Option<Status>,
    /// The longest list that is wanted.
    pub(super) limit: Option<usize>,
}

/// [`Standing`], as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Active,
    Expired,
    Revoked,
}

/// The tokens asked for, newest first, and how many there are in all.
pub(super) fn tokens(linkedin: &LinkedIn, which: &Which, most: usize) -> (Vec<TokenView>, usize) {
    let now = linkedin.clock.now();
    linkedin.grants.survey(|tokens| {
        let mut shown = Vec::new();
        let mut number = 0;
        for token in tokens.filter(|token| which.means(*token, now)) {
            number += 1;
            if shown.len() < which.limit.unwrap_or(most).min(most) {
                shown.push(TokenView::of(token, now));
            }
        }
        (shown, number)
    })
}

/// The grants in force, the newest first.
pub(super) fn grants(linkedin: &LinkedIn) -> Vec<GrantView> {
    let now = linkedin.clock.now();
    linkedin.grants.survey(|tokens| {
        let mut views: Vec<GrantView> = Vec::new();
        let mut places: HashMap<&Owner, usize> = HashMap::new();
        for token in tokens.filter(|token| parts(*token, now).standing == Standing::Active) {
            let part = parts(token, now);
            let owner = &part.consent.owner;
            let place = *places.entry(owner).or_insert_with(|| {
                views.push(GrantView {
                    client: owner.client.clone(),
                    member: owner.member.clone(),
                    scopes: part.consent.scopes.iter().map(str::to_owned).collect(),
                    authorized_at: part.consent.authorized_at,
                    live_access_tokens: 0,
                    live_refresh_tokens: 0,
                });
                views.len() - 1
            });
            match part.kind {
                TokenKind::Access => views[place].live_access_tokens += 1,
                TokenKind::Refresh => views[place].live_refresh_tokens += 1,
            }
        }
        views
    })
}

/// Ends the live tokens that are meant, as LinkedIn may at any time. Says how many.
pub(super) fn revoke(linkedin: &LinkedIn, which: &Which) -> usize {
    let now = linkedin.clock.now();
    let values: Vec<String> = linkedin.grants.survey(|tokens| {
        let live = tokens.filter(|token| parts(*token, now).standing == Standing::Active);
        let meant = live.filter(|token| which.means(*token, now));
        meant.map(|token| token.value().to_owned()).collect()
    });
    for value in &values {
        linkedin.grants.end_token(value, EndedBy::LinkedIn);
    }
    values.len()
}

impl Which {
    fn means(&self, token: LiveRef<'_>, now: Timestamp) -> bool {
        let part = parts(token, now);
        let owner = &part.consent.owner;
        let fits =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|it| it == found);
        fits(&self.member, &owner.member)
            && fits(&self.client, &owner.client)
            && self.status.is_none_or(|status| status.is(part.standing))
    }
}

impl Status {
    pub(super) const ALL: [Self; 3] = [Self::Active, Self::Expired, Self::Revoked];

    const fn standing(self) -> Standing {
        match self {
            Self::Active => Standing::Active,
            Self::Expired => Standing::Expired,
            Self::Revoked => Standing::Revoked,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        self.standing().as_str()
    }

    fn is(self, standing: Standing) -> bool {
        self.standing() == standing
    }
}

impl TokenView {
    pub(super) fn of(token: LiveRef<'_>, now: Timestamp) -> Self {
        let part = parts(token, now);
        Self {
            kind: match part.kind {
                TokenKind::Access => "access",
                TokenKind::Refresh => "refresh",
            },
            client: part.consent.owner.client.clone(),
            member: part.consent.owner.member.clone(),
            scopes: part.consent.scopes.iter().map(str::to_owned).collect(),
            status: part.standing.as_str(),
            authorized_at: part.consent.authorized_at,
            issued_at: part.issued_at,
            expires_at: part.expires_at,
            fingerprint: fingerprint(token.value()),
        }
    }
}

struct Parts<'b> {
    kind: TokenKind,
    consent: &'b crate::grants::Consent,
    issued_at: Timestamp,
    expires_at: Timestamp,
    standing: Standing,
}

fn parts(token: LiveRef<'_>, now: Timestamp) -> Parts<'_> {
    match token {
        LiveRef::Access(_, token) => Parts {
            kind: TokenKind::Access,
            consent: &token.consent,
            issued_at: token.created_at,
            expires_at: token.expires_at,
            standing: token.standing(now),
        },
        LiveRef::Refresh(_, token) => Parts {
            kind: TokenKind::Refresh,
            consent: &token.consent,
            issued_at: token.created_at,
            expires_at: token.expires_at,
            standing: token.standing(now),
        },
    }
}

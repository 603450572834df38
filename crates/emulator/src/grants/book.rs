//! Where codes and tokens are kept.

use std::collections::{HashMap, VecDeque};

use jiff::Timestamp;

use super::{AccessToken, Code, Consent, EndedBy, LiveRef, Owner, RefreshToken, Standing};

/// Codes, access tokens and refresh tokens remembered, of each kind; older ones are forgotten first, dead or alive. A load
/// test must not eat the machine's memory.
const MOST: usize = 200_000;

#[derive(Debug, Default)]
pub(super) struct Book {
    codes: Shelf<Code>,
    access: Shelf<AccessToken>,
    refresh: Shelf<RefreshToken>,
    /// Access tokens of each owner, oldest first.
    by_owner: HashMap<Owner, VecDeque<String>>,
}

/// Values by name, in the order they came.
#[derive(Debug)]
struct Shelf<T> {
    items: HashMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            items: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<T> Shelf<T> {
    /// Adds an item and returns the one that had to go for it.
    fn add(&mut self, name: String, item: T) -> Option<T> {
        let oldest = if self.order.len() == MOST {
            self.order.pop_front()
        } else {
            None
        };
        self.order.push_back(name.clone());
        self.items.insert(name, item);
        self.items.remove(&oldest?)
    }
}

impl Book {
    pub(super) fn add_code(&mut self, value: String, code: Code) {
        self.codes.add(value, code);
    }

    pub(super) fn add_refresh(&mut self, value: String, token: RefreshToken) {
        self.refresh.add(value, token);
    }

    pub(super) fn add_access(&mut self, value: String, token: AccessToken) {
        self.by_owner
            .entry(token.consent.owner.clone())
            .or_default()
            .push_back(value.clone());
        let gone = self.access.add(value, token);
        let list = gone.and_then(|token| self.by_owner.get_mut(&token.consent.owner));
        if let Some(list) = list {
            // The oldest of all is also the oldest of its owner.
            list.pop_front();
        }
    }

    /// Lets `successor` live on in place of the refresh token `value`; says whether there is one.
    pub(super) fn replace_refresh(&mut self, value: &str, successor: &str) -> bool {
        let Some(old) = self.refresh.items.get_mut(value) else {
            return false;
        };
        let new = old.clone();
        old.ended.get_or_insert(EndedBy::Rotation);
        self.add_refresh(successor.to_owned(), new);
        let children = self.access.items.values_mut();
        for token in children.filter(|token| token.refresh_token.as_deref() == Some(value)) {
            token.refresh_token = Some(successor.to_owned());
        }
        true
    }

    pub(super) fn code(&self, value: &str) -> Option<&Code> {
        self.codes.items.get(value)
    }

    pub(super) fn code_mut(&mut self, value: &str) -> Option<&mut Code> {
        self.codes.items.get_mut(value)
    }

    pub(super) fn access(&self, value: &str) -> Option<&AccessToken> {
        self.access.items.get(value)
    }

    pub(super) fn refresh(&self, value: &str) -> Option<&RefreshToken> {
        self.refresh.items.get(value)
    }

    pub(super) fn access_of(&self, owner: &Owner) -> impl DoubleEndedIterator<Item = &AccessToken> {
        self.by_owner
            .get(owner)
            .into_iter()
            .flatten()
            .filter_map(|value| self.access(value))
    }

    /// Every token remembered, newest first, dead or alive; access tokens before refresh tokens.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = LiveRef<'_>> {
        let access = self.access.order.iter().rev().filter_map(move |value| {
            let token = self.access(value)?;
            Some(LiveRef::Access(value, token))
        });
        let refresh = self.refresh.order.iter().rev().filter_map(move |value| {
            let token = self.refresh(value)?;
            Some(LiveRef::Refresh(value, token))
        });
        access.chain(refresh)
    }

    /// Lets one token end by itself at `end`, if it would live longer.
    pub(super) fn expire(&mut self, value: &str, end: Timestamp) {
        if let Some(token) = self.access.items.get_mut(value) {
            token.expires_at = token.expires_at.min(end);
        }
        if let Some(token) = self.refresh.items.get_mut(value) {
            token.expires_at = token.expires_at.min(end);
        }
    }

    pub(super) fn live(&self, now: Timestamp) -> impl Iterator<Item = LiveRef<'_>> {
        let access = self.access.order.iter().filter_map(move |value| {
            let token = self.access(value)?;
            (token.standing(now) == Standing::Active).then_some(LiveRef::Access(value, token))
        });
        let refresh = self.refresh.order.iter().filter_map(move |value| {
            let token = self.refresh(value)?;
            (token.standing(now) == Standing::Active).then_some(LiveRef::Refresh(value, token))
        });
        access.chain(refresh)
    }

    /// Ends the tokens that `which` picks by what they have in common.
    pub(super) fn end(&mut self, which: impl Fn(Common<'_>) -> bool, by: EndedBy) {
        for token in self.access.items.values_mut() {
            if which(Common {
                consent: &token.consent,
                code: &token.code,
            }) {
                token.ended.get_or_insert(by);
            }
        }
        for token in self.refresh.items.values_mut() {
            if which(Common {
                consent: &token.consent,
                code: &token.code,
            }) {
                token.ended.get_or_insert(by);
            }
        }
    }

    /// Makes the owner's codes worthless.
    pub(super) fn spend_codes_of(&mut self, owner: &Owner) {
        let codes = self.codes.items.values_mut();
        for code in codes.filter(|code| code.consent.owner == *owner) {
            code.spent = true;
        }
    }

    /// Ends the owner's tokens of other sets of scopes. All that live have one set, so the newest tells whether there
    /// are any.
    pub(super) fn end_other_scopes(&mut self, consent: &Consent) {
        let newest = self.access_of(&consent.owner).next_back();
        if newest.is_some_and(|token| token.consent.scopes != consent.scopes) {
            let owner = &consent.owner;
            self.end(|token| token.consent.owner == *owner, EndedBy::ScopeChange);
        }
    }

    pub(super) fn end_one(&mut self, value: &str, by: EndedBy) {
        if let Some(token) = self.access.items.get_mut(value) {
            token.ended.get_or_insert(by);
        }
        if let Some(token) = self.refresh.items.get_mut(value) {
            token.ended.get_or_insert(by);
            let children = self.access.items.values_mut();
            let own = children.filter(|token| token.refresh_token.as_deref() == Some(value));
            own.for_each(|token| {
                token.ended.get_or_insert(by);
            });
        }
    }
}

/// What access and refresh tokens have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Common<'b> {
    pub(super) consent: &'b Consent,
    pub(super) code: &'b str,
}

//! Looking over everything that was issued, and ending some of it by hand.

use jiff::Timestamp;

use super::book::Book;
use super::{Grants, LiveRef};
use crate::ledger::fingerprint;
use crate::lock::lock;

impl Grants {
    /// Shows every token to `look`: newest first, dead or alive, access tokens before refresh tokens.
    pub(crate) fn survey<T>(
        &self,
        look: impl FnOnce(&mut dyn Iterator<Item = LiveRef<'_>>) -> T,
    ) -> T {
        look(&mut lock(&self.book).newest_first())
    }

    /// The values of the tokens with a fingerprint: one, unless chance has made two alike.
    pub(crate) fn with_fingerprint(&self, wanted: &str) -> Vec<String> {
        self.survey(|tokens| {
            tokens
                .map(LiveRef::value)
                .filter(|value| fingerprint(value) == wanted)
                .map(str::to_owned)
                .collect()
        })
    }

    /// Lets a token end by itself, now.
    pub(crate) fn expire(&self, value: &str, now: Timestamp) {
        lock(&self.book).expire(value, now);
    }

    /// Forgets every code and token, as if none had been issued.
    pub(crate) fn forget(&self) {
        *lock(&self.book) = Book::default();
    }
}

impl<'b> LiveRef<'b> {
    pub(crate) const fn value(self) -> &'b str {
        match self {
            Self::Access(value, _) | Self::Refresh(value, _) => value,
        }
    }
}

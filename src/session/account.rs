//! The signed-in member as this page knows them, and the page's own measure of time.

use std::time::Duration;

use lapel_wire::{Member, SignedIn};

/// How old an answer may be while somebody looks at the page. A permission that was taken back at LinkedIn, or a session
/// ended elsewhere, shows within this time; the question itself makes no session last longer.
const STALE_AFTER: Duration = Duration::from_mins(5);

/// Who is signed in, with what, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The member's own data.
    pub member: Member,
    /// Permissions (OAuth scopes) that the member granted, in LinkedIn's names.
    pub permissions: Vec<String>,
    /// When the session ends. Unknown where this was remembered rather than asked.
    pub ending: Option<Ending>,
}

impl Account {
    /// The account of an answer that arrived at `at`.
    #[must_use]
    pub fn answered(view: SignedIn, at: Moment) -> Self {
        let left = Duration::from_secs(view.expires_in);
        Self {
            member: view.member,
            permissions: view.permissions,
            ending: Some(Ending {
                left,
                at,
                date: view.ends_at,
            }),
        }
    }

    /// Whether the session's end, where it is known, has come.
    #[must_use]
    pub fn is_over(&self, now: Moment) -> bool {
        self.ending.is_some_and(|ending| ending.left(now).is_zero())
    }

    /// Whether what is known of it is so old that the BFF should be asked again.
    #[must_use]
    pub(super) fn is_stale(&self, now: Moment) -> bool {
        self.ending
            .is_some_and(|ending| now.since(ending.at) >= STALE_AFTER)
    }

    /// Whether both belong to one member, whatever else changed.
    #[must_use]
    pub fn same_member(&self, other: &Self) -> bool {
        self.member.id == other.member.id
    }
}

/// The end of a session, counted from the answer that told it, since device clocks lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    left: Duration,
    at: Moment,
    date: Option<u64>,
}

impl Ending {
    /// How much of the session is left.
    #[must_use]
    pub fn left(self, now: Moment) -> Duration {
        self.left.saturating_sub(now.since(self.at))
    }

    /// The same end by the BFF's clock, in seconds since 1970, for a date that a member reads. Unknown from a BFF that is
    /// older than the page.
    #[must_use]
    pub const fn date(self) -> Option<u64> {
        self.date
    }
}

/// A point on the page's monotonic clock, which no change of the device's date moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Duration);

impl Moment {
    /// The moment this long after the page began.
    #[must_use]
    pub const fn after(page_began: Duration) -> Self {
        Self(page_began)
    }

    /// How long this is after another moment; nothing where it is before it.
    pub(super) fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment so much later.
    pub(super) const fn later(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }
}

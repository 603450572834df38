//! What a transition may ask the world for, and what tabs tell each other.

use super::{Account, Doing, Renewal, Session};
use crate::failure::Failure;

/// Something to be done next. Only the runtime does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the BFF who is signed in. A newer question makes the answer to an older one worthless.
    Ask,
    /// Ask the BFF to end the session. Questions under way become worthless too: their answers may predate the end.
    SignOut,
    /// Keep who is signed in, for a reload while the BFF cannot be asked.
    Remember(Account),
    /// Erase what was kept.
    Forget,
    /// Note a failure in this browser's log, as something that went wrong with this.
    Record(Doing, Failure),
    /// Erase that log.
    ForgetFailures,
    /// Erase every draft that this browser keeps.
    ForgetDrafts,
    /// Tell the other tabs.
    Announce(News),
    /// Keep where on the page the member is, to come back there.
    KeepPlace,
    /// Look what the browser remembers of the session's last days.
    RecallRenewal,
    /// Keep that for them.
    KeepRenewal(Renewal),
    /// Look whether the browser keeps cookies. A sign-in may just have come back to one that did not know of it.
    LookForCookies {
        /// Whether that is so.
        came_back_unknown: bool,
    },
    /// Say so if the page is still here after a while: the way to LinkedIn was cut short.
    WatchSignIn,
}

/// A transition's result: the next state, and what is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Step {
    /// The next state.
    pub session: Session,
    /// What is to be done, in this order.
    pub effects: Vec<Effect>,
}

impl Step {
    /// Nothing is to be done.
    pub const fn to(session: Session) -> Self {
        Self {
            session,
            effects: Vec::new(),
        }
    }

    /// Adds something to be done.
    pub fn then(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// Adds something to be done where the condition holds.
    pub fn then_if(self, condition: bool, effect: Effect) -> Self {
        if condition { self.then(effect) } else { self }
    }
}

/// What one tab tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A member has signed in. The identifier lets a tab that shows somebody else hide them before it asks.
    SignedIn {
        /// The member's identifier.
        id: String,
    },
    /// The member has signed out.
    SignedOut,
}

const SIGNED_OUT: &str = "signed-out";
const SIGNED_IN: &str = "signed-in ";

impl News {
    /// The message that other tabs receive.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::SignedIn { id } => format!("{SIGNED_IN}{id}"),
            Self::SignedOut => SIGNED_OUT.to_owned(),
        }
    }

    /// Reads another tab's message; that tab may run an older or newer page.
    #[must_use]
    pub fn read(message: &str) -> Option<Self> {
        if message == SIGNED_OUT {
            return Some(Self::SignedOut);
        }
        message
            .strip_prefix(SIGNED_IN)
            .map(|id| Self::SignedIn { id: id.to_owned() })
    }
}

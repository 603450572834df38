//! What an application may find at LinkedIn or not, as LinkedIn decides; changeable while the emulator runs.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// A switch that can be thrown at any time. The quirks, which also are switches, are decided at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Switch {
    /// Whether `POST /oauth/v2/revoke` exists (LinkedIn reference §4).
    Revocation,
    /// Whether applications get refresh tokens (LinkedIn reference §2).
    RefreshTokens,
}

/// The switches of a running emulator.
#[derive(Debug)]
pub(crate) struct Switches {
    revocation: AtomicBool,
    refresh_tokens: AtomicBool,
}

impl Switch {
    /// Every switch.
    pub const ALL: [Self; 2] = [Self::Revocation, Self::RefreshTokens];

    /// The name in files and in the control interface.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::RefreshTokens => "refresh_tokens",
        }
    }

    /// What is different while the switch is on, in a sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Revocation => {
                "Applications can revoke tokens at an endpoint that LinkedIn does not document; off, it answers 404."
            }
            Self::RefreshTokens => {
                "Applications get refresh tokens with new sign-ins, as LinkedIn’s approved partners do."
            }
        }
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Switches {
    pub(crate) const fn new(revocation: bool, refresh_tokens: bool) -> Self {
        Self {
            revocation: AtomicBool::new(revocation),
            refresh_tokens: AtomicBool::new(refresh_tokens),
        }
    }

    pub(crate) fn is_on(&self, switch: Switch) -> bool {
        self.of(switch).load(Ordering::Relaxed)
    }

    pub(crate) fn throw(&self, switch: Switch, on: bool) {
        self.of(switch).store(on, Ordering::Relaxed);
    }

    const fn of(&self, switch: Switch) -> &AtomicBool {
        match switch {
            Switch::Revocation => &self.revocation,
            Switch::RefreshTokens => &self.refresh_tokens,
        }
    }
}

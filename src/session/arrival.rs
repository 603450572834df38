//! What the address says when a sign-in came back without a session.

use lapel_wire::{SignInOutcome, paths};

use crate::failure::{Failure, Reference};

/// How a way to LinkedIn ended that made no session, or changed nothing about the one there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// What happened.
    pub outcome: SignInOutcome,
    /// Where the operator finds it in the BFF's log.
    pub reference: Option<Reference>,
}

impl Arrival {
    /// What went wrong, where something did.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        match self.outcome {
            SignInOutcome::Failed(kind) => {
                let reference = self.reference.clone();
                Some(Failure {
                    reference,
                    ..Failure::from(kind)
                })
            }
            SignInOutcome::Cancelled
            | SignInOutcome::StartAgain
            | SignInOutcome::AccountChanged => None,
        }
    }

    /// Whether it is news to somebody who is signed in all the same: they went to LinkedIn for more, and came back without.
    pub(super) const fn is_news_to_a_member(&self) -> bool {
        match self.outcome {
            SignInOutcome::Cancelled | SignInOutcome::Failed(_) => true,
            // That the account has changed is said otherwise; that a sign-in is to be begun again is not so.
            SignInOutcome::StartAgain | SignInOutcome::AccountChanged => false,
        }
    }

    /// Reads the arrival out of a query (without its question mark) and gives back the query without it.
    ///
    /// The BFF writes its two parameters plainly, so an escaped one is somebody else's. What is not on the closed list
    /// is dropped from the address all the same: it means nothing to the page and would only be copied along.
    #[must_use]
    pub fn take(query: &str) -> (Option<Self>, String) {
        let mut outcome = None;
        let mut reference = None;
        let mut rest = Vec::new();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                paths::OUTCOME => outcome = outcome.or(value.parse().ok()),
                paths::REFERENCE => reference = reference.or(Reference::parse(value)),
                _ => rest.push(pair),
            }
        }
        (
            outcome.map(|outcome| Self { outcome, reference }),
            rest.join("&"),
        )
    }
}

//! What the address says when a sign-in came back without a session.

use lapel_wire::{SignInOutcome, paths};

use crate::failure::{Failure, Reference};

/// How a sign-in that made no session ended.
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

//! A failure as the page shows it: what kind, and where the operator finds it.

use lapel_wire::{Kind, Problem};

/// How many digits the BFF's references have.
const DIGITS: usize = 12;

/// What went wrong, ready to be put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong and whose side it is on.
    pub kind: Kind,
    /// Where the operator finds it in the BFF's log, if the BFF had a part in it.
    pub reference: Option<Reference>,
}

impl Failure {
    /// A failure that never reached the BFF, so nobody has a log entry of it.
    #[must_use]
    pub const fn unrecorded(kind: Kind) -> Self {
        Self {
            kind,
            reference: None,
        }
    }
}

impl From<&Problem> for Failure {
    fn from(problem: &Problem) -> Self {
        Self {
            kind: problem.kind,
            reference: Reference::parse(&problem.reference),
        }
    }
}

/// A reference that is safe to show, wherever it came from: an address can be written by anyone, so it must not be able
/// to carry a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Accepts what the BFF writes and nothing else: 12 lower-case hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && text.len() == DIGITS).then(|| Self(text.to_owned()))
    }

    /// The reference as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

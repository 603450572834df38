//! A failure as the page shows it: what kind, when it is tried again, and what helps those who look into it.

use std::time::Duration;

use lapel_wire::{Kind, Problem, Retry, SupportLinks, SupportRecord};

use crate::json::quoted;

/// How many digits the BFF's references have.
const DIGITS: usize = 12;

/// What went wrong, ready to be put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong and whose side it is on.
    pub kind: Kind,
    /// Where the operator finds it in the BFF's log, if the BFF had a part in it.
    pub reference: Option<Reference>,
    /// Whether asking again can help, where the BFF has said.
    pub retry: Option<Retry>,
    /// LinkedIn's own reason, in English, where the kind is `rejected`.
    pub reason: Option<String>,
    /// Permissions (OAuth scopes, in LinkedIn's names) that are missing, where the kind is `scope_missing`.
    pub scopes: Vec<String>,
    /// What helps those who look into it. Empty where nobody knows more than the kind.
    pub record: SupportRecord,
    /// Where to turn to, where a failure of LinkedIn's persists.
    pub links: Option<Box<SupportLinks>>,
}

impl Failure {
    /// A failure that never reached the BFF, so nobody has a log entry of it.
    #[must_use]
    pub fn unrecorded(kind: Kind) -> Self {
        Self {
            kind,
            reference: None,
            retry: None,
            reason: None,
            scopes: Vec::new(),
            record: SupportRecord::default(),
            links: None,
        }
    }
}

/// A failure of which only the kind is known.
impl From<Kind> for Failure {
    fn from(kind: Kind) -> Self {
        Self::unrecorded(kind)
    }
}

impl From<&Problem> for Failure {
    fn from(problem: &Problem) -> Self {
        let record = problem.support.as_deref().cloned().unwrap_or_else(|| {
            SupportRecord::default()
                .with(SupportRecord::REFERENCE, Some(&*problem.reference))
                .with(SupportRecord::FAILURE, Some(&*problem.title))
                .with(DETAIL, problem.detail.as_deref())
                .with(SupportRecord::STATUS, Some(problem.status.to_string()))
        });
        Self {
            kind: problem.kind,
            reference: Reference::parse(&problem.reference),
            retry: Some(problem.retry),
            reason: (problem.kind == Kind::Rejected)
                .then(|| problem.detail.clone())
                .flatten(),
            scopes: problem.scopes.clone(),
            record,
            links: problem.links.clone(),
        }
    }
}

/// Name in a record: what is particular to this occurrence, in the BFF's words.
const DETAIL: &str = "detail";

/// When a call that failed is made again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NextTry {
    /// When the member says so.
    #[default]
    ByHand,
    /// Without anyone's doing, in so long.
    In(Duration),
    /// Without anyone's doing, as soon as the device has a network.
    WhenOnline,
    /// It is being made.
    UnderWay,
}

/// A record as JSON: an object of texts, made for reading.
pub(crate) fn json_of(record: &SupportRecord) -> String {
    let fields: Vec<_> = record
        .entries()
        .map(|(name, text)| [quoted(name), quoted(text)].join(": "))
        .collect();
    ["{\n  ", &fields.join(",\n  "), "\n}"].concat()
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

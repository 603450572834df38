//! The failures that this browser remembers, for the diagnostics page and whoever the member asks for help.
//!
//! It lies in Web Storage, where anyone with access to the device can read and write it. So a closed list of names is
//! kept and nothing else: no headers, no bodies, no queries, none of which anyone needs to find a failure again. What
//! was written by somebody else is read with the same care, or not at all.

use lapel_wire::{Kind, SupportRecord};

use crate::failure::{Failure, Reference, json_of};
use crate::json::{Json, Misread};

/// Where it is kept.
pub(super) const KEY: &str = "lapel.failures.1";

/// So many failures are kept, the newest ones.
const MOST: usize = 20;

/// Their text is no longer than this, in bytes. Other things want room in Web Storage too.
const LONGEST: usize = 16_000;

/// A text of a failure is cut here, in characters.
const LONGEST_TEXT: usize = 300;

/// Name of an entry: when it went wrong, by the device's clock, as RFC 3339 in UTC.
pub(crate) const NOTICED: &str = "noticed";

/// Name of an entry: with what, one of [`Doing`].
const DOING: &str = "doing";

/// Name of an entry: what went wrong, one of [`Kind`].
const KIND: &str = "kind";

/// Name of an entry: how often in a row, where more than once.
const TIMES: &str = "times";

/// What of a failure's record is kept.
const KEPT: [&str; 12] = [
    SupportRecord::REFERENCE,
    SupportRecord::FAILURE,
    SupportRecord::STATUS,
    SupportRecord::METHOD,
    SupportRecord::URL,
    SupportRecord::MOMENT,
    SupportRecord::CLIENT_ID,
    SupportRecord::DURATION_MS,
    SupportRecord::ATTEMPTS,
    SupportRecord::X_LI_UUID,
    SupportRecord::X_LI_FABRIC,
    SupportRecord::X_LI_REQUEST_ID,
];

/// What it went wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Signing in.
    SigningIn,
    /// Looking who is signed in.
    Checking,
    /// Signing out.
    SigningOut,
    /// Posting on LinkedIn.
    Posting,
}

impl Doing {
    const ALL: [Self; 4] = [
        Self::SigningIn,
        Self::Checking,
        Self::SigningOut,
        Self::Posting,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::SigningIn => "signing_in",
            Self::Checking => "checking",
            Self::SigningOut => "signing_out",
            Self::Posting => "posting",
        }
    }
}

/// The failures that this browser remembers, the oldest first.
///
/// ```
/// use lapel::{Doing, Failure, FailureLog, Kind};
///
/// let mut log = FailureLog::default();
/// log.add(Doing::Checking, &Failure::from(Kind::Timeout), "2027-01-01T08:00:00.000Z");
/// let kept = FailureLog::read(&log.json());
/// assert!(kept.newest_first().all(|(kind, _)| kind == Kind::Timeout));
/// assert_eq!(FailureLog::read("anything else"), FailureLog::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FailureLog(Vec<SupportRecord>);

impl FailureLog {
    /// What a text says of failures. Entries that are none are left out; a text that is too long, or no list at all, says
    /// nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        if text.len() > LONGEST {
            return Self::default();
        }
        let list = Json::parse(text).and_then(|text| text.list());
        let mut log = Self(list.map_or_else(
            |Misread| Vec::new(),
            |list| {
                list.iter()
                    .filter_map(|entry| read_entry(entry).ok())
                    .collect()
            },
        ));
        log.shorten();
        log
    }

    /// The text to keep, which is also the one to hand on: JSON, made for reading.
    #[must_use]
    pub fn json(&self) -> String {
        let entries: Vec<_> = self.0.iter().map(json_of).collect();
        ["[", &entries.join(",\n"), "]"].concat()
    }

    /// Notes a failure, `noticed` then. The same one again, with nothing to tell the two apart, is counted.
    pub fn add(&mut self, doing: Doing, failure: &Failure, noticed: &str) {
        let entry = SupportRecord::default()
            .with(NOTICED, Some(noticed))
            .with(KIND, Some(failure.kind.as_str()))
            .with(DOING, Some(doing.as_str()));
        let reference = failure.reference.as_ref().map(Reference::as_str);
        let entry = match failure.record.get(SupportRecord::REFERENCE) {
            Some(_) => entry,
            None => entry.with(SupportRecord::REFERENCE, reference),
        };
        let mut entry = KEPT.into_iter().fold(entry, |entry, name| {
            entry.with(name, failure.record.get(name).map(|text| kept(name, text)))
        });
        if let Some(last) = self.0.pop() {
            let same = [
                KIND,
                DOING,
                SupportRecord::REFERENCE,
                SupportRecord::FAILURE,
            ]
            .iter()
            .all(|name| last.get(name) == entry.get(name));
            if same {
                let times = last.get(TIMES).and_then(|times| times.parse::<u16>().ok());
                let times = times.unwrap_or(1).saturating_add(1);
                entry = entry.with(TIMES, Some(times.to_string()));
            } else {
                self.0.push(last);
            }
        }
        self.0.push(entry);
        self.shorten();
    }

    /// The failures with what is known of each, the newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = (Kind, &SupportRecord)> {
        self.0
            .iter()
            .rev()
            .filter_map(|entry| Some((kind_of(entry)?, entry)))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The oldest ones give way.
    fn shorten(&mut self) {
        while self.0.len() > MOST || self.json().len() > LONGEST {
            self.0.remove(0);
        }
    }
}

fn read_entry(entry: &Json) -> Result<SupportRecord, Misread> {
    let mut read = SupportRecord::default();
    for (name, text) in entry.entries()? {
        let own = [NOTICED, KIND, DOING, TIMES].contains(&name.as_str());
        if own || KEPT.contains(&name.as_str()) {
            let text = kept(&name, &text.text()?);
            read = read.with(&name, Some(text));
        }
    }
    let doing = read.get(DOING).ok_or(Misread)?;
    let known = kind_of(&read).is_some() && Doing::ALL.iter().any(|it| it.as_str() == doing);
    known.then_some(read).ok_or(Misread)
}

fn kind_of(entry: &SupportRecord) -> Option<Kind> {
    let kind = entry.get(KIND)?;
    Kind::ALL.into_iter().find(|it| it.as_str() == kind)
}

/// As much of a text as is kept. A query may hold anything, so none is.
fn kept(name: &str, text: &str) -> String {
    let text = if name == SupportRecord::URL {
        text.split(['?', '#']).next().unwrap_or_default()
    } else {
        text
    };
    text.chars().take(LONGEST_TEXT).collect()
}

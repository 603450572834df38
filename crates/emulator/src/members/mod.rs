//! The people who can sign in.

mod built_in;
mod file;
mod portrait;

use std::sync::{Arc, Mutex};

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::lock::lock;

pub(crate) use file::with_built_in;
pub use file::{MembersFileError, parse_members};
pub(crate) use portrait::picture;

/// A person with an account at the emulated LinkedIn.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// What forms, faults and the ledger call this member: lower-case letters, digits, hyphens.
    pub slug: String,
    /// The given name; all of it for those who have one name only.
    pub given_name: String,
    /// The family name, where there is one.
    pub family_name: Option<String>,
    /// The line under the name. Applications do not see it.
    #[serde(default)]
    pub headline: String,
    /// The primary e-mail address; some members have none.
    pub email: Option<String>,
    /// Whether the address is confirmed.
    #[serde(default = "yes")]
    pub email_verified: bool,
    /// The language and country of the profile.
    #[serde(default)]
    pub locale: Locale,
    /// The picture; some members have none.
    pub portrait: Option<Portrait>,
}

/// Language and country, as LinkedIn's `locale` has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    /// ISO 639 code, such as `en`.
    pub language: String,
    /// ISO 3166 code, such as `US`.
    pub country: String,
}

/// A generated picture, by its mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names are all there is to say about colours"
)]
pub enum Portrait {
    Sea,
    Dusk,
    Moss,
    Ember,
    Plum,
    Sand,
}

impl Portrait {
    /// Every portrait.
    pub(crate) const ALL: [Self; 6] = [
        Self::Sea,
        Self::Dusk,
        Self::Moss,
        Self::Ember,
        Self::Plum,
        Self::Sand,
    ];

    /// The name in files and requests.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::Dusk => "dusk",
            Self::Moss => "moss",
            Self::Ember => "ember",
            Self::Plum => "plum",
            Self::Sand => "sand",
        }
    }
}

const fn yes() -> bool {
    true
}

impl Default for Locale {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            country: "US".to_owned(),
        }
    }
}

impl Locale {
    /// `en_US`: the form in LinkedIn's id_token (LinkedIn reference §5.3).
    pub(crate) fn with_underscore(&self) -> String {
        format!("{}_{}", self.language, self.country)
    }

    /// `en-US`: BCP 47, which OpenID Connect Core §5.1 asks for.
    pub(crate) fn with_hyphen(&self) -> String {
        format!("{}-{}", self.language, self.country)
    }
}

impl Member {
    /// The members every emulator starts with: one ordinary, the others each awkward in one way. Their slugs: `ada`,
    /// `no-portrait`, `no-email`, `single-name`, `long-name`, `right-to-left`, `emoji`, `markup`.
    #[must_use]
    pub fn built_in() -> Vec<Self> {
        built_in::members()
    }

    /// The full name.
    pub fn name(&self) -> String {
        match &self.family_name {
            Some(family) => format!("{} {family}", self.given_name),
            None => self.given_name.clone(),
        }
    }

    /// The member's identifier for one application: about ten characters, and another for each application
    /// (LinkedIn reference §5.3). It is the same in every run, so that what an application stored stays true.
    pub fn sub(&self, client_id: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"pairwise subject");
        let tag = hmac::sign(&key, format!("{client_id}\n{}", self.slug).as_bytes());
        URL_SAFE_NO_PAD.encode(&tag.as_ref()[..9])[..10].to_owned()
    }
}

/// The members of a running emulator. Clones are handles to the same people.
#[derive(Clone, Debug)]
pub struct Members(Arc<Mutex<Vec<Member>>>);

impl Members {
    pub(crate) fn new(members: Vec<Member>) -> Self {
        Self(Arc::new(Mutex::new(members)))
    }

    /// Everyone, in the order of the authorization page.
    pub fn all(&self) -> Vec<Member> {
        lock(&self.0).clone()
    }

    /// One member.
    pub fn get(&self, slug: &str) -> Option<Member> {
        lock(&self.0)
            .iter()
            .find(|member| member.slug == slug)
            .cloned()
    }

    /// Adds a member, or replaces the one with the same slug: a changed name, a removed portrait.
    pub fn put(&self, member: Member) {
        let mut members = lock(&self.0);
        match members.iter_mut().find(|other| other.slug == member.slug) {
            Some(other) => *other = member,
            None => members.push(member),
        }
    }

    pub(crate) fn replace(&self, members: Vec<Member>) {
        *lock(&self.0) = members;
    }
}

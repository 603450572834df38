//! What LinkedIn's support wants to know of a failed call, and where it is found.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One failed call to LinkedIn, as LinkedIn asks for it (LinkedIn reference §8.3, §11.1 practice 9): names and texts, in an
/// order made for reading. It is shown, copied and saved as it is, and nothing is decided by it. It holds no secret: the
/// access token stands in it as a fingerprint, and bodies that may hold secrets are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = std::collections::BTreeMap<String, String>)
)]
pub struct SupportRecord(Vec<(String, String)>);

impl SupportRecord {
    /// The reference of this occurrence in the BFF's log.
    pub const REFERENCE: &'static str = "reference";
    /// When the call began, by the BFF's clock (RFC 3339, UTC).
    pub const MOMENT: &'static str = "moment";
    /// The application's public identifier at LinkedIn.
    pub const CLIENT_ID: &'static str = "client_id";
    /// Why the call is a failure, in English.
    pub const FAILURE: &'static str = "failure";
    /// Milliseconds from the first attempt's beginning to the last one's end.
    pub const DURATION_MS: &'static str = "duration_ms";
    /// How often LinkedIn was asked; 0 where it was not asked at all, since it has been failing.
    pub const ATTEMPTS: &'static str = "attempts";
    /// The request's HTTP method.
    pub const METHOD: &'static str = "method";
    /// The request's address.
    pub const URL: &'static str = "url";
    /// The request's headers, one a line, as `name: value`.
    pub const REQUEST_HEADERS: &'static str = "request_headers";
    /// The beginning of the request's body, where it has one that is no secret.
    pub const REQUEST_BODY: &'static str = "request_body";
    /// The answer's HTTP status, where an answer came.
    pub const STATUS: &'static str = "status";
    /// LinkedIn's name for this request, from the answer.
    pub const X_LI_UUID: &'static str = "x-li-uuid";
    /// LinkedIn's data centre, from the answer.
    pub const X_LI_FABRIC: &'static str = "x-li-fabric";
    /// LinkedIn's other name for this request, from the answer.
    pub const X_LI_REQUEST_ID: &'static str = "x-li-request-id";
    /// The beginning of the answer's body, where it has one that is no secret.
    pub const RESPONSE_BODY: &'static str = "response_body";

    /// The record with one more text, where there is one.
    #[must_use]
    pub fn with(mut self, name: &str, text: Option<impl Into<String>>) -> Self {
        if let Some(text) = text {
            self.0.push((name.to_owned(), text.into()));
        }
        self
    }

    /// What stands under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, text)| text.as_str())
    }

    /// Names and texts, in their order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// As it is copied: a line for each name.
impl fmt::Display for SupportRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries()
            .try_for_each(|(name, text)| writeln!(f, "{name}: {text}"))
    }
}

impl Serialize for SupportRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.entries())
    }
}

impl<'de> Deserialize<'de> for SupportRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

/// Reads an object of texts and keeps its order.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = SupportRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SupportRecord, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(SupportRecord(entries))
    }
}

/// Where to turn to when LinkedIn goes on failing (LinkedIn reference §11.5). Https addresses of LinkedIn's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportLinks {
    /// LinkedIn's support for developers.
    pub support: String,
    /// Whether LinkedIn's APIs work.
    pub status: String,
}

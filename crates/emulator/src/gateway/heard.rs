//! What a request says, decoded once for handlers, faults and the ledger alike.

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;

/// Named values in the order they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

/// The query and the form of a request.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) query: Fields,
    /// Empty unless the body says it is a form.
    pub(crate) form: Fields,
}

impl Heard {
    pub(crate) fn of(parts: &Parts, body: &Bytes) -> Self {
        let is_form = parts
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .trim_start()
                    .to_ascii_lowercase()
                    .starts_with("application/x-www-form-urlencoded")
            });
        Self {
            query: Fields::decode(parts.uri.query().unwrap_or_default().as_bytes()),
            form: if is_form {
                Fields::decode(body)
            } else {
                Fields::default()
            },
        }
    }
}

impl Fields {
    fn decode(text: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(text).into_owned().collect())
    }

    /// The first value of that name. An empty value counts as absent (RFC 6749 §3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, value)| *known == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

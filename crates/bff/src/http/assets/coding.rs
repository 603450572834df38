//! Forms in which a file is sent.

use axum::http::{HeaderMap, header};

/// A content coding (RFC 9110 §8.4.1) that files are compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// The smaller one first.
    pub(super) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the name of a file has at its end that is another one compressed.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Whether whoever asks understands it (RFC 9110 §12.5.3). A `*` alone is no reason to send it.
    pub(super) fn is_accepted(self, headers: &HeaderMap) -> bool {
        headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|entry| entry.split_once(';').unwrap_or((entry, "")))
            .find(|(coding, _)| coding.trim().eq_ignore_ascii_case(self.name()))
            .is_some_and(|(_, weight)| !is_zero(weight))
    }
}

/// `q=0` and its longer forms: "not this one".
fn is_zero(weight: &str) -> bool {
    weight
        .trim()
        .strip_prefix("q=")
        .and_then(|weight| weight.parse::<f32>().ok())
        .is_some_and(|weight| weight <= 0.0)
}

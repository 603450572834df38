//! An address inside the application that a redirect may safely go to.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::paths;

/// Longest accepted address in bytes, as a browser writes it. It travels inside a sealed cookie, whose room is limited.
const LONGEST: usize = 1024;

/// A path with an optional query on the application's own origin, proven harmless as a redirect target.
///
/// Holding one is the proof: no later code asks again whether it is safe. It starts with exactly one slash, is printable
/// ASCII, and a browser resolves it to the same path on the same host, however often it is resolved again. The fragment
/// is not part of it: fragments stay in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalPath(String);

/// Why an address was refused as a [`LocalPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalPathError {
    /// Longer than 1024 bytes, as a browser writes it.
    TooLong,
    /// Does not start with a slash: empty, relative, or absolute with a scheme.
    NotAbsolute,
    /// Would leave the origin or change when resolved again: `//`, `.` or `..` segments, however they are escaped.
    NotCanonical,
    /// A byte that an address cannot carry as it is: control characters, spaces, backslashes, anything beyond ASCII, a
    /// fragment, a quotation mark or bracket, or a `%` without two hexadecimal digits.
    ForbiddenByte,
    /// Belongs to the BFF itself; coming back there would loop.
    Reserved,
}

impl LocalPath {
    /// The application's start page.
    #[must_use]
    pub fn home() -> Self {
        Self(String::from("/"))
    }

    /// Proves an address, or says why it is refused.
    ///
    /// # Errors
    /// [`LocalPathError`] names the first rule that the address breaks.
    pub fn parse(address: &str) -> Result<Self, LocalPathError> {
        if address.len() > LONGEST || resolved_length(address) > LONGEST {
            return Err(LocalPathError::TooLong);
        }
        if !address.starts_with('/') {
            return Err(LocalPathError::NotAbsolute);
        }
        if !address.bytes().all(is_address_byte) || !escapes_are_whole(address) {
            return Err(LocalPathError::ForbiddenByte);
        }
        let path = address.split('?').next().unwrap_or_default();
        let segments = || path.split('/').skip(1);
        let last = segments().count() - 1;
        for (index, segment) in segments().enumerate() {
            if segment.is_empty() && index != last {
                return Err(LocalPathError::NotCanonical);
            }
            if is_dot_segment(segment) || hides_a_delimiter(segment) {
                return Err(LocalPathError::NotCanonical);
            }
        }
        if segments().next().is_some_and(is_the_bffs) {
            return Err(LocalPathError::Reserved);
        }
        Ok(Self(address.to_owned()))
    }

    /// The address as text, percent-encoded as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path alone, without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }

    /// The query without its question mark, if there is one.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.0.split_once('?').map(|(_, query)| query)
    }
}

/// How long the address is once a browser has resolved it: the URL standard escapes `'` in a query by itself. What was
/// accepted must be accepted again when the page that it leads to names itself.
fn resolved_length(address: &str) -> usize {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    address.len() + query.matches('\'').count() * ("%27".len() - "'".len())
}

/// RFC 3986 §2: unreserved, the delimiters that mean something in a path or a query, and `%`. Everything that a browser
/// strips (tab, line feed), turns into a slash (`\`) or escapes on its own is absent, so the text is what it resolves to.
fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/?-._~!$&'()*+,;=:@%[]|".contains(&byte)
}

fn escapes_are_whole(address: &str) -> bool {
    let bytes = address.as_bytes();
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .all(|(at, _)| {
            bytes
                .get(at + 1..at + 3)
                .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
        })
}

/// `.` and `..`, also with their dots escaped: the URL standard resolves both forms alike.
fn is_dot_segment(segment: &str) -> bool {
    matches!(decoded(segment).as_slice(), b"." | b"..")
}

/// An escaped slash, backslash or control character: harmless to a browser, but a proxy in front that decodes once
/// would see another path.
fn hides_a_delimiter(segment: &str) -> bool {
    decoded(segment)
        .iter()
        .any(|byte| byte.is_ascii_control() || b"/\\".contains(byte))
}

/// The first segment of the BFF's own addresses, also with escaped letters, which a proxy in front may undo.
fn is_the_bffs(segment: &str) -> bool {
    decoded(segment) == paths::PREFIX.trim_start_matches('/').as_bytes()
}

/// A segment with its escapes undone, once. They are whole.
fn decoded(segment: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = segment.bytes();
    let mut plain = Vec::with_capacity(segment.len());
    while let Some(byte) = bytes.next() {
        let escaped = (byte == b'%')
            .then(|| Some(16 * digit(bytes.next()?)? + digit(bytes.next()?)?))
            .flatten();
        plain.push(
            escaped
                .and_then(|code| u8::try_from(code).ok())
                .unwrap_or(byte),
        );
    }
    plain
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<LocalPath> for String {
    fn from(path: LocalPath) -> Self {
        path.0
    }
}

impl TryFrom<String> for LocalPath {
    type Error = LocalPathError;

    fn try_from(address: String) -> Result<Self, Self::Error> {
        Self::parse(&address)
    }
}

impl fmt::Display for LocalPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the address is longer than 1024 bytes",
            Self::NotAbsolute => "the address does not start with a slash",
            Self::NotCanonical => "the address has empty, dotted or disguised segments",
            Self::ForbiddenByte => "the address has a character that must be percent-encoded",
            Self::Reserved => "the address belongs to the backend-for-frontend",
        })
    }
}

impl std::error::Error for LocalPathError {}

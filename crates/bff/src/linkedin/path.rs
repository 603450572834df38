//! Paths of LinkedIn's API as the page may write them: one form for each, so that what the allowlist read is what
//! LinkedIn reads.
//!
//! A path that means something else after somebody has decoded, joined or resolved it once more is refused, whatever it
//! would lead to: `..`, `//`, `;`, `@`, `\`, and every escape of a character that needs none, or that a decoder might
//! take for a delimiter.

use std::fmt::{self, Write as _};
use std::str::FromStr;

/// Longest accepted path in bytes. LinkedIn reads addresses up to about 8 kB (LinkedIn reference §8.1); a path with two
/// names of things has some 200.
const LONGEST: usize = 2048;

/// A path of the allowlist: literal segments, and `{name}` for one segment that the page fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Named(String),
}

/// Why a text is no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It does not begin with a slash, or has an empty segment.
    #[error(
        "must be a path as `/rest/posts/{{urn}}`: a slash before each segment, and no empty one"
    )]
    Form,
    /// A literal segment has a character that would have to be escaped.
    #[error(
        "segments are letters, digits, `-`, `_`, `.` and `~`, or one `{{name}}` of letters, digits and `_`"
    )]
    Segment,
}

/// A path in its one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CanonicalPath(Vec<String>);

/// Why a path or a query is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address is not in its canonical form")]
pub struct NotCanonical;

impl FromStr for PathTemplate {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let segments = text.strip_prefix('/').ok_or(TemplateError::Form)?;
        segments
            .split('/')
            .map(part)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn part(segment: &str) -> Result<Part, TemplateError> {
    let named = segment
        .strip_prefix('{')
        .and_then(|it| it.strip_suffix('}'));
    match named {
        _ if segment.is_empty() => Err(TemplateError::Form),
        Some(name) if is_name(name) => Ok(Part::Named(name.to_owned())),
        None if segment.bytes().all(is_unreserved) && !is_dots(segment) => {
            Ok(Part::Literal(segment.to_owned()))
        }
        Some(_) | None => Err(TemplateError::Segment),
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl PathTemplate {
    /// The path on LinkedIn's side, if this template allows it: its own literals, and the page's segments in between.
    pub(super) fn fill(&self, path: &CanonicalPath) -> Option<String> {
        if self.0.len() != path.0.len() {
            return None;
        }
        self.0
            .iter()
            .zip(&path.0)
            .try_fold(String::new(), |built, (part, segment)| match part {
                Part::Literal(literal) => {
                    (literal == segment).then(|| format!("{built}/{literal}"))
                }
                Part::Named(_) => Some(format!("{built}/{segment}")),
            })
    }

    /// Whether both allow the same paths.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|pair| match pair {
                (Part::Literal(one), Part::Literal(other)) => one == other,
                (Part::Named(_), Part::Named(_)) => true,
                (Part::Literal(_), Part::Named(_)) | (Part::Named(_), Part::Literal(_)) => false,
            })
    }

    /// Whether it leads to the versioned API, which wants to be told its version (LinkedIn reference §9.2).
    pub(super) fn is_versioned(&self) -> bool {
        matches!(self.0.first(), Some(Part::Literal(first)) if first == "rest")
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Literal(literal) => write!(f, "/{literal}"),
            Part::Named(name) => write!(f, "/{{{name}}}"),
        })
    }
}

impl CanonicalPath {
    /// Reads a path as it came, undecoded.
    pub(super) fn parse(path: &str) -> Result<Self, NotCanonical> {
        if path.len() > LONGEST {
            return Err(NotCanonical);
        }
        let segments = path.strip_prefix('/').ok_or(NotCanonical)?;
        segments
            .split('/')
            .map(segment)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// One segment, its escapes in upper case (RFC 3986 §6.2.2.1). `%2F` and `%5C` are slashes to whoever decodes once, and
/// `%25` is any of them to whoever decodes twice.
fn segment(text: &str) -> Result<String, NotCanonical> {
    if text.is_empty() || is_dots(text) {
        return Err(NotCanonical);
    }
    canonical(text, is_unreserved, |byte| !b"/\\%".contains(&byte))
}

/// The value of a query parameter. Beside escapes it may hold what Rest.li builds its projections and lists with, which
/// mean something else when they are escaped (LinkedIn reference §8.3, protocol version 2).
pub(super) fn query_value(text: &str) -> Result<String, NotCanonical> {
    let may_stand = |byte| is_unreserved(byte) || b"(),:*!$".contains(&byte);
    canonical(text, may_stand, |_| true)
}

/// The text with its escapes in upper case, where every other character may stand for itself and no escape is a disguise.
/// Control characters have no place in the name of a thing.
fn canonical(
    text: &str,
    may_stand: impl Fn(u8) -> bool,
    may_be_escaped: impl Fn(u8) -> bool,
) -> Result<String, NotCanonical> {
    let mut canonical = String::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (Some(high), Some(low)) = (bytes.next().and_then(hex), bytes.next().and_then(hex))
            else {
                return Err(NotCanonical);
            };
            let escaped = high << 4 | low;
            // `%2E` is a dot in disguise, and so on: what stands for itself is not escaped.
            if is_unreserved(escaped) || escaped.is_ascii_control() || !may_be_escaped(escaped) {
                return Err(NotCanonical);
            }
            // Writing into a text does not fail.
            let _ = write!(canonical, "%{escaped:02X}");
        } else if may_stand(byte) {
            canonical.push(char::from(byte));
        } else {
            return Err(NotCanonical);
        }
    }
    Ok(canonical)
}

fn hex(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_dots(segment: &str) -> bool {
    segment == "." || segment == ".."
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn template(text: &str) -> PathTemplate {
        text.parse().expect("a template")
    }

    fn filled(text: &str, path: &str) -> Option<String> {
        template(text).fill(&CanonicalPath::parse(path).expect("canonical"))
    }

    #[test]
    fn a_template_takes_what_it_says_and_nothing_else() {
        assert_eq!(
            filled("/v2/userinfo", "/v2/userinfo").as_deref(),
            Some("/v2/userinfo")
        );
        for path in [
            "/v2",
            "/v2/me",
            "/v2/userinfo/x",
            "/V2/userinfo",
            "/v2/Userinfo",
        ] {
            assert_eq!(filled("/v2/userinfo", path), None, "{path}");
        }
    }

    #[test]
    fn a_named_segment_takes_one_escaped_name_and_writes_it_in_one_way() {
        for path in [
            "/rest/posts/urn%3Ali%3Ashare%3A7",
            "/rest/posts/urn%3ali%3ashare%3a7",
        ] {
            assert_eq!(
                filled("/rest/posts/{urn}", path).as_deref(),
                Some("/rest/posts/urn%3Ali%3Ashare%3A7")
            );
        }
        assert_eq!(filled("/rest/posts/{urn}", "/rest/posts"), None);
        assert_eq!(filled("/rest/posts/{urn}", "/rest/posts/a/b"), None);
    }

    #[test]
    fn every_disguise_is_refused() {
        for path in [
            "",
            "v2",
            "/",
            "//v2",
            "/v2/",
            "/v2//userinfo",
            "/.",
            "/..",
            "/v2/../rest",
            "/v2/.",
            "/%2e%2e/x",
            "/%2E",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a;b",
            "/..;/x",
            "/@evil",
            "/a@b",
            "/a%00",
            "/a%0d%0a",
            "/a%252e",
            "/a%",
            "/a%2",
            "/a%zz",
            "/%61",
            "/a b",
            "/é",
            "/a?b",
            "/a#b",
            "/a\u{7f}",
            "/%7f",
            "/a:b",
            "/a+b",
        ] {
            assert_eq!(CanonicalPath::parse(path), Err(NotCanonical), "{path}");
        }
        assert!(CanonicalPath::parse(&format!("/{}", "a".repeat(LONGEST))).is_err());
    }

    #[test]
    fn a_template_with_anything_to_escape_is_refused() {
        for text in ["", "/", "rest", "/rest//posts", "/rest/", "/..", "/a/./b"] {
            assert!(text.parse::<PathTemplate>().is_err(), "{text}");
        }
        for text in [
            "/a%3A", "/{}", "/{a}b", "/{a", "/{a b}", "/a:b", "/a b", "/é",
        ] {
            assert_eq!(
                text.parse::<PathTemplate>(),
                Err(TemplateError::Segment),
                "{text}"
            );
        }
        assert_eq!(
            template("/rest/posts/{urn}").to_string(),
            "/rest/posts/{urn}"
        );
    }

    #[test]
    fn templates_are_the_same_whatever_their_names() {
        assert!(template("/a/{x}").is_same_as(&template("/a/{y}")));
        assert!(!template("/a/{x}").is_same_as(&template("/a/b")));
        assert!(!template("/a").is_same_as(&template("/a/b")));
    }

    #[test]
    fn query_values_keep_their_structure_and_hide_nothing() {
        assert_eq!(
            query_value("(id,name:(first%2a))").as_deref(),
            Ok("(id,name:(first%2A))")
        );
        for value in ["", "a%26b", "a%3D", "%20", "https%3A%2F%2Fx%25"] {
            assert!(query_value(value).is_ok(), "{value}");
        }
        for value in [
            "a&b", "a#b", "a=b", "a+b", "a/b", "%0a", "%2e", "%", "'", "\"", "<",
        ] {
            assert_eq!(query_value(value), Err(NotCanonical), "{value}");
        }
    }

    proptest! {
        #[test]
        fn what_is_canonical_resolves_to_itself(path in "/[a-zA-Z0-9%._~/:;@\\\\-]{0,40}") {
            if let Ok(canonical) = CanonicalPath::parse(&path) {
                let joined = format!("/{}", canonical.0.join("/"));
                let url = url::Url::parse(&format!("https://api.example{joined}")).expect("a URL");
                prop_assert_eq!(url.path(), joined.as_str());
                prop_assert_eq!(CanonicalPath::parse(&joined), Ok(canonical));
            }
        }

        #[test]
        fn no_path_panics(path in ".{0,60}") {
            let _ = CanonicalPath::parse(&path);
            let _ = query_value(&path);
        }
    }
}

//! One file of the app, as whoever asks can read it best: compressed, in part, or not again.

use std::ops::RangeInclusive;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_range_header::parse_range_header;

use super::coding::Coding;

/// What a browser may keep for ever: names that change whenever their content does.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// What a browser asks about again each time: names that stay.
const ASKED_ABOUT: &str = "no-cache";

/// Fewest and most hexadecimal digits of a hash in trunk's file names. It writes a number of 64 bits without leading
/// zeros, so most have sixteen and a few have less.
const HASH_DIGITS: RangeInclusive<usize> = 12..=16;

/// A file and its compressed forms.
pub(super) struct File {
    media_type: HeaderValue,
    cache: &'static str,
    plain: Form,
    /// The same, compressed beforehand; the better one first.
    compressed: Vec<(Coding, Form)>,
}

/// What is sent: a representation of the file (RFC 9110 §3.2).
struct Form {
    content: Bytes,
    /// Strong (RFC 9110 §8.8.1): each form has one of its own, since the bytes of each are others.
    tag: HeaderValue,
}

/// What of a form is wanted.
enum Part {
    All,
    /// First and last byte.
    Some(RangeInclusive<usize>),
    /// None that is there.
    Missing,
}

impl File {
    pub(super) fn new(name: &str, plain: Bytes, compressed: Vec<(Coding, Bytes)>) -> Self {
        let media_type = mime_guess::from_path(name).first_or_octet_stream();
        let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, &plain));
        let form = |content, suffix| Form {
            content,
            tag: visible(&format!("\"{hash}{suffix}\"")),
        };
        Self {
            media_type: visible(media_type.as_ref()),
            cache: if has_content_hash(name) {
                IMMUTABLE
            } else {
                ASKED_ABOUT
            },
            compressed: compressed
                .into_iter()
                .map(|(coding, content)| (coding, form(content, coding.suffix())))
                .collect(),
            plain: form(plain, ""),
        }
    }

    /// The file as it was before it was compressed.
    pub(super) fn content(self) -> Bytes {
        self.plain.content
    }

    /// Answers `GET` and `HEAD` (RFC 9110 §9.3.2: the same headers, and no content).
    pub(super) fn answer(&self, method: &Method, headers: &HeaderMap) -> Response {
        let best = self
            .compressed
            .iter()
            .find(|(coding, _)| coding.is_accepted(headers));
        let (coding, form) = best.map_or((None, &self.plain), |(coding, form)| {
            (Some(coding.name()), form)
        });
        let mut response = if is_known(&form.tag, headers) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = form.answer(method, headers);
            let about = response.headers_mut();
            about.insert(header::CONTENT_TYPE, self.media_type.clone());
            if let Some(coding) = coding {
                about.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
            response
        };
        let about = response.headers_mut();
        about.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        about.insert(header::ETAG, form.tag.clone());
        about.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        about.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        response
    }
}

impl Form {
    fn answer(&self, method: &Method, headers: &HeaderMap) -> Response {
        let all = self.content.len();
        let (status, content, range) = match self.part(method, headers) {
            Part::All => (StatusCode::OK, self.content.clone(), None),
            Part::Some(part) => {
                let range = format!("bytes {}-{}/{all}", part.start(), part.end());
                let content = self.content.slice(part);
                (StatusCode::PARTIAL_CONTENT, content, Some(range))
            }
            Part::Missing => {
                let range = format!("bytes */{all}");
                (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(range))
            }
        };
        let length = [(header::CONTENT_LENGTH, content.len())];
        let body = if *method == Method::HEAD {
            Body::empty()
        } else {
            Body::from(content)
        };
        let mut response = (status, length.map(as_text), body).into_response();
        if let Some(range) = range {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_RANGE, visible(&range));
        }
        response
    }

    /// One range of bytes is heeded (RFC 9110 §14.2), several are not: nothing here is so long that it pays. So is a range
    /// of what has changed since (§13.1.5).
    fn part(&self, method: &Method, headers: &HeaderMap) -> Part {
        let says = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(asked) = says(header::RANGE).filter(|asked| asked.starts_with("bytes=")) else {
            return Part::All;
        };
        let has_changed = headers
            .get(header::IF_RANGE)
            .is_some_and(|known| known != self.tag);
        if *method != Method::GET || has_changed || asked.contains(',') {
            return Part::All;
        }
        let ranges = parse_range_header(asked)
            .and_then(|ranges| ranges.validate(self.content.len() as u64))
            .unwrap_or_default();
        let Some(range) = ranges.first() else {
            return Part::Missing;
        };
        let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        Part::Some(place(*range.start())..=place(*range.end()))
    }
}

/// Whether whoever asks has this already (RFC 9110 §13.1.2). The comparison is weak: a proxy that compresses on its way
/// weakens the tag.
fn is_known(tag: &HeaderValue, headers: &HeaderMap) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn as_text((name, number): (HeaderName, usize)) -> (HeaderName, String) {
    (name, number.to_string())
}

fn visible(text: &str) -> HeaderValue {
    #[expect(
        clippy::expect_used,
        reason = "media types, base64 and numbers are visible ASCII"
    )]
    HeaderValue::from_str(text).expect("a header")
}

fn has_content_hash(name: &str) -> bool {
    Path::new(name)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .and_then(|stem| stem.trim_end_matches("_bg").rsplit_once('-'))
        .is_some_and(|(_, last)| {
            HASH_DIGITS.contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "lapel-0123456789abcdef.js";

    fn file(name: &str) -> File {
        let content = |text: &'static str| Bytes::from_static(text.as_bytes());
        let compressed = vec![
            (Coding::Brotli, content("brotli")),
            (Coding::Gzip, content("gzip")),
        ];
        File::new(name, content("0123456789"), compressed)
    }

    fn asked(method: &Method, headers: &[(HeaderName, &str)]) -> Response {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), visible(value)));
        file(SCRIPT).answer(method, &headers.collect())
    }

    fn header(answer: &Response, name: &HeaderName) -> String {
        let value = answer.headers().get(name);
        value.map_or_else(String::new, |value| {
            value.to_str().expect("ASCII").to_owned()
        })
    }

    async fn body(answer: Response) -> Bytes {
        let body = axum::body::to_bytes(answer.into_body(), 100);
        body.await.expect("a body")
    }

    fn coding(accepted: &str) -> String {
        let answer = asked(&Method::GET, &[(header::ACCEPT_ENCODING, accepted)]);
        assert_eq!(header(&answer, &header::VARY), "accept-encoding");
        assert_eq!(header(&answer, &header::CONTENT_TYPE), "text/javascript");
        header(&answer, &header::CONTENT_ENCODING)
    }

    #[test]
    fn who_understands_brotli_gets_it_and_who_understands_nothing_gets_the_original() {
        assert_eq!(coding("gzip, deflate, br, zstd"), "br");
        assert_eq!(coding("BR;q=0.1, gzip;q=1"), "br");
        assert_eq!(coding("gzip"), "gzip");
        assert_eq!(coding("br;q=0, gzip"), "gzip");
        assert_eq!(coding("br; q=0.000"), "");
        for accepted in ["", "identity", "*", "zstd", "brotli"] {
            assert_eq!(coding(accepted), "", "{accepted}");
        }
    }

    #[test]
    fn what_is_kept_for_ever_is_named_by_its_content() {
        for name in [
            SCRIPT,
            "lapel-0123456789abcdef_bg.wasm",
            "below/notice-ef2c1c06c9f17ed.css",
        ] {
            assert_eq!(file(name).cache, IMMUTABLE, "{name}");
        }
        for name in [
            "robots.txt",
            "favicon-small.svg",
            "a-2026.css",
            "0123456789abcdef.js",
        ] {
            assert_eq!(file(name).cache, ASKED_ABOUT, "{name}");
        }
        let answer = asked(&Method::GET, &[]);
        assert_eq!(header(&answer, &header::CACHE_CONTROL), IMMUTABLE);
    }

    #[test]
    fn who_has_a_file_already_is_not_sent_it_again() {
        let tag = |coding| {
            let answer = asked(&Method::GET, &[(header::ACCEPT_ENCODING, coding)]);
            header(&answer, &header::ETAG)
        };
        let (plain, brotli) = (tag(""), tag("br"));
        assert_ne!(plain, brotli, "other bytes");
        let status = |known: &str| {
            let known = [(header::IF_NONE_MATCH, known)];
            asked(&Method::GET, &known).status()
        };
        for known in [
            &plain,
            &format!("W/{plain}"),
            &format!("\"x\", {plain}"),
            "*",
        ] {
            assert_eq!(status(known), StatusCode::NOT_MODIFIED, "{known}");
        }
        for known in [&brotli, "\"x\"", "", plain.trim_matches('"')] {
            assert_eq!(status(known), StatusCode::OK, "{known}");
        }
    }

    #[tokio::test]
    async fn a_head_tells_the_length_and_sends_nothing() {
        for (accepted, length) in [("", "10"), ("br", "6"), ("gzip", "4")] {
            let accepted = [
                (header::ACCEPT_ENCODING, accepted),
                (header::RANGE, "bytes=0-1"),
            ];
            let answer = asked(&Method::HEAD, &accepted);
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(header(&answer, &header::CONTENT_LENGTH), length);
            assert!(body(answer).await.is_empty());
        }
    }

    #[tokio::test]
    async fn a_range_of_bytes_is_sent_alone() {
        for (range, sent, named) in [
            ("bytes=0-3", "0123", "bytes 0-3/10"),
            ("bytes=8-", "89", "bytes 8-9/10"),
            ("bytes=-2", "89", "bytes 8-9/10"),
            ("bytes=5-5", "5", "bytes 5-5/10"),
        ] {
            let answer = asked(&Method::GET, &[(header::RANGE, range)]);
            assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT, "{range}");
            assert_eq!(header(&answer, &header::CONTENT_RANGE), named);
            assert_eq!(header(&answer, &header::ACCEPT_RANGES), "bytes");
            assert_eq!(body(answer).await, sent, "{range}");
        }
        let of_brotli = [
            (header::RANGE, "bytes=0-1"),
            (header::ACCEPT_ENCODING, "br"),
        ];
        let answer = asked(&Method::GET, &of_brotli);
        assert_eq!(header(&answer, &header::CONTENT_RANGE), "bytes 0-1/6");
        assert_eq!(body(answer).await, "br");
    }

    #[tokio::test]
    async fn a_range_that_is_not_there_is_refused_and_one_that_is_not_heeded_is_all() {
        for range in [
            "bytes=10-",
            "bytes=10-20",
            "bytes=3-2",
            "bytes=-0",
            "bytes=x",
        ] {
            let answer = asked(&Method::GET, &[(header::RANGE, range)]);
            assert_eq!(
                answer.status(),
                StatusCode::RANGE_NOT_SATISFIABLE,
                "{range}"
            );
            assert_eq!(header(&answer, &header::CONTENT_RANGE), "bytes */10");
            assert!(body(answer).await.is_empty());
        }
        for range in ["bytes=0-1, 3-4", "lines=1-2", ""] {
            let answer = asked(&Method::GET, &[(header::RANGE, range)]);
            assert_eq!(answer.status(), StatusCode::OK, "{range}");
            assert_eq!(body(answer).await, "0123456789");
        }
    }

    #[test]
    fn a_part_is_sent_only_of_what_the_asker_has_the_rest_of() {
        let tag = header(&asked(&Method::GET, &[]), &header::ETAG);
        let status = |condition: &str| {
            let part = [(header::RANGE, "bytes=0-1"), (header::IF_RANGE, condition)];
            asked(&Method::GET, &part).status()
        };
        assert_eq!(status(&tag), StatusCode::PARTIAL_CONTENT);
        for other in [
            &format!("W/{tag}"),
            "\"x\"",
            "Tue, 24 Nov 2026 00:00:00 GMT",
        ] {
            assert_eq!(status(other), StatusCode::OK, "{other}");
        }
    }
}

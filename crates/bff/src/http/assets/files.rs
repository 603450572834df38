//! The app's files, all of them in memory: what is not here by its exact name does not exist, so no path leads out of the
//! app. They are read once; a page that was opened before the folder was built anew finds its files still.

use std::collections::BTreeMap;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a browser may keep for ever: names that change whenever their content does.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// What a browser asks about again each time: names that stay.
const ASKED_ABOUT: &str = "no-cache";

/// Fewest and most hexadecimal digits of a hash in trunk's file names. It writes a number of 64 bits without leading
/// zeros, so most have sixteen and a few have less.
const HASH_DIGITS: std::ops::RangeInclusive<usize> = 12..=16;

/// Where trunk keeps a build that is under way.
const WORKBENCH: &str = ".stage";

/// Every file of the app by its path, without the slash in front.
pub(super) struct Files(BTreeMap<String, File>);

struct File {
    media_type: HeaderValue,
    cache: HeaderValue,
    tag: HeaderValue,
    plain: Bytes,
    /// The same, compressed beforehand; the better one first.
    compressed: Vec<(Coding, Bytes)>,
}

/// A content coding (RFC 9110 §8.4.1) that files are compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    /// The smaller one first.
    const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the name of a file has at its end that is another one compressed.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Whether whoever asks understands it (RFC 9110 §12.5.3). A `*` alone is no reason to send it.
    fn is_accepted(self, headers: &HeaderMap) -> bool {
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

impl Files {
    /// The files of a folder and of those below it.
    pub(super) fn read(folder: &Path) -> std::io::Result<Self> {
        let mut found = Vec::new();
        collect(folder, "", &mut found)?;
        Ok(Self::of(found))
    }

    /// Files by their paths. One that ends in `.br` or `.gz` and has its original beside it is that original compressed,
    /// and no file of its own. Source maps are left out: they are for developers.
    pub(super) fn of(found: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut all: BTreeMap<String, Bytes> = found
            .into_iter()
            .filter(|(name, _)| !is_source_map(name))
            .collect();
        let names: Vec<String> = all.keys().cloned().collect();
        let mut compressed: BTreeMap<String, Vec<(Coding, Bytes)>> = BTreeMap::new();
        for name in names {
            for coding in Coding::ALL {
                let twin = format!("{name}{}", coding.suffix());
                if let Some(content) = all.remove(&twin) {
                    let twins = compressed.entry(name.clone()).or_default();
                    twins.push((coding, content));
                }
            }
        }
        let files = all.into_iter().map(|(name, plain)| {
            let file = File::new(&name, plain, compressed.remove(&name).unwrap_or_default());
            (name, file)
        });
        Self(files.collect())
    }

    /// Takes a file out, to be served in another way.
    pub(super) fn take(&mut self, name: &str) -> Option<Bytes> {
        self.0.remove(name).map(|file| file.plain)
    }

    /// The file of that path, as whoever asks can read it best.
    pub(super) fn answer(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let file = self.0.get(path.strip_prefix('/')?)?;
        Some(file.answer(headers))
    }
}

impl File {
    fn new(name: &str, plain: Bytes, compressed: Vec<(Coding, Bytes)>) -> Self {
        let media_type = mime_guess::from_path(name).first_or_octet_stream();
        let cache = if has_content_hash(name) {
            IMMUTABLE
        } else {
            ASKED_ABOUT
        };
        let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, &plain));
        // Weak (RFC 9110 §8.8.1): it names what is said, in whichever coding.
        let tag = format!("W/\"{hash}\"");
        #[expect(
            clippy::expect_used,
            reason = "media types and base64 are visible ASCII"
        )]
        let header = |text: &str| HeaderValue::from_str(text).expect("a header");
        Self {
            media_type: header(media_type.as_ref()),
            cache: HeaderValue::from_static(cache),
            tag: header(&tag),
            plain,
            compressed,
        }
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let known = headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|tag| tag.trim() == self.tag);
        let about: [(HeaderName, HeaderValue); 3] = [
            (header::CACHE_CONTROL, self.cache.clone()),
            (header::ETAG, self.tag.clone()),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if known {
            return (StatusCode::NOT_MODIFIED, about).into_response();
        }
        let content_type = [(header::CONTENT_TYPE, self.media_type.clone())];
        let best = self
            .compressed
            .iter()
            .find(|(coding, _)| coding.is_accepted(headers));
        match best {
            Some((coding, content)) => {
                let coding = [(header::CONTENT_ENCODING, coding.name())];
                (about, content_type, coding, Body::from(content.clone())).into_response()
            }
            None => (about, content_type, Body::from(self.plain.clone())).into_response(),
        }
    }
}

fn collect(folder: &Path, above: &str, found: &mut Vec<(String, Bytes)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // A name that is not Unicode is in no address of the app's.
        let Some(name) = name.to_str().filter(|name| *name != WORKBENCH) else {
            continue;
        };
        let path = format!("{above}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push((path, std::fs::read(entry.path())?.into()));
        }
    }
    Ok(())
}

fn is_source_map(name: &str) -> bool {
    let suffixes = ["", ".br", ".gz"];
    suffixes
        .iter()
        .any(|suffix| name.ends_with(&format!(".map{suffix}")))
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

    fn files() -> Files {
        let content =
            |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
        Files::of([
            content(SCRIPT, "plain"),
            content("lapel-0123456789abcdef.js.br", "brotli"),
            content("lapel-0123456789abcdef.js.gz", "gzip"),
            content("lapel-0123456789abcdef.js.map", "map"),
            content("lapel-0123456789abcdef.js.map.br", "map"),
            content("robots.txt", "robots"),
            content("below/archive.tar.gz", "an archive"),
        ])
    }

    fn asked(path: &str, headers: &[(HeaderName, &'static str)]) -> Option<Response> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        files().answer(path, &headers.collect())
    }

    fn coding(accepted: &'static str) -> String {
        let answer = asked(
            &format!("/{SCRIPT}"),
            &[(header::ACCEPT_ENCODING, accepted)],
        );
        let answer = answer.expect("a file");
        assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/javascript");
        answer
            .headers()
            .get(header::CONTENT_ENCODING)
            .map_or("", |value| value.to_str().expect("ASCII"))
            .to_owned()
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
            "lapel-0123456789abcdef.js",
            "lapel-0123456789abcdef_bg.wasm",
            "below/notice-ef2c1c06c9f17ed.css",
        ] {
            assert!(has_content_hash(name), "{name}");
        }
        for name in [
            "index.html",
            "favicon-small.svg",
            "a-2026.css",
            "0123456789abcdef.js",
        ] {
            assert!(!has_content_hash(name), "{name}");
        }
        let cache = |path: &str| {
            let answer = asked(path, &[]).expect("a file");
            answer.headers()[header::CACHE_CONTROL].clone()
        };
        assert_eq!(cache(&format!("/{SCRIPT}")), IMMUTABLE);
        assert_eq!(cache("/robots.txt"), ASKED_ABOUT);
    }

    #[test]
    fn only_exact_names_exist_and_neither_compressed_twins_nor_source_maps_are_files() {
        assert!(asked("/below/archive.tar.gz", &[]).is_some());
        for path in [
            "/lapel-0123456789abcdef.js.br",
            "/lapel-0123456789abcdef.js.gz",
            "/lapel-0123456789abcdef.js.map",
            "/lapel-0123456789abcdef.js.map.br",
            "//robots.txt",
            "/below/../robots.txt",
            "/below",
            "/Robots.txt",
            "robots.txt",
            "",
        ] {
            assert!(asked(path, &[]).is_none(), "{path}");
        }
    }

    #[test]
    fn who_has_a_file_already_is_not_sent_it_again() {
        let first = asked("/robots.txt", &[]).expect("a file");
        let tag = first.headers()[header::ETAG].clone();
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, tag);
        let again = files().answer("/robots.txt", &headers).expect("a file");
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("W/\"x\""));
        let other = files().answer("/robots.txt", &headers).expect("a file");
        assert_eq!(other.status(), StatusCode::OK);
    }
}

//! Which headers pass between the page and LinkedIn. What is not named here does not, in either direction: no cookie, no
//! `Authorization` of the page's, nothing that a proxy added, nothing that would let LinkedIn's answer act on our origin.

use http::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::NotAllowed;
use crate::config::{Call, Version};
use crate::linkedin::transport::is_json;
use crate::secret::AccessToken;

const RESTLI_METHOD: HeaderName = HeaderName::from_static("x-restli-method");
const RESTLI_PROTOCOL: HeaderName = HeaderName::from_static("x-restli-protocol-version");
const LINKEDIN_VERSION: HeaderName = HeaderName::from_static("linkedin-version");

/// What the page may say to LinkedIn.
const TO_LINKEDIN: [HeaderName; 3] = [CONTENT_TYPE, ACCEPT, ACCEPT_LANGUAGE];

/// What LinkedIn may say to the page, beside the type of its answer: the name of what was made, LinkedIn's names for this
/// request, and when to come again.
const TO_PAGE: [HeaderName; 5] = [
    HeaderName::from_static("x-restli-id"),
    HeaderName::from_static("x-li-uuid"),
    HeaderName::from_static("x-li-fabric"),
    HeaderName::from_static("x-li-request-id"),
    RETRY_AFTER,
];

/// The headers of a call, but for the token.
pub(super) fn passed_on(
    from_page: &HeaderMap,
    call: &Call,
    version: &Version,
) -> Result<HeaderMap, NotAllowed> {
    let mut headers = picked(from_page, &TO_LINKEDIN);
    headers
        .entry(ACCEPT)
        .or_insert(HeaderValue::from_static("application/json"));
    // LinkedIn reference §8.3: selects Rest.li 2, which the escapes in our paths are made for.
    headers.insert(RESTLI_PROTOCOL, HeaderValue::from_static("2.0.0"));
    if call.path.is_versioned()
        && let Ok(version) = HeaderValue::from_str(version.as_str())
    {
        headers.insert(LINKEDIN_VERSION, version);
    }
    if let Some(method) = from_page.get(RESTLI_METHOD) {
        let known = |known: &String| known.as_bytes() == method.as_bytes();
        if !call.restli_methods.iter().any(known) {
            return Err(NotAllowed::RestliMethod);
        }
        headers.insert(RESTLI_METHOD, method.clone());
    }
    Ok(headers)
}

/// Adds the member's token (RFC 6750 §2.1). A token that is no header value is none of LinkedIn's, which says so itself.
pub(super) fn authorize(headers: &mut HeaderMap, token: &AccessToken) {
    if let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", token.expose())) {
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
    }
}

/// What of LinkedIn's headers the page may see.
pub(super) fn passed_back(from_linkedin: &HeaderMap) -> HeaderMap {
    let mut headers = picked(from_linkedin, &TO_PAGE);
    // JSON under whichever of its names is JSON, and has one encoding (RFC 8259 §8.1).
    if is_json(from_linkedin) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    headers
}

/// The first value of each.
fn picked(from: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    names
        .iter()
        .filter_map(|name| Some((name.clone(), from.get(name)?.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Method;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        pairs.collect()
    }

    fn names(headers: &HeaderMap) -> Vec<&str> {
        let mut names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        names
    }

    fn call(path: &str) -> Call {
        Call::new(Method::POST, path.parse().expect("a template"), &[])
    }

    #[test]
    fn of_the_pages_headers_four_pass_and_two_are_added() {
        let from_page = headers(&[
            ("content-type", "application/json"),
            ("accept", "application/json"),
            ("accept-language", "de"),
            ("cookie", "__Host-lapel=1.x"),
            ("authorization", "Bearer planted"),
            ("x-forwarded-for", "10.0.0.1"),
            ("x-restli-protocol-version", "1.0.0"),
            ("linkedin-version", "201901"),
            ("x-http-method-override", "DELETE"),
            ("connection", "authorization"),
            ("proxy-authorization", "x"),
            ("te", "trailers"),
            ("host", "evil.example"),
            ("content-length", "7"),
            ("transfer-encoding", "chunked"),
            ("x-lapel", "1"),
            ("origin", "https://app.example"),
            ("referer", "https://app.example/secret"),
        ]);
        let passed =
            passed_on(&from_page, &call("/rest/posts"), &Version::default()).expect("allowed");
        assert_eq!(
            names(&passed),
            [
                "accept",
                "accept-language",
                "content-type",
                "linkedin-version",
                "x-restli-protocol-version"
            ]
        );
        assert_eq!(passed[RESTLI_PROTOCOL], "2.0.0");
        assert_eq!(passed[LINKEDIN_VERSION], "202610");
        let passed = passed_on(
            &HeaderMap::new(),
            &call("/v2/ugcPosts"),
            &Version::default(),
        )
        .expect("allowed");
        assert_eq!(names(&passed), ["accept", "x-restli-protocol-version"]);
    }

    #[test]
    fn a_restli_method_passes_where_the_entry_has_it() {
        let from_page = headers(&[("x-restli-method", "PARTIAL_UPDATE")]);
        let mut call = call("/rest/posts/{urn}");
        let version = Version::default();
        assert_eq!(
            passed_on(&from_page, &call, &version),
            Err(NotAllowed::RestliMethod)
        );
        call.restli_methods = vec!["PARTIAL_UPDATE".into()];
        let passed = passed_on(&from_page, &call, &version).expect("allowed");
        assert_eq!(passed[RESTLI_METHOD], "PARTIAL_UPDATE");
        let from_page = headers(&[("x-restli-method", "DELETE")]);
        assert_eq!(
            passed_on(&from_page, &call, &version),
            Err(NotAllowed::RestliMethod)
        );
    }

    #[test]
    fn of_linkedins_headers_nothing_passes_that_acts_on_our_origin() {
        let from_linkedin = headers(&[
            ("content-type", "application/json; charset=utf-8"),
            ("x-restli-id", "urn:li:share:7"),
            ("x-li-uuid", "AAY=="),
            ("x-li-fabric", "prod-ltx1"),
            ("x-li-request-id", "7"),
            ("retry-after", "7"),
            ("set-cookie", "bcookie=1"),
            ("access-control-allow-origin", "*"),
            ("access-control-allow-credentials", "true"),
            ("clear-site-data", "\"*\""),
            ("content-security-policy", "default-src *"),
            ("link", "</x>; rel=preload"),
            ("refresh", "0; url=https://evil.example"),
            ("location", "https://evil.example"),
            ("cache-control", "public, max-age=99"),
            ("x-li-pop", "prod"),
            ("strict-transport-security", "max-age=1"),
            ("service-worker-allowed", "/"),
        ]);
        assert_eq!(
            names(&passed_back(&from_linkedin)),
            [
                "content-type",
                "retry-after",
                "x-li-fabric",
                "x-li-request-id",
                "x-li-uuid",
                "x-restli-id"
            ]
        );
    }

    #[test]
    fn no_type_passes_but_json() {
        for kind in [
            "text/html",
            "image/svg+xml",
            "text/javascript",
            "application/jsonp",
            "json",
            "",
        ] {
            let mut from_linkedin = HeaderMap::new();
            from_linkedin.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            assert!(passed_back(&from_linkedin).is_empty(), "{kind}");
        }
    }
}

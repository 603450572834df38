//! Signatures of OAuth 1.0a with HMAC-SHA1 and without a token (RFC 5849 §3.4).

use aws_lc_rs::hmac;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded::byte_serialize;

use crate::gateway::Fields;

/// Base64 of the HMAC-SHA1.
pub(super) fn hmac_sha1(key: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

/// A signed request's parameters: those of the header, of the query and of the form.
#[derive(Debug)]
pub(super) struct Signed(Vec<(String, String)>);

impl Signed {
    pub(super) fn read(headers: &HeaderMap, query: &Fields, form: &Fields) -> Self {
        let header = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("OAuth "))
            .unwrap_or_default();
        let mut parameters: Vec<(String, String)> = header
            .split(',')
            .filter_map(|pair| pair.trim().split_once('='))
            .map(|(name, value)| (decoded(name), decoded(value.trim_matches('"'))))
            .filter(|(name, _)| name != "realm")
            .collect();
        let rest = query.iter().chain(form.iter());
        parameters.extend(rest.map(|(name, value)| (name.to_owned(), value.to_owned())));
        Self(parameters)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// Whether the signature is that of the consumer with `secret` for a POST to `address`.
    pub(super) fn is_signed_with(&self, secret: &str, address: &str) -> bool {
        let mut pairs: Vec<(String, String)> = self
            .0
            .iter()
            .filter(|(name, _)| name != "oauth_signature")
            .map(|(name, value)| (encoded(name), encoded(value)))
            .collect();
        pairs.sort_unstable();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let base = format!("POST&{}&{}", encoded(address), encoded(&pairs.join("&")));
        // No token, so nothing stands behind the second separator.
        let expected = hmac_sha1(&format!("{}&", encoded(secret)), &base);
        self.get("oauth_signature") == Some(&expected)
    }
}

/// RFC 3986's percent-encoding, which OAuth 1.0a demands (RFC 5849 §3.6).
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
        .replace('*', "%2A")
        .replace("%7E", "~")
}

fn decoded(text: &str) -> String {
    // A plus sign is itself here, unlike in forms.
    let text = text
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    url::form_urlencoded::parse(text.as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect()
}

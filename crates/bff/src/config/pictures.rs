//! Where members' portraits may come from: sources of the page's content security policy.

use url::Url;

use super::env::Reader;
use super::http::is_loopback;

const PICTURE_SOURCES: &str = "LAPEL_PICTURE_SOURCES";

/// The sources that the operator names, if any; `none` for none at all.
pub(super) fn read(reader: &mut Reader) -> Option<Vec<String>> {
    let text = reader.text(PICTURE_SOURCES)?.to_owned();
    if text == "none" {
        return Some(Vec::new());
    }
    let mut sources = Vec::new();
    for word in text.split_whitespace() {
        match source(word) {
            Ok(source) => sources.push(source),
            Err(fault) => reader.fault(format!("{PICTURE_SOURCES}: {word}: {fault}")),
        }
    }
    Some(sources)
}

/// An origin as a policy writes it (CSP Level 3 §2.3.1), `https://*.media.example` for all hosts below one. Anything else
/// that a policy understands, a scheme alone or `*`, would let any host learn when members read which page.
pub(super) fn source(word: &str) -> Result<String, &'static str> {
    const FAULT: &str =
        "must be an origin, such as https://media.example or https://*.media.example";
    let (scheme, rest) = word.split_once("://").ok_or(FAULT)?;
    let host = rest.strip_prefix("*.").unwrap_or(rest);
    let url = Url::parse(&format!("{scheme}://{host}")).map_err(|_| FAULT)?;
    let origin = url.origin().ascii_serialization();
    let name = url.host_str().unwrap_or_default();
    // A semicolon may stand in a host's name as far as URLs go, and would end the policy's directive.
    let is_plain = |symbol: char| symbol.is_ascii_alphanumeric() || "-._[:]".contains(symbol);
    if host.contains(['/', '?', '#', '@']) || name.is_empty() || !name.chars().all(is_plain) {
        return Err(FAULT);
    }
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err("must be https, or http on loopback");
    }
    let below = if host == rest { "" } else { "*." };
    Ok(origin.replacen("://", &format!("://{below}"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_source_and_so_are_the_hosts_below_a_name() {
        for (word, written) in [
            ("https://media.example", "https://media.example"),
            ("https://MEDIA.example:8443", "https://media.example:8443"),
            ("https://*.media.example", "https://*.media.example"),
            ("http://127.0.0.1:3001", "http://127.0.0.1:3001"),
            ("http://[::1]:3001", "http://[::1]:3001"),
        ] {
            assert_eq!(source(word).as_deref(), Ok(written));
        }
    }

    #[test]
    fn whatever_would_say_more_is_none() {
        for word in [
            "*",
            "https:",
            "https://",
            "https://*",
            "https://*.*.example",
            "'unsafe-inline'",
            "data:",
            "media.example",
            "http://media.example",
            "https://media.example/path",
            "https://media.example/",
            "https://media.example;script-src",
            "https://u@media.example",
            "javascript://x",
        ] {
            assert!(source(word).is_err(), "{word}");
        }
    }
}

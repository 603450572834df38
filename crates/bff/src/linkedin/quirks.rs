//! Where LinkedIn differs from the standards: its dialect beside theirs, fact by fact, and readings as wide as what was
//! seen on the wire.
//!
//! Sections without a name are those of the LinkedIn reference, as of 2026-11.

use super::dialect::{Dialect, Lives, SecretIn};

/// LinkedIn's documented life of an access token: 60 days (§1.5).
const SIXTY_DAYS: i64 = 60 * 24 * 60 * 60;

/// LinkedIn's documented life of a refresh token: 365 days (§2), or 366 in a leap year.
const A_YEAR: i64 = 366 * 24 * 60 * 60;

/// Portraits come from LinkedIn's media hosts, seen as `media.licdn.com` (§5.4), and not from its API's.
pub(crate) const PICTURE_SOURCES: &str = "https://*.licdn.com";

impl Dialect {
    /// LinkedIn's web flow.
    pub const LINKEDIN: Self = Self {
        // A verifier beside the secret is answered 401 `invalid_client`, with or without a challenge (§6).
        pkce: false,
        // Accepted and dropped (§1.1, §5.3).
        nonce: false,
        // The answer has `code` and `state` only (§1.2).
        names_issuer: false,
        // By HTTP Basic the secret counts as absent (§1.4).
        secret: SecretIn::Body,
        // §1.6; the last two were seen for client credentials.
        client_refused: &[
            "invalid_client",
            "unauthorized_client",
            "invalid_client_id",
            "access_denied",
        ],
        // A code (§1.6), a refresh token (§2); the standard's word, should LinkedIn ever take to it.
        grant_refused: &["invalid_request", "invalid_redirect_uri", "invalid_grant"],
        // Documented with spaces, live with commas, re-ordered (§1.5).
        scope_separators: &[',', ' '],
        lives: Lives {
            access: SIXTY_DAYS,
            refresh: A_YEAR,
            // Seen for weeks in 2020 (§1.5).
            milliseconds: true,
        },
        nameless: "LinkedIn member",
    };

    /// A provider that does as the standards say. Discovery tells `names_issuer` and `secret`.
    pub const STANDARD: Self = Self {
        // RFC 9700 §2.1.1; a provider without it is refused.
        pkce: true,
        // OpenID Connect Core §3.1.2.1 and §3.1.3.7, 11.
        nonce: true,
        // RFC 9207 §3: false where nothing is announced.
        names_issuer: false,
        // OpenID Connect Core §9: where nothing else is announced.
        secret: SecretIn::Header,
        // RFC 6749 §5.2.
        client_refused: &["invalid_client", "unauthorized_client"],
        grant_refused: &["invalid_grant"],
        // RFC 6749 §3.3.
        scope_separators: &[' '],
        // RFC 6749 §5.1: in seconds, without a bound. A year is where a mistake is likelier than a will.
        lives: Lives {
            access: A_YEAR,
            refresh: A_YEAR,
            milliseconds: false,
        },
        nameless: "Member",
    };
}

/// LinkedIn's `error_description` is HTML-escaped inside the query (§1.3): unescaped once, and shown as text only.
pub(super) fn unescaped(description: &str) -> String {
    // `&amp;` last, so that `&amp;quot;` is unescaped once and not twice.
    [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(description.to_owned(), |text, (escaped, plain)| {
        text.replace(escaped, plain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_unescaped_once() {
        assert_eq!(unescaped("&quot;x&quot; &amp;lt;"), "\"x\" &lt;");
    }
}

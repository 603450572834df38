//! Where LinkedIn differs from the standards: each reading is as wide as what was seen on the wire.
//!
//! Sources are sections of the LinkedIn reference, as of 2026-11.

use serde_json::Value;

/// LinkedIn's documented life of an access token: 60 days (§1.5).
const SIXTY_DAYS: i64 = 60 * 24 * 60 * 60;

/// LinkedIn's documented life of a refresh token: 365 days (§2), or 366 in a leap year.
const A_YEAR: i64 = 366 * 24 * 60 * 60;

/// No token lives as long: a greater number is in milliseconds. Four days in milliseconds are more.
const TEN_YEARS: i64 = 10 * A_YEAR;

/// A life that is safe to assume where LinkedIn says none that makes sense: short, so that a wrong guess costs one more
/// sign-in and not a session that is dead without knowing it.
const CAUTIOUS: i64 = 60 * 60;

/// Portraits come from LinkedIn's media hosts, seen as `media.licdn.com` (§5.4), and not from its API's.
pub(super) const PICTURE_SOURCES: &str = "https://*.licdn.com";

/// Seconds that a token lives. `expires_in` was seen as a number, as a string (§1.6), and in milliseconds (§1.5, 2020).
pub(super) fn lifetime(expires_in: Option<&Value>) -> i64 {
    match expires_in.and_then(seconds) {
        Some(seconds) if (1..=SIXTY_DAYS).contains(&seconds) => seconds,
        // Sixty days in milliseconds is 164 years in seconds.
        Some(absurd) if absurd > TEN_YEARS && absurd / 1000 <= SIXTY_DAYS => absurd / 1000,
        Some(absurd) if absurd > 0 => SIXTY_DAYS,
        Some(_) | None => CAUTIOUS,
    }
}

/// What is left of a refresh token's life in seconds, where the answer says so in a way that makes sense. Never guessed:
/// without it, LinkedIn's own refusal is what ends the grant. LinkedIn's longest is 365 days (§2).
pub(super) fn refresh_lifetime(expires_in: Option<&Value>) -> Option<i64> {
    match seconds(expires_in?)? {
        left @ 0..=A_YEAR => Some(left),
        // A year in milliseconds is a thousand years in seconds.
        absurd if absurd > TEN_YEARS && absurd / 1000 <= A_YEAR => Some(absurd / 1000),
        long if (A_YEAR..=TEN_YEARS).contains(&long) => Some(A_YEAR),
        _ => None,
    }
}

fn seconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Scopes in an answer: documented with spaces, live with commas, re-ordered (§1.5). Without any, RFC 6749 §5.1 says that
/// what was asked for was granted.
pub(super) fn scopes(answered: Option<&str>, asked: &[String]) -> Vec<String> {
    let granted: Vec<String> = answered
        .unwrap_or_default()
        .split([',', ' '])
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect();
    if granted.is_empty() {
        asked.to_vec()
    } else {
        granted
    }
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
    use serde_json::json;

    #[test]
    fn a_lifetime_is_read_however_it_is_written() {
        let cases = [
            (json!(5_184_000), SIXTY_DAYS),
            (json!(5_183_999), 5_183_999),
            (json!("1800"), 1800),
            (json!(5_183_999_000_i64), 5_183_999),
            (json!(1_000_000_000_000_000_i64), SIXTY_DAYS),
            (json!(7_776_000), SIXTY_DAYS),
            (json!(0), CAUTIOUS),
            (json!(-5), CAUTIOUS),
            (json!("soon"), CAUTIOUS),
            (json!({}), CAUTIOUS),
            (json!(null), CAUTIOUS),
        ];
        for (value, seconds) in cases {
            assert_eq!(lifetime(Some(&value)), seconds, "{value}");
        }
        assert_eq!(lifetime(None), CAUTIOUS);
    }

    #[test]
    fn a_refresh_tokens_life_is_taken_at_its_word_or_not_at_all() {
        let cases = [
            (json!(26_438_400), Some(26_438_400)),
            (json!("439200"), Some(439_200)),
            (json!(31_536_000_000_i64), Some(31_536_000)),
            (json!(0), Some(0)),
            (json!(367 * 24 * 60 * 60), Some(A_YEAR)),
            (json!(-1), None),
            (json!("long"), None),
            (json!(1_000_000_000_000_000_i64), None),
        ];
        for (value, seconds) in cases {
            assert_eq!(refresh_lifetime(Some(&value)), seconds, "{value}");
        }
        assert_eq!(refresh_lifetime(None), None);
    }

    #[test]
    fn scopes_are_split_at_commas_and_spaces() {
        let asked = vec!["openid".to_owned()];
        assert_eq!(
            scopes(Some("email,openid,profile"), &asked),
            ["email", "openid", "profile"]
        );
        assert_eq!(
            scopes(Some("openid profile"), &asked),
            ["openid", "profile"]
        );
        assert_eq!(scopes(None, &asked), ["openid"]);
        assert_eq!(scopes(Some(" "), &asked), ["openid"]);
    }

    #[test]
    fn a_description_is_unescaped_once() {
        assert_eq!(unescaped("&quot;x&quot; &amp;lt;"), "\"x\" &lt;");
    }
}

//! How a provider speaks, as facts. What differs between LinkedIn and the standards is in this struct, and what is read
//! by it; nothing asks whose dialect it is.

use serde_json::Value;

/// A provider's dialect of OAuth 2.0 and OpenID Connect. [`Dialect::LINKEDIN`] and [`Dialect::STANDARD`] say for each
/// fact how it is known. What is not here is the same for all, or an answer says it itself: a token is introspected and
/// revoked with the same form everywhere, and of what introspection tells, `active` decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether a code is bound to its sign-in by PKCE. The method is S256 and never `plain` (RFC 9700 §2.1.1).
    pub pkce: bool,
    /// Whether an id_token repeats the nonce of the request, so that one without it is refused.
    pub nonce: bool,
    /// Whether each answer to an authorization request names its issuer, so that one that does not is refused.
    pub names_issuer: bool,
    /// Where the application's secret travels.
    pub secret: SecretIn,
    /// Values of `error` at the token endpoint that mean: not this application, or not in this way.
    pub client_refused: &'static [&'static str],
    /// Values of `error` at the token endpoint that mean: not this code, or this refresh token has ended.
    pub grant_refused: &'static [&'static str],
    /// What stands between the scopes of an answer.
    pub scope_separators: &'static [char],
    /// What lives are told.
    pub lives: Lives,
    /// What a member is called who has no name, for want of the `profile` permission.
    pub nameless: &'static str,
}

/// Where the application's secret travels (RFC 6749 §2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretIn {
    /// In the header, by HTTP Basic: `client_secret_basic`.
    Header,
    /// In the body, as two fields of the form: `client_secret_post`.
    Body,
}

/// What lives of tokens are believed, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lives {
    /// The longest of an access token.
    pub access: i64,
    /// The longest of a refresh token.
    pub refresh: i64,
    /// Whether a life that is longer than the longest may have been written in milliseconds.
    pub milliseconds: bool,
}

/// A life that is safe to assume where none is told that makes sense: short, so that a wrong guess costs one more sign-in
/// and not a session that is dead without knowing it.
const CAUTIOUS: i64 = 60 * 60;

/// From so many times the longest life on, a life is not too long but in milliseconds: between a hundredth and a tenth of
/// the longest remains.
const MILLISECONDS_FROM: i64 = 10;

impl Dialect {
    /// Seconds that an access token lives. `expires_in` is only recommended (RFC 6749 §5.1).
    pub(super) fn lifetime(&self, expires_in: Option<&Value>) -> i64 {
        let longest = self.lives.access;
        match expires_in.and_then(seconds) {
            Some(told) if told > 0 => self.plain(told, longest).unwrap_or(longest),
            Some(_) | None => CAUTIOUS,
        }
    }

    /// What is left of a refresh token's life in seconds, where the answer says so in a way that makes sense. Never
    /// guessed: without it, the provider's own refusal is what ends the grant. The field is LinkedIn's own (LinkedIn
    /// reference §2); others who send it mean the same.
    pub(super) fn refresh_lifetime(&self, expires_in: Option<&Value>) -> Option<i64> {
        match seconds(expires_in?)? {
            0 => Some(0),
            told if told > 0 => self.plain(told, self.lives.refresh),
            _ => None,
        }
    }

    /// A life in seconds; nothing where it is absurd.
    fn plain(&self, told: i64, longest: i64) -> Option<i64> {
        let possible = |life: &i64| (1..=longest).contains(life);
        // The longest life in milliseconds is a thousand times too long in seconds; a little too long is only that.
        if told <= longest.saturating_mul(MILLISECONDS_FROM) {
            return Some(told.min(longest));
        }
        let in_milliseconds = self.lives.milliseconds.then_some(told / 1000);
        in_milliseconds.filter(possible)
    }

    /// Scopes in an answer. Without any, what was asked for was granted (RFC 6749 §5.1).
    pub(super) fn scopes(&self, answered: Option<&str>, asked: &[String]) -> Vec<String> {
        let granted: Vec<String> = answered
            .unwrap_or_default()
            .split(self.scope_separators)
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect();
        if granted.is_empty() {
            asked.to_vec()
        } else {
            granted
        }
    }
}

fn seconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SIXTY_DAYS: i64 = 5_184_000;
    const A_YEAR: i64 = 31_622_400;

    #[test]
    fn a_lifetime_is_read_however_it_is_written() {
        // What is told, what LinkedIn means by it, and what others mean.
        let cases = [
            (json!(5_184_000), SIXTY_DAYS, SIXTY_DAYS),
            (json!(5_183_999), 5_183_999, 5_183_999),
            (json!("1800"), 1800, 1800),
            (json!(5_183_999_000_i64), 5_183_999, A_YEAR),
            (json!(31_536_000), SIXTY_DAYS, 31_536_000),
            (json!(1_000_000_000_000_000_i64), SIXTY_DAYS, A_YEAR),
            (json!(0), CAUTIOUS, CAUTIOUS),
            (json!(-5), CAUTIOUS, CAUTIOUS),
            (json!("soon"), CAUTIOUS, CAUTIOUS),
            (json!({}), CAUTIOUS, CAUTIOUS),
            (json!(null), CAUTIOUS, CAUTIOUS),
        ];
        for (value, linkedin, standard) in cases {
            let read = |dialect: Dialect| dialect.lifetime(Some(&value));
            assert_eq!(read(Dialect::LINKEDIN), linkedin, "{value}");
            assert_eq!(read(Dialect::STANDARD), standard, "{value}");
        }
        assert_eq!(Dialect::LINKEDIN.lifetime(None), CAUTIOUS);
    }

    #[test]
    fn a_refresh_tokens_life_is_taken_at_its_word_or_not_at_all() {
        let cases = [
            (json!(26_438_400), Some(26_438_400), Some(26_438_400)),
            (json!("439200"), Some(439_200), Some(439_200)),
            (json!(31_536_000_000_i64), Some(31_536_000), None),
            (json!(0), Some(0), Some(0)),
            (json!(-1), None, None),
            (json!("long"), None, None),
            (json!(1_000_000_000_000_000_i64), None, None),
        ];
        for (value, linkedin, standard) in cases {
            let read = |dialect: Dialect| dialect.refresh_lifetime(Some(&value));
            assert_eq!(read(Dialect::LINKEDIN), linkedin, "{value}");
            assert_eq!(read(Dialect::STANDARD), standard, "{value}");
        }
        assert_eq!(Dialect::LINKEDIN.refresh_lifetime(None), None);
    }

    #[test]
    fn linkedins_scopes_are_split_at_commas_too() {
        let asked = vec!["openid".to_owned()];
        let scopes = |answered| Dialect::LINKEDIN.scopes(answered, &asked);
        assert_eq!(
            scopes(Some("email,openid,profile")),
            ["email", "openid", "profile"]
        );
        assert_eq!(scopes(Some("openid profile")), ["openid", "profile"]);
        assert_eq!(scopes(None), ["openid"]);
        assert_eq!(scopes(Some(" ")), ["openid"]);
    }

    /// RFC 6749 §3.3 lets a scope contain a comma.
    #[test]
    fn a_standard_scope_may_contain_a_comma() {
        let scopes = Dialect::STANDARD.scopes(Some("openid a,b"), &[]);
        assert_eq!(scopes, ["openid", "a,b"]);
    }
}

//! Whether an id_token proves who the member is (OpenID Connect Core §3.1.3.7; LinkedIn reference §5.3).

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::dangerous::insecure_decode_claims;
use jsonwebtoken::{Algorithm, TokenData, Validation, decode, decode_header, errors};
use lapel_wire::Member;
use serde::Deserialize;
use url::Url;

use super::dialect::Dialect;
use super::keys::{KeyError, Keys};
use super::transport::Client;
use super::userinfo::{self, Profile};
use crate::secret::{AccessToken, IdToken, Nonce};

/// How far LinkedIn's clock and ours may be apart, in seconds.
const LEEWAY_SECONDS: i64 = 60;

/// What an id_token must say.
pub(super) struct Expected<'a> {
    pub(super) issuers: &'a [String],
    pub(super) client_id: &'a str,
    pub(super) dialect: &'a Dialect,
    pub(super) now: i64,
    /// The access token that came with it.
    pub(super) access_token: &'a AccessToken,
    /// What it must repeat, if anything was sent.
    pub(super) nonce: Option<&'a Nonce>,
}

/// Why an id_token proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum IdTokenError {
    /// Not a signed token, or not signed with RS256, which is all that LinkedIn uses (LinkedIn reference §5.1).
    #[error("it is not a token signed with RS256")]
    Malformed,
    /// It does not say with which key it was signed.
    #[error("it names no key")]
    NoKeyId,
    /// The key that it names cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The signature does not fit, or the claims have the wrong form.
    #[error("it is not signed by LinkedIn, or its claims have another form")]
    NotAuthentic,
    /// It came with another access token than this one.
    #[error("it belongs to another access token")]
    AccessToken,
    /// It does not repeat the nonce of this sign-in, or repeats one that was not sent.
    #[error("it belongs to another sign-in")]
    Nonce,
    /// From somebody else.
    #[error("its issuer is not LinkedIn")]
    Issuer,
    /// For somebody else.
    #[error("it is meant for another application")]
    Audience,
    /// Too old, or from the future: perhaps this machine's clock is wrong.
    #[error("its time does not fit ({0} seconds off): is this machine's clock right?")]
    Time(i64),
}

impl IdTokenError {
    /// Whether LinkedIn could not be asked for its keys: then the token may be as good as any.
    #[must_use]
    pub fn key_error(&self) -> Option<&KeyError> {
        match self {
            Self::Key(error) => Some(error),
            Self::Malformed
            | Self::NoKeyId
            | Self::NotAuthentic
            | Self::AccessToken
            | Self::Nonce
            | Self::Issuer
            | Self::Audience
            | Self::Time(_) => None,
        }
    }
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    at_hash: Option<String>,
    nonce: Option<Nonce>,
    sub: String,
    #[serde(flatten)]
    profile: Profile,
}

/// LinkedIn writes one; OpenID Connect Core §2 allows several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Who a valid id_token speaks of, as far as it tells.
pub(super) async fn verify(
    token: &IdToken,
    expected: &Expected<'_>,
    keys: &Keys,
    http: &Client,
    jwks: &Url,
) -> Result<Member, IdTokenError> {
    // LinkedIn reference §5.3: the header carries a bogus `zip`, which is not looked at. Nor are `jku`, `jwk` and `x5u`:
    // a key that a token brings along proves nothing.
    let header = decode_header(token.expose()).map_err(|_| IdTokenError::Malformed)?;
    // RFC 8725 §3.11: a token of another type, an access or a logout token, is no id_token whatever it says.
    let is_plain = header.typ.is_none_or(|typ| typ.eq_ignore_ascii_case("jwt"));
    if header.alg != Algorithm::RS256 || !is_plain {
        return Err(IdTokenError::Malformed);
    }
    let id = header.kid.ok_or(IdTokenError::NoKeyId)?;
    let key = keys.find(&id, http, jwks).await?;
    let claims = match signed_claims(token, &key) {
        Err(error) if *error.kind() == errors::ErrorKind::InvalidSignature => {
            let Some(key) = keys.replaced(&id, &key, http, jwks).await else {
                return Err(IdTokenError::NotAuthentic);
            };
            signed_claims(token, &key)
        }
        outcome => outcome,
    }
    .map_err(|_| IdTokenError::NotAuthentic)?;
    check(&claims, expected)?;
    Ok(userinfo::member(
        claims.sub,
        &claims.profile,
        expected.dialect,
    ))
}

fn signed_claims(token: &IdToken, key: &jsonwebtoken::DecodingKey) -> errors::Result<Claims> {
    let mut validation = Validation::new(Algorithm::RS256);
    // Time, issuer and audience are checked below: by our clock, and more strictly than the library does.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    decode(token.expose(), key, &validation).map(|TokenData { claims, .. }| claims)
}

fn check(claims: &Claims, expected: &Expected<'_>) -> Result<(), IdTokenError> {
    if !expected.issuers.contains(&claims.iss) {
        return Err(IdTokenError::Issuer);
    }
    if !claims.are_for(expected.client_id) {
        return Err(IdTokenError::Audience);
    }
    // OpenID Connect Core §3.1.3.6; LinkedIn sends none (LinkedIn reference §5.3).
    if claims
        .at_hash
        .as_ref()
        .is_some_and(|hash| *hash != at_hash(expected.access_token))
    {
        return Err(IdTokenError::AccessToken);
    }
    // OpenID Connect Core §3.1.3.7, 11. One that was not sent is somebody else's.
    let repeated = match (&claims.nonce, expected.nonce) {
        (Some(told), Some(sent)) => told.matches(sent),
        (Some(_), None) => false,
        (None, _) => !expected.dialect.nonce,
    };
    if !repeated {
        return Err(IdTokenError::Nonce);
    }
    let late = expected.now.saturating_sub(claims.exp);
    let early = claims
        .iat
        .max(claims.nbf.unwrap_or(i64::MIN))
        .saturating_sub(expected.now);
    for off in [late, early] {
        if off > LEEWAY_SECONDS {
            return Err(IdTokenError::Time(off));
        }
    }
    Ok(())
}

/// Whether an id_token that came with a refresh speaks of the same member (OpenID Connect Core §12.2). Its signature is
/// not looked at: it came from the token endpoint itself (§3.1.3.7, 6), and a key that cannot be had just then would cost
/// tokens that the provider will not give again. Nor is its nonce, which it should not have.
pub(super) fn speaks_still_of(
    subject: &str,
    token: &IdToken,
    issuers: &[String],
    client_id: &str,
) -> bool {
    insecure_decode_claims::<Claims>(token.expose()).is_ok_and(|claims| {
        claims.sub == subject && issuers.contains(&claims.iss) && claims.are_for(client_id)
    })
}

impl Claims {
    /// Whether they are meant for this application: it must be among the audience; among several, `azp` must name it
    /// (OpenID Connect Core §3.1.3.7, 3 to 5).
    fn are_for(&self, client_id: &str) -> bool {
        let is_us = |name: &String| name == client_id;
        match &self.aud {
            Audience::One(name) => is_us(name) && self.azp.as_ref().is_none_or(is_us),
            Audience::Several(names) => {
                names.iter().any(is_us)
                    && match &self.azp {
                        Some(party) => is_us(party),
                        None => names.len() == 1,
                    }
            }
        }
    }
}

/// The left half of the token's SHA-256, which is RS256's hash.
fn at_hash(token: &AccessToken) -> String {
    let digest = digest::digest(&digest::SHA256, token.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(digest.as_ref().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(change: impl FnOnce(&mut Claims)) -> Claims {
        let mut claims = Claims {
            iss: "https://www.linkedin.com/oauth".into(),
            aud: Audience::One("us".into()),
            azp: None,
            exp: 4600,
            iat: 1000,
            nbf: None,
            at_hash: None,
            nonce: None,
            sub: "s".into(),
            profile: serde_json::from_str("{}").expect("an empty profile"),
        };
        change(&mut claims);
        claims
    }

    fn verdict(now: i64, change: impl FnOnce(&mut Claims)) -> Result<(), IdTokenError> {
        verdict_of(Dialect::LINKEDIN, None, now, change)
    }

    fn verdict_of(
        dialect: Dialect,
        nonce: Option<&Nonce>,
        now: i64,
        change: impl FnOnce(&mut Claims),
    ) -> Result<(), IdTokenError> {
        let issuers = ["https://www.linkedin.com/oauth".to_owned()];
        check(
            &claims(change),
            &Expected {
                issuers: &issuers,
                client_id: "us",
                dialect: &dialect,
                now,
                access_token: &AccessToken::new("AQX"),
                nonce,
            },
        )
    }

    #[test]
    fn what_linkedin_sends_is_accepted() {
        assert!(verdict(1000, |_| {}).is_ok());
    }

    #[test]
    fn only_the_exact_issuer_counts() {
        for issuer in [
            "https://www.linkedin.com",
            "https://www.linkedin.com/oauth/",
            "",
        ] {
            let verdict = verdict(1000, |claims| claims.iss = issuer.into());
            assert!(matches!(verdict, Err(IdTokenError::Issuer)), "{issuer}");
        }
    }

    #[test]
    fn several_audiences_need_an_authorized_party() {
        let several = || Audience::Several(vec!["us".into(), "them".into()]);
        assert!(verdict(1000, |claims| claims.aud = several()).is_err());
        assert!(
            verdict(1000, |claims| {
                claims.aud = several();
                claims.azp = Some("us".into());
            })
            .is_ok()
        );
        assert!(verdict(1000, |claims| claims.aud = Audience::One("them".into())).is_err());
        assert!(verdict(1000, |claims| claims.azp = Some("them".into())).is_err());
    }

    #[test]
    fn a_minute_of_clock_skew_is_forgiven_and_no_more() {
        assert!(verdict(4660, |_| {}).is_ok());
        assert!(matches!(verdict(4661, |_| {}), Err(IdTokenError::Time(61))));
        assert!(verdict(940, |_| {}).is_ok());
        assert!(matches!(verdict(939, |_| {}), Err(IdTokenError::Time(61))));
        assert!(verdict(1000, |claims| claims.nbf = Some(1061)).is_err());
    }

    #[test]
    fn an_id_token_of_another_access_token_is_refused() {
        let own = at_hash(&AccessToken::new("AQX"));
        assert!(verdict(1000, |claims| claims.at_hash = Some(own)).is_ok());
        let other = at_hash(&AccessToken::new("AQY"));
        let verdict = verdict(1000, |claims| claims.at_hash = Some(other));
        assert!(matches!(verdict, Err(IdTokenError::AccessToken)));
    }

    #[test]
    fn an_id_token_after_a_refresh_speaks_of_the_same_member_by_the_same_issuer() {
        let issuers = ["https://id.example".to_owned()];
        let told = |iss: &str, sub: &str, aud: &str| {
            let claims =
                format!(r#"{{"iss":"{iss}","sub":"{sub}","aud":"{aud}","iat":1,"exp":2}}"#);
            let claims = URL_SAFE_NO_PAD.encode(claims);
            let token = IdToken::new(format!("e30.{claims}.unsigned"));
            speaks_still_of("s", &token, &issuers, "us")
        };
        assert!(told("https://id.example", "s", "us"));
        assert!(!told("https://id.example/", "s", "us"));
        assert!(!told("https://id.example", "t", "us"));
        assert!(!told("https://id.example", "s", "them"));
        assert!(!speaks_still_of(
            "s",
            &IdToken::new("no token"),
            &issuers,
            "us"
        ));
    }

    #[test]
    fn a_nonce_that_is_there_must_be_the_one_that_was_sent() {
        let sent = Nonce::random();
        for dialect in [Dialect::LINKEDIN, Dialect::STANDARD] {
            let told = |nonce: Nonce| {
                verdict_of(dialect, Some(&sent), 1000, |claims| {
                    claims.nonce = Some(nonce);
                })
            };
            assert!(told(sent.clone()).is_ok());
            assert!(matches!(told(Nonce::random()), Err(IdTokenError::Nonce)));
            assert!(matches!(told(Nonce::new("")), Err(IdTokenError::Nonce)));
            let unasked = verdict_of(dialect, None, 1000, |claims| {
                claims.nonce = Some(sent.clone());
            });
            assert!(matches!(unasked, Err(IdTokenError::Nonce)));
        }
    }

    #[test]
    fn a_nonce_may_be_absent_only_where_the_provider_drops_it() {
        let sent = Nonce::random();
        let absent = |dialect, sent| verdict_of(dialect, sent, 1000, |_| {});
        assert!(absent(Dialect::LINKEDIN, None).is_ok());
        for sent in [Some(&sent), None] {
            let verdict = absent(Dialect::STANDARD, sent);
            assert!(matches!(verdict, Err(IdTokenError::Nonce)));
        }
    }
}

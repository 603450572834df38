//! A member who signed in with LinkedIn's JavaScript SDK (LinkedIn reference §7): the cookie that its script left on the
//! application's own domain, and the exchange of the token in it. LinkedIn switched the SDK off in 2019.
//!
//! LinkedIn's best practices want such members handed over without the authorization flow (§11.1, practice 7). How is
//! documented for OAuth 1.0a only; the form of the exchange for a token of OAuth 2.0 is that of RFC 8693, an assumption.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lapel_wire::Kind;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::time::{Instant, timeout_at};

use super::token::{self, ExchangeError, Grant};
use super::userinfo::UserinfoError;
use super::{Identity, LinkedIn};
use crate::secret::{ClientSecret, SdkToken};

/// Longest value that is looked at, in bytes. Browsers keep no longer cookie.
const LONGEST: usize = 4096;

/// Who the SDK's cookie says was signed in, with a signature that only LinkedIn and this application can make.
#[derive(Debug)]
pub struct SdkMember {
    /// The member, as this application knows them. That it is the id_token's and userinfo's `sub` is an assumption, which
    /// only ever keeps somebody out.
    pub id: String,
    token: SdkToken,
}

/// Why a cookie is not LinkedIn's. The details are for developers; to everybody else all are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdkCookieError {
    /// Longer than any cookie.
    #[error("the SDK's cookie is too long")]
    TooLong,
    /// Not URL-encoded JSON of the documented form.
    #[error("the SDK's cookie is not of the documented form")]
    Malformed,
    /// Signed in a way that is not known.
    #[error("the SDK's cookie is signed in another way than version 1 with HMAC-SHA1")]
    Unknown,
    /// What is signed is not exactly what is used.
    #[error("the SDK's cookie does not sign exactly the token and the member")]
    Unsigned,
    /// Not signed with this application's secret.
    #[error("the SDK's cookie is not signed for this application")]
    NotAuthentic,
}

/// Why the SDK's member could not be signed in.
#[derive(Debug, thiserror::Error)]
pub enum SdkSignInError {
    /// LinkedIn does not exchange this token, or none at all any more: only the authorization flow helps.
    #[error("LinkedIn does not exchange the SDK's token ({0})")]
    Refused(String),
    /// The exchange failed otherwise.
    #[error("the SDK's token could not be exchanged: {0}")]
    Exchange(ExchangeError),
    /// LinkedIn did not say who the member is, and nobody else can.
    #[error("userinfo was not answered: {0}")]
    Userinfo(#[from] UserinfoError),
    /// Each answer came, but together they took too long.
    #[error("LinkedIn did not answer in time")]
    TooSlow,
    /// Cookie and userinfo speak of two members.
    #[error("userinfo speaks of another member than the SDK's cookie")]
    OtherMember,
}

impl SdkSignInError {
    /// Whose side it is on.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Refused(_) => Kind::SignInNeeded,
            Self::TooSlow => Kind::LinkedinDown,
            Self::Exchange(ExchangeError::NoAnswer(failure))
            | Self::Userinfo(UserinfoError::NoAnswer(failure)) => failure.kind(),
            Self::Exchange(ExchangeError::ClientRefused(_)) => Kind::NotConfigured,
            Self::Exchange(
                ExchangeError::CodeRefused(_)
                | ExchangeError::NotUnderstood(_)
                | ExchangeError::Unreadable(_)
                | ExchangeError::NoIdToken
                | ExchangeError::NotBearer,
            )
            | Self::Userinfo(
                UserinfoError::Revoked
                | UserinfoError::NotPermitted
                | UserinfoError::Refused(_)
                | UserinfoError::Unreadable(_),
            )
            | Self::OtherMember => Kind::Contract,
        }
    }
}

/// The cookie's JSON. A member that comes twice is an error of its own accord.
#[derive(Deserialize)]
struct Content {
    signature_version: String,
    signature_method: String,
    signature_order: [String; 2],
    access_token: SdkToken,
    member_id: String,
    signature: String,
}

/// Reads a cookie's value and proves its signature with the application's secret.
pub(super) fn read(value: &str, secret: &ClientSecret) -> Result<SdkMember, SdkCookieError> {
    if value.len() > LONGEST {
        return Err(SdkCookieError::TooLong);
    }
    let json = percent_decode_str(value)
        .decode_utf8()
        .map_err(|_| SdkCookieError::Malformed)?;
    let content: Content = serde_json::from_str(&json).map_err(|_| SdkCookieError::Malformed)?;
    if content.signature_version != "1" || content.signature_method != "HMAC-SHA1" {
        return Err(SdkCookieError::Unknown);
    }
    let token = content.access_token.expose();
    let order = content.signature_order.each_ref().map(String::as_str);
    let signed = match order {
        ["access_token", "member_id"] => [token, &content.member_id].concat(),
        ["member_id", "access_token"] => [&content.member_id, token].concat(),
        _ => return Err(SdkCookieError::Unsigned),
    };
    let signature = STANDARD
        .decode(&content.signature)
        .map_err(|_| SdkCookieError::Malformed)?;
    // SHA-1 is what LinkedIn signed with; as a message authentication code it has not been broken (RFC 6194 §3.3).
    let key = hmac::Key::new(
        hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        secret.expose().as_bytes(),
    );
    hmac::verify(&key, signed.as_bytes(), &signature).map_err(|_| SdkCookieError::NotAuthentic)?;
    // The two are signed without anything in between, so where one ends and the other begins is not. Whoever moves that
    // border has another token, which LinkedIn does not know.
    if token.is_empty() || content.member_id.is_empty() {
        return Err(SdkCookieError::Malformed);
    }
    Ok(SdkMember {
        id: content.member_id,
        token: content.access_token,
    })
}

/// Exchanges the SDK's token and learns who the member is. There is no id_token; userinfo is the proof.
pub(super) async fn sign_in(
    linkedin: &LinkedIn,
    member: &SdkMember,
) -> Result<(Identity, Grant), SdkSignInError> {
    let deadline = Instant::now() + linkedin.settings.deadlines.sign_in;
    let exchange = token::exchange_sdk(linkedin, &member.token);
    let grant = match timeout_at(deadline, exchange).await {
        Ok(Ok(grant)) => grant,
        Ok(Err(ExchangeError::CodeRefused(told))) => return Err(SdkSignInError::Refused(told)),
        Ok(Err(error)) => return Err(SdkSignInError::Exchange(error)),
        Err(_) => return Err(SdkSignInError::TooSlow),
    };
    let told = timeout_at(deadline, linkedin.userinfo_of_fresh(&grant.access_token)).await;
    let refused = match told {
        Ok(Ok(told)) if told.id == member.id => {
            let identity = Identity {
                member: told,
                complete: true,
            };
            return Ok((identity, grant));
        }
        Ok(Ok(_)) => SdkSignInError::OtherMember,
        Ok(Err(error)) => error.into(),
        Err(_) => SdkSignInError::TooSlow,
    };
    // Nobody will use these tokens, and nobody but us knows them.
    let refresh = grant.refresh_token.as_ref();
    linkedin.revoke(&grant.access_token, refresh).await;
    Err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const SECRET: &str = "WPL_AP1.x.y==";

    fn signature(signed: &str, secret: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
        STANDARD.encode(hmac::sign(&key, signed.as_bytes()))
    }

    fn content() -> Value {
        json!({
            "signature_version": "1",
            "signature_method": "HMAC-SHA1",
            "signature_order": ["access_token", "member_id"],
            "access_token": "token",
            "member_id": "member",
            "signature": signature("tokenmember", SECRET),
        })
    }

    fn encoded(content: &Value) -> String {
        let plain = percent_encoding::NON_ALPHANUMERIC;
        percent_encoding::utf8_percent_encode(&content.to_string(), plain).to_string()
    }

    fn read_text(value: &str) -> Result<SdkMember, SdkCookieError> {
        read(value, &ClientSecret::new(SECRET))
    }

    fn changed(name: &str, value: Value) -> Option<SdkCookieError> {
        let mut content = content();
        content[name] = value;
        read_text(&encoded(&content)).err()
    }

    #[test]
    fn what_linkedin_signed_is_read_in_either_order() {
        let member = read_text(&encoded(&content())).expect("signed");
        assert_eq!(member.id, "member");
        assert_eq!(member.token.expose(), "token");
        let mut other_way = content();
        other_way["signature_order"] = json!(["member_id", "access_token"]);
        other_way["signature"] = signature("membertoken", SECRET).into();
        assert!(read_text(&encoded(&other_way)).is_ok());
    }

    #[test]
    fn what_was_changed_is_refused() {
        use SdkCookieError::{Malformed, NotAuthentic, Unknown, Unsigned};
        for (name, value, error) in [
            ("signature_version", json!("2"), Unknown),
            ("signature_version", json!(1), Malformed),
            ("signature_method", json!("none"), Unknown),
            ("signature_order", json!(["access_token"]), Malformed),
            ("signature_order", json!([]), Malformed),
            (
                "signature_order",
                json!(["member_id", "member_id"]),
                Unsigned,
            ),
            ("signature_order", json!(["access_token", "x"]), Unsigned),
            (
                "signature_order",
                json!(["member_id", "access_token"]),
                NotAuthentic,
            ),
            ("access_token", json!("other"), NotAuthentic),
            ("member_id", json!("other"), NotAuthentic),
            ("member_id", json!(["member"]), Malformed),
            (
                "signature",
                json!(signature("tokenmember", "theirs")),
                NotAuthentic,
            ),
            ("signature", json!(""), NotAuthentic),
            ("signature", json!("?"), Malformed),
        ] {
            assert_eq!(changed(name, value.clone()), Some(error), "{name}: {value}");
        }
    }

    #[test]
    fn a_token_or_a_member_that_is_empty_is_none() {
        let mut content = content();
        content["access_token"] = "tokenmember".into();
        content["member_id"] = "".into();
        let error = read_text(&encoded(&content)).err();
        assert_eq!(error, Some(SdkCookieError::Malformed));
    }

    #[test]
    fn a_member_that_comes_twice_is_refused() {
        let text = content().to_string();
        let twice = text.replacen('{', r#"{"member_id":"other","#, 1);
        let error = read_text(&twice).err();
        assert_eq!(error, Some(SdkCookieError::Malformed));
    }

    #[test]
    fn a_cookie_longer_than_any_is_not_looked_at() {
        let error = read_text(&"x".repeat(4097)).err();
        assert_eq!(error, Some(SdkCookieError::TooLong));
    }

    proptest! {
        #[test]
        fn nothing_else_is_read(text in ".{0,300}") {
            prop_assert!(read_text(&text).is_err());
        }
    }
}

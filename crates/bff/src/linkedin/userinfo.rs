//! Who the member is, in LinkedIn's words (OpenID Connect Core §5.3; LinkedIn reference §5.4).

use lapel_wire::Member;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::LinkedIn;
use super::dialect::Dialect;
use super::transport::{Failure, NotAsExpected};
use crate::secret::AccessToken;

/// Longest name that is kept, in characters. The session travels in a cookie, whose room is limited.
const LONGEST_NAME: usize = 256;

/// Longest e-mail address that is kept, in bytes (RFC 5321 §4.5.3.1).
const LONGEST_EMAIL: usize = 320;

/// Longest picture address that is kept, in bytes.
const LONGEST_PICTURE: usize = 1024;

/// Why LinkedIn did not say who the member is.
#[derive(Debug, thiserror::Error)]
pub enum UserinfoError {
    /// Could not ask.
    #[error(transparent)]
    NoAnswer(#[from] Failure),
    /// LinkedIn calls the token revoked. Of a token that it has just given, that passes within seconds (LinkedIn
    /// reference §8.2).
    #[error("LinkedIn calls the token revoked")]
    Revoked,
    /// The token does not permit the question.
    #[error("the token does not permit to ask userinfo")]
    NotPermitted,
    /// LinkedIn does not take the token (401), or the question.
    #[error("LinkedIn refused to answer ({0})")]
    Refused(StatusCode),
    /// The answer names no member.
    #[error("LinkedIn's userinfo cannot be read: {0}")]
    Unreadable(NotAsExpected),
}

/// What userinfo and the id_token say about a member beside `sub`. Everything may be absent or of another type than
/// documented; what cannot be used is left out, so that a field that LinkedIn changes does not lock members out.
#[derive(Deserialize)]
pub(super) struct Profile {
    #[serde(default)]
    name: Value,
    #[serde(default)]
    given_name: Value,
    #[serde(default)]
    family_name: Value,
    #[serde(default)]
    picture: Value,
    #[serde(default)]
    email: Value,
}

#[derive(Deserialize)]
struct Userinfo {
    sub: String,
    #[serde(flatten)]
    profile: Profile,
}

/// LinkedIn's own number for "the member or LinkedIn ended this token" (LinkedIn reference §8.2).
const REVOKED: u64 = 65601;

#[derive(Deserialize, Default)]
struct Refusal {
    #[serde(rename = "serviceErrorCode")]
    service_error_code: Option<u64>,
}

/// Asks LinkedIn who the token's member is.
pub(super) async fn fetch(
    linkedin: &LinkedIn,
    token: &AccessToken,
) -> Result<Member, UserinfoError> {
    let endpoint = linkedin.settings.endpoints.userinfo.clone();
    let request = linkedin.api.get(endpoint).bearer_auth(token.expose());
    let answer = linkedin.api.send("userinfo", request).await?;
    if answer.status.is_success() {
        return answer
            .json()
            .map(|Userinfo { sub, profile }| member(sub, &profile, &linkedin.settings.dialect))
            .map_err(UserinfoError::Unreadable);
    }
    let Refusal { service_error_code } = answer.json().unwrap_or_default();
    Err(match answer.status {
        StatusCode::UNAUTHORIZED if service_error_code == Some(REVOKED) => UserinfoError::Revoked,
        StatusCode::FORBIDDEN => UserinfoError::NotPermitted,
        status => UserinfoError::Refused(status),
    })
}

/// The member with this subject, as far as the profile tells.
pub(super) fn member(subject: String, profile: &Profile, dialect: &Dialect) -> Member {
    let text = |value: &Value| {
        value
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let name = text(&profile.name).or_else(|| {
        let parts = [text(&profile.given_name), text(&profile.family_name)];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|it| !it.is_empty())
    });
    Member {
        id: subject,
        name: name
            .unwrap_or_else(|| dialect.nameless.to_owned())
            .chars()
            .take(LONGEST_NAME)
            .collect(),
        picture: text(&profile.picture).filter(|address| is_picture(address)),
        email: text(&profile.email).filter(|email| email.len() <= LONGEST_EMAIL),
    }
}

/// Whether an address may stand in the page as a picture: `javascript:`, `data:` and plain http off loopback may not.
fn is_picture(address: &str) -> bool {
    address.len() <= LONGEST_PICTURE
        && Url::parse(address).is_ok_and(|url| {
            url.scheme() == "https" || (url.scheme() == "http" && crate::config::is_loopback(&url))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Member {
        let Userinfo { sub, profile } = serde_json::from_value(value).expect("userinfo");
        member(sub, &profile, &Dialect::LINKEDIN)
    }

    #[test]
    fn a_member_with_everything_is_read() {
        let ada = read(json!({
            "sub": "aB3dE5fG7h", "email_verified": true, "name": "Ada Example",
            "locale": {"country": "US", "language": "en"}, "given_name": "Ada",
            "email": "ada@example.com", "picture": "https://media.licdn.com/x?e=1"
        }));
        assert_eq!(ada.name, "Ada Example");
        assert_eq!(
            ada.picture.as_deref(),
            Some("https://media.licdn.com/x?e=1")
        );
        assert_eq!(ada.email.as_deref(), Some("ada@example.com"));
    }

    #[test]
    fn a_member_with_next_to_nothing_is_read() {
        let member = read(json!({"sub": "s"}));
        assert_eq!(
            (member.name.as_str(), member.picture, member.email),
            ("LinkedIn member", None, None)
        );
        assert_eq!(
            read(json!({"sub": "s", "given_name": "Cher", "name": " "})).name,
            "Cher"
        );
    }

    #[test]
    fn claims_of_the_wrong_type_are_left_out() {
        let member = read(json!({"sub": "s", "name": ["x"], "email": {}, "picture": 7}));
        assert_eq!(
            (member.name.as_str(), member.picture, member.email),
            ("LinkedIn member", None, None)
        );
    }

    #[test]
    fn a_picture_that_could_act_is_left_out() {
        for picture in [
            "javascript:alert(1)",
            "data:image/svg+xml,<svg/>",
            "http://evil.example/p",
            "/relative",
            &format!("https://x.example/{}", "p".repeat(1100)),
        ] {
            assert_eq!(
                read(json!({"sub": "s", "picture": picture})).picture,
                None,
                "{picture}"
            );
        }
    }

    #[test]
    fn a_name_of_ten_thousand_characters_is_cut_at_a_character() {
        assert_eq!(
            read(json!({"sub": "s", "name": "é".repeat(10_000)}))
                .name
                .chars()
                .count(),
            256
        );
    }
}

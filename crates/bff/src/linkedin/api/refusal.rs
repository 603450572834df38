//! A refusal in LinkedIn's own words, and what can be understood of it without reading them.

use http::StatusCode;
use lapel_wire::InputError;
use serde::Deserialize;
use serde_json::Value;

use crate::linkedin::support::Seen;

/// How much of LinkedIn's reason the page is shown, in characters. LinkedIn lists every fault of a body in one text.
const LONGEST_REASON: usize = 1000;

/// So many errors of a request are passed on.
const MOST_ERRORS: usize = 10;

/// Longest name of a post, in bytes. LinkedIn's have some 32.
const LONGEST_NAME: usize = 100;

/// Why LinkedIn does not take an access token (LinkedIn reference §8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenEnd {
    /// Its time is over.
    Expired,
    /// The member or LinkedIn ended it.
    Revoked,
}

/// A 4xx in LinkedIn's own words.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) seen: Seen,
    words: Option<Words>,
}

/// LinkedIn reference §8.1. Texts are shown and decide nothing; either number or name may be absent.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Words {
    #[serde(rename = "serviceErrorCode")]
    number: Option<u64>,
    code: Option<String>,
    message: Option<String>,
    /// LinkedIn reference §9.3. Of any shape, since what is odd about it must not make the rest unreadable.
    #[serde(rename = "errorDetails")]
    details: Value,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, seen: Seen) -> Self {
        Self {
            words: serde_json::from_slice(&seen.body).ok(),
            status,
            seen,
        }
    }

    fn has_number(&self, number: u64) -> bool {
        self.words
            .as_ref()
            .is_some_and(|words| words.number == Some(number))
    }

    fn has_code(&self, code: &str) -> bool {
        self.words
            .as_ref()
            .is_some_and(|words| words.code.as_deref() == Some(code))
    }

    /// That the token has ended, if that is what LinkedIn says. A 401 without a word, or for want of a token, says nothing
    /// about the member's.
    pub(super) fn token_end(&self) -> Option<TokenEnd> {
        let is_for_want_of_a_token = self.has_number(65604) || self.has_code("EMPTY_ACCESS_TOKEN");
        if self.status != StatusCode::UNAUTHORIZED || self.words.is_none() || is_for_want_of_a_token
        {
            return None;
        }
        if self.has_number(65602) || self.has_code("EXPIRED_ACCESS_TOKEN") {
            return Some(TokenEnd::Expired);
        }
        Some(TokenEnd::Revoked)
    }

    pub(super) fn is_for_want_of_permission(&self) -> bool {
        self.status == StatusCode::FORBIDDEN
            && (self.has_number(100) || self.has_code("ACCESS_DENIED"))
    }

    pub(super) fn is_about_version(&self) -> bool {
        self.status == StatusCode::UPGRADE_REQUIRED
            || self.has_code("VERSION_MISSING")
            || self.has_code("NONEXISTENT_VERSION")
    }

    /// LinkedIn's reason as text: for people, never for programs.
    pub(super) fn reason(&self) -> String {
        let message = self
            .words
            .as_ref()
            .and_then(|words| words.message.as_deref());
        let visible = message.unwrap_or_default().chars().map(|it| {
            if it.is_control() && it != '\n' {
                ' '
            } else {
                it
            }
        });
        visible
            .take(LONGEST_REASON)
            .collect::<String>()
            .trim()
            .to_owned()
    }

    /// What of the request LinkedIn refused, as far as it has codes for it (LinkedIn reference §9.3).
    pub(super) fn input_errors(&self) -> Vec<InputError> {
        let Some(words) = &self.words else {
            return Vec::new();
        };
        let errors = words.details["inputErrors"].as_array();
        let errors = errors.map_or(&[][..], Vec::as_slice);
        errors
            .iter()
            .take(MOST_ERRORS)
            .map(|error| match error["code"].as_str() {
                Some("DUPLICATE_POST") => InputError::Duplicate {
                    of: words.message.as_deref().and_then(post_named_in),
                },
                Some("FIELD_ARRAY_SIZE_TOO_HIGH") => InputError::TooLong {
                    most: error["maxLength"].as_u64(),
                },
                Some(_) | None => InputError::Other,
            })
            .collect()
    }
}

/// The post that LinkedIn's words name. They change without notice: then no post is named, and nothing else depends on it.
fn post_named_in(message: &str) -> Option<String> {
    let urn = &message[message.find("urn:li:")?..];
    let end = urn
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != ':')
        .unwrap_or(urn.len());
    let urn = &urn[..end];
    let (_, number) = urn.rsplit_once(':')?;
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && urn.len() <= LONGEST_NAME).then(|| urn.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> Refusal {
        let seen = Seen::default().with(body.as_bytes().to_vec());
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, seen)
    }

    #[test]
    fn what_linkedin_has_a_code_for_is_told_by_its_name() {
        let body = r#"{"status":422,"message":"x.BadRequestResponseException: Content is a duplicate of urn:li:share:7000.",
            "errorDetails":{"inputErrors":[
                {"description":"Duplicate post is detected","input":{},"code":"DUPLICATE_POST"},
                {"code":"FIELD_ARRAY_SIZE_TOO_HIGH","maxLength":3000},
                {"code":"FIELD_ARRAY_SIZE_TOO_HIGH"},
                {"code":"ADDED_LATER"},
                {"description":"without a code"}, 7]}}"#;
        assert_eq!(
            refused(body).input_errors(),
            [
                InputError::Duplicate {
                    of: Some("urn:li:share:7000".to_owned())
                },
                InputError::TooLong { most: Some(3000) },
                InputError::TooLong { most: None },
                InputError::Other,
                InputError::Other,
                InputError::Other,
            ]
        );
    }

    #[test]
    fn details_of_another_shape_are_none_and_leave_the_rest_readable() {
        for details in ["null", "7", "\"x\"", "[]", "{}", "{\"inputErrors\":{}}"] {
            let body = format!("{{\"code\":\"VERSION_MISSING\",\"errorDetails\":{details}}}");
            let refusal = refused(&body);
            assert_eq!(refusal.input_errors(), [], "{details}");
            assert!(refusal.is_about_version(), "{details}");
        }
        assert_eq!(refused("<html>").input_errors(), []);
    }

    #[test]
    fn a_post_is_named_only_by_what_can_be_its_name() {
        for (message, name) in [
            (
                "Content is a duplicate of urn:li:share:7000",
                Some("urn:li:share:7000"),
            ),
            (
                "a duplicate (urn:li:ugcPost:7), see there",
                Some("urn:li:ugcPost:7"),
            ),
            ("a duplicate", None),
            ("of urn:li:", None),
            ("of urn:li:share:", None),
            ("of urn:li:share:7x", None),
            ("of urn:li:share:é", None),
        ] {
            assert_eq!(post_named_in(message).as_deref(), name, "{message}");
        }
        let long = format!("urn:li:share:{}", "7".repeat(200));
        assert_eq!(post_named_in(&long), None);
    }
}

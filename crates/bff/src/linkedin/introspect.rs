//! Whether a token is alive, in LinkedIn's own form of introspection (LinkedIn reference §3; RFC 7662 for other providers).

use reqwest::StatusCode;
use serde::Deserialize;

use super::transport::{Failure, NotAsExpected};
use super::{LinkedIn, application};
use crate::secret::AccessToken;

/// What LinkedIn says about a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works.
    Alive,
    /// Its time is over.
    Expired,
    /// LinkedIn or the member ended it, or it is not this application's.
    Revoked,
}

/// Why LinkedIn did not say whether a token is alive. None of these is a "no".
#[derive(Debug, thiserror::Error)]
pub enum IntrospectionError {
    /// Could not ask.
    #[error(transparent)]
    NoAnswer(#[from] Failure),
    /// 400 was seen for good and for invented tokens alike (LinkedIn reference §3), so it means "unknown".
    #[error("LinkedIn does not say ({0})")]
    Unknown(StatusCode),
    /// LinkedIn does not know this application or its secret.
    #[error("LinkedIn refused the application: check the client id and secret")]
    ClientRefused,
    /// The answer does not say whether the token is active.
    #[error("LinkedIn's answer cannot be read: {0}")]
    Unreadable(NotAsExpected),
}

/// `active` is the only field that is always there; fields that come and go decide nothing but the reason.
#[derive(Deserialize)]
struct Introspection {
    active: bool,
    status: Option<String>,
}

/// Asks LinkedIn about a token.
pub(super) async fn ask(
    linkedin: &LinkedIn,
    token: &AccessToken,
) -> Result<Standing, IntrospectionError> {
    let Some(endpoint) = &linkedin.settings.endpoints.introspection else {
        return Err(IntrospectionError::Unknown(StatusCode::NOT_FOUND));
    };
    let request = application::post(linkedin, endpoint, &[("token", token.expose())]);
    let answer = linkedin.http.send("introspectToken", request).await?;
    match answer.status {
        status if status.is_success() => answer
            .json()
            .map(standing)
            .map_err(IntrospectionError::Unreadable),
        StatusCode::UNAUTHORIZED => Err(IntrospectionError::ClientRefused),
        status => Err(IntrospectionError::Unknown(status)),
    }
}

fn standing(Introspection { active, status }: Introspection) -> Standing {
    match (active, status.as_deref()) {
        (true, _) => Standing::Alive,
        (false, Some("expired")) => Standing::Expired,
        // A foreign token is told by `active` alone.
        (false, _) => Standing::Revoked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn active_decides_and_status_says_why() {
        let cases = [
            (json!({"active": true, "status": "active"}), Standing::Alive),
            (json!({"active": true}), Standing::Alive),
            (
                json!({"active": false, "status": "expired"}),
                Standing::Expired,
            ),
            (
                json!({"active": false, "status": "revoked"}),
                Standing::Revoked,
            ),
            (json!({"active": false}), Standing::Revoked),
            (
                json!({"active": false, "status": "asleep", "scope": ["x"]}),
                Standing::Revoked,
            ),
        ];
        for (value, expected) in cases {
            let read = serde_json::from_value(value.clone()).map(standing);
            assert_eq!(read.ok(), Some(expected), "{value}");
        }
        assert!(serde_json::from_value::<Introspection>(json!({"status": "active"})).is_err());
    }
}

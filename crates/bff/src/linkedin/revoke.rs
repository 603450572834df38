//! Ending tokens at LinkedIn, as far as it lets anyone (LinkedIn reference §4: the endpoint is undocumented).

use lapel_wire::Revocation;

use super::LinkedIn;
use crate::secret::{AccessToken, RefreshToken};

/// Asks LinkedIn to end both tokens, at once.
pub(super) async fn both(
    linkedin: &LinkedIn,
    access_token: &AccessToken,
    refresh_token: Option<&RefreshToken>,
) -> Revocation {
    if linkedin.settings.endpoints.revocation.is_none() {
        return Revocation::NotConfirmed;
    }
    let access = one(linkedin, Some(access_token.expose()));
    let refresh = one(linkedin, refresh_token.map(RefreshToken::expose));
    match tokio::time::timeout(linkedin.settings.deadlines.revocation, async {
        tokio::join!(access, refresh)
    })
    .await
    {
        Ok((true, true)) => Revocation::Confirmed,
        Ok(_) | Err(_) => Revocation::NotConfirmed,
    }
}

/// Whether the token is known to be gone; a token that does not exist is.
async fn one(linkedin: &LinkedIn, token: Option<&str>) -> bool {
    let settings = &linkedin.settings;
    let (Some(token), Some(endpoint)) = (token, &settings.endpoints.revocation) else {
        return true;
    };
    let form = [
        ("client_id", settings.client_id.as_str()),
        ("client_secret", settings.client_secret.expose()),
        ("token", token),
    ];
    let request = linkedin.http.post_form(endpoint, &form);
    linkedin
        .http
        .insist("revoke", request)
        .await
        .is_ok_and(|answer| answer.status.is_success())
}

//! Ending tokens at LinkedIn, as far as it lets anyone (LinkedIn reference §4: the endpoint is undocumented).

use lapel_wire::Revocation;

use super::{LinkedIn, application};
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
    let (Some(token), Some(endpoint)) = (token, &linkedin.settings.endpoints.revocation) else {
        return true;
    };
    let request = application::post(linkedin, endpoint, &[("token", token)]);
    linkedin
        .http
        .insist("revoke", request)
        .await
        .is_ok_and(|answer| answer.status.is_success())
}

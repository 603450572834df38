//! How an application proves who it is: `client_id` and `client_secret` in the body, nowhere else
//! (LinkedIn reference §1.4).

use axum::http::HeaderMap;

use super::error::OAuthError;
use crate::gateway::{self, Fields};
use crate::linkedin::LinkedIn;
use crate::settings::Client;

/// An application's claim to be one, not yet believed.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    id: String,
    secret: String,
}

/// Why a claim is not believed. Endpoints tell these apart in their own ways.
#[derive(Clone, Debug)]
pub(super) enum Doubt {
    UnknownClient(String),
    WrongSecret,
}

impl Claim {
    /// The claim of a request. The textbook's also counts when it comes as HTTP Basic (RFC 6749 §2.3.1).
    pub(super) fn read(
        linkedin: &LinkedIn,
        form: &Fields,
        headers: &HeaderMap,
    ) -> Result<Self, OAuthError> {
        if !linkedin.quirks.secret_in_body_only
            && let Some((id, secret)) = gateway::basic(headers)
        {
            if form.get("client_secret").is_some() {
                return Err(OAuthError::TwoSecrets);
            }
            return Ok(Self { id, secret });
        }
        let id = form
            .get("client_id")
            .ok_or(OAuthError::Missing("client_id"))?;
        let secret = form
            .get("client_secret")
            .ok_or(OAuthError::Missing("client_secret"))?;
        Ok(Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
        })
    }

    pub(super) fn check(self, linkedin: &LinkedIn) -> Result<Client, Doubt> {
        match linkedin.client(&self.id) {
            None => Err(Doubt::UnknownClient(self.id)),
            Some(client) if client.secret == self.secret => Ok(client),
            Some(_) => Err(Doubt::WrongSecret),
        }
    }
}

impl Doubt {
    /// The token endpoint's usual answer. For an unknown client it is an assumption.
    pub(super) fn invalid_client(self) -> OAuthError {
        match self {
            Self::UnknownClient(_) | Self::WrongSecret => OAuthError::InvalidClient,
        }
    }
}

//! The id_token (LinkedIn reference §5.3), whole or with a defect.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::later;
use crate::faults::IdTokenDefect;
use crate::grants::Consent;
use crate::linkedin::LinkedIn;
use crate::members::Member;
use crate::scopes::Scopes;

/// The id_token could not be signed.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the id_token could not be signed")]
pub(crate) struct SigningFailed;

/// The JOSE header. `zip` claims a compression that does not take place, with a value that is no compression.
#[derive(Debug, Serialize)]
struct Header<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    zip: Option<&'static str>,
    kid: &'a str,
    alg: &'static str,
}

/// The claims, in LinkedIn's order.
#[derive(Debug, Serialize)]
pub(crate) struct Claims {
    iss: String,
    aud: String,
    iat: i64,
    exp: i64,
    sub: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

impl Claims {
    /// What LinkedIn says of `member` to the application that `consent` is for.
    pub(crate) fn new(
        linkedin: &LinkedIn,
        consent: &Consent,
        member: &Member,
        nonce: Option<String>,
        now: Timestamp,
    ) -> Self {
        let quirks = &linkedin.quirks;
        let profile = consent.scopes.has(Scopes::PROFILE);
        let email = member
            .email
            .as_ref()
            .filter(|_| consent.scopes.has(Scopes::EMAIL));
        let locale = if quirks.claims_as_strings {
            member.locale.with_underscore()
        } else {
            member.locale.with_hyphen()
        };
        let verified = || {
            let verified = member.email_verified;
            if quirks.claims_as_strings {
                json!(verified.to_string())
            } else {
                json!(verified)
            }
        };
        Self {
            iss: linkedin.issuer(),
            aud: consent.owner.client.clone(),
            iat: now.as_second(),
            exp: later(now, linkedin.lifetimes.id_token).as_second(),
            sub: member.sub(&consent.owner.client),
            name: profile.then(|| member.name()),
            given_name: profile.then(|| member.given_name.clone()),
            family_name: member.family_name.clone().filter(|_| profile),
            picture: linkedin.portrait_address(member, 100).filter(|_| profile),
            email: email.cloned(),
            email_verified: email.map(|_| verified()),
            locale: profile.then_some(locale),
            nonce: nonce.filter(|_| !quirks.nonce_dropped),
        }
    }

    /// The token, with the defects that strike this call.
    ///
    /// # Errors
    /// [`SigningFailed`] where the cryptography library refuses.
    pub(crate) fn sign(
        mut self,
        linkedin: &LinkedIn,
        defects: &[IdTokenDefect],
    ) -> Result<String, SigningFailed> {
        let has = |defect| defects.contains(&defect);
        if has(IdTokenDefect::WrongIssuer) {
            self.iss = String::from("https://login.example.net/oauth");
        }
        if has(IdTokenDefect::WrongAudience) {
            self.aud = format!("not-{}", self.aud);
        }
        if has(IdTokenDefect::Expired) {
            let a_day = SignedDuration::from_hours(24).as_secs();
            let life = self.exp - self.iat;
            self.exp = self.iat - a_day;
            self.iat = self.exp - life;
        }
        let stranger = linkedin.entropy.uuid();
        let kid = if has(IdTokenDefect::UnknownKey) {
            &stranger
        } else {
            &linkedin.key.kid
        };
        let signed = !has(IdTokenDefect::AlgorithmNone);
        let alg = if signed { "RS256" } else { "none" };
        let zip = linkedin.quirks.zip_header.then_some("RS256");
        let message = format!("{}.{}", part(&Header { zip, kid, alg })?, part(&self)?);
        if !signed {
            return Ok(format!("{message}."));
        }
        let mut signature = linkedin.key.sign(message.as_bytes())?;
        if has(IdTokenDefect::WrongSignature) {
            signature.reverse();
        }
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// One part of a compact JWS (RFC 7515 §7.1).
fn part(content: &impl Serialize) -> Result<String, SigningFailed> {
    serde_json::to_vec(content)
        .map(|json| URL_SAFE_NO_PAD.encode(json))
        .map_err(|_| SigningFailed)
}

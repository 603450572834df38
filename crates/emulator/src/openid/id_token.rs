//! The id_token (LinkedIn reference §5.3), whole or with a defect.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::RSA_PKCS1_SHA512;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::later;
use crate::faults::{IdTokenDefect, Strikes};
use crate::grants::Code;
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
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
}

impl Claims {
    /// What LinkedIn says of `member` to the application that redeems `code`.
    pub(crate) fn new(linkedin: &LinkedIn, code: &Code, member: &Member, now: Timestamp) -> Self {
        let Code {
            consent,
            nonce,
            auth_time,
            ..
        } = code;
        let quirks = &linkedin.quirks;
        let profile = consent.scopes.has(Scopes::PROFILE);
        let email = member
            .email
            .as_ref()
            .filter(|_| consent.scopes.has(Scopes::EMAIL) && !quirks.email_absent);
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
            exp: Some(later(now, linkedin.lifetimes.id_token).as_second()),
            sub: Some(member.sub(&consent.owner.client)),
            name: profile.then(|| member.name()),
            given_name: profile.then(|| member.given_name.clone()),
            family_name: member.family_name.clone().filter(|_| profile),
            picture: linkedin.portrait_address(member, 100).filter(|_| profile),
            email: email.cloned(),
            email_verified: email.map(|_| verified()),
            locale: profile.then_some(locale),
            nonce: nonce.clone().filter(|_| !quirks.nonce_dropped),
            auth_time: auth_time.map(Timestamp::as_second),
        }
    }

    /// The token, with the defects that strike this call.
    ///
    /// # Errors
    /// [`SigningFailed`] where the cryptography library refuses.
    pub(crate) fn sign(
        mut self,
        linkedin: &LinkedIn,
        strikes: &Strikes,
    ) -> Result<String, SigningFailed> {
        if strikes.has(IdTokenDefect::Malformed) {
            return Ok(linkedin.entropy.text(64));
        }
        self.spoil(strikes);
        let key = linkedin.keys.current();
        let has = |defect: IdTokenDefect| strikes.has(defect);
        let alg = if has(IdTokenDefect::AlgorithmNone) {
            "none"
        } else if has(IdTokenDefect::AlgorithmHmac) {
            "HS256"
        } else if has(IdTokenDefect::AlgorithmRs512) {
            "RS512"
        } else {
            "RS256"
        };
        let stranger = linkedin.entropy.uuid();
        let kid = if has(IdTokenDefect::UnknownKey) {
            &stranger
        } else {
            &key.kid
        };
        let zip = linkedin.quirks.zip_header.then_some("RS256");
        let message = format!("{}.{}", part(&Header { zip, kid, alg })?, part(&self)?);
        let bytes = message.as_bytes();
        let mut signature = match alg {
            "none" => Vec::new(),
            "HS256" => {
                let secret = hmac::Key::new(hmac::HMAC_SHA256, &key.modulus());
                hmac::sign(&secret, bytes).as_ref().to_vec()
            }
            "RS512" => key.sign_with(&RSA_PKCS1_SHA512, bytes)?,
            _ if has(IdTokenDefect::WrongKey) => {
                let stranger = linkedin.keys.stranger();
                stranger.ok_or(SigningFailed)?.sign(bytes)?
            }
            _ => key.sign(bytes)?,
        };
        if has(IdTokenDefect::WrongSignature) {
            signature.reverse();
        }
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn spoil(&mut self, strikes: &Strikes) {
        if strikes.has(IdTokenDefect::WrongIssuer) {
            self.iss = String::from("https://login.example.net/oauth");
        }
        if strikes.has(IdTokenDefect::WrongAudience) {
            self.aud = format!("not-{}", self.aud);
        }
        if strikes.has(IdTokenDefect::Expired) {
            let a_day = SignedDuration::from_hours(24).as_secs();
            let life = self.exp.unwrap_or(self.iat) - self.iat;
            let end = self.iat - a_day;
            self.exp = Some(end);
            self.iat = end - life;
        }
        if strikes.has(IdTokenDefect::NoSubject) {
            self.sub = None;
        }
        if strikes.has(IdTokenDefect::NoExpiry) {
            self.exp = None;
        }
    }
}

/// One part of a compact JWS (RFC 7515 §7.1).
fn part(content: &impl Serialize) -> Result<String, SigningFailed> {
    serde_json::to_vec(content)
        .map(|json| URL_SAFE_NO_PAD.encode(json))
        .map_err(|_| SigningFailed)
}

//! Authorization codes: half an hour, once, and only for those they were meant for (LinkedIn reference §1.2, §1.6).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::Consent;

/// What a code stands for.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) consent: Consent,
    pub(crate) redirect_uri: String,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) flow: Flow,
    /// When the member signed in, where the application asked to be told.
    pub(crate) auth_time: Option<Timestamp>,
    pub(crate) expires_at: Timestamp,
    pub(crate) spent: bool,
}

/// By which door an application came, which decides how it proves at the token endpoint that the code is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// With its secret.
    Web,
    /// With a verifier in place of a secret (LinkedIn reference §6).
    Native,
}

/// A PKCE challenge (RFC 7636 §4.3). The method `plain` proves nothing that a thief of the code could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    S256(String),
}

/// What comes with a code to the token endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presented<'r> {
    pub(crate) client_id: &'r str,
    pub(crate) redirect_uri: &'r str,
    pub(crate) proof: Proof<'r>,
}

/// The PKCE verifier.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Proof<'r> {
    /// Nobody looks (LinkedIn's web flow: a challenge is forgotten).
    Ignored,
    /// Must fit the challenge; absent where there was none.
    Verifier(Option<&'r str>),
    /// Must fit the challenge, and stands in place of the secret.
    InPlaceOfSecret(&'r str),
}

/// Why a code gives no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeFault {
    /// Never issued.
    Unknown,
    /// Another application's, another redirect address's, another verifier's, or too old. LinkedIn has one text for all.
    Mismatch,
    /// Spent before.
    Reused,
}

impl Code {
    /// Spends the code. One that is presented wrongly stays unspent.
    pub(super) fn redeem(
        &mut self,
        presented: &Presented<'_>,
        now: Timestamp,
    ) -> Result<Self, CodeFault> {
        if self.spent {
            return Err(CodeFault::Reused);
        }
        let fits = self.consent.owner.client == presented.client_id
            && self.redirect_uri == presented.redirect_uri
            && presented.proof.fits(self.flow, self.challenge.as_ref())
            && now < self.expires_at;
        if !fits {
            return Err(CodeFault::Mismatch);
        }
        self.spent = true;
        Ok(self.clone())
    }
}

impl Proof<'_> {
    fn fits(self, flow: Flow, challenge: Option<&Challenge>) -> bool {
        let (wanted, verifier) = match self {
            Self::Ignored => return flow == Flow::Web,
            Self::Verifier(verifier) => (Flow::Web, verifier),
            Self::InPlaceOfSecret(verifier) => (Flow::Native, Some(verifier)),
        };
        flow == wanted
            && match (verifier, challenge) {
                (None, None) => true,
                (Some(verifier), Some(challenge)) => challenge.is_met_by(verifier),
                (None, Some(_)) | (Some(_), None) => false,
            }
    }
}

impl Challenge {
    /// RFC 7636 §4.6.
    fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::S256(challenge) => {
                let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
                *challenge == URL_SAFE_NO_PAD.encode(hash)
            }
        }
    }
}

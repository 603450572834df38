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
    pub(crate) expires_at: Timestamp,
    pub(crate) spent: bool,
}

/// A PKCE challenge (RFC 7636 §4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    S256(String),
    Plain(String),
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
            && presented.proof.fits(self.challenge.as_ref())
            && now < self.expires_at;
        if !fits {
            return Err(CodeFault::Mismatch);
        }
        self.spent = true;
        Ok(self.clone())
    }
}

impl Proof<'_> {
    fn fits(self, challenge: Option<&Challenge>) -> bool {
        match (self, challenge) {
            (Self::Ignored, _) | (Self::Verifier(None), None) => true,
            (Self::Verifier(Some(verifier)), Some(challenge)) => challenge.is_met_by(verifier),
            (Self::Verifier(None), Some(_)) | (Self::Verifier(Some(_)), None) => false,
        }
    }
}

impl Challenge {
    /// RFC 7636 §4.6.
    fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::S256(challenge) => {
                let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
                *challenge == URL_SAFE_NO_PAD.encode(hash)
            }
        }
    }
}

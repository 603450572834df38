//! What ties an answer to the sign-in that it answers, beside `state`: a nonce that comes back in the id_token (OpenID
//! Connect Core §15.5.2), and a verifier without which the code is worth nothing (PKCE, RFC 7636).

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::dialect::Dialect;
use crate::secret::{CodeVerifier, Nonce};

/// One sign-in's nonce and verifier; each only where the provider's dialect has a use for it.
#[derive(Clone, Debug, Default)]
pub struct Binding {
    /// What the id_token must repeat.
    pub nonce: Option<Nonce>,
    /// What the exchange of the code must show.
    pub verifier: Option<CodeVerifier>,
}

impl Binding {
    /// A new one, as far as the dialect has a use for it.
    pub(super) fn new(dialect: &Dialect) -> Self {
        Self {
            nonce: dialect.nonce.then(Nonce::random),
            verifier: dialect.pkce.then(CodeVerifier::random),
        }
    }
}

/// What of a verifier may be seen: its SHA-256, the method S256 (RFC 7636 §4.2).
pub(super) fn challenge(verifier: &CodeVerifier) -> String {
    let digest = digest::digest(&digest::SHA256, verifier.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standards_example() {
        // RFC 7636, Appendix B.
        let verifier = CodeVerifier::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn linkedin_gets_neither_nonce_nor_verifier() {
        let binding = Binding::new(&Dialect::LINKEDIN);
        assert!(binding.nonce.is_none() && binding.verifier.is_none());
    }

    #[test]
    fn others_get_both_and_each_time_new_ones() {
        let both = || {
            let Binding { nonce, verifier } = Binding::new(&Dialect::STANDARD);
            (nonce.expect("a nonce"), verifier.expect("a verifier"))
        };
        let (one, other) = (both(), both());
        assert!(!one.0.matches(&other.0));
        assert_ne!(one.1.expose(), other.1.expose());
        // RFC 7636 §4.1.
        assert!((43..=128).contains(&one.1.expose().len()));
    }
}

//! The id_token is not what it should be. Each of these must be refused by OpenID Connect Core §3.1.3.7.

use crate::endpoint::Endpoint;

family! {
    /// Defects of the id_token in a token answer. The token answer is good otherwise.
    pub enum IdTokenDefect {
        /// `iss` is another provider.
        WrongIssuer = "id_token_wrong_issuer", Assumed, "The id_token was issued by another provider.";
        /// `aud` is another application.
        WrongAudience = "id_token_wrong_audience", Assumed, "The id_token was issued to another application.";
        /// It was issued and ended a day ago.
        Expired = "id_token_expired", Assumed, "The id_token ended a day ago.";
        /// The signature does not fit the content.
        WrongSignature = "id_token_wrong_signature", Assumed, "The id_token's signature does not fit its content.";
        /// A sound signature by a key that LinkedIn does not publish, under the name of the one that it does.
        WrongKey = "id_token_wrong_key", Assumed, "The id_token is signed by another key under the published key’s name.";
        /// `kid` names a key that LinkedIn does not publish.
        UnknownKey = "id_token_unknown_key", Assumed, "The id_token names a key that is not published.";
        /// The header says `"alg":"none"` and there is no signature.
        AlgorithmNone = "id_token_algorithm_none", Assumed, "The id_token is not signed and says so.";
        /// HS256 with the published key as the secret, which everybody knows (RFC 8725 §2.1).
        AlgorithmHmac = "id_token_algorithm_hmac", Assumed, "The id_token is authenticated with HS256, and its secret is the published key.";
        /// RS512 with the right key: sound, but not what discovery announces.
        AlgorithmRs512 = "id_token_algorithm_rs512", Assumed, "The id_token is signed with RS512, which is not announced.";
        /// There is no `sub`.
        NoSubject = "id_token_no_subject", Assumed, "The id_token does not say whom it is about.";
        /// There is no `exp`.
        NoExpiry = "id_token_no_expiry", Assumed, "The id_token does not say when it ends.";
        /// It has one part in place of three.
        Malformed = "id_token_malformed", Assumed, "The id_token is not a signed token at all.";
    }
}

impl IdTokenDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::WrongIssuer
            | Self::WrongAudience
            | Self::Expired
            | Self::WrongSignature
            | Self::WrongKey
            | Self::UnknownKey
            | Self::AlgorithmNone
            | Self::AlgorithmHmac
            | Self::AlgorithmRs512
            | Self::NoSubject
            | Self::NoExpiry
            | Self::Malformed => matches!(endpoint, Endpoint::Token),
        }
    }
}

//! The id_token is not what it should be. Each of these must be refused by OpenID Connect Core §3.1.3.7.

use crate::endpoint::Endpoint;

/// Defects of the id_token in a token answer. The token answer is good otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdTokenDefect {
    /// `iss` is another provider.
    WrongIssuer,
    /// `aud` is another application.
    WrongAudience,
    /// It was issued and ended a day ago.
    Expired,
    /// The signature does not fit the content.
    WrongSignature,
    /// `kid` names a key that LinkedIn does not publish.
    UnknownKey,
    /// The header says `"alg":"none"` and there is no signature.
    AlgorithmNone,
}

impl IdTokenDefect {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::WrongIssuer => "id_token_wrong_issuer",
            Self::WrongAudience => "id_token_wrong_audience",
            Self::Expired => "id_token_expired",
            Self::WrongSignature => "id_token_wrong_signature",
            Self::UnknownKey => "id_token_unknown_key",
            Self::AlgorithmNone => "id_token_algorithm_none",
        }
    }

    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::WrongIssuer => "The id_token was issued by another provider.",
            Self::WrongAudience => "The id_token was issued to another application.",
            Self::Expired => "The id_token ended a day ago.",
            Self::WrongSignature => "The id_token's signature does not fit its content.",
            Self::UnknownKey => "The id_token names a key that is not published.",
            Self::AlgorithmNone => "The id_token is not signed and says so.",
        }
    }

    pub(super) const fn concerns(endpoint: Endpoint) -> bool {
        matches!(endpoint, Endpoint::Token)
    }
}

//! Strings that must not leak: one type each, so that none can stand in for another, unreadable except by name.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};

/// Makes a secret: no `Display`, no `Serialize`, no `PartialEq`; `Debug` prints the type's name and nothing else.
macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(SecretString);

        impl $name {
            /// Wraps the text.
            pub fn new(text: impl Into<String>) -> Self {
                Self(SecretString::from(text.into()))
            }

            /// The text itself. It must go nowhere but to the place that it is for.
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::new)
            }
        }
    };
}

secret! {
    /// LinkedIn's secret for this application. Travels in a request body and nowhere else (LinkedIn reference §1.4).
    ClientSecret
}
secret! {
    /// Opens LinkedIn's API for one member (RFC 6749 §1.4). Up to 1000 characters (LinkedIn reference §1.5).
    AccessToken
}
secret! {
    /// Brings a new access token (RFC 6749 §1.5). LinkedIn gives it to approved partners only.
    RefreshToken
}
secret! {
    /// LinkedIn's single-use answer that is exchanged for tokens (RFC 6749 §4.1.2).
    Code
}
secret! {
    /// What LinkedIn's JavaScript SDK was given in the member's browser (LinkedIn reference §7). Good for an exchange, by
    /// this application, for about half an hour.
    SdkToken
}
secret! {
    /// The signed statement about who the member is (OpenID Connect Core §2). No credential, but personal data.
    IdToken
}
secret! {
    /// Binds LinkedIn's answer to the browser that asked (RFC 6749 §10.12). On LinkedIn's web flow, which has neither
    /// PKCE nor nonce, it is the whole defence.
    State
}

secret! {
    /// Comes back in the id_token of the sign-in that it was made for (OpenID Connect Core §15.5.2).
    Nonce
}
secret! {
    /// Shows at the exchange that a code was asked for by who exchanges it (PKCE, RFC 7636 §4.1).
    CodeVerifier
}

/// Secrets that are made here, and known again when they come back.
macro_rules! known_again {
    ($($name:ident)*) => {$(
        impl $name {
            /// One that nobody can guess: 256 random bits.
            pub fn random() -> Self {
                Self::new(random_text::<32>())
            }

            /// Whether both are the same, in a time that does not depend on where they differ.
            pub fn matches(&self, other: &Self) -> bool {
                aws_lc_rs::constant_time::verify_slices_are_equal(
                    self.expose().as_bytes(),
                    other.expose().as_bytes(),
                )
                .is_ok()
            }
        }
    )*};
}

known_again! { State Nonce }

impl CodeVerifier {
    /// One that nobody can guess: 256 random bits, as RFC 7636 §4.1 recommends.
    pub fn random() -> Self {
        Self::new(random_text::<32>())
    }
}

/// `N` random bytes from the operating system's seeded generator.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "without randomness every promise of this program is void; going on would be worse than stopping"
    )]
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives no randomness");
    bytes
}

/// `N` random bytes as URL-safe text.
pub(crate) fn random_text<const N: usize>() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<N>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print_itself() {
        let token = AccessToken::new("AQXcanary");
        assert_eq!(format!("{token:?}"), "AccessToken");
    }

    #[test]
    fn two_states_never_agree_and_a_state_agrees_with_itself() {
        let one = State::random();
        assert!(one.matches(&State::new(one.expose())));
        assert!(!one.matches(&State::random()));
        assert!(!one.matches(&State::new("")));
    }
}

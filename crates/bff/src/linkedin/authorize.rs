//! The authorization request and LinkedIn's answer to it (RFC 6749 §4.1.1, §4.1.2; LinkedIn reference §1.1 to §1.3).

use url::form_urlencoded;

use super::binding::{self, Binding};
use super::quirks;
use crate::config;
use crate::secret::{Code, State};

/// Longest value of a parameter in LinkedIn's answer, in bytes. Codes were seen up to 215 (LinkedIn reference §1.2).
const LONGEST_VALUE: usize = 2048;

/// Parameters of an answer that mean something. Others are ignored, since LinkedIn may add some.
const KNOWN: [&str; 5] = ["code", "state", "error", DESCRIPTION, "iss"];

const DESCRIPTION: &str = "error_description";

/// How much of LinkedIn's text is kept for the log, in characters.
const LONGEST_DESCRIPTION: usize = 200;

/// How much of an error's code is kept for the log, in characters. The longest known has 31.
const LONGEST_ERROR: usize = 64;

/// Where the browser is sent.
pub(super) fn url(
    settings: &config::LinkedIn,
    redirect_uri: &str,
    state: &State,
    binding: &Binding,
    scopes: &[String],
) -> String {
    let mut url = settings.endpoints.authorization.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &settings.client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", state.expose())
        .append_pair("scope", &scopes.join(" "));
    if let Some(nonce) = &binding.nonce {
        url.query_pairs_mut().append_pair("nonce", nonce.expose());
    }
    if let Some(verifier) = &binding.verifier {
        url.query_pairs_mut()
            .append_pair("code_challenge", &binding::challenge(verifier))
            .append_pair("code_challenge_method", "S256");
    }
    url.into()
}

/// What LinkedIn sent the browser back with.
#[derive(Debug)]
pub struct AuthorizationReply {
    /// Says which sign-in this answers.
    pub state: State,
    /// `iss`, where the answer has one (RFC 9207).
    pub issuer: Option<String>,
    /// The code, or why there is none. An answer with both is a refusal: a code beside an error is not LinkedIn's.
    pub outcome: Result<Code, Refusal>,
}

/// Why LinkedIn gave no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The member cancelled, at login or at consent.
    Cancelled,
    /// The application may not ask for this: a product is missing in LinkedIn's developer portal, or a scope is wrong.
    NotAllowed {
        /// LinkedIn's code, for the log.
        error: String,
        /// LinkedIn's text, unescaped, for the log.
        description: String,
    },
    /// LinkedIn has trouble of its own (RFC 6749 §4.1.2.1).
    Unavailable,
    /// An error that nobody has described yet.
    Unknown {
        /// LinkedIn's code, for the log.
        error: String,
        /// LinkedIn's text, unescaped, for the log.
        description: String,
    },
}

/// The query is not an answer of LinkedIn's: a parameter is missing, twice there, over-long, or an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the query is not an answer of LinkedIn's")]
pub struct MalformedReply;

impl AuthorizationReply {
    /// Reads the query of the callback. Never "the first wins": RFC 6749 §3.1 forbids parameters that come twice.
    ///
    /// # Errors
    /// [`MalformedReply`].
    pub fn parse(query: &str) -> Result<Self, MalformedReply> {
        let mut values: [Option<String>; KNOWN.len()] = Default::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            // `code[]` and `code[0]` are how some servers spell arrays, and another way to say it twice.
            let stem = name.split('[').next().unwrap_or_default();
            let Some(at) = KNOWN.iter().position(|known| *known == stem) else {
                continue;
            };
            let slot = values.get_mut(at).ok_or(MalformedReply)?;
            if slot.is_some() || stem != name {
                return Err(MalformedReply);
            }
            if *stem == *DESCRIPTION {
                // Decides nothing, so nothing about it is a reason to refuse an answer.
                *slot = Some(value.chars().take(LONGEST_DESCRIPTION).collect());
                continue;
            }
            if value.is_empty() || value.len() > LONGEST_VALUE {
                return Err(MalformedReply);
            }
            *slot = Some(value.into_owned());
        }
        let [code, state, error, description, issuer] = values;
        let state = State::new(state.ok_or(MalformedReply)?);
        let outcome = match (error, code) {
            (Some(error), _) => Err(refusal(error, &description.unwrap_or_default())),
            (None, Some(code)) => Ok(Code::new(code)),
            (None, None) => return Err(MalformedReply),
        };
        Ok(Self {
            state,
            issuer,
            outcome,
        })
    }
}

/// LinkedIn reference §1.3. Texts change without notice, so only the code decides.
fn refusal(error: String, description: &str) -> Refusal {
    match error.as_str() {
        // LinkedIn says `user_cancelled_*`, never `access_denied`; another provider behind these settings says that.
        "user_cancelled_login" | "user_cancelled_authorize" | "access_denied" => Refusal::Cancelled,
        "unauthorized_scope_error"
        | "openid_insufficient_scope_error"
        | "invalid_scope_error"
        | "invalid_scope"
        | "unauthorized_client"
        | "invalid_request"
        | "unsupported_response_type" => Refusal::NotAllowed {
            error,
            description: quirks::unescaped(description),
        },
        "server_error" | "temporarily_unavailable" => Refusal::Unavailable,
        _ => Refusal::Unknown {
            error: error.chars().take(LONGEST_ERROR).collect(),
            description: quirks::unescaped(description),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(query: &str) -> Result<Code, Refusal> {
        AuthorizationReply::parse(query).expect("an answer").outcome
    }

    #[test]
    fn a_code_and_a_state_are_an_answer_in_any_order() {
        for query in [
            "code=AQT&state=s",
            "state=s&code=AQT",
            "state=s&x=1&x=2&code=AQT",
        ] {
            let reply = AuthorizationReply::parse(query).expect("an answer");
            assert_eq!(reply.state.expose(), "s");
            assert_eq!(reply.outcome.expect("a code").expose(), "AQT");
        }
    }

    #[test]
    fn doubled_empty_overlong_missing_and_array_parameters_are_malformed() {
        let long = format!("code={}&state=s", "x".repeat(2049));
        for query in [
            "",
            "code=c",
            "state=s",
            "code=&state=s",
            "code=c&state=",
            "code=a&code=b&state=s",
            "code=c&state=s&state=s",
            "code[]=c&state=s",
            "code=c&state=s&state[0]=t",
            "error=a&error=b&state=s",
            &long,
        ] {
            assert!(AuthorizationReply::parse(query).is_err(), "{query}");
        }
    }

    #[test]
    fn cancelling_is_no_error_however_linkedin_spells_it() {
        for error in [
            "user_cancelled_login",
            "user_cancelled_authorize",
            "access_denied",
        ] {
            assert_eq!(
                outcome(&format!("error={error}&state=s")).expect_err("refused"),
                Refusal::Cancelled
            );
        }
    }

    #[test]
    fn a_code_beside_an_error_is_not_used() {
        assert!(outcome("code=c&error=server_error&state=s").is_err());
    }

    #[test]
    fn a_missing_product_is_told_with_linkedins_words_unescaped_once() {
        let refusal = outcome(
            "error=unauthorized_scope_error&error_description=Scope+%26quot%3Br_liteprofile%26quot%3B+is+not+authorized+for+your+application&state=s",
        )
        .expect_err("refused");
        let Refusal::NotAllowed { description, .. } = refusal else {
            panic!("{refusal:?}")
        };
        assert_eq!(
            description,
            "Scope \"r_liteprofile\" is not authorized for your application"
        );
    }

    #[test]
    fn an_error_that_nobody_described_is_kept_for_the_log() {
        assert!(matches!(
            outcome("error=brand_new&state=s"),
            Err(Refusal::Unknown { .. })
        ));
    }
}

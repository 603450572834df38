//! What must hold of LinkedIn's answer as it is read from the callback's query, in both directions: nothing that breaks
//! a rule is accepted, and nothing that keeps them all is refused.

use lapel_bff::linkedin::{AuthorizationReply, Refusal};
use url::form_urlencoded;

const LONGEST: usize = 2048;
const LONGEST_DESCRIPTION: usize = 200;
const LONGEST_ERROR: usize = 64;

/// Panics where a query is read otherwise than the rules say.
pub(crate) fn judge(data: &[u8]) {
    let Ok(query) = str::from_utf8(data) else {
        return;
    };
    let sent = Sent::read(query);
    let Ok(reply) = AuthorizationReply::parse(query) else {
        assert!(!sent.is_answer(), "refused: {query:?}");
        return;
    };
    assert!(sent.is_answer(), "accepted: {query:?}");
    assert_eq!(Some(reply.state.expose()), sent.one("state"));
    assert_eq!(reply.issuer.as_deref(), sent.one("iss"));
    match reply.outcome {
        Ok(code) => {
            assert_eq!(Some(code.expose()), sent.one("code"));
            assert_eq!(sent.one("error"), None, "a code beside an error");
        }
        Err(refusal) => {
            assert!(sent.one("error").is_some());
            match refusal {
                Refusal::Cancelled | Refusal::Unavailable => {}
                Refusal::NotAllowed { error, description }
                | Refusal::Unknown { error, description } => {
                    assert!(error.chars().count() <= LONGEST_ERROR);
                    assert!(description.chars().count() <= LONGEST_DESCRIPTION);
                }
            }
        }
    }
}

/// The query's parameters, without a thought about what they mean.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn read(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The parameter's value where it comes once.
    fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.all(name);
        values.next().filter(|_| values.next().is_none())
    }

    fn is_answer(&self) -> bool {
        let names = ["code", "state", "error", "iss", "error_description"];
        let is_array = self
            .0
            .iter()
            .filter_map(|(name, _)| name.split_once('['))
            .any(|(name, _)| names.contains(&name));
        let is_doubled = names.iter().any(|name| self.all(name).count() > 1);
        let has_absurd = names[..4]
            .iter()
            .flat_map(|name| self.all(name))
            .any(|value| value.is_empty() || value.len() > LONGEST);
        let is_whole = self.one("state").is_some()
            && (self.one("code").is_some() || self.one("error").is_some());
        is_whole && !is_array && !is_doubled && !has_absurd
    }
}

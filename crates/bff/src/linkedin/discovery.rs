//! What a provider says of itself (OpenID Connect Discovery 1.0 §3 and §4; RFC 8414 §2), read once, when the BFF starts.
//!
//! Read by hand: of the document thirteen members matter here, most of them with a rule of our own.

use reqwest::StatusCode;
use serde::Deserialize;
use url::Url;

use super::dialect::{Dialect, SecretIn};
use super::transport::{self, BuildError, Failure, NotAsExpected};
use crate::clock::Clock;
use crate::config::{self, Api, Endpoints, OpenId, Version, is_loopback};

/// Why a provider cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// No connection can be made from here.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The issuer is no address.
    #[error("{0}: {1}")]
    NoAddress(String, url::ParseError),
    /// Could not ask.
    #[error("{0}: {failure}", failure = of_the_provider(.1))]
    NoAnswer(Url, Failure),
    /// There is no document.
    #[error("{0}: the provider answered {1}")]
    Absent(Url, StatusCode),
    /// There is something else.
    #[error("{0}: this is no discovery document: {1}")]
    Unreadable(Url, NotAsExpected),
    /// What it says does not do. All of it, so that an operator hears of everything at once.
    #[error("{0}: this provider cannot be used:{list}", list = listed(.1))]
    Unfit(Url, Vec<String>),
}

/// Failures are LinkedIn's by name, and this is somebody else.
fn of_the_provider(failure: &Failure) -> String {
    failure.to_string().replace("LinkedIn", "the provider")
}

fn listed(faults: &[String]) -> String {
    faults
        .iter()
        .fold(String::new(), |list, fault| format!("{list}\n  - {fault}"))
}

/// The members that matter. Where one is absent, the standards say what holds.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    jwks_uri: Option<String>,
    userinfo_endpoint: Option<String>,
    introspection_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    response_types_supported: Option<Vec<String>>,
    id_token_signing_alg_values_supported: Option<Vec<String>>,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    require_pushed_authorization_requests: bool,
}

/// Asks a provider where its endpoints are and what it can do.
///
/// # Errors
/// [`DiscoveryError`]. A provider that cannot be asked, calls itself otherwise, or lacks what a sign-in stands on is not
/// used: a guess would send secrets to where nobody said they should go.
pub async fn discover(openid: OpenId, clock: &Clock) -> Result<config::LinkedIn, DiscoveryError> {
    // §4.1: a slash at the issuer's end is not doubled.
    let stem = openid.issuer.strip_suffix('/').unwrap_or(&openid.issuer);
    let at = format!("{stem}/.well-known/openid-configuration");
    let at = Url::parse(&at).map_err(|error| DiscoveryError::NoAddress(at, error))?;
    let on_this_machine = is_loopback(&at);
    let http = transport::newcomer(&openid, on_this_machine, clock)?;
    let answer = match http.send("discovery", http.get(at.clone())).await {
        Ok(answer) if answer.status == StatusCode::OK => answer,
        Ok(answer) => return Err(DiscoveryError::Absent(at, answer.status)),
        Err(failure) => return Err(DiscoveryError::NoAnswer(at, failure)),
    };
    let document: Document = match answer.json() {
        Ok(document) => document,
        Err(error) => return Err(DiscoveryError::Unreadable(at, error)),
    };
    document
        .provider(openid, on_this_machine)
        .map_err(|faults| DiscoveryError::Unfit(at, faults))
}

impl Document {
    /// The provider as it is to be spoken with, or everything that is against it.
    fn provider(
        self,
        openid: OpenId,
        on_this_machine: bool,
    ) -> Result<config::LinkedIn, Vec<String>> {
        let mut faults = self.faults(&openid.issuer);
        let mut address = |name: &str, told: Option<String>| {
            let url = told.map(|told| endpoint(&told, on_this_machine).ok_or(told));
            match url {
                Some(Ok(url)) => Some(url),
                Some(Err(told)) => {
                    faults.push(format!("its {name} is no https address: {}", quoted(&told)));
                    None
                }
                None => None,
            }
        };
        let authorization = address("authorization_endpoint", self.authorization_endpoint);
        let token = address("token_endpoint", self.token_endpoint);
        let jwks = address("jwks_uri", self.jwks_uri);
        let userinfo = address("userinfo_endpoint", self.userinfo_endpoint);
        let introspection = address("introspection_endpoint", self.introspection_endpoint);
        let revocation = address("revocation_endpoint", self.revocation_endpoint);
        let (Some(authorization), Some(token), Some(jwks), Some(userinfo)) =
            (authorization, token, jwks, userinfo)
        else {
            return Err(faults);
        };
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        let Some(secret) = secret_in(methods).filter(|_| faults.is_empty()) else {
            return Err(faults);
        };
        Ok(config::LinkedIn {
            client_id: openid.client_id,
            client_secret: openid.client_secret,
            scopes: openid.scopes,
            issuers: vec![openid.issuer.clone()],
            sealed_for: Some(openid.issuer),
            dialect: Dialect {
                names_issuer: self.authorization_response_iss_parameter_supported,
                secret,
                ..Dialect::STANDARD
            },
            // LinkedIn's API is LinkedIn's.
            api: Api {
                base: userinfo.clone(),
                version: Version::default(),
                calls: Vec::new(),
            },
            endpoints: Endpoints {
                authorization,
                token,
                jwks,
                userinfo,
                introspection,
                revocation,
            },
            pictures: openid.pictures,
            js_sdk: false,
            deadlines: openid.deadlines,
        })
    }

    /// What is against this provider, apart from its addresses.
    fn faults(&self, issuer: &str) -> Vec<String> {
        let mut faults = Vec::new();
        // §4.3: to the letter, a slash at the end included.
        if self.issuer != issuer {
            faults.push(format!(
                "it calls itself {}, and LAPEL_OIDC_ISSUER is {}",
                quoted(&self.issuer),
                quoted(issuer)
            ));
        }
        for (name, there) in [
            ("authorization_endpoint", &self.authorization_endpoint),
            ("token_endpoint", &self.token_endpoint),
            ("jwks_uri", &self.jwks_uri),
            ("userinfo_endpoint", &self.userinfo_endpoint),
        ] {
            if there.is_none() {
                faults.push(format!("it names no {name}"));
            }
        }
        for (list, value) in [
            (&self.response_types_supported, "code"),
            (&self.id_token_signing_alg_values_supported, "RS256"),
            // RFC 9700 §2.1.1: what is not announced would not be enforced, and nobody would notice.
            (&self.code_challenge_methods_supported, "S256"),
        ] {
            if !list.as_deref().is_some_and(|list| has(list, value)) {
                faults.push(format!("it does not announce {value}"));
            }
        }
        if secret_in(self.token_endpoint_auth_methods_supported.as_deref()).is_none() {
            faults.push("it takes a secret neither in the header nor in the body".to_owned());
        }
        // RFC 9126 §5.
        if self.require_pushed_authorization_requests {
            faults
                .push("it wants authorization requests pushed, which is not supported".to_owned());
        }
        faults
    }
}

/// OpenID Connect Core §9: Basic where nothing is announced, and where there is a choice.
fn secret_in(methods: Option<&[String]>) -> Option<SecretIn> {
    let Some(methods) = methods else {
        return Some(SecretIn::Header);
    };
    if has(methods, "client_secret_basic") {
        Some(SecretIn::Header)
    } else if has(methods, "client_secret_post") {
        Some(SecretIn::Body)
    } else {
        None
    }
}

fn has(list: &[String], value: &str) -> bool {
    list.iter().any(|known| known == value)
}

/// An https address. Plain http only from a provider on this machine, and to this machine: another one has no business
/// with what listens here.
fn endpoint(told: &str, on_this_machine: bool) -> Option<Url> {
    let url = Url::parse(told).ok()?;
    let is_plain = url.scheme() == "http" && is_loopback(&url) && on_this_machine;
    let usable = (url.scheme() == "https" || is_plain) && url.fragment().is_none();
    usable.then_some(url)
}

/// The provider's words, for the operator: bounded, and without control characters.
fn quoted(told: &str) -> String {
    format!("{:?}", told.chars().take(200).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Deadlines;
    use crate::secret::ClientSecret;
    use serde_json::{Value, json};

    const ISSUER: &str = "https://id.example/tenant";

    fn openid() -> OpenId {
        OpenId {
            issuer: ISSUER.into(),
            client_id: "us".into(),
            client_secret: ClientSecret::new("secret"),
            scopes: vec!["openid".into()],
            pictures: Vec::new(),
            deadlines: Deadlines::default(),
        }
    }

    /// What a provider says, with one member changed; nothing takes it out.
    fn read(name: &str, value: Option<Value>) -> Result<config::LinkedIn, Vec<String>> {
        let mut document = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://id.example/authorize?tenant=1",
            "token_endpoint": "https://id.example/token",
            "jwks_uri": "https://keys.example/jwks",
            "userinfo_endpoint": "https://id.example/userinfo",
            "response_types_supported": ["code", "id_token"],
            "id_token_signing_alg_values_supported": ["ES256", "RS256"],
            "code_challenge_methods_supported": ["plain", "S256"],
        });
        let members = document.as_object_mut().expect("an object");
        members.remove(name);
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
        let document: Document = serde_json::from_value(document).expect("a document");
        document.provider(openid(), false)
    }

    fn fault(name: &str, value: Option<Value>) -> String {
        let faults = read(name, value).expect_err("refused");
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.concat()
    }

    #[test]
    fn a_document_with_the_least_is_enough_and_the_standards_say_the_rest() {
        let provider = read("", None).expect("accepted");
        assert_eq!(provider.dialect, Dialect::STANDARD);
        assert_eq!(provider.issuers, [ISSUER]);
        assert!(provider.endpoints.introspection.is_none());
        assert!(provider.endpoints.revocation.is_none());
        assert_eq!(
            provider.endpoints.authorization.as_str(),
            "https://id.example/authorize?tenant=1"
        );
    }

    #[test]
    fn what_is_announced_is_believed() {
        let secret = |methods| {
            let name = "token_endpoint_auth_methods_supported";
            read(name, Some(methods)).map(|provider| provider.dialect.secret)
        };
        assert_eq!(
            secret(json!(["client_secret_post", "client_secret_basic"])),
            Ok(SecretIn::Header)
        );
        assert_eq!(
            secret(json!(["private_key_jwt", "client_secret_post"])),
            Ok(SecretIn::Body)
        );
        assert!(secret(json!(["private_key_jwt"])).is_err());
        let name = "authorization_response_iss_parameter_supported";
        let provider = read(name, Some(json!(true))).expect("accepted");
        assert!(provider.dialect.names_issuer);
    }

    #[test]
    fn only_the_configured_issuer_counts_to_the_letter() {
        for issuer in [
            "https://id.example/tenant/",
            "https://id.example",
            "http://id.example/tenant",
            "https://ID.example/tenant",
            "",
        ] {
            let fault = fault("issuer", Some(json!(issuer)));
            assert!(fault.contains("it calls itself"), "{fault}");
        }
    }

    #[test]
    fn a_provider_without_what_a_sign_in_stands_on_is_refused() {
        for name in [
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "userinfo_endpoint",
        ] {
            assert_eq!(fault(name, None), format!("it names no {name}"));
        }
        for (name, value, missing) in [
            ("code_challenge_methods_supported", None, "S256"),
            (
                "code_challenge_methods_supported",
                Some(json!(["plain"])),
                "S256",
            ),
            (
                "id_token_signing_alg_values_supported",
                Some(json!(["ES256"])),
                "RS256",
            ),
            (
                "response_types_supported",
                Some(json!(["id_token"])),
                "code",
            ),
        ] {
            assert_eq!(
                fault(name, value),
                format!("it does not announce {missing}")
            );
        }
        let pushed = fault("require_pushed_authorization_requests", Some(json!(true)));
        assert!(pushed.contains("pushed"), "{pushed}");
    }

    #[test]
    fn secrets_travel_by_tls_only_and_never_to_this_machine_by_somebody_elses_word() {
        for address in [
            "http://id.example/token",
            "http://127.0.0.1:9/token",
            "https://id.example/token#x",
            "/token",
            "file:///token",
        ] {
            let fault = fault("token_endpoint", Some(json!(address)));
            assert!(fault.contains("no https address"), "{fault}");
        }
        assert!(endpoint("http://127.0.0.1:9/token", true).is_some());
    }

    #[test]
    fn everything_is_said_at_once() {
        let document: Document =
            serde_json::from_value(json!({"issuer": "x"})).expect("a document");
        let faults = document.provider(openid(), false).expect_err("refused");
        assert_eq!(faults.len(), 8, "{faults:?}");
    }
}

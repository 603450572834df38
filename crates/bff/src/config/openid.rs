//! Any other OpenID provider, known by its issuer. Where its endpoints are and what it can do, it says itself
//! (`linkedin::discover`).

use url::Url;

use super::env::Reader;
use super::http::is_loopback;
use super::{Deadlines, linkedin, pictures};
use crate::secret::ClientSecret;

const PREFIX: &str = "LAPEL_OIDC_";
const ISSUER: &str = "LAPEL_OIDC_ISSUER";
const CLIENT_ID: &str = "LAPEL_OIDC_CLIENT_ID";
const CLIENT_SECRET: &str = "LAPEL_OIDC_CLIENT_SECRET";
const SCOPES: &str = "LAPEL_OIDC_SCOPES";

/// The standard's own (OpenID Connect Core §5.4).
const DEFAULT_SCOPES: &str = "openid profile email";

/// An application that is registered with an OpenID provider.
#[derive(Clone, Debug)]
pub struct OpenId {
    /// `LAPEL_OIDC_ISSUER`, to the letter: what the provider calls itself must be the same.
    pub issuer: String,
    /// `LAPEL_OIDC_CLIENT_ID`.
    pub client_id: String,
    /// `LAPEL_OIDC_CLIENT_SECRET`.
    pub client_secret: ClientSecret,
    /// `LAPEL_OIDC_SCOPES`: all permissions that the application needs, asked for at once.
    pub scopes: Vec<String>,
    /// `LAPEL_PICTURE_SOURCES`: where portraits may come from. Without it, from the issuer's own origin.
    pub pictures: Vec<String>,
    /// How long the provider may take.
    pub deadlines: Deadlines,
}

/// Whether another provider than LinkedIn is configured.
pub(super) fn is_meant(reader: &Reader) -> bool {
    reader.set(PREFIX).next().is_some()
}

/// Reads all of it. What is missing is a fault, so that nothing is ever made of the empty text in its place.
pub(super) fn read(reader: &mut Reader) -> OpenId {
    let others: Vec<_> = reader.set(linkedin::PREFIX).collect();
    for name in others {
        reader.fault(format!(
            "{name} is set, and {PREFIX}… too; members sign in with one of the two"
        ));
    }
    if linkedin::js_sdk(reader) {
        reader.fault(format!(
            "{}: the JavaScript SDK is LinkedIn's, and {PREFIX}… is set",
            linkedin::JS_SDK
        ));
    }
    let issuer = required(reader, ISSUER);
    let origin = issuer_origin(reader, &issuer);
    OpenId {
        client_id: required(reader, CLIENT_ID),
        client_secret: ClientSecret::new(required(reader, CLIENT_SECRET)),
        scopes: scopes(reader),
        pictures: pictures::read(reader).unwrap_or_else(|| origin.into_iter().collect()),
        deadlines: Deadlines::default(),
        issuer,
    }
}

fn required(reader: &mut Reader, name: &'static str) -> String {
    let text = reader.text(name).unwrap_or_default().to_owned();
    if text.is_empty() {
        reader.fault(format!("{name} is not set"));
    }
    text
}

/// The origin of the issuer, which is an https address without query and fragment (OpenID Connect Core §2).
fn issuer_origin(reader: &mut Reader, issuer: &str) -> Option<String> {
    if issuer.is_empty() {
        return None;
    }
    let fault = match Url::parse(issuer) {
        Err(error) => error.to_string(),
        Ok(url) if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) => {
            "must be https, or http on loopback: secrets travel there".to_owned()
        }
        Ok(url) if url.query().is_some() || url.fragment().is_some() => {
            "must have neither query nor fragment".to_owned()
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            "must not carry a user name or password".to_owned()
        }
        Ok(url) => match pictures::source(&url.origin().ascii_serialization()) {
            Ok(origin) => return Some(origin),
            Err(fault) => fault.to_owned(),
        },
    };
    reader.fault(format!("{ISSUER}: {fault}"));
    None
}

fn scopes(reader: &mut Reader) -> Vec<String> {
    let text = reader.text(SCOPES).unwrap_or(DEFAULT_SCOPES);
    let scopes: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if !scopes.iter().any(|scope| scope == "openid") {
        reader.fault(format!(
            "{SCOPES}: must contain `openid`: without it nobody says who the member is"
        ));
    }
    scopes
}

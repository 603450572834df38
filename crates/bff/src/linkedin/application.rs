//! How the application says who it is, where it asks for tokens or about them (RFC 6749 §2.3.1).

use reqwest::RequestBuilder;
use url::{Url, form_urlencoded};

use super::LinkedIn;
use super::dialect::SecretIn;

/// A form for an endpoint that answers this application only.
pub(super) fn post(linkedin: &LinkedIn, endpoint: &Url, fields: &[(&str, &str)]) -> RequestBuilder {
    let settings = &linkedin.settings;
    let (id, secret) = (settings.client_id.as_str(), settings.client_secret.expose());
    match settings.dialect.secret {
        SecretIn::Body => {
            let own = [("client_id", id), ("client_secret", secret)];
            let fields: Vec<_> = fields.iter().copied().chain(own).collect();
            linkedin.http.post_form(endpoint, &fields)
        }
        // Form-encoded first: a secret may contain a colon, and reach beyond ASCII.
        SecretIn::Header => linkedin
            .http
            .post_form(endpoint, fields)
            .basic_auth(form_encoded(id), Some(form_encoded(secret))),
    }
}

fn form_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

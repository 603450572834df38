//! The cookie `linkedin_oauth_<api_key>`: URL-encoded JSON with a signature over some of its own members.

use serde::Serialize;
use url::form_urlencoded::byte_serialize;

use super::signature::hmac_sha1;
use crate::settings::Client;

/// A cookie as the SDK's script writes it. It is a credential: it names the member to whoever trusts the signature.
#[derive(Clone, PartialEq, Eq)]
pub struct JsSdkCookie {
    /// `linkedin_oauth_` and the application's `client_id`, which the SDK calls its `api_key`.
    pub name: String,
    /// The value, URL-encoded.
    pub value: String,
}

/// The content, in the documented order.
#[derive(Serialize)]
struct Content<'a> {
    signature_version: &'static str,
    signature_method: &'static str,
    signature_order: [&'static str; 2],
    access_token: &'a str,
    member_id: &'a str,
    signature: String,
}

impl JsSdkCookie {
    pub(super) fn signed(client: &Client, member_id: &str, access_token: String) -> Self {
        // The values that `signature_order` names, one after the other.
        let signed = format!("{access_token}{member_id}");
        let content = Content {
            signature_version: "1",
            signature_method: "HMAC-SHA1",
            signature_order: ["access_token", "member_id"],
            access_token: &access_token,
            member_id,
            signature: hmac_sha1(&client.secret, &signed),
        };
        let json = serde_json::to_string(&content).unwrap_or_default();
        Self {
            name: format!("linkedin_oauth_{}", client.id),
            // Scripts' `encodeURIComponent`, which has no plus signs.
            value: byte_serialize(json.as_bytes())
                .collect::<String>()
                .replace('+', "%20"),
        }
    }
}

/// The value stays out, as every credential's does.
impl std::fmt::Debug for JsSdkCookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsSdkCookie")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

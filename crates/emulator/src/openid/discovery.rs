//! `GET /oauth/.well-known/openid-configuration` (LinkedIn reference §5.1).

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::endpoint::path;
use crate::linkedin::Shared;
use crate::switches::Switch;

/// LinkedIn's document has exactly these members, in this order; the optional ones are the textbook's.
#[derive(Debug, Serialize)]
pub(crate) struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    response_types_supported: [&'static str; 1],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: [&'static str; 1],
    scopes_supported: [&'static str; 3],
    claims_supported: [&'static str; 12],
    #[serde(flatten)]
    rest: Option<Rest>,
}

/// What LinkedIn leaves out.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are the standard's")]
struct Rest {
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_endpoint: Option<String>,
    introspection_endpoint: String,
    response_modes_supported: [&'static str; 1],
    grant_types_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: [&'static str; 2],
    code_challenge_methods_supported: [&'static str; 1],
    authorization_response_iss_parameter_supported: bool,
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    prompt_values_supported: [&'static str; 4],
}

pub(crate) async fn document(State(linkedin): State<Shared>) -> Json<Document> {
    let at = |path: &str| format!("{}{path}", linkedin.url);
    let rest = (!linkedin.quirks.discovery_terse).then(|| Rest {
        revocation_endpoint: linkedin
            .switches
            .is_on(Switch::Revocation)
            .then(|| at(path::REVOCATION)),
        introspection_endpoint: at(path::INTROSPECTION),
        response_modes_supported: ["query"],
        grant_types_supported: if linkedin.switches.is_on(Switch::RefreshTokens) {
            vec!["authorization_code", "refresh_token"]
        } else {
            vec!["authorization_code"]
        },
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        code_challenge_methods_supported: ["S256"],
        authorization_response_iss_parameter_supported: !linkedin.quirks.redirect_without_issuer,
        claims_parameter_supported: false,
        request_parameter_supported: false,
        // Absent would mean "yes" (OpenID Connect Discovery §3).
        request_uri_parameter_supported: false,
        prompt_values_supported: ["none", "login", "consent", "select_account"],
    });
    Json(Document {
        issuer: linkedin.issuer(),
        authorization_endpoint: at(path::AUTHORIZATION),
        token_endpoint: at(path::TOKEN),
        userinfo_endpoint: at(path::USERINFO),
        jwks_uri: at(path::KEYS),
        response_types_supported: ["code"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        scopes_supported: ["openid", "profile", "email"],
        claims_supported: [
            "iss",
            "aud",
            "iat",
            "exp",
            "sub",
            "name",
            "given_name",
            "family_name",
            "picture",
            "email",
            "email_verified",
            "locale",
        ],
        rest,
    })
}

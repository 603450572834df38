//! `GET /oauth/.well-known/openid-configuration` (LinkedIn reference §5.1).

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::endpoint::path;
use crate::linkedin::Shared;

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
struct Rest {
    revocation_endpoint: String,
    introspection_endpoint: String,
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    code_challenge_methods_supported: [&'static str; 1],
}

pub(crate) async fn document(State(linkedin): State<Shared>) -> Json<Document> {
    let at = |path: &str| format!("{}{path}", linkedin.url);
    let rest = (!linkedin.quirks.discovery_terse).then(|| Rest {
        revocation_endpoint: at(path::REVOCATION),
        introspection_endpoint: at(path::INTROSPECTION),
        response_modes_supported: ["query"],
        grant_types_supported: ["authorization_code", "refresh_token"],
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        code_challenge_methods_supported: ["S256"],
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

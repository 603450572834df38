//! `GET /v2/emailAddress?q=members`, the legacy way to the e-mail address (LinkedIn reference §10).

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use serde_json::{Map, Value, json};

use super::authorize;
use super::error::ApiError;
use super::projection::{Projection, unresolved};
use crate::endpoint::Endpoint;
use crate::gateway::Heard;
use crate::linkedin::Shared;
use crate::scopes::Scopes;

/// Without the projection `(elements*(handle~))` there is the name of the address, not the address.
pub(crate) async fn find(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::EmailAddress)?;
    if !access.consent.scopes.has(Scopes::LEGACY_EMAIL) {
        return Err(ApiError::AccessDenied {
            resource: "emailAddress.FINDER-members.NO_VERSION".into(),
        });
    }
    if heard.query.get("q") != Some("members") {
        return Err(ApiError::IllegalArgument(
            "The finder q=members is needed".into(),
        ));
    }
    let elements: Vec<Value> = access
        .member
        .email
        .iter()
        .map(|address| {
            json!({
                "handle": format!("urn:li:emailAddress:{}", access.member.sub("email address")),
                "handle~": { "emailAddress": address },
                "primary": true,
                "type": "EMAIL",
            })
        })
        .collect();
    let mut whole = Map::new();
    whole.insert("elements".to_owned(), Value::Array(elements));
    let shown = match heard.query.get("projection") {
        None => unresolved(&whole),
        Some(text) => Projection::parse(text)
            .ok_or_else(|| ApiError::IllegalArgument("Invalid projection".into()))?
            .of(&whole),
    };
    Ok(Json(Value::Object(shown)))
}

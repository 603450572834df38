//! `GET /v2/me`, the legacy profile (LinkedIn reference §10). Its product is retired; tokens of today's lack its scopes.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use serde_json::{Map, Value, json};

use super::error::ApiError;
use super::projection::{Projection, unresolved};
use super::{Access, authorize};
use crate::endpoint::Endpoint;
use crate::faults::{ProfileDefect, Strikes};
use crate::gateway::Heard;
use crate::linkedin::{LinkedIn, Shared};
use crate::scopes::Scopes;

/// Renditions of the portrait, in pixels, as `playableStreams` lists them.
const SIZES: [u16; 4] = [100, 200, 400, 800];

pub(crate) async fn show(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    Extension(strikes): Extension<Strikes>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::Profile)?;
    if !Scopes::LEGACY_PROFILE
        .iter()
        .any(|scope| access.consent.scopes.has(scope))
    {
        return Err(ApiError::AccessDenied {
            resource: "me.GET.NO_VERSION".into(),
        });
    }
    let throttled = strikes.has(ProfileDefect::PictureThrottled);
    let whole = profile(&linkedin, &access, throttled);
    let shown = match heard.query.get("projection") {
        None if throttled => with_error(whole),
        None => unresolved(&whole),
        Some(text) => Projection::parse(text)
            .ok_or_else(|| ApiError::IllegalArgument("Invalid projection".into()))?
            .of(&whole),
    };
    Ok(Json(Value::Object(shown)))
}

fn profile(linkedin: &LinkedIn, access: &Access, throttled: bool) -> Map<String, Value> {
    let Access { consent, member } = access;
    let locale = &member.locale;
    let localized = |text: &str| {
        json!({
            "localized": { (locale.with_underscore()): text },
            "preferredLocale": { "country": locale.country, "language": locale.language },
        })
    };
    let family = member.family_name.as_deref().unwrap_or_default();
    let mut profile = Map::new();
    let mut set = |name: &str, value| profile.insert(name.to_owned(), value);
    // That it is the id_token's subject is an assumption.
    set("id", json!(member.sub(&consent.owner.client)));
    set("localizedFirstName", json!(member.given_name));
    set("localizedLastName", json!(family));
    set("firstName", localized(&member.given_name));
    set("lastName", localized(family));
    set("localizedHeadline", json!(member.headline));
    if let Some(picture) = picture(linkedin, access, throttled) {
        set("profilePicture", picture);
    }
    profile
}

fn picture(linkedin: &LinkedIn, access: &Access, throttled: bool) -> Option<Value> {
    let member = &access.member;
    let asset = format!(
        "urn:li:digitalmediaAsset:{}",
        member.sub("digital media asset")
    );
    let streams: Vec<Value> = SIZES
        .iter()
        .map(|size| {
            let address = linkedin.portrait_address(member, *size)?;
            Some(json!({
                "artifact": format!("urn:li:digitalmediaMediaArtifact:({asset},\
                    urn:li:digitalmediaMediaArtifactClass:profile-displayphoto-shrink_{size}_{size})"),
                "authorizationMethod": "PUBLIC",
                "data": { "com.linkedin.digitalmedia.mediaartifact.StillImage": {
                    "mediaType": "image/png",
                    "storageSize": { "width": size, "height": size },
                    "storageAspectRatio": { "widthAspect": 1.0, "heightAspect": 1.0, "formatted": "1.00:1.00" },
                    "displaySize": { "width": size, "height": size, "uom": "PX" },
                    "displayAspectRatio": { "widthAspect": 1.0, "heightAspect": 1.0, "formatted": "1.00:1.00" },
                } },
                "identifiers": [{
                    "identifier": address,
                    "index": 0,
                    "mediaType": "image/png",
                    "identifierType": "EXTERNAL_URL",
                    "identifierExpiresInSeconds": linkedin.portrait_end().as_second(),
                }],
            }))
        })
        .collect::<Option<_>>()?;
    let mut picture = Map::new();
    picture.insert("displayImage".to_owned(), json!(asset));
    if throttled {
        picture.insert("displayImage!".to_owned(), embedded_error());
    } else {
        let resolved = json!({
            "paging": { "count": SIZES.len(), "start": 0, "links": [] },
            "elements": streams,
        });
        picture.insert("displayImage~".to_owned(), resolved);
    }
    Some(Value::Object(picture))
}

fn embedded_error() -> Value {
    json!({
        "serviceErrorCode": 101,
        "status": 429,
        "message": "Resource level throttle limit for calls to this resource is reached.",
    })
}

/// The error shows even where nothing was to be resolved: the fault was asked for.
fn with_error(mut profile: Map<String, Value>) -> Map<String, Value> {
    let mut plain = unresolved(&profile);
    if let Some(picture) = profile.remove("profilePicture") {
        plain.insert("profilePicture".to_owned(), picture);
    }
    plain
}

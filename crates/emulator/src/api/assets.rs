//! Pictures for posts of `/v2/ugcPosts`: registered, uploaded, then named by the post (LinkedIn reference §9.1).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::authorize;
use super::error::ApiError;
use super::schema::{self, Field, Shape, needed, optional};
use crate::endpoint::Endpoint;
use crate::gateway::Heard;
use crate::grants::Owner;
use crate::linkedin::Shared;
use crate::lock::lock;
use crate::scopes::Scopes;

/// Pictures remembered; older ones are forgotten first. Their bytes are not kept.
const MOST: usize = 1000;

const REQUEST: &[Field] = &[needed("registerUploadRequest", Shape::Record(UPLOAD))];
const UPLOAD: &[Field] = &[
    needed("recipes", Shape::ListOf(&Shape::Text)),
    needed("owner", Shape::Text),
    optional("serviceRelationships", Shape::ListOf(&Shape::Anything)),
    optional("supportedUploadMechanism", Shape::ListOf(&Shape::Text)),
];

/// Pictures by name, with their owners and whether their bytes have come.
#[derive(Debug, Default)]
pub(crate) struct Assets(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    assets: HashMap<String, (Owner, bool)>,
    order: VecDeque<String>,
}

impl Assets {
    fn register(&self, asset: String, owner: Owner) {
        let mut book = lock(&self.0);
        if book.order.len() == MOST
            && let Some(oldest) = book.order.pop_front()
        {
            book.assets.remove(&oldest);
        }
        book.order.push_back(asset.clone());
        book.assets.insert(asset, (owner, false));
    }

    /// Says whether there is such a picture of that owner's.
    fn complete(&self, asset: &str, by: &Owner) -> bool {
        match lock(&self.0).assets.get_mut(asset) {
            Some((owner, ready)) if owner == by => {
                *ready = true;
                true
            }
            Some(_) | None => false,
        }
    }

    pub(crate) fn is_ready(&self, asset: &str, by: &Owner) -> bool {
        let book = lock(&self.0);
        book.assets
            .get(asset)
            .is_some_and(|(owner, ready)| owner == by && *ready)
    }

    pub(crate) fn forget(&self) {
        *lock(&self.0) = Book::default();
    }
}

/// `POST /v2/assets?action=registerUpload`.
pub(crate) async fn register(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::Assets)?;
    if heard.query.get("action") != Some("registerUpload") {
        return Err(ApiError::IllegalArgument(
            "The action registerUpload is needed".into(),
        ));
    }
    let request = schema::read(&body, REQUEST)?;
    let owner = schema::text(&request, &["registerUploadRequest", "owner"]).unwrap_or_default();
    let own = format!(
        "urn:li:person:{}",
        access.member.sub(&access.consent.owner.client)
    );
    if !access.consent.scopes.has(Scopes::SHARE) || owner != own {
        return Err(ApiError::AccessDenied {
            resource: "assets.ACTION-registerUpload.NO_VERSION".into(),
        });
    }
    let id = format!("C5522AQ{}", linkedin.entropy.text(12));
    let asset = format!("urn:li:digitalmediaAsset:{id}");
    linkedin
        .assets
        .register(asset.clone(), access.consent.owner);
    let class = "urn:li:digitalmediaMediaArtifactClass:feedshare-uploadedImage";
    Ok(Json(json!({ "value": {
        "uploadMechanism": { "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest": {
            "headers": {},
            "uploadUrl": format!("{}/mediaUpload/{id}/feedshare-uploadedImage/0", linkedin.url),
        } },
        "mediaArtifact": format!("urn:li:digitalmediaMediaArtifact:({asset},{class})"),
        "asset": asset,
    } })))
}

/// The bytes, whatever they are. They are not kept.
pub(crate) async fn upload(
    State(linkedin): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::AssetUpload)?;
    if body.is_empty() {
        return Err(ApiError::IllegalArgument("There is no picture".into()));
    }
    let asset = format!("urn:li:digitalmediaAsset:{id}");
    if linkedin.assets.complete(&asset, &access.consent.owner) {
        Ok(StatusCode::CREATED)
    } else {
        Err(ApiError::NotFound { what: asset })
    }
}

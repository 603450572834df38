//! `POST /v2/ugcPosts`, the older way to share (LinkedIn reference §9.1).

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value};

use super::{created, may_post_as, publish};
use crate::api::error::ApiError;
use crate::api::schema::{self, Field, Shape, needed, optional};
use crate::api::{Access, authorize};
use crate::endpoint::Endpoint;
use crate::faults::Strikes;
use crate::linkedin::{LinkedIn, Shared};
use crate::posts::Draft;

const CONTENT: &str = "com.linkedin.ugc.ShareContent";
const VISIBILITY: &str = "com.linkedin.ugc.MemberNetworkVisibility";

const POST: &[Field] = &[
    needed("author", Shape::Text),
    needed("lifecycleState", Shape::OneOf(&["PUBLISHED", "DRAFT"])),
    needed(
        "specificContent",
        Shape::Record(&[needed(CONTENT, Shape::Record(SHARE))]),
    ),
    needed(
        "visibility",
        Shape::Record(&[needed(VISIBILITY, Shape::OneOf(&["PUBLIC", "CONNECTIONS"]))]),
    ),
];

const SHARE: &[Field] = &[
    needed("shareCommentary", Shape::Record(TEXT)),
    needed(
        "shareMediaCategory",
        Shape::OneOf(&["NONE", "ARTICLE", "IMAGE", "VIDEO"]),
    ),
    optional("media", Shape::ListOf(&Shape::Record(MEDIA))),
];

const MEDIA: &[Field] = &[
    needed("status", Shape::OneOf(&["READY"])),
    optional("originalUrl", Shape::Text),
    optional("media", Shape::Text),
    optional("title", Shape::Record(TEXT)),
    optional("description", Shape::Record(TEXT)),
    optional("thumbnails", Shape::ListOf(&Shape::Anything)),
];

const TEXT: &[Field] = &[
    needed("text", Shape::Text),
    optional("attributes", Shape::ListOf(&Shape::Anything)),
];

/// The text is plain here, and shown as it was sent; an assumption.
pub(crate) async fn create(
    State(linkedin): State<Shared>,
    Extension(strikes): Extension<Strikes>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::UgcPosts)?;
    let post = schema::read(&body, POST)?;
    let text = |path: &[&str]| schema::text(&post, path).unwrap_or_default().to_owned();
    if !may_post_as(&access, &text(&["author"])) {
        return Err(ApiError::AccessDeniedOfOld {
            call: "POST /ugcPosts",
        });
    }
    check_pictures(&linkedin, &access, &post)?;
    let sent = text(&["specificContent", CONTENT, "shareCommentary", "text"]);
    let urn = publish(
        &linkedin,
        Draft {
            author: access.member.slug,
            client: access.consent.owner.client,
            text: sent.clone(),
            sent,
            visibility: text(&["visibility", VISIBILITY]),
            content: media(&post).cloned(),
        },
    )?;
    Ok(created(&urn, true, &strikes))
}

fn media(post: &Map<String, Value>) -> Option<&Value> {
    post.get("specificContent")?.get(CONTENT)?.get("media")
}

/// A picture must have been uploaded by the author. LinkedIn's answer otherwise was not found; an assumption.
fn check_pictures(
    linkedin: &LinkedIn,
    access: &Access,
    post: &Map<String, Value>,
) -> Result<(), ApiError> {
    let items = media(post).and_then(Value::as_array).into_iter().flatten();
    let assets = items.filter_map(|item| item.get("media")?.as_str());
    for asset in assets {
        if !linkedin.assets.is_ready(asset, &access.consent.owner) {
            let message = format!("The media {asset} is not ready");
            return Err(ApiError::IllegalArgument(message.into()));
        }
    }
    Ok(())
}

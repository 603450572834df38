//! `POST /rest/posts` and `DELETE /rest/posts/{urn}` (LinkedIn reference §9.2).

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::Response;

use super::{created, may_post_as, publish};
use crate::api::authorize;
use crate::api::error::ApiError;
use crate::api::schema::{self, Field, Shape, needed, optional};
use crate::api::version::Version;
use crate::endpoint::Endpoint;
use crate::faults::Strikes;
use crate::linkedin::Shared;
use crate::posts::{Draft, Ending, little};
use crate::scopes::Scopes;

/// A post. Which members LinkedIn needs is documented; what is inside of `content` is not looked at.
const POST: &[Field] = &[
    needed("author", Shape::Text),
    needed("commentary", Shape::Text),
    needed(
        "visibility",
        Shape::OneOf(&["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"]),
    ),
    needed("distribution", Shape::Record(DISTRIBUTION)),
    needed(
        "lifecycleState",
        Shape::OneOf(&["PUBLISHED", "DRAFT", "PUBLISH_REQUESTED", "PUBLISH_FAILED"]),
    ),
    optional("isReshareDisabledByAuthor", Shape::Truth),
    optional("content", Shape::Anything),
    optional("reshareContext", Shape::Anything),
    optional("container", Shape::Text),
    optional("contentLandingPage", Shape::Text),
    optional("contentCallToActionLabel", Shape::Text),
    optional("adContext", Shape::Anything),
];

const DISTRIBUTION: &[Field] = &[
    needed("feedDistribution", Shape::OneOf(&["MAIN_FEED", "NONE"])),
    optional("targetEntities", Shape::ListOf(&Shape::Anything)),
    optional(
        "thirdPartyDistributionChannels",
        Shape::ListOf(&Shape::Anything),
    ),
];

const PROTOCOL: HeaderName = HeaderName::from_static("x-restli-protocol-version");

/// The resource's name in refusals, which differs from its path. By the pattern of others; an assumption.
fn denied(method: &str, version: &Version) -> ApiError {
    ApiError::AccessDenied {
        resource: format!("partnerApiPostsExternal.{method}.{}", version.as_str()).into(),
    }
}

pub(crate) async fn create(
    State(linkedin): State<Shared>,
    Extension(strikes): Extension<Strikes>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::Posts)?;
    let version = Version::read(&linkedin, &headers)?;
    let post = schema::read(&body, POST)?;
    let text = |name| schema::text(&post, &[name]).unwrap_or_default();
    if !may_post_as(&access, text("author")) {
        return Err(denied("CREATE", &version));
    }
    let urn = publish(
        &linkedin,
        Draft {
            author: access.member.slug,
            client: access.consent.owner.client,
            sent: text("commentary").to_owned(),
            text: little::shown(text("commentary")),
            visibility: text("visibility").to_owned(),
            content: post.get("content").cloned(),
        },
    )?;
    Ok(created(&urn, false, &strikes))
}

/// 204, also for a post that is deleted already; an assumption. Its text stays a duplicate.
pub(crate) async fn delete(
    State(linkedin): State<Shared>,
    OriginalUri(address): OriginalUri,
    Path(urn): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    let access = authorize(&linkedin, &headers, Endpoint::Posts)?;
    let version = Version::read(&linkedin, &headers)?;
    let encoded = !address.path().contains(':');
    let second = headers
        .get(PROTOCOL)
        .is_some_and(|version| version == "2.0.0");
    if second && !encoded {
        // Version 2 of the protocol gives colons a meaning of their own.
        let message = "The key must be percent-encoded";
        return Err(ApiError::IllegalArgument(message.into()));
    }
    if !access.consent.scopes.has(Scopes::SHARE) {
        return Err(denied("DELETE", &version));
    }
    let now = linkedin.clock.now();
    match linkedin.posts.end(&urn, &access.consent.owner, now) {
        Ending::Done => Ok(StatusCode::NO_CONTENT),
        Ending::NotYours => Err(denied("DELETE", &version)),
        Ending::Unknown => Err(ApiError::NotFound { what: urn }),
    }
}

/// `GET`: what may be written may not be read; that needs a permission which is not given to self-serve applications.
pub(crate) async fn read(
    State(linkedin): State<Shared>,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    authorize(&linkedin, &headers, Endpoint::Posts)?;
    let version = Version::read(&linkedin, &headers)?;
    Err(denied("GET", &version))
}

//! Sharing (LinkedIn reference §9): two ways in, one set of posts.

pub(crate) mod rest;
pub(crate) mod ugc;

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Access;
use super::error::ApiError;
use crate::faults::{PostsDefect, Strikes};
use crate::linkedin::LinkedIn;
use crate::posts::{Draft, LONGEST_TEXT, length};
use crate::scopes::Scopes;

const ID: HeaderName = HeaderName::from_static("x-restli-id");

/// Whether the token may post as `author`: it carries the permission, and the author is its member.
fn may_post_as(access: &Access, author: &str) -> bool {
    let own = format!(
        "urn:li:person:{}",
        access.member.sub(&access.consent.owner.client)
    );
    access.consent.scopes.has(Scopes::SHARE) && author == own
}

/// Makes the post and returns its name.
fn publish(linkedin: &LinkedIn, draft: Draft) -> Result<String, ApiError> {
    let characters = length(&draft.sent);
    if characters > LONGEST_TEXT {
        return Err(ApiError::TextTooLong { characters });
    }
    linkedin
        .posts
        .publish(draft, linkedin.clock.now())
        .map_err(|duplicate| ApiError::Duplicate { of: duplicate.of })
}

/// 201. The copy in the body is `/v2/ugcPosts`' only.
fn created(urn: &str, copy: bool, strikes: &Strikes) -> Response {
    if strikes.has(PostsDefect::IdMissing) {
        return StatusCode::CREATED.into_response();
    }
    let mut answer = if copy {
        (StatusCode::CREATED, Json(json!({ "id": urn }))).into_response()
    } else {
        StatusCode::CREATED.into_response()
    };
    // A name is letters, digits and colons.
    if let Ok(value) = HeaderValue::from_str(urn) {
        answer.headers_mut().insert(ID, value);
    }
    answer
}

//! `GET /dms/image/…`: portraits, under addresses that are signed and end (LinkedIn reference §5.4).

use aws_lc_rs::hmac;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use std::sync::Arc;

use crate::gateway::Heard;
use crate::linkedin::Shared;

/// Renditions: `shrink_100_100` in userinfo, `shrink_200_200` on the emulator's own pages.
const RENDITIONS: [(&str, u16); 4] = [
    ("profile-displayphoto-shrink_100_100", 100),
    ("profile-displayphoto-shrink_200_200", 200),
    ("profile-displayphoto-shrink_400_400", 400),
    ("profile-displayphoto-shrink_800_800", 800),
];

/// The address of a rendition. The signature is the same in every run, so that an address outlives a restart.
pub(crate) fn address(base: &str, slug: &str, rendition: &str, expires: Timestamp) -> String {
    let path = format!("/dms/image/v2/{slug}/{rendition}/0/1");
    let expires = expires.as_second().to_string();
    let signature = signature(slug, rendition, &expires);
    format!("{base}{path}?e={expires}&v=beta&t={signature}")
}

pub(crate) async fn show(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    Path((slug, rendition)): Path<(String, String)>,
) -> Response {
    let expires = heard.query.get("e").unwrap_or_default();
    let is_ours = heard.query.get("t") == Some(&signature(&slug, &rendition, expires));
    let is_alive = expires
        .parse::<i64>()
        .is_ok_and(|end| linkedin.clock.now().as_second() < end);
    if !is_ours || !is_alive {
        // The status of LinkedIn's picture host for an ended address is an assumption.
        return StatusCode::FORBIDDEN.into_response();
    }
    let size = RENDITIONS
        .iter()
        .find(|(name, _)| *name == rendition)
        .map(|(_, size)| *size);
    let portrait = linkedin
        .members
        .get(&slug)
        .and_then(|member| member.portrait);
    let picture = size
        .zip(portrait)
        .and_then(|(size, portrait)| linkedin.portrait(portrait, size));
    match picture {
        Some(png) => {
            let headers = [
                (CONTENT_TYPE, "image/png"),
                (CACHE_CONTROL, "private, max-age=3600"),
            ];
            (headers, png).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn signature(slug: &str, rendition: &str, expires: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"portrait address");
    let tag = hmac::sign(&key, format!("{slug}\n{rendition}\n{expires}").as_bytes());
    URL_SAFE_NO_PAD.encode(tag)
}

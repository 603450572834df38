//! Requests that a person made by going somewhere, and not a page's script, image, frame or prefetch.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

use super::problem::Refused;

/// Proof that the request is a top-level navigation as far as the browser says (Fetch Metadata). Browsers that say
/// nothing are believed: `state` still protects them.
pub(super) struct Navigation {
    /// Whether another site led here. Then the browser keeps `SameSite=Strict` cookies back.
    pub(super) from_elsewhere: bool,
}

impl<S: Sync> FromRequestParts<S> for Navigation {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let says = |name: &str| {
            parts
                .headers
                .get(name)
                .map(|value| value.to_str().unwrap_or("?"))
        };
        if is_prefetch(&parts.headers) {
            // Answered with an error, a prefetch is thrown away and the real navigation asks again.
            return Err(Refused::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "this address is visited, not prefetched",
            ));
        }
        let document = says("sec-fetch-dest").is_none_or(|dest| dest == "document");
        let navigate = says("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
        let from_elsewhere =
            says("sec-fetch-site").is_some_and(|site| matches!(site, "cross-site" | "same-site"));
        if document && navigate {
            Ok(Self { from_elsewhere })
        } else {
            Err(Refused::new(
                StatusCode::FORBIDDEN,
                "this address is visited as a page, not fetched or embedded",
            ))
        }
    }
}

/// Whether the browser asks before anybody has gone there.
pub(super) fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers
        .get("sec-purpose")
        .or_else(|| headers.get("purpose"));
    purpose.is_some_and(|purpose| purpose.to_str().unwrap_or("?").contains("prefetch"))
}

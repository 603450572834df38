//! Requests that a person made by going somewhere, and not a page's script, image, frame or prefetch.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use url::form_urlencoded;

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

/// Marks the second request of [`once_more`], so that there is no third.
pub(super) const AGAIN: &str = "again";

/// A page that asks for the same again, this time from this site: after a link or a redirect of another site the browser
/// shows no `SameSite=Strict` cookie, and whoever is signed in would look like nobody. It needs no script.
pub(super) fn once_more(
    path: &str,
    mut query: form_urlencoded::Serializer<'_, String>,
) -> Response {
    query.append_pair(AGAIN, "1");
    // Of all that HTML reads otherwise, a form's encoding leaves the `&` alone.
    let query = query.finish().replace('&', "&amp;");
    let address = format!("{path}?{query}");
    Html(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Sign in</title><meta http-equiv=refresh content=\"0;url={address}\">\
         <p><a href=\"{address}\">Go on to sign in</a></p></html>"
    ))
    .into_response()
}

/// Whether the browser asks before anybody has gone there.
pub(super) fn is_prefetch(headers: &HeaderMap) -> bool {
    let purpose = headers
        .get("sec-purpose")
        .or_else(|| headers.get("purpose"));
    purpose.is_some_and(|purpose| purpose.to_str().unwrap_or("?").contains("prefetch"))
}

//! Calls that the application's own page made (RFC 10017: a custom header and an origin check on every call that a
//! cookie authenticates, `GET` included).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use lapel_wire::paths;

use super::problem::Refused;
use crate::Bff;

/// Proof that the call comes from the application's own page.
pub(super) struct OwnPage;

impl FromRequestParts<Bff> for OwnPage {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, bff: &Bff) -> Result<Self, Self::Rejection> {
        let header = |name: &str| {
            parts
                .headers
                .get(name)
                .map(|value| value.to_str().unwrap_or("?"))
        };
        let refused = |why| Refused::new(StatusCode::FORBIDDEN, why);
        if header(paths::ANTI_FORGERY_HEADER) != Some(paths::ANTI_FORGERY_VALUE) {
            return Err(refused("the header X-Lapel: 1 is missing"));
        }
        if header(header::ORIGIN.as_str()).is_some_and(|origin| origin != bff.0.http.origin()) {
            return Err(refused("the call comes from another origin"));
        }
        if header("sec-fetch-site").is_some_and(|site| site != "same-origin") {
            return Err(refused("the call comes from another site"));
        }
        Ok(Self)
    }
}

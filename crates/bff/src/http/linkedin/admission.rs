//! Whether a call may be made, and for whom: what can be refused without knowing who asks is refused first.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use lapel_wire::{SignedOutReason, paths};
use tokio::time::timeout;

use crate::Bff;
use crate::config::Call;
use crate::http::cookies::Jar;
use crate::http::problem::{Failed, Refused};
use crate::linkedin::{ApiRequest, Asked, NotAllowed};
use crate::session::{Found, Held};

/// The call as it may be made, and for whom. From what costs nothing to what costs most: the address, the headers, the
/// session, the body.
pub(super) async fn admit<'b>(
    bff: &'b Bff,
    jar: &Jar,
    request: Request,
) -> Result<(ApiRequest<'b>, Held), Denied> {
    let asked = find(bff, &request)?;
    let (parts, body) = request.into_parts();
    acceptable(&asked, &parts.headers)?;
    let held = member(bff, jar).await?;
    if !held.session.covers(&asked.call.scopes) {
        return Err(Failed::scope_missing(&asked.call.scopes).into());
    }
    let body = read(body, asked.call).await?;
    if !body.is_empty() && [Method::GET, Method::DELETE].contains(&parts.method) {
        // RFC 9110 §9.3.1 and §9.3.5: it would mean nothing, and might be taken for another request.
        let why = "this method has no body";
        return Err(Denied::refused(StatusCode::BAD_REQUEST, why));
    }
    if !body.is_empty() && !is_json(&parts.headers) {
        let why = "the body must be JSON, and say so";
        return Err(Denied::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    }
    let request = bff.0.linkedin.request(asked, &parts.headers, body)?;
    Ok((request, held))
}

/// Why a call is not made.
pub(super) enum Denied {
    NotAllowed(NotAllowed),
    Refused(Refused),
    Failed(Failed),
}

impl Denied {
    fn refused(status: StatusCode, why: &'static str) -> Self {
        Self::Refused(Refused::new(status, why))
    }

    fn too_large() -> Self {
        let why = "the body is larger than this call may have";
        Self::refused(StatusCode::PAYLOAD_TOO_LARGE, why)
    }
}

impl From<NotAllowed> for Denied {
    fn from(why: NotAllowed) -> Self {
        Self::NotAllowed(why)
    }
}

impl From<Failed> for Denied {
    fn from(why: Failed) -> Self {
        Self::Failed(why)
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        match self {
            Self::NotAllowed(why) => not_allowed(why),
            Self::Refused(refused) => refused.into_response(),
            Self::Failed(failed) => failed.into_response(),
        }
    }
}

pub(super) fn not_allowed(why: NotAllowed) -> Response {
    let refused = |status, detail| Refused::new(status, detail).into_response();
    match why {
        NotAllowed::NotCanonical => refused(
            StatusCode::BAD_REQUEST,
            "the address is not in its canonical form: escape what must be escaped, and nothing else",
        ),
        NotAllowed::UnknownPath => refused(
            StatusCode::NOT_FOUND,
            "this path of LinkedIn's API is not open here (LAPEL_LINKEDIN_API)",
        ),
        NotAllowed::Query => refused(
            StatusCode::BAD_REQUEST,
            "a query parameter is not open here (LAPEL_LINKEDIN_API)",
        ),
        NotAllowed::RestliMethod => refused(
            StatusCode::BAD_REQUEST,
            "this X-RestLi-Method is not open here (LAPEL_LINKEDIN_API)",
        ),
        NotAllowed::Method(methods) => {
            let mut response = refused(
                StatusCode::METHOD_NOT_ALLOWED,
                "this method of the path is not open here (LAPEL_LINKEDIN_API)",
            );
            let methods: Vec<_> = methods.iter().map(Method::as_str).collect();
            if let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
                response.headers_mut().insert(ALLOW, allow);
            }
            response
        }
    }
}

pub(super) fn find<'b>(bff: &'b Bff, request: &Request) -> Result<Asked<'b>, NotAllowed> {
    let uri = request.uri();
    // RFC 9112 §3.2.2: to a proxy one says where to. This is none, and goes to one place only. HTTP/2 always names both.
    if request.version() <= Version::HTTP_11 && uri.scheme().is_some() {
        return Err(NotAllowed::NotCanonical);
    }
    let path = uri.path().strip_prefix(paths::LINKEDIN).unwrap_or_default();
    bff.0.linkedin.find(request.method(), path, uri.query())
}

/// What the headers alone rule out.
fn acceptable(asked: &Asked<'_>, headers: &HeaderMap) -> Result<(), Denied> {
    // A body that is small on the way and large once it is unpacked would pass every limit.
    if headers.contains_key(CONTENT_ENCODING) {
        let why = "the body must not be encoded";
        return Err(Denied::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    }
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > asked.call.request_limit) {
        return Err(Denied::too_large());
    }
    Ok(())
}

/// The session on whose behalf the call is made.
async fn member(bff: &Bff, jar: &Jar) -> Result<Held, Failed> {
    let reason = match bff.session(jar).await? {
        Some(Found::Alive(held)) => return Ok(held),
        Some(Found::Expired(_)) => SignedOutReason::Expired,
        Some(Found::Ended(_, reason)) => reason,
        Some(Found::Unreadable(_)) => SignedOutReason::Unreadable,
        None => SignedOutReason::NoSession,
    };
    Err(Failed::sign_in_needed(reason))
}

/// The body, in as much time as LinkedIn has for its answer.
async fn read(body: Body, call: &Call) -> Result<Bytes, Denied> {
    let whole = Limited::new(body, call.request_limit).collect();
    match timeout(call.timeout, whole).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Denied::too_large()),
        Err(_) => Err(Denied::refused(
            StatusCode::REQUEST_TIMEOUT,
            "the body did not come in time",
        )),
        Ok(Err(_)) => Err(Denied::refused(
            StatusCode::BAD_REQUEST,
            "the body broke off",
        )),
    }
}

/// RFC 6838 §4.2.8. A form or plain text can be sent by any site's page without being asked for permission first.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let essence = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

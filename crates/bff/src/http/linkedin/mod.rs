//! Any method below `/bff/linkedin`: LinkedIn's API with the member's token, as far as the operator opened it.
//!
//! What can be refused without knowing who asks is refused first; LinkedIn is asked last.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use lapel_wire::{Kind, Problem, Retry, SignedOutReason, paths};
use tokio::time::timeout;

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use super::problem::{Failed, Refused};
use super::{headers, openapi};
use crate::Bff;
use crate::config::Call;
use crate::linkedin::{ApiAnswer, ApiProblem, ApiRequest, Asked, NotAllowed, OnBehalf, TokenEnd};
use crate::session::{Found, Held, NoToken, TokenRefusal};

/// Asks LinkedIn
///
/// LinkedIn's API with the member's token, as far as the operator opened it (`LAPEL_LINKEDIN_API`): `/bff/linkedin/v2/userinfo`
/// is LinkedIn's `/v2/userinfo`. The path may have slashes. Where LinkedIn fails for a moment it is asked again.
#[utoipa::path(
    method(get, delete),
    path = "/bff/linkedin/{*path}",
    tag = openapi::LINKEDIN,
    security(("session" = [])),
    params(OwnPage, AnyPath),
    responses(Answers),
)]
pub(super) async fn ask(
    State(bff): State<Bff>,
    _: OwnPage,
    jar: Jar,
    request: Request,
) -> Response {
    pass_on(&bff, &jar, request).await
}

/// Has LinkedIn do something
///
/// As asking, with JSON as LinkedIn wants it. `POST` and `PATCH` are never made again by themselves: where it is not known
/// whether LinkedIn did it, the answer is a problem of the kind `outcome_unknown`.
#[utoipa::path(
    method(post, put, patch),
    path = "/bff/linkedin/{*path}",
    tag = openapi::LINKEDIN,
    security(("session" = [])),
    params(OwnPage, AnyPath),
    request_body(content = LinkedInsJson, description = "What LinkedIn wants to be told"),
    responses(Answers),
)]
pub(super) async fn write(
    State(bff): State<Bff>,
    _: OwnPage,
    jar: Jar,
    request: Request,
) -> Response {
    pass_on(&bff, &jar, request).await
}

/// Any other method is refused without being looked at, and told which there are.
pub(super) async fn other(State(bff): State<Bff>, request: Request) -> Response {
    match find(&bff, &request) {
        Ok(_) => not_allowed(NotAllowed::Method(Vec::new())),
        Err(why) => not_allowed(why),
    }
}

/// The path as the document has it.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "what the document says; the path is read undecoded"
)]
struct AnyPath {
    /// The path of LinkedIn's API, without its first slash. Names of things are percent-encoded once, as
    /// `rest/posts/urn%3Ali%3Ashare%3A7`.
    path: String,
}

/// Whatever LinkedIn says and wants to be told: JSON of its own.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "what the document says; JSON passes unread")]
pub(super) struct LinkedInsJson(BTreeMap<String, serde_json::Value>);

/// What any method may be answered, as the document has it.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "what the document says")]
enum Answers {
    /// LinkedIn's answer, as it comes. One that breaks off ends with the connection
    #[response(
        status = "2XX",
        content_type = "application/json",
        headers(
            ("Set-Cookie" = String, description = "The session, where its tokens or its last use are newer than what the browser has"),
            ("Retry-After" = String, description = "LinkedIn's"),
            ("X-RestLi-Id" = String, description = "The name of what was made"),
            ("X-Li-Uuid" = String, description = "LinkedIn's name for this request"),
            ("X-Li-Fabric" = String, description = "LinkedIn's data centre"),
            ("X-Li-Request-Id" = String, description = "LinkedIn's other name for this request"),
        ),
    )]
    Answered(LinkedInsJson),
    /// The call was refused: with 403 also where it does not come from the application's own page. The kind says why, and
    /// what helps
    #[response(
        status = "4XX",
        content_type = "application/problem+json",
        headers(
            ("Set-Cookie" = String, description = "As above"),
            ("Retry-After" = u64, description = "Seconds, with 429"),
        ),
    )]
    Refused(Problem),
    /// LinkedIn gave no answer that can be used, or is not asked since it has been failing
    #[response(status = "5XX", content_type = "application/problem+json", headers(("Set-Cookie" = String, description = "As above")))]
    Failed(Problem),
}

async fn pass_on(bff: &Bff, jar: &Jar, request: Request) -> Response {
    let (request, mut held) = match admit(bff, jar, request).await {
        Ok(admitted) => admitted,
        Err(denied) => return denied.into_response(),
    };
    bff.0.sessions.used(&mut held);
    let mut response = match as_member(bff, &mut held, &request).await {
        Ok(answer) => passed_back(answer),
        Err(failed) => failed.into_response(),
    };
    // Whatever LinkedIn said: the token may be another one by now.
    cookies::add(response.headers_mut(), bff.news(&held));
    response
}

/// Why a call is not made.
enum Denied {
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

fn not_allowed(why: NotAllowed) -> Response {
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
        NotAllowed::Query(_) => refused(
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

/// The call as it may be made, and for whom. From what costs nothing to what costs most: the address, the headers, the
/// session, the body.
async fn admit<'b>(
    bff: &'b Bff,
    jar: &Jar,
    request: Request,
) -> Result<(ApiRequest<'b>, Held), Denied> {
    let asked = find(bff, &request)?;
    let (parts, body) = request.into_parts();
    acceptable(&asked, &parts.headers)?;
    let held = member(bff, jar)?;
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

fn find<'b>(bff: &'b Bff, request: &Request) -> Result<Asked<'b>, NotAllowed> {
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
fn member(bff: &Bff, jar: &Jar) -> Result<Held, Failed> {
    let reason = match bff.session(jar) {
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

/// Asks LinkedIn with a token that works as far as anybody knows; and once more with another one, where LinkedIn refuses
/// it and nothing can happen twice.
async fn as_member(
    bff: &Bff,
    held: &mut Held,
    request: &ApiRequest<'_>,
) -> Result<ApiAnswer, Failed> {
    let sessions = &bff.0.sessions;
    held.session = match sessions.usable(&held.session).await {
        Ok(usable) => usable,
        Err(NoToken::Ended(reason)) => return Err(Failed::sign_in_needed(reason)),
        Err(NoToken::CouldNotAsk {
            kind,
            retry_seconds,
        }) => return Err(Failed::no_token(kind, again(request, retry_seconds))),
    };
    let problem = match once(bff, held, request).await {
        Ok(answer) => return Ok(answer),
        Err(problem) => problem,
    };
    let Some(end) = problem.ends else {
        return Err(problem.into());
    };
    let refusal = match end {
        TokenEnd::Expired => TokenRefusal::Expired,
        TokenEnd::Revoked => TokenRefusal::Revoked,
    };
    match sessions.after_refusal(&held.session, refusal).await {
        Err(NoToken::Ended(_)) => Err(problem.into()),
        Err(NoToken::CouldNotAsk {
            kind,
            retry_seconds,
        }) => {
            let retry = again(request, retry_seconds);
            let detail = "LinkedIn refused the token, and gives no new one; nothing happened";
            Err(instead(*problem, kind, retry, detail))
        }
        Ok(newer) => {
            held.session = newer;
            if !request.call().idempotent {
                let detail =
                    "LinkedIn refused the token, and has given a new one; nothing happened";
                return Err(instead(*problem, Kind::LinkedinDown, Retry::ByHand, detail));
            }
            once(bff, held, request).await.map_err(|problem| {
                if problem.ends.is_none() {
                    return problem.into();
                }
                let detail = "LinkedIn refuses the token that it has just given";
                instead(*problem, Kind::Contract, Retry::ByHand, detail)
            })
        }
    }
}

fn instead(problem: ApiProblem, kind: Kind, retry: Retry, detail: &str) -> Failed {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    Box::new(problem.instead(kind, status, retry, detail)).into()
}

/// Advice that leaves writing to the member.
fn again(request: &ApiRequest<'_>, seconds: u64) -> Retry {
    if request.call().idempotent {
        Retry::After { seconds }
    } else {
        Retry::ByHand
    }
}

async fn once(
    bff: &Bff,
    held: &Held,
    request: &ApiRequest<'_>,
) -> Result<ApiAnswer, Box<ApiProblem>> {
    let session = &held.session;
    let now = bff.0.clock.now_seconds();
    let on_behalf = OnBehalf {
        token: &session.tokens.access,
        token_age: now.saturating_sub(session.tokens.issued_at),
        member: &session.identity.member.id,
    };
    let outcome = bff.0.linkedin.call(request, on_behalf).await;
    if outcome
        .as_ref()
        .err()
        .is_none_or(|problem| problem.proves_the_token())
    {
        bff.0.sessions.proven(session);
    }
    outcome
}

/// LinkedIn's answer as the page gets it.
fn passed_back(answer: ApiAnswer) -> Response {
    let mut response = Response::new(Body::new(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    headers::foreign(response.headers_mut());
    response
}

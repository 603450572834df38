//! Any method below `/bff/linkedin`: LinkedIn's API with the member's token, as far as the operator opened it.

mod admission;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lapel_wire::{Kind, Retry};

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use super::openapi::CallFailed;
use super::problem::Failed;
use super::{headers, openapi};
use crate::Bff;
use crate::linkedin::{ApiAnswer, ApiProblem, ApiRequest, NotAllowed, OnBehalf, TokenEnd};
use crate::session::{Held, NoToken, TokenRefusal};
use admission::{admit, find, not_allowed};

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
    responses(Answers, CallFailed),
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
    responses(Answers, CallFailed),
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

/// What LinkedIn may answer to any method, as the document has it.
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

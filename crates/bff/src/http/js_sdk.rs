//! `POST /bff/session/js-sdk`: takes over a member whom LinkedIn's JavaScript SDK has signed in (LinkedIn reference §7,
//! §11.1, practice 7). The SDK's cookie is read and left alone: it belongs to the SDK.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::extract::State as Shared;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Kind, Problem, Retry, SessionView, paths};
use tokio::sync::oneshot;

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use super::problem::Refused;
use super::{openapi, unknown};
use crate::Bff;
use crate::linkedin::{SdkMember, SdkSignInError};
use crate::session::{Replaced, Session, StoreDown};

/// Proof that the operator has switched this route on, with the name of the SDK's cookie.
pub(super) struct SwitchedOn {
    cookie: String,
}

impl FromRequestParts<Bff> for SwitchedOn {
    type Rejection = Refused;

    async fn from_request_parts(_: &mut Parts, bff: &Bff) -> Result<Self, Self::Rejection> {
        match bff.0.linkedin.sdk_cookie_name() {
            Some(cookie) => Ok(Self { cookie }),
            None => Err(unknown().await),
        }
    }
}

/// Takes over a member of LinkedIn's JavaScript SDK
///
/// Reads the cookie that the SDK left, `linkedin_oauth_` and the application's client id, and opens a session without the
/// authorization flow. For the member who is signed in already nothing changes; another one's session is replaced.
/// LinkedIn switched the SDK off in 2019.
#[utoipa::path(
    post,
    path = paths::JS_SDK,
    tag = openapi::SESSION,
    security((), ("session" = [])),
    params(OwnPage),
    responses(
        (
            status = OK,
            description = "Who is signed in now",
            body = SessionView,
            headers(("Set-Cookie" = String, description = "Sets the session, or brings the browser up to date with its own")),
        ),
        (
            status = BAD_REQUEST,
            description = "The SDK's cookie is not LinkedIn's for this application. Nothing happened",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        (
            status = UNAUTHORIZED,
            description = "There is no cookie of the SDK's, or LinkedIn does not exchange its token. Only a sign-in helps",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        (
            status = NOT_FOUND,
            description = "The route is not switched on",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        (
            status = TOO_MANY_REQUESTS,
            description = "LinkedIn's quota is spent",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        (
            status = BAD_GATEWAY,
            description = "LinkedIn could not be asked, refused the application, or is not understood. What was there stays",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        OwnPage,
        StoreDown,
    ),
)]
pub(super) async fn js_sdk(
    Shared(bff): Shared<Bff>,
    SwitchedOn { cookie }: SwitchedOn,
    _: OwnPage,
    jar: Jar,
) -> Result<Response, Refused> {
    let member = member(&bff, &jar, &cookie)?;
    let held = match bff.live_session(&jar).await? {
        Some(held) if held.session.identity.member.id == member.id => {
            match bff.0.sessions.checked(held).await {
                Ok(held) => return Ok(answer(&bff, &held.session, bff.news(&held))),
                Err(_) => None,
            }
        }
        held => held,
    };
    let before = held.map(|held| held.session);
    let opened = open_for_a_browser_that_waits(&bff, member, before).await?;
    enter(&bff, &jar, opened)
}

/// A session that is ready to be set, and the one that the browser has.
struct Opened {
    session: Session,
    before: Option<Session>,
}

/// Exchanges the SDK's token on a task of its own: a browser that leaves meanwhile does not leave tokens that nobody
/// knows.
async fn open_for_a_browser_that_waits(
    bff: &Bff,
    member: SdkMember,
    before: Option<Session>,
) -> Result<Opened, Refused> {
    let (tell, told) = oneshot::channel();
    let bff = bff.clone();
    tokio::spawn(async move {
        let opened = open(&bff, &member).await;
        let opened = opened.map(|session| Opened { session, before });
        if let Err(Ok(Opened { session, before })) = tell.send(opened) {
            tracing::info!("a browser left before its member was taken over");
            bff.0.sessions.discard(&session, before.as_ref());
        }
    });
    told.await.unwrap_or_else(|_| Err(Refused::defect()))
}

async fn open(bff: &Bff, member: &SdkMember) -> Result<Session, Refused> {
    let asked_at = bff.0.clock.now_seconds();
    let signed_in = bff.0.linkedin.sign_in_of_sdk(member).await;
    let (identity, grant) = signed_in.map_err(|error| refusal(&error))?;
    Ok(bff.0.sessions.open(identity, grant, asked_at).await?)
}

/// Whom the SDK's cookie speaks of. One that comes twice is nobody's: whose is whose cannot be told.
fn member(bff: &Bff, jar: &Jar, cookie: &str) -> Result<SdkMember, Refused> {
    let mut values = jar.values(cookie);
    let value = match (values.next(), values.next()) {
        (Some(value), None) => value,
        (Some(_), Some(_)) => {
            let detail = "the SDK's cookie came more than once";
            return Err(Refused::new(StatusCode::BAD_REQUEST, detail));
        }
        (None, _) => {
            let detail = "there is no cookie of the SDK's";
            return Err(Refused::new(StatusCode::UNAUTHORIZED, detail)
                .of_kind(Kind::SignInNeeded, Retry::Never));
        }
    };
    bff.0.linkedin.sdk_member(value).map_err(|error| {
        let detail = "the SDK's cookie is not LinkedIn's for this application";
        Refused::new(StatusCode::BAD_REQUEST, detail).because(&error)
    })
}

/// Sets the new session in place of what was there. Another member's ends with it, tokens and all.
fn enter(bff: &Bff, jar: &Jar, Opened { session, before }: Opened) -> Result<Response, Refused> {
    let shared = &bff.0;
    let now = shared.clock.now_seconds();
    let seconds = shared.sessions.lifetimes().remaining(&session, now);
    let envelope = session.seal(shared.sessions.keys());
    let Some(mut cookies) = shared.cookies.set_session(&envelope, seconds) else {
        shared.sessions.discard(&session, before.as_ref());
        let detail = "the session is too long for cookies";
        return Err(Refused::new(StatusCode::BAD_GATEWAY, detail));
    };
    if let Some(before) = before
        && shared.sessions.replace(&before, &session) == Replaced::OtherMember
    {
        let longest = shared.sessions.lifetimes().absolute.as_secs();
        cookies.push(shared.cookies.set_ended(jar, &before.id, longest));
    }
    tracing::info!(
        sign_in.outcome = "signed_in",
        session.id = session.id,
        session.seconds = seconds,
        linkedin.client_id = shared.linkedin.client_id(),
        "a member of the JavaScript SDK was taken over"
    );
    Ok(answer(bff, &session, cookies))
}

fn answer(bff: &Bff, session: &Session, cookies: Vec<HeaderValue>) -> Response {
    let shared = &bff.0;
    let view = session.view(shared.sessions.lifetimes(), shared.clock.now_seconds());
    let mut response = Json(SessionView::SignedIn(view)).into_response();
    cookies::add(response.headers_mut(), cookies);
    response
}

/// What the page is told: whose side it is on.
fn refusal(error: &SdkSignInError) -> Refused {
    let kind = error.kind();
    let (status, retry, detail) = match kind {
        Kind::SignInNeeded => (
            StatusCode::UNAUTHORIZED,
            Retry::Never,
            "LinkedIn does not exchange the SDK's token; sign in",
        ),
        Kind::RateLimited => (
            StatusCode::TOO_MANY_REQUESTS,
            Retry::ByHand,
            "LinkedIn's quota is spent",
        ),
        Kind::NotConfigured => (
            StatusCode::BAD_GATEWAY,
            Retry::Never,
            "LinkedIn refused the application",
        ),
        Kind::LinkedinDown => (
            StatusCode::BAD_GATEWAY,
            Retry::ByHand,
            "LinkedIn could not be asked",
        ),
        Kind::Offline
        | Kind::Unreachable
        | Kind::Timeout
        | Kind::ScopeMissing
        | Kind::Rejected
        | Kind::OutcomeUnknown
        | Kind::Contract => (
            StatusCode::BAD_GATEWAY,
            Retry::ByHand,
            "LinkedIn's answer is not understood",
        ),
    };
    Refused::new(status, detail)
        .of_kind(kind, retry)
        .because(error)
}

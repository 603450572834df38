//! `POST /bff/logout`: ends the session, or all of the member's, and asks LinkedIn to end the tokens.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use lapel_wire::{Problem, Reach, Revocation, SignOutReport, paths};
use tokio::time::Instant;
use url::form_urlencoded;

use super::anti_forgery::OwnPage;
use super::cookies::{self, Jar};
use super::openapi;
use super::problem::Refused;
use crate::Bff;
use crate::session::{Found, Held, LONGEST_SIGN_OUT, NotEverywhere, StoreDown};

/// `cookies` is not in the list: it would take the cookies of every application on the same registrable domain. Nor is
/// `cache`: nothing personal is ever stored there, and browsers hold the answer back while they look through it.
const CLEAR_SITE_DATA: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"storage\""),
);

/// Signs out
///
/// Ends the session, or all of the member's, and asks LinkedIn to end the tokens. Idempotent: without a session there is
/// nothing to end, and that is a success. A browser that leaves at once has signed out all the same.
#[utoipa::path(
    post,
    path = paths::LOGOUT,
    tag = openapi::SESSION,
    security((), ("session" = [])),
    params(
        OwnPage,
        (
            "everywhere" = Option<String>,
            Query,
            description = "`1` ends all of the member's sessions, in every browser, for which the BFF needs a shared store",
        ),
    ),
    responses(
        (
            status = OK,
            description = "The session is over. Says what became of the tokens at LinkedIn, and who knows of the end",
            body = SignOutReport,
            headers(
                ("Set-Cookie" = String, description = "Removes the session, and sign-ins that are under way; names the session that has ended, so that no late answer brings it back"),
                ("Clear-Site-Data" = String, description = "`\"storage\"`: drafts and whatever else the page kept"),
            ),
        ),
        (
            status = BAD_REQUEST,
            description = "`everywhere` is neither `1` nor absent, or there twice. Nobody is signed out",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        (
            status = NOT_IMPLEMENTED,
            description = "All of the member's sessions can be ended only with a shared store. Nobody is signed out",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        (
            status = SERVICE_UNAVAILABLE,
            description = "The shared store cannot be asked, which ending all sessions needs. Nobody is signed out",
            body = Problem,
            content_type = Problem::MEDIA_TYPE,
        ),
        OwnPage,
    ),
)]
pub(super) async fn logout(
    State(bff): State<Bff>,
    _: OwnPage,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    // On a task of its own: what was begun is done although the browser has gone.
    let cookies = bff.0.cookies;
    let jar = Arc::new(jar);
    let everywhere = is_everywhere(&query.unwrap_or_default())?;
    let ending = tokio::spawn(end(bff, Arc::clone(&jar), everywhere));
    let (report, ended) = ending.await.unwrap_or_else(|_| Err(Refused::defect()))?;
    tracing::info!(
        sign_out.revocation = ?report.revocation,
        sign_out.reach = ?report.reach,
        "a member signed out"
    );
    let mut response = Json(report).into_response();
    let headers = response.headers_mut();
    headers.insert(CLEAR_SITE_DATA.0, CLEAR_SITE_DATA.1);
    cookies::add(headers, cookies.clear_session().into_iter().chain(ended));
    let pending = jar.all_pending(cookies);
    cookies::add(
        headers,
        pending.map(|(name, _)| cookies.clear_pending_named(name)),
    );
    Ok(response)
}

/// Ends what the browser carries; what came of it, and the cookie that remembers it.
async fn end(
    bff: Bff,
    jar: Arc<Jar>,
    everywhere: bool,
) -> Result<(SignOutReport, Option<HeaderValue>), Refused> {
    let until = Instant::now() + LONGEST_SIGN_OUT;
    let sessions = &bff.0.sessions;
    if everywhere && !sessions.reach_everywhere() {
        return Err(NotEverywhere::NoStore.into());
    }
    let (found, alone) = match bff.session(&jar).await {
        Ok(found) => (found, false),
        // Who asks for all sessions can ask again; who has ended this one cannot.
        Err(down) if everywhere => return Err(down.into()),
        Err(StoreDown) => (bff.session_here(&jar), true),
    };
    let session = match found {
        // An access token that has ended may have left a refresh token that has not.
        Some(Found::Alive(Held { session, .. }) | Found::Expired(session)) => session,
        Some(Found::Ended(..) | Found::Unreadable(_)) | None => {
            let nothing = SignOutReport {
                revocation: Revocation::NothingToRevoke,
                reach: Reach::ThisInstance,
            };
            return Ok((nothing, None));
        }
    };
    let report = if everywhere {
        sessions.sign_out_everywhere(&session, until).await?
    } else if alone {
        sessions.sign_out_alone(&session, until).await
    } else {
        sessions.sign_out(&session, until).await
    };
    let longest = sessions.lifetimes().absolute.as_secs();
    let ended = bff.0.cookies.set_ended(&jar, &session.id, longest);
    Ok((report, Some(ended)))
}

/// Whether the member's other sessions are meant too. Who says it in any other way must not believe that they have ended.
fn is_everywhere(query: &str) -> Result<bool, Refused> {
    let mut values = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == paths::EVERYWHERE)
        .map(|(_, value)| value);
    match (values.next().as_deref(), values.next()) {
        (None, _) => Ok(false),
        (Some(paths::EVERYWHERE_VALUE), None) => Ok(true),
        (Some(_), _) => Err(Refused::new(
            StatusCode::BAD_REQUEST,
            "everywhere is 1, once, or not there",
        )),
    }
}

impl From<NotEverywhere> for Refused {
    fn from(why: NotEverywhere) -> Self {
        match why {
            NotEverywhere::NoStore => Self::not_configured(
                "all sessions of a member can be ended only with LAPEL_STORE_URL",
            ),
            NotEverywhere::Down(down) => down.into(),
        }
    }
}

//! `GET /bff/callback`: LinkedIn's answer. Ends where the member was, signed in or with a reason.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use lapel_wire::{Kind, LocalPath, SignInOutcome, paths};
use tokio::sync::oneshot;
use url::form_urlencoded;

use super::cookies::Jar;
use super::navigation::{AGAIN, Navigation, once_more};
use super::{openapi, see_other};
use crate::Bff;
use crate::linkedin::{
    AuthorizationReply, ExchangeError, KeyError, Refusal, SignInError, UserinfoError,
};
use crate::session::pending::Pending;
use crate::session::{Replaced, Session, StoreDown};

/// Takes LinkedIn's answer
///
/// LinkedIn sends the browser here, once. A sign-in that was begun in this browser is found by its `state`, in a cookie
/// of its own, and spent, whatever comes of it.
#[utoipa::path(
    get,
    path = paths::CALLBACK,
    tag = openapi::SIGN_IN,
    security(()),
    params(
        ("state" = String, Query, description = "Says which sign-in this answers", min_length = 1, max_length = 2048),
        (
            "code" = Option<String>,
            Query,
            description = "What the tokens are had for. Not used beside an `error`",
            min_length = 1,
            max_length = 2048,
        ),
        ("error" = Option<String>, Query, description = "Why there is no code", min_length = 1, max_length = 2048),
        ("error_description" = Option<String>, Query, description = "For the log"),
        ("again" = Option<String>, Query, description = "Set by the page that asks once more"),
        (
            "iss" = Option<String>,
            Query,
            description = "The issuer (RFC 9207): where it is named it must be LinkedIn",
            min_length = 1,
            max_length = 2048,
        ),
    ),
    responses(
        (
            status = SEE_OTHER,
            description = "Back where the member was. The query says what is to be said: `lapel_outcome` is \
                `account_changed` beside a session of another member than before, and `cancelled`, `start_again` or a \
                `Kind` where there is no new session; `lapel_reference` names a failure in the BFF's log",
            headers(
                ("Location" = String, description = "The return address, or the start page where it is not known"),
                ("Set-Cookie" = String, description = "The session, and the end of the sign-in that was under way"),
            ),
        ),
        (
            status = OK,
            description = "The browser may have a session that it keeps back, since another site led here: a page that asks \
                for the same once more, from this site. Nothing is spent yet",
            body = String,
            content_type = "text/html; charset=utf-8",
        ),
        (
            status = BAD_REQUEST,
            description = "Not an answer of LinkedIn's: a parameter is missing, twice there, empty or too long",
            body = String,
            content_type = "text/html; charset=utf-8",
        ),
        Navigation,
    ),
)]
pub(super) async fn callback(
    State(bff): State<Bff>,
    navigation: Navigation,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let Ok(reply) = AuthorizationReply::parse(&query) else {
        tracing::info!(
            sign_in.outcome = "malformed",
            "a callback that is no answer of LinkedIn's"
        );
        return (StatusCode::BAD_REQUEST, Html(MALFORMED)).into_response();
    };
    let spent = bff.0.cookies.clear_pending(&reply.state);
    let pending = find(&bff, &jar, &reply);
    if jar.session_bytes(bff.0.cookies) == 0 && !is_second(&query) {
        let matters = match &pending {
            // Who did not allow keeps whatever session there is.
            Ok(pending) => {
                let may_be_there = pending.beside_session || jar.hides_session(bff.0.cookies);
                may_be_there && reply.outcome.is_ok()
            }
            Err(_) => navigation.from_elsewhere || jar.hides_session(bff.0.cookies),
        };
        if matters {
            return look_again(&query);
        }
    }
    let (pending, before) = match take(&bff, &jar, pending).await {
        Ok(taken) => taken,
        Err(not_taken) => return start_again(&bff, &jar, &not_taken, spent).await,
    };
    let return_to = pending.return_to.clone();
    match finish_for_a_browser_that_waits(&bff, reply, pending, before).await {
        Ok(entry) => enter(&bff, &jar, entry, spent),
        Err(failed) => {
            let reference = crate::reference::new();
            let outcome = failed.outcome();
            tracing::warn!(sign_in.outcome = %outcome, reference, error = %failed, "a sign-in failed");
            let reference = (outcome != SignInOutcome::Cancelled).then_some(reference);
            see_other(&at(&return_to, outcome, reference.as_deref()), vec![spent])
        }
    }
}

/// What somebody sees who follows an address that LinkedIn never made.
const MALFORMED: &str = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport \
content=\"width=device-width\"><title>Not an answer of LinkedIn's</title><h1>This address is incomplete</h1>\
<p>It is not one that LinkedIn sends. Nothing happened. <a href=\"/\">Go to the start page</a></p></html>";

/// Why an answer belongs to no sign-in that may go on.
#[derive(Debug, thiserror::Error)]
enum NotTaken {
    #[error("this browser has no such sign-in under way")]
    NothingPending,
    #[error("the state is not the one that was sent")]
    StateMismatch,
    #[error("the answer came too late")]
    TooLate,
    #[error("the answer came before")]
    Spent,
    #[error(transparent)]
    Store(#[from] StoreDown),
}

/// Whether this is the second request of [`look_again`].
fn is_second(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == AGAIN)
}

/// Asks for the same from this site. The page and its address carry the code; it is of use only beside this browser's
/// sign-in and our secret, and neither is ever stored.
fn look_again(query: &str) -> Response {
    let mut same = form_urlencoded::Serializer::new(String::new());
    same.extend_pairs(form_urlencoded::parse(query.as_bytes()));
    once_more(paths::CALLBACK, same)
}

/// Sends a browser home whose answer is not taken. Who is signed in has nothing to start again.
async fn start_again(bff: &Bff, jar: &Jar, why: &NotTaken, spent: HeaderValue) -> Response {
    tracing::info!(
        sign_in.outcome = "start_again",
        "refused unexchanged: {why}"
    );
    let home = LocalPath::home();
    let outcome = match (why, bff.live_session(jar).await) {
        (NotTaken::Store(StoreDown), _) | (_, Err(StoreDown)) => {
            SignInOutcome::Failed(Kind::Unreachable)
        }
        (_, Ok(Some(_))) => return see_other(home.as_str(), vec![spent]),
        (_, Ok(None)) => SignInOutcome::StartAgain,
    };
    see_other(&at(&home, outcome, None), vec![spent])
}

/// The pending sign-in that the answer belongs to: of this browser, and in time.
fn find(bff: &Bff, jar: &Jar, reply: &AuthorizationReply) -> Result<Pending, NotTaken> {
    let shared = &bff.0;
    let envelope = jar
        .pending(shared.cookies, &reply.state)
        .ok_or(NotTaken::NothingPending)?;
    let pending =
        Pending::unseal(envelope, shared.sessions.keys()).ok_or(NotTaken::NothingPending)?;
    // RFC 6749 §10.12. The cookie's name comes from the state, so only a forged envelope gets here with another one.
    if !pending.state.matches(&reply.state) {
        return Err(NotTaken::StateMismatch);
    }
    if pending.expired(shared.clock.now_seconds()) {
        return Err(NotTaken::TooLate);
    }
    Ok(pending)
}

/// Takes the sign-in, once, with the session that the browser has beside it.
async fn take(
    bff: &Bff,
    jar: &Jar,
    pending: Result<Pending, NotTaken>,
) -> Result<(Pending, Option<Session>), NotTaken> {
    let pending = pending?;
    let before = bff.live_session(jar).await?.map(|held| held.session);
    if !bff.0.sessions.spend(&pending.state).await? {
        return Err(NotTaken::Spent);
    }
    Ok((pending, before))
}

/// Why a sign-in that was under way made no session.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("LinkedIn gave no code: {0:?}")]
    Refused(Refusal),
    #[error("the answer names another issuer, or none where one is due")]
    Issuer,
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error("the session is too long for cookies")]
    TooLong,
    #[error("the task that finishes it has ended")]
    Lost,
    #[error(transparent)]
    Store(#[from] StoreDown),
}

/// Finishes a sign-in on a task of its own: a browser that leaves meanwhile does not stop it half-way, with tokens that
/// nobody knows. Whoever comes to an empty place gives them back.
async fn finish_for_a_browser_that_waits(
    bff: &Bff,
    reply: AuthorizationReply,
    pending: Pending,
    before: Option<Session>,
) -> Result<Entry, Failed> {
    let (tell, told) = oneshot::channel();
    let bff = bff.clone();
    tokio::spawn(async move {
        let finished = finish(&bff, reply, pending, before).await;
        if let Err(Ok(entry)) = tell.send(finished) {
            tracing::info!("a browser left before it was signed in");
            let before = entry.before.as_ref();
            bff.0.sessions.discard(&entry.session, before);
        }
    });
    told.await.unwrap_or(Err(Failed::Lost))
}

async fn finish(
    bff: &Bff,
    reply: AuthorizationReply,
    pending: Pending,
    before: Option<Session>,
) -> Result<Entry, Failed> {
    let shared = &bff.0;
    if !shared.linkedin.is_answer_of(reply.issuer.as_deref()) {
        return Err(Failed::Issuer);
    }
    let code = reply.outcome.map_err(Failed::Refused)?;
    // LinkedIn counts from its answer, which is not before the question.
    let asked_at = shared.clock.now_seconds();
    let sign_in = shared
        .linkedin
        .sign_in(&code, &pending.binding, &pending.scopes);
    let (identity, grant) = sign_in.await?;
    let session = shared.sessions.open(identity, grant, asked_at).await?;
    let now = shared.clock.now_seconds();
    let seconds = shared.sessions.lifetimes().remaining(&session, now);
    let envelope = session.seal(shared.sessions.keys());
    let Some(cookies) = shared.cookies.set_session(&envelope, seconds) else {
        shared.sessions.discard(&session, before.as_ref());
        return Err(Failed::TooLong);
    };
    Ok(Entry {
        session,
        cookies,
        seconds,
        pending,
        before,
    })
}

/// A session that is ready to be set.
struct Entry {
    session: Session,
    cookies: Vec<HeaderValue>,
    seconds: u64,
    pending: Pending,
    before: Option<Session>,
}

fn enter(bff: &Bff, jar: &Jar, entry: Entry, spent: HeaderValue) -> Response {
    let Entry {
        session,
        mut cookies,
        seconds,
        pending,
        before,
    } = entry;
    tracing::info!(
        sign_in.outcome = "signed_in",
        session.id = session.id,
        session.seconds = seconds,
        linkedin.client_id = bff.0.linkedin.client_id(),
        "a member signed in"
    );
    cookies.push(spent);
    // The other tabs' sign-ins will find this session in the browser, which does not show it on their way back.
    let keys = bff.0.sessions.keys();
    for (_, envelope) in jar.all_pending(bff.0.cookies) {
        if let Some(other) = Pending::unseal(envelope, keys)
            && !other.state.matches(&pending.state)
            && !other.beside_session
        {
            let other = other.beside_session();
            cookies.push(bff.0.cookies.set_pending(&other.state, other.seal(keys)));
        }
    }
    if let Some(before) = before
        && bff.0.sessions.replace(&before, &session) == Replaced::OtherMember
    {
        let longest = bff.0.sessions.lifetimes().absolute.as_secs();
        cookies.push(bff.0.cookies.set_ended(jar, &before.id, longest));
        let at = at(&pending.return_to, SignInOutcome::AccountChanged, None);
        return see_other(&at, cookies);
    }
    see_other(pending.return_to.as_str(), cookies)
}

impl Failed {
    /// What the page is told: whose side it is on.
    fn outcome(&self) -> SignInOutcome {
        let kind = match self {
            Self::Refused(Refusal::Cancelled) => return SignInOutcome::Cancelled,
            Self::Refused(Refusal::NotAllowed { .. }) => Kind::NotConfigured,
            Self::Refused(Refusal::Unavailable) => Kind::LinkedinDown,
            Self::Store(StoreDown) => Kind::Unreachable,
            Self::Refused(Refusal::Unknown { .. }) | Self::Issuer | Self::TooLong | Self::Lost => {
                Kind::Contract
            }
            Self::SignIn(error) => return sign_in_outcome(error),
        };
        SignInOutcome::Failed(kind)
    }
}

fn sign_in_outcome(error: &SignInError) -> SignInOutcome {
    let kind = match error {
        SignInError::TooSlow => Kind::LinkedinDown,
        SignInError::Exchange(ExchangeError::CodeRefused(_)) => return SignInOutcome::StartAgain,
        SignInError::Exchange(ExchangeError::ClientRefused(_)) => Kind::NotConfigured,
        SignInError::Exchange(ExchangeError::NoAnswer(failure))
        | SignInError::Userinfo(UserinfoError::NoAnswer(failure)) => failure.kind(),
        SignInError::IdToken(error) => match error.key_error() {
            Some(KeyError::NoAnswer(failure)) => failure.kind(),
            Some(KeyError::NoAnswerJustNow) => Kind::LinkedinDown,
            Some(KeyError::Unknown | KeyError::Unreadable) | None => Kind::Contract,
        },
        SignInError::Exchange(
            ExchangeError::NotUnderstood(_)
            | ExchangeError::Unreadable(_)
            | ExchangeError::NoIdToken
            | ExchangeError::NotBearer,
        )
        | SignInError::Userinfo(
            UserinfoError::Revoked
            | UserinfoError::NotPermitted
            | UserinfoError::Refused(_)
            | UserinfoError::Unreadable(_),
        )
        | SignInError::SubjectMismatch => Kind::Contract,
    };
    SignInOutcome::Failed(kind)
}

/// The return address with the outcome in its query. The page takes it out again before anyone can bookmark it.
pub(super) fn at(return_to: &LocalPath, outcome: SignInOutcome, reference: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair(paths::OUTCOME, &outcome.to_string());
    if let Some(reference) = reference {
        query.append_pair(paths::REFERENCE, reference);
    }
    let joint = if return_to.query().is_some() {
        '&'
    } else {
        '?'
    };
    format!("{return_to}{joint}{}", query.finish())
}

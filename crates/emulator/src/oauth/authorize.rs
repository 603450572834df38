//! The authorization page: who are you, and do you consent? (LinkedIn reference §1.1 to §1.3.)

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::Markup;

use super::redirect;
use super::request::{AuthorizationError, AuthorizationRequest, ErrorReply, Refusal, Untrusted};
use crate::endpoint::path;
use crate::gateway::{Fields, Heard};
use crate::grants::{Code, Consent, Flow, Owner};
use crate::linkedin::{LinkedIn, Shared};
use crate::members::Member;
use crate::pages;
use crate::quirks::RefusalPageStatus;

/// The opaque name under which a page's request waits; travels beside the page for visitors without a browser.
#[derive(Clone, Debug)]
pub(crate) struct PendingId(pub(crate) String);

/// `GET /oauth/v2/authorization`: an application sends a browser. A conforming provider takes a form as well (OpenID
/// Connect Core §3.1.2.1).
pub(crate) async fn arrive(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if method != Method::POST {
        return welcome(&linkedin, &heard.query, Flow::Web, &headers);
    }
    if linkedin.quirks.get_only {
        return pages::trouble(StatusCode::METHOD_NOT_ALLOWED, "Not like this");
    }
    welcome(&linkedin, &heard.form, Flow::Web, &headers)
}

/// `GET /oauth/native-pkce/authorization`: a native application does (LinkedIn reference §6).
pub(crate) async fn arrive_natively(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    welcome(&linkedin, &heard.query, Flow::Native, &headers)
}

fn welcome(linkedin: &LinkedIn, asked: &Fields, flow: Flow, headers: &HeaderMap) -> Response {
    let known = browser(linkedin, headers);
    let request = match AuthorizationRequest::read(linkedin, asked, flow) {
        Ok(request) => request,
        Err(Refusal::Stays(why)) => return stays(linkedin, why),
        Err(Refusal::GoesBack(reply)) => return goes_back(linkedin, &reply, known.as_deref()),
    };
    let now = linkedin.clock.now();
    let browser = known.unwrap_or_else(|| linkedin.visits.welcome(&linkedin.entropy));
    let mut member = member(linkedin, &browser);
    if request.prompt.login || is_too_old(linkedin, &browser, request.max_age) {
        member = None;
    }
    let visit = Visit {
        id: linkedin
            .visits
            .open(request.clone(), &browser, now, &linkedin.entropy),
        signed_in_at: signed_in_at(linkedin, &browser),
        member,
        request,
    };
    let mut answer = match visit.granted_before(linkedin) {
        Some(member) => visit.allow(linkedin, &member),
        None if visit.request.prompt.none => visit.cancel(
            linkedin,
            match visit.member {
                Some(_) => AuthorizationError::ConsentRequired,
                None => AuthorizationError::LoginRequired,
            },
        ),
        None => visit.page(linkedin),
    };
    if visit.member.is_none() {
        linkedin.visits.set_member(&browser, None, now);
    }
    if let Ok(cookie) = HeaderValue::from_str(&linkedin.visits.cookie_for(&browser)) {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    answer
}

/// `POST …/login`: the visitor says who they are, or leaves.
pub(crate) async fn log_in(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    let Some((browser, mut visit)) = Visit::resume(&linkedin, &headers, heard.form.get("pending"))
    else {
        return over();
    };
    if heard.form.get("decision") == Some("cancel_login") {
        return visit.cancel(&linkedin, AuthorizationError::CancelledLogin);
    }
    let chosen = heard
        .form
        .get("member")
        .and_then(|slug| linkedin.members.get(slug));
    let Some(member) = chosen else {
        return pages::trouble(StatusCode::BAD_REQUEST, "There is no such member");
    };
    let now = linkedin.clock.now();
    linkedin
        .visits
        .set_member(&browser, Some(member.slug.clone()), now);
    visit.member = Some(member);
    visit.signed_in_at = Some(now);
    match visit.granted_before(&linkedin) {
        Some(member) => visit.allow(&linkedin, &member),
        None => visit.next_page(),
    }
}

/// `GET …/consent`: the page again, after a form or a reload.
pub(crate) async fn review(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    match Visit::resume(&linkedin, &headers, heard.query.get("pending")) {
        Some((_, visit)) => visit.page(&linkedin),
        None => over(),
    }
}

/// `POST …/consent`: the member decides.
pub(crate) async fn decide(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    let Some((browser, visit)) = Visit::resume(&linkedin, &headers, heard.form.get("pending"))
    else {
        return over();
    };
    match (heard.form.get("decision"), visit.member.clone()) {
        (Some("allow"), Some(member)) => visit.allow(&linkedin, &member),
        (Some("cancel"), _) => visit.cancel(&linkedin, AuthorizationError::CancelledAuthorize),
        (Some("switch"), _) => {
            let now = linkedin.clock.now();
            linkedin.visits.set_member(&browser, None, now);
            visit.next_page()
        }
        (Some(_) | None, _) => {
            pages::trouble(StatusCode::BAD_REQUEST, "That is neither yes nor no")
        }
    }
}

/// A request that waits for an answer, and who is asked.
struct Visit {
    id: String,
    request: AuthorizationRequest,
    member: Option<Member>,
    signed_in_at: Option<Timestamp>,
}

impl Visit {
    fn resume(
        linkedin: &LinkedIn,
        headers: &HeaderMap,
        id: Option<&str>,
    ) -> Option<(String, Self)> {
        let (id, browser) = (id?.to_owned(), browser(linkedin, headers)?);
        let request = linkedin
            .visits
            .waiting(&id, &browser, linkedin.clock.now())?;
        let visit = Self {
            id,
            request,
            member: member(linkedin, &browser),
            signed_in_at: signed_in_at(linkedin, &browser),
        };
        Some((browser, visit))
    }

    /// The member, where asking again is not necessary (LinkedIn reference §1.1).
    fn granted_before(&self, linkedin: &LinkedIn) -> Option<Member> {
        if self.request.prompt.consent {
            return None;
        }
        let member = self.member.as_ref()?;
        let owner = self.owner(member);
        let now = linkedin.clock.now();
        linkedin
            .grants
            .covers(&owner, &self.request.scopes, now)
            .then(|| member.clone())
    }

    fn page(&self, linkedin: &LinkedIn) -> Response {
        let markup: Markup = match &self.member {
            Some(member) => pages::consent::page(linkedin, &self.id, &self.request, member),
            None => pages::login::page(linkedin, &self.id, &self.request),
        };
        (
            Extension(PendingId(self.id.clone())),
            pages::html(StatusCode::OK, markup),
        )
            .into_response()
    }

    fn next_page(&self) -> Response {
        let to = redirect::see_other(&format!("{}?pending={}", path::CONSENT, self.id));
        (Extension(PendingId(self.id.clone())), to).into_response()
    }

    fn allow(&self, linkedin: &LinkedIn, member: &Member) -> Response {
        linkedin.visits.close(&self.id);
        let now = linkedin.clock.now();
        let request = &self.request;
        let code = Code {
            consent: Consent {
                owner: self.owner(member),
                scopes: request.scopes.clone(),
                authorized_at: now,
            },
            redirect_uri: request.redirect_uri.clone(),
            nonce: request.nonce.clone(),
            challenge: request.challenge.clone(),
            flow: request.flow,
            auth_time: self.signed_in_at.filter(|_| request.max_age.is_some()),
            expires_at: linkedin.grants.code_expiry(now),
            spent: false,
        };
        let code = linkedin.grants.issue_code(code, &linkedin.entropy);
        let state = request.state.as_deref();
        let address = redirect::with_code(linkedin, &request.redirect_uri, &code, state);
        redirect::found(&address)
    }

    fn cancel(&self, linkedin: &LinkedIn, error: AuthorizationError) -> Response {
        linkedin.visits.close(&self.id);
        redirect::found(&redirect::with_error(
            linkedin,
            &self.request.refused(error),
        ))
    }

    fn owner(&self, member: &Member) -> Owner {
        Owner {
            client: self.request.client.id.clone(),
            member: member.slug.clone(),
        }
    }
}

fn browser(linkedin: &LinkedIn, headers: &HeaderMap) -> Option<String> {
    linkedin
        .visits
        .browser_in(headers.get(COOKIE)?.to_str().ok()?)
}

fn member(linkedin: &LinkedIn, browser: &str) -> Option<Member> {
    linkedin.members.get(&linkedin.visits.member_of(browser)?)
}

fn signed_in_at(linkedin: &LinkedIn, browser: &str) -> Option<Timestamp> {
    linkedin.visits.sign_in_of(browser).map(|(_, since)| since)
}

/// Whether the member signed in longer ago than the application bears.
fn is_too_old(linkedin: &LinkedIn, browser: &str, max_age: Option<i64>) -> bool {
    let (Some(max_age), Some(since)) = (max_age, signed_in_at(linkedin, browser)) else {
        return false;
    };
    linkedin.clock.now().duration_since(since).as_secs() > max_age
}

fn stays(linkedin: &LinkedIn, why: Untrusted) -> Response {
    let status = match linkedin.quirks.refusal_page_status {
        RefusalPageStatus::Ok => StatusCode::OK,
        RefusalPageStatus::Unauthorized => StatusCode::UNAUTHORIZED,
        RefusalPageStatus::BadRequest => StatusCode::BAD_REQUEST,
    };
    let reason = match why {
        Untrusted::Client => "The passed in client_id is invalid",
        Untrusted::RedirectUri => "The redirect_uri does not match the registered value",
        Untrusted::NotNative => "Not enough permissions to access Native PKCE protocol",
    };
    pages::html(status, pages::refusal::page(reason))
}

/// Without LinkedIn's cookie, a page with the link was seen in place of the redirect (LinkedIn reference §1.3).
fn goes_back(linkedin: &LinkedIn, reply: &ErrorReply, browser: Option<&str>) -> Response {
    let address = redirect::with_error(linkedin, reply);
    if linkedin.quirks.error_interstitial && browser.is_none() {
        pages::html(StatusCode::OK, pages::refusal::interstitial(&address))
    } else {
        redirect::found(&address)
    }
}

/// The request was answered, is too old, or belongs to another browser.
fn over() -> Response {
    pages::trouble(StatusCode::BAD_REQUEST, "This request is no longer open")
}

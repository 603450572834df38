//! `/psettings/permitted-services`: where a member sees which applications may act for them, and removes one (LinkedIn
//! reference §4).

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{consent, layout, person};
use crate::endpoint::path;
use crate::gateway::Heard;
use crate::grants::{EndedBy, LiveRef, Owner};
use crate::linkedin::{LinkedIn, Shared};
use crate::members::Member;
use crate::scopes::Scopes;

/// A browser on this page, and the value that its forms carry, so that no other site can send them in its name.
struct Visitor {
    browser: String,
    seal: String,
    member: Option<Member>,
}

/// An application that may act for the member.
struct Service {
    client: String,
    name: String,
    scopes: Scopes,
    since: Timestamp,
}

pub(crate) async fn show(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    let visitor = Visitor::of(&linkedin, &headers);
    let page = match &visitor.member {
        Some(member) => {
            let removed = heard.query.get("removed");
            services(&linkedin, &visitor, member, removed)
        }
        None => members(&linkedin, &visitor),
    };
    let mut answer = super::html(StatusCode::OK, page);
    if let Ok(cookie) = HeaderValue::from_str(&linkedin.visits.cookie_for(&visitor.browser)) {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    answer
}

/// `POST`: the visitor says who they are, or that they are someone else, or removes an application.
pub(crate) async fn act(
    State(linkedin): State<Shared>,
    Extension(heard): Extension<Arc<Heard>>,
    headers: HeaderMap,
) -> Response {
    let visitor = Visitor::of(&linkedin, &headers);
    let field = |name| heard.form.get(name);
    if field("seal") != Some(&visitor.seal) {
        return super::trouble(StatusCode::FORBIDDEN, "This form is not from this page");
    }
    let now = linkedin.clock.now();
    let set_member = |member| linkedin.visits.set_member(&visitor.browser, member, now);
    if let Some(client) = field("remove") {
        let Some(member) = &visitor.member else {
            return super::trouble(StatusCode::FORBIDDEN, "Nobody is signed in");
        };
        let owner = Owner {
            client: client.to_owned(),
            member: member.slug.clone(),
        };
        linkedin.grants.end_owner(&owner, EndedBy::Member);
        return back(Some(client));
    }
    if field("decision") == Some("switch") {
        set_member(None);
        return back(None);
    }
    match field("member").and_then(|slug| linkedin.members.get(slug)) {
        Some(member) => {
            set_member(Some(member.slug));
            back(None)
        }
        None => super::trouble(StatusCode::BAD_REQUEST, "There is no such member"),
    }
}

/// To the page itself, so that a reload repeats nothing.
fn back(removed: Option<&str>) -> Response {
    let address = match removed {
        Some(client) => {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("removed", client)
                .finish();
            format!("{}?{query}", path::PERMITTED_SERVICES)
        }
        None => path::PERMITTED_SERVICES.to_owned(),
    };
    Redirect::to(&address).into_response()
}

impl Visitor {
    fn of(linkedin: &LinkedIn, headers: &HeaderMap) -> Self {
        let browser = headers
            .get(COOKIE)
            .and_then(|cookies| linkedin.visits.browser_in(cookies.to_str().ok()?))
            .unwrap_or_else(|| linkedin.visits.welcome(&linkedin.entropy));
        let member = linkedin
            .visits
            .member_of(&browser)
            .and_then(|slug| linkedin.members.get(&slug));
        Self {
            seal: linkedin.entropy.seal("permitted services", &browser),
            browser,
            member,
        }
    }
}

fn members(linkedin: &LinkedIn, visitor: &Visitor) -> Markup {
    layout(
        "Sign in",
        html! {
            h1 { "Sign in to see your permitted services" }
            p.hint { "LinkedIn would ask for an e-mail address and a password. Here you choose who you are." }
            form method="post" action=(path::PERMITTED_SERVICES) {
                input type="hidden" name="seal" value=(visitor.seal);
                ul.members {
                    @for member in linkedin.members.all() {
                        li {
                            button.member name="member" value=(member.slug) {
                                (person::face(linkedin, &member))
                                span.who {
                                    bdi.name { (member.name()) }
                                    span.headline { (member.headline) }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn services(
    linkedin: &LinkedIn,
    visitor: &Visitor,
    member: &Member,
    removed: Option<&str>,
) -> Markup {
    let services = Service::of(linkedin, member);
    let removed = removed
        .filter(|id| services.iter().all(|service| service.client != **id))
        .and_then(|id| linkedin.client(id));
    layout(
        "Permitted services",
        html! {
            h1 { "Permitted services" }
            @if let Some(client) = removed {
                p.notice role="status" { bdi { (client.name) } " can no longer act for you." }
            }
            form method="post" action=(path::PERMITTED_SERVICES) {
                input type="hidden" name="seal" value=(visitor.seal);
                div.signed-in {
                    (person::face(linkedin, member))
                    span.who {
                        span.headline { "Signed in as" }
                        bdi.name { (member.name()) }
                    }
                    button.link name="decision" value="switch" { "Not you?" }
                }
                @if services.is_empty() {
                    p { "No application can act for you." }
                } @else {
                    p { "These applications can act for you until you remove them, or until their permission ends." }
                }
                @for (index, service) in services.iter().enumerate() {
                    @let heading = format!("service-{index}");
                    section aria-labelledby=(heading) {
                        h2 id=(heading) { bdi { (service.name) } }
                        ul.permissions {
                            @for scope in service.scopes.iter() {
                                li {
                                    @if let Some(words) = consent::in_words(scope) { (words) " " }
                                    code { (scope) }
                                }
                            }
                        }
                        p.hint {
                            "Since "
                            time datetime=(service.since) { (service.since.strftime("%-d %B %Y")) }
                        }
                        div.decision {
                            button.quiet name="remove" value=(service.client)
                                aria-label={ "Remove " (service.name) } { "Remove" }
                        }
                    }
                }
            }
        },
    )
}

impl Service {
    /// Those with a live token, in the order of their names.
    fn of(linkedin: &LinkedIn, member: &Member) -> Vec<Self> {
        let consents = linkedin
            .grants
            .live(linkedin.clock.now(), |token| match token {
                LiveRef::Access(_, token) => token.consent.clone(),
                LiveRef::Refresh(_, token) => token.consent.clone(),
            });
        let mut services: Vec<Self> = Vec::new();
        for consent in consents {
            if consent.owner.member != member.slug {
                continue;
            }
            let known = services
                .iter_mut()
                .find(|service| service.client == consent.owner.client);
            if let Some(service) = known {
                service.scopes.extend(&consent.scopes);
                service.since = service.since.min(consent.authorized_at);
                continue;
            }
            let name = linkedin
                .client(&consent.owner.client)
                .map_or_else(|| consent.owner.client.clone(), |client| client.name);
            services.push(Self {
                client: consent.owner.client,
                name,
                scopes: consent.scopes,
                since: consent.authorized_at,
            });
        }
        services.sort_by(|one, other| one.name.cmp(&other.name));
        services
    }
}

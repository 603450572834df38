//! What the application is, what a sign-in asks for, what is kept, and how to leave.

use lapel_wire::Member;
use leptos::prelude::*;

use crate::element::{Child, Element, element, live, page_heading, paragraph};
use crate::pages::{permitted_services, points, section};
use crate::parts::sign_in_button;
use crate::route::Route;
use crate::session::Standing;
use crate::session::runtime::SessionHandle;
use crate::texts::{Texts, use_texts};
use crate::ui::{AvatarSize, SignInLook, avatar, busy, permission_list};

/// The start page.
pub(crate) fn home_page(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    let sign_in = move || sign_in_button(handle, None, SignInLook::Brand, texts.badge.sign_in);
    live(
        move || handle.standing(),
        move |standing| match standing {
            Standing::Waiting => element("div")
                .class("page-home__waiting")
                .child(busy(texts.badge.checking))
                .view(),
            Standing::Visitor { asks } => visitor(asks, Some(sign_in()), texts),
            // Signing in would not work now; the failure panel has what does.
            Standing::Unknown => visitor(Vec::new(), None, texts),
            Standing::Member { member, .. } => welcome(member, texts),
        },
    )
}

fn visitor(asks: Vec<String>, sign_in: Option<AnyView>, texts: &'static Texts) -> AnyView {
    let words = &texts.home;
    let caption = if sign_in.is_some() {
        words.empty_caption
    } else {
        words.unknown_caption
    };
    let (lead, list) = if asks.is_empty() {
        (words.asked_unknown, None)
    } else {
        (words.asked_lead, Some(permission_list(asks)))
    };
    let asked = section(words.asked).child(paragraph(lead)).child(list);
    let leaving = section(words.leaving)
        .child(points(words.leaving_points))
        .child(element("p").child(permitted_services(texts)));
    let facts = element("div")
        .class("page-home__facts")
        .child(asked)
        .child(section(words.kept).child(points(words.kept_points)))
        .child(leaving);
    let nobody = element("span")
        .class("page-home__badge-name")
        .child(words.nobody);
    let badge = badge(
        "empty",
        element("span").class("page-home__slot"),
        nobody,
        caption,
    );
    let heading = page_heading(words.heading);
    page(heading, words.lead, sign_in, badge)
        .child(facts)
        .view()
}

fn welcome(member: Member, texts: &'static Texts) -> AnyView {
    let words = &texts.home;
    let name = |class| element("bdi").class(class).child(member.name.clone());
    let heading = page_heading(words.welcome)
        .child(" ")
        .child(name("page-home__name"));
    let to = |route: Route, words| element("a").attr("href", route.path()).child(words);
    let ways = element("p")
        .class("page-home__ways")
        .child(to(Route::Account, words.to_account))
        .child(" ")
        .child(to(Route::Share, texts.share.link_here));
    let name = name("page-home__badge-name");
    let portrait = avatar(&member.name, &member.id, member.picture, AvatarSize::Large);
    let badge = badge("worn", portrait, name, words.badge_caption);
    page(heading, words.welcome_lead, ways, badge).view()
}

/// A page that begins with some words, and beside them the picture: a lapel, and the badge on it. The picture says
/// nothing that the words do not.
fn page(heading: Element, lead: &'static str, action: impl Into<Child>, badge: Element) -> Element {
    let words = element("div")
        .class("page-home__words")
        .child(heading)
        .child(paragraph(lead).class("page-home__lead"))
        .child(action);
    let cloth = |side: &'static str| {
        element("div")
            .class("page-home__cloth")
            .attr("data-side", side)
    };
    let lapel = element("div")
        .class("page-home__lapel")
        .attr("aria-hidden", "true")
        .child(cloth("far"))
        .child(cloth("near"))
        .child(badge);
    let hero = element("div")
        .class("page-home__hero")
        .child(words)
        .child(lapel);
    element("section").class("page-home").child(hero)
}

fn badge(
    state: &'static str,
    portrait: impl Into<Child>,
    name: Element,
    caption: &'static str,
) -> Element {
    let caption = element("span")
        .class("page-home__badge-caption")
        .child(caption);
    element("div")
        .class("page-home__badge")
        .attr("data-state", state)
        .child(portrait)
        .child(name)
        .child(caption)
}

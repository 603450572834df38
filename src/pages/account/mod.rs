//! Who is signed in, with what, until when, what is held of them, and the ways out.

mod date;
mod leave;

use leptos::prelude::*;

use crate::element::{Child, Element, changing, element, page_heading, paragraph};
use crate::pages::{points, section};
use crate::parts::{brand, renewal_button, require_member};
use crate::session::runtime::SessionHandle;
use crate::session::{Account, Ending};
use crate::texts::{Texts, use_texts};
use crate::ui::{AvatarSize, SignInLook, avatar, permission_list};
use date::date;

/// The account page, for members only.
pub(crate) fn account_page(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    let card = move |account: Account| card(account, handle, texts).view();
    element("section")
        .class("page-account")
        .child(page_heading(texts.account.heading))
        .child(require_member(
            handle,
            texts.account.sign_in_to_see,
            brand,
            card.into(),
        ))
        .view()
}

fn card(account: Account, handle: SessionHandle, texts: &'static Texts) -> Element {
    let words = &texts.account;
    let Account {
        member,
        permissions,
        ending: _,
    } = account;
    let portrait = avatar(&member.name, &member.id, member.picture, AvatarSize::Large);
    let email = member.email.unwrap_or_else(|| words.no_email.to_owned());
    let facts = element("dl").class("page-account__facts");
    let facts = fact(facts, words.name, "name", element("bdi").child(member.name));
    let facts = fact(facts, words.email, "email", element("bdi").child(email));
    let who = element("div")
        .class("page-account__who")
        .child(portrait)
        .child(facts);
    let permissions = if permissions.is_empty() {
        paragraph(words.no_permissions)
    } else {
        permission_list(permissions)
    };
    element("div")
        .class("page-account__card")
        .child(who)
        .child(section(words.permissions).child(permissions))
        .child(life(handle, texts))
        .child(section(words.held).child(points(words.held_points)))
        .child(leave::ways(handle, texts))
}

fn fact(
    facts: Element,
    label: &'static str,
    name: &'static str,
    value: impl Into<Child>,
) -> Element {
    facts
        .child(element("dt").child(label))
        .child(element("dd").attr("data-fact", name).child(value))
}

/// Until when, and how to make it longer.
fn life(handle: SessionHandle, texts: &'static Texts) -> Element {
    let words = &texts.account;
    let renew = element("div")
        .class("page-account__way")
        .child(renewal_button(handle, SignInLook::Quiet))
        .child(paragraph(words.renew_lead));
    let left = paragraph(changing(move || left(handle, texts))).attr("data-fact", "ends");
    let on = paragraph(changing(move || {
        let lives = !handle.has_ended();
        let ends_at = ending(handle).filter(|_| lives).and_then(Ending::date);
        let ends_on = ends_at.and_then(|it| date(it, texts.language));
        ends_on.map_or_else(String::new, |date| (words.ends_on)(&date))
    }))
    .attr("data-fact", "date");
    section(words.ends).child(left).child(on).child(renew)
}

fn ending(handle: SessionHandle) -> Option<Ending> {
    handle.session().account().and_then(|it| it.ending)
}

fn left(handle: SessionHandle, texts: &Texts) -> String {
    let words = &texts.account;
    if handle.has_ended() {
        return words.has_ended.to_owned();
    }
    ending(handle).map_or_else(
        || words.ends_unknown.to_owned(),
        |end| (words.ends_in)(&(texts.duration)(end.left(handle.now()))),
    )
}

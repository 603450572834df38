//! Who is signed in, with what, until when, and out.

use leptos::prelude::*;

use crate::element::{Child, Condition, Element, changing, element, page_heading, paragraph};
use crate::parts::require_member;
use crate::session::runtime::SessionHandle;
use crate::session::{Account, Motion};
use crate::texts::{Texts, use_texts};
use crate::ui::{AvatarSize, ButtonLook, avatar, button, permission_list};

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
    let facts = fact(facts, words.ends, "ends", session_end(handle, texts));
    let who = element("div")
        .class("page-account__who")
        .child(portrait)
        .child(facts);
    let permissions = if permissions.is_empty() {
        paragraph(words.no_permissions)
    } else {
        permission_list(permissions)
    };
    let out = element("div")
        .class("page-account__out")
        .child(sign_out(handle, texts))
        .child(paragraph(words.sign_out_lead));
    element("div")
        .class("page-account__card")
        .child(who)
        .child(element("h2").child(words.permissions))
        .child(permissions)
        .child(out)
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

fn session_end(handle: SessionHandle, texts: &'static Texts) -> Child {
    let ends = changing(move || {
        let session = handle.session();
        let ending = session.account().and_then(|account| account.ending);
        ending.map_or_else(
            || texts.account.ends_unknown.to_owned(),
            |end| (texts.account.ends_in)(&(texts.duration)(end.left(handle.now()))),
        )
    });
    ends.into()
}

fn sign_out(handle: SessionHandle, texts: &'static Texts) -> Element {
    let words = &texts.badge;
    let busy = Condition::from(move || handle.motion() == Motion::SigningOut);
    let label = busy.either(words.signing_out, words.sign_out);
    button(label, ButtonLook::Quiet, busy, move || handle.sign_out())
}

//! The ways out: of the session, of this browser's memory, of the permission at LinkedIn.

use leptos::prelude::*;

use crate::element::{Condition, Element, ElementRef, element, paragraph};
use crate::pages::{permitted_services, section};
use crate::session::Motion;
use crate::session::runtime::SessionHandle;
use crate::texts::Texts;
use crate::ui::{ButtonLook, button};

pub(super) fn ways(handle: SessionHandle, texts: &'static Texts) -> Element {
    let words = &texts.account;
    section(words.leave)
        .child(way(sign_out(handle, texts), words.sign_out_lead))
        .child(forget(handle, texts))
        .child(way(permitted_services(texts), words.withdraw_lead))
}

fn way(action: Element, lead: &'static str) -> Element {
    element("div")
        .class("page-account__way")
        .child(action)
        .child(paragraph(lead))
}

fn sign_out(handle: SessionHandle, texts: &'static Texts) -> Element {
    let words = &texts.badge;
    let busy = Condition::from(move || handle.motion() == Motion::SigningOut);
    let label = busy.either(words.signing_out, words.sign_out);
    button(label, ButtonLook::Quiet, busy, move || handle.sign_out())
}

/// Says what was erased, in a region that is there before.
fn forget(handle: SessionHandle, texts: &'static Texts) -> Element {
    let words = &texts.account;
    let said: ElementRef = StoredValue::new_local(None);
    let forget = button(words.forget, ButtonLook::Quiet, false.into(), move || {
        let erased = in_words(&handle.forget_browser(), texts);
        if let Some(said) = said.try_get_value().flatten() {
            said.set_text_content(Some(&erased));
        }
    });
    let said = element("p")
        .class("page-account__said")
        .attr("role", "status")
        .node_ref(said);
    way(forget, words.forget_lead).child(said)
}

/// One name for several things is said once.
fn in_words(names: &[String], texts: &Texts) -> String {
    let mut things = Vec::new();
    for name in names {
        let thing = (texts.account.kept_thing)(name);
        if !things.contains(&thing) {
            things.push(thing);
        }
    }
    (texts.account.forgotten)(&things)
}

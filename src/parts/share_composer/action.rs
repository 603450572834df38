//! The one thing to do with a draft: post it, allow posting, or sign in again.

use lapel_wire::{Feature, paths};
use leptos::ev::{self, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::element::{Condition, Element, element, live, paragraph};
use crate::parts::sign_in_button::{link_to, sign_in_button};
use crate::session::runtime::SessionHandle;
use crate::share::runtime::ShareHandle;
use crate::share::{Composer, Stage};
use crate::texts::Texts;
use crate::ui::{SignInLook, permission_list, submit_button};

pub(super) fn action(
    share: &ShareHandle,
    composer: &Composer,
    handle: SessionHandle,
    texts: &'static Texts,
) -> AnyView {
    // Whatever is to be decided about a post of which nobody knows stands where that is said.
    if matches!(composer.stage, Stage::Unknown(_)) {
        return ().into_any();
    }
    let share = share.clone();
    live(
        move || handle.has_ended() || !handle.may(Feature::Share),
        move |has_to_leave| {
            if !has_to_leave {
                post(&share, texts)
            } else if untrack(|| handle.has_ended()) {
                let again = sign_in_button(handle, None, SignInLook::Brand, texts.badge.sign_in);
                leaving(&share).child(again).view()
            } else {
                consent(&share, handle, texts)
            }
        },
    )
}

fn post(share: &ShareHandle, texts: &'static Texts) -> AnyView {
    let words = &texts.share;
    let share = share.clone();
    let busy = Condition::from(move || share.is_busy());
    let label = busy.either(words.posting, words.post);
    submit_button(label, &busy).view()
}

fn consent(share: &ShareHandle, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let words = &texts.share.consent;
    let scopes = Feature::Share.scopes().iter();
    let ask = link_to(
        |_, to| paths::consent(to, Feature::Share),
        handle,
        None,
        SignInLook::Brand,
        words.ask,
    );
    leaving(share)
        .child(element("h2").child(words.heading))
        .child(paragraph(words.lead))
        .child(permission_list(scopes.map(|&it| it.to_owned()).collect()))
        .child(ask)
        .view()
}

/// What holds a link to LinkedIn: that it is followed is noted, so that the draft is found again as one that was to be
/// posted. A press arrives here after the link itself has heard of it, and before the browser leaves.
pub(super) fn leaving(share: &ShareHandle) -> Element {
    let share = share.clone();
    let pressed = move |event: MouseEvent| {
        let target = event.target().and_then(|it| it.dyn_into().ok());
        let link = target.and_then(|it: web_sys::Element| it.closest("a").ok().flatten());
        if link.is_some() {
            share.leave_for_linkedin();
        }
    };
    element("div")
        .class("part-share__leave")
        .on(ev::click, pressed)
}

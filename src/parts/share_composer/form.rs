//! The form: what is written, and how it will look.

use lapel_wire::{Feature, Member, little};
use leptos::ev;
use leptos::prelude::*;

use super::field::{Choice, Field, Offer};
use super::preview::post_preview;
use super::{Names, action, outcome};
use crate::element::{Condition, Element, changing, element, paragraph};
use crate::session::runtime::SessionHandle;
use crate::share::runtime::{ShareHandle, Words};
use crate::share::{Composer, Stage, TextTrouble, Trouble, Visibility, address};
use crate::texts::{Share, Texts};

pub(super) fn form(
    share: &ShareHandle,
    composer: &Composer,
    handle: SessionHandle,
    member: Member,
    names: &Names,
    texts: &'static Texts,
) -> AnyView {
    let words = &texts.share;
    let untroubled = Trouble::default();
    let trouble = match &composer.stage {
        Stage::Unsent(trouble) => trouble,
        Stage::Writing(_)
        | Stage::Claiming
        | Stage::Sending
        | Stage::Waiting
        | Stage::Unknown(_)
        | Stage::Posted(_) => &untroubled,
    };
    let locked = match composer.stage {
        Stage::Writing(_) | Stage::Unsent(_) => false,
        Stage::Claiming
        | Stage::Sending
        | Stage::Waiting
        | Stage::Unknown(_)
        | Stage::Posted(_) => true,
    };
    let submitted = share.clone();
    let fields = element("div")
        .class("part-share__fields")
        .child(text(share, trouble, locked, names, words))
        .child(link(share, trouble, locked, names, words))
        .child(visibility(share, locked, names, words));
    let preview = element("div")
        .class("part-share__preview")
        .child(element("h2").child(words.preview))
        .child(preview(share, member, words));
    let kept = share.clone();
    let kept = changing(move || match kept.is_kept() {
        Some(true) => words.kept,
        Some(false) => words.not_kept,
        None => "",
    });
    element("form")
        .class("part-share__form")
        .attr("novalidate", "")
        .on(ev::submit, move |event| {
            event.prevent_default();
            if untrack(|| handle.may(Feature::Share) && !handle.has_ended()) {
                submitted.post();
            }
        })
        .child(fields)
        .child(preview)
        .child(outcome::trouble(share, composer, handle, texts))
        .child(action::action(share, composer, handle, texts))
        .child(paragraph(kept).class("part-share__kept"))
        .view()
}

const TEXT: Words = |draft| &mut draft.text;
const LINK: Words = |draft| &mut draft.link;

fn text(
    share: &ShareHandle,
    trouble: &Trouble,
    locked: bool,
    names: &Names,
    words: &'static Share,
) -> Element {
    let control = element("textarea")
        .attr("rows", "8")
        .attr("dir", "auto")
        .attr("required", "")
        .takes_focus(trouble.text.is_some());
    let length = {
        let share = share.clone();
        move || little::length(&share.words(TEXT))
    };
    let is_over = {
        let length = length.clone();
        Condition::from(move || length() > little::LONGEST)
    };
    let count = element("strong")
        .class("part-share__count")
        .flag("data-over", &is_over)
        .child(changing(move || (words.count)(length(), little::LONGEST)));
    let hint = element("p")
        .child(count)
        .child(" ")
        .child(words.how_counted);
    let spoken = element("p")
        .class("ui-visually-hidden")
        .attr("role", "status")
        .child(is_over.either(words.too_long, ""));
    let error = trouble.text.as_ref().map(|trouble| match trouble {
        TextTrouble::Empty => paragraph(words.empty),
        TextTrouble::TooLong => paragraph(words.too_long),
        TextTrouble::Duplicate { of } => {
            let there = of.as_deref().and_then(address);
            let there = there.map(|address| outcome::out(address, words.see_duplicate));
            paragraph(words.duplicate).child(" ").child(there)
        }
    });
    let field = Field {
        id: names.text.clone(),
        label: words.text,
        control: written(control, share, locked, TEXT),
        hint: Some(hint),
        error,
    };
    field.view().child(spoken)
}

fn link(
    share: &ShareHandle,
    trouble: &Trouble,
    locked: bool,
    names: &Names,
    words: &'static Share,
) -> Element {
    let control = element("input")
        .attr("type", "url")
        .attr("dir", "ltr")
        .attr("autocomplete", "off")
        .takes_focus(trouble.link && trouble.text.is_none());
    let field = Field {
        id: names.link.clone(),
        label: words.link,
        control: written(control, share, locked, LINK),
        hint: None,
        error: trouble.link.then(|| paragraph(words.no_address)),
    };
    field.view()
}

/// What one of the draft's texts is written in.
fn written(control: Element, share: &ShareHandle, locked: bool, which: Words) -> Element {
    let (shown, typed) = (share.clone(), share.clone());
    control
        .flag("readonly", &locked.into())
        .attr(".value", changing(move || shown.words(which)))
        .on(ev::input, move |event| {
            typed.write(which, event_target_value(&event));
        })
}

fn visibility(share: &ShareHandle, locked: bool, names: &Names, words: &'static Share) -> Element {
    let choice = Choice {
        id: names.visibility.clone(),
        label: words.visibility,
        locked,
    };
    choice.of(Visibility::ALL.map(|it| {
        let (shown, chosen) = (share.clone(), share.clone());
        Offer {
            words: audience(it, words),
            chosen: Condition::from(move || shown.visibility() == it),
            choose: Box::new(move || chosen.choose(it)),
        }
    }))
}

fn audience(visibility: Visibility, words: &Share) -> &'static str {
    match visibility {
        Visibility::Public => words.public,
        Visibility::Connections => words.connections,
    }
}

fn preview(share: &ShareHandle, member: Member, words: &'static Share) -> Element {
    let (seen, said, blank, leads) = (share.clone(), share.clone(), share.clone(), share.clone());
    post_preview(
        member,
        changing(move || audience(seen.visibility(), words)),
        changing(move || {
            let text = said.words(TEXT);
            if text.is_empty() {
                words.preview_empty.to_owned()
            } else {
                text
            }
        }),
        &Condition::from(move || blank.words(TEXT).is_empty()),
        changing(move || leads.link().unwrap_or_default()),
    )
}

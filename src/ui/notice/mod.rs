//! A calm sentence about what happened.

use leptos::ev;
use leptos::prelude::*;

use crate::element::{Element, element};
use crate::texts::use_texts;

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeTone {
    /// Something to know.
    #[default]
    Neutral,
    /// Something went as it was meant to.
    Done,
}

impl NoticeTone {
    const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Done => "done",
        }
    }
}

/// A calm sentence. Put it inside an element with `role="status"` that is there before the notice is: screen readers
/// announce what changes within a live region, and often miss a region that arrives together with its text.
#[component]
pub fn Notice(
    /// What it is about. Neutral by default.
    #[prop(optional)]
    tone: NoticeTone,
    /// Called when the member closes it.
    #[prop(into)]
    on_dismiss: Callback<()>,
    /// Whether it takes the focus, because what had it is gone. It does not by default.
    #[prop(optional)]
    takes_focus: bool,
    /// Its sentences, and an action perhaps.
    children: Children,
) -> impl IntoView {
    let words = notice_words().child(children());
    notice(words, tone, takes_focus, move || on_dismiss.run(()))
}

/// Where a notice's sentences go.
pub(crate) fn notice_words() -> Element {
    element("div").class("ui-notice__words")
}

pub(crate) fn notice(
    words: Element,
    tone: NoticeTone,
    takes_focus: bool,
    on_dismiss: impl Fn() + Send + 'static,
) -> AnyView {
    let dismiss = element("button")
        .attr("type", "button")
        .class("ui-notice__dismiss")
        .attr("aria-label", use_texts().notices.dismiss)
        .on(ev::click, move |_| on_dismiss())
        .child(element("span").attr("aria-hidden", "true").child("×"));
    frame(words, tone)
        .takes_focus(takes_focus)
        .child(dismiss)
        .view()
}

/// A notice that stays as long as what it says is so.
pub(crate) fn lasting_notice(words: Element, tone: NoticeTone, takes_focus: bool) -> AnyView {
    frame(words, tone).takes_focus(takes_focus).view()
}

fn frame(words: Element, tone: NoticeTone) -> Element {
    element("div")
        .class("ui-notice")
        .attr("data-tone", tone.name())
        .attr("tabindex", "-1")
        .child(words)
}

//! A button.

use leptos::ev;
use leptos::prelude::*;

use crate::element::{Child, Condition, Element, element};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonLook {
    /// The one thing to do.
    #[default]
    Solid,
    /// One thing among others.
    Quiet,
}

impl ButtonLook {
    const fn name(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Quiet => "quiet",
        }
    }
}

/// A button that keeps the focus while it is busy and does nothing on a second press.
#[component]
pub fn Button(
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it stands out. Solid by default.
    #[prop(optional)]
    look: ButtonLook,
    /// Whether it is at work. Idle by default.
    #[prop(optional, into)]
    busy: Condition,
    /// Its words.
    children: Children,
) -> impl IntoView {
    button(children(), look, busy, move || on_press.run(())).view()
}

pub(crate) fn button(
    words: impl Into<Child>,
    look: ButtonLook,
    busy: Condition,
    on_press: impl Fn() + Send + 'static,
) -> Element {
    frame("button", words, look, &busy).on(ev::click, move |_| {
        if !untrack(|| busy.holds()) {
            on_press();
        }
    })
}

/// The button of a form. The form hears of it, as it does of the Enter key in a field.
pub(crate) fn submit_button(words: impl Into<Child>, busy: &Condition) -> Element {
    frame("submit", words, ButtonLook::Solid, busy)
}

fn frame(
    kind: &'static str,
    words: impl Into<Child>,
    look: ButtonLook,
    busy: &Condition,
) -> Element {
    element("button")
        .attr("type", kind)
        .class("ui-button")
        .attr("data-look", look.name())
        .attr("data-state", busy.either("busy", "idle"))
        .flag("aria-disabled", busy)
        .child(words)
}

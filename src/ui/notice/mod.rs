//! A calm sentence about what happened.

use leptos::prelude::*;

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
    let texts = use_texts();
    let element = NodeRef::new();
    if takes_focus {
        element.on_load(super::focus_when_rendered);
    }
    view! {
        <div class="ui-notice" data-tone=tone.name() tabindex="-1" node_ref=element>
            <div class="ui-notice__words">{children()}</div>
            <button
                type="button"
                class="ui-notice__dismiss"
                aria-label=texts.notices.dismiss
                on:click=move |_| on_dismiss.run(())
            >
                <span aria-hidden="true">"×"</span>
            </button>
        </div>
    }
}

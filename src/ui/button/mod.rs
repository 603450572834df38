//! A button.

use leptos::prelude::*;

use super::{when, word};

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
    busy: Signal<bool>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="ui-button"
            data-look=look.name()
            data-state=word(move || if busy.get() { "busy" } else { "idle" })
            aria-disabled=when(move || busy.get())
            on:click=move |_| {
                if !busy.get_untracked() {
                    on_press.run(());
                }
            }
        >
            {children()}
        </button>
    }
}

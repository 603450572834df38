//! The way to LinkedIn.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{text, when, word};

/// How the link looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignInLook {
    /// LinkedIn's colour, white text, LinkedIn's own words. LinkedIn's official button is an image that may only be used
    /// unmodified and whose licence for redistribution is not known; a plain text button in `#0A66C2` is what remains.
    #[default]
    Brand,
    /// The one thing to do, in the application's own colours: for words that are not LinkedIn's.
    Solid,
    /// As quiet as the rest of a header.
    Quiet,
}

impl SignInLook {
    const fn name(self) -> &'static str {
        match self {
            Self::Brand => "brand",
            Self::Solid => "solid",
            Self::Quiet => "quiet",
        }
    }
}

/// A real link: it opens in a new tab, can be copied, and needs no script to be followed.
#[component]
pub fn SignInButton(
    /// Where it leads: the BFF's address that starts a sign-in.
    #[prop(into)]
    href: Signal<String>,
    /// Called when it is about to be followed in this tab. False stops it: the browser is leaving already.
    on_follow: Callback<(), bool>,
    /// Whether the browser is leaving.
    #[prop(into)]
    leaving: Signal<bool>,
    /// How it looks. In LinkedIn's colour by default.
    #[prop(optional)]
    look: SignInLook,
    /// Its words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let follow = move |event: MouseEvent| {
        if opens_elsewhere(&event) {
            return;
        }
        if !on_follow.run(()) {
            event.prevent_default();
        }
    };
    view! {
        <a
            class="ui-sign-in-button"
            data-look=look.name()
            data-state=word(move || if leaving.get() { "leaving" } else { "idle" })
            aria-disabled=when(move || leaving.get())
            href=text(move || href.get())
            on:click=follow
        >
            {label}
        </a>
    }
}

/// With a key held, a link opens in another tab or window, or is downloaded; this tab stays.
fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
}

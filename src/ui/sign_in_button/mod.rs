//! The way to LinkedIn.

use leptos::ev::{self, MouseEvent};
use leptos::prelude::*;

use crate::element::{Condition, Value, element};

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
pub(crate) struct SignInLink {
    /// Where it leads: the BFF's address that starts a sign-in.
    pub(crate) href: Value,
    /// Whether the browser is leaving.
    pub(crate) leaving: Condition,
    /// How it looks.
    pub(crate) look: SignInLook,
    /// Its words.
    pub(crate) label: &'static str,
}

impl SignInLink {
    /// `on_follow` is called when it is about to be followed in this tab. False stops it: the browser is leaving already.
    pub(crate) fn view(self, on_follow: impl Fn() -> bool + Send + 'static) -> AnyView {
        let Self {
            href,
            leaving,
            look,
            label,
        } = self;
        let follow = move |event: MouseEvent| {
            if !opens_elsewhere(&event) && !on_follow() {
                event.prevent_default();
            }
        };
        element("a")
            .class("ui-sign-in-button")
            .attr("data-look", look.name())
            .attr("data-state", leaving.either("leaving", "idle"))
            .flag("aria-disabled", &leaving)
            .attr("href", href)
            .on(ev::click, follow)
            .child(label)
            .view()
    }
}

/// With a key held, a link opens in another tab or window, or is downloaded; this tab stays.
fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
}

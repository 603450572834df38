//! A member's portrait, or their initials where there is none.

use lapel_wire::stand_in::{initials, tone};
use leptos::ev;
use leptos::prelude::*;

use crate::element::{changing, element};

/// How large the portrait is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// In a line of text or a button.
    #[default]
    Small,
    /// On a card of its own.
    Large,
}

impl AvatarSize {
    const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }
}

/// A member's portrait over their initials, so that nothing jumps while it loads and nothing breaks when it cannot:
/// LinkedIn lets the addresses of portraits expire. Decoration only; the name belongs beside it.
#[component]
pub fn Avatar(
    /// The member's name, for the initials.
    #[prop(into)]
    name: String,
    /// What the colour is chosen by, so that it stays the same wherever the member appears: their identifier.
    #[prop(into)]
    seed: String,
    /// Address of the portrait, if there is one.
    picture: Option<String>,
    /// How large it is. Small by default.
    #[prop(optional)]
    size: AvatarSize,
) -> impl IntoView {
    avatar(&name, &seed, picture, size)
}

pub(crate) fn avatar(name: &str, seed: &str, picture: Option<String>, size: AvatarSize) -> AnyView {
    let picture = picture.filter(|address| is_web_address(address));
    let failed = RwSignal::new(false);
    let shows_portrait = picture.is_some();
    let state = changing(move || match (shows_portrait, failed.get()) {
        (true, false) => "shown",
        (true, true) => "failed",
        (false, _) => "absent",
    });
    let portrait = picture.map(|address| {
        element("img")
            .class("ui-avatar__portrait")
            .attr("alt", "")
            .attr("decoding", "async")
            .attr("referrerpolicy", "no-referrer")
            .attr("src", address)
            .on(ev::error, move |_| failed.set(true))
    });
    let initials = element("span")
        .class("ui-avatar__initials")
        .child(initials(name));
    element("span")
        .class("ui-avatar")
        .attr("aria-hidden", "true")
        .attr("data-size", size.name())
        .attr("data-tone", tone(seed).to_string())
        .attr("data-portrait", state)
        .child(initials)
        // Stays where it failed, hidden by its style.
        .child(portrait)
        .view()
}

fn is_web_address(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

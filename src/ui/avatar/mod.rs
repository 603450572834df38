//! A member's portrait, or their initials where there is none.

mod initials;

use leptos::prelude::*;

use super::word;
use initials::initials;

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

/// How many colours the style has for initials.
const TONES: u32 = 8;

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
    let picture = picture.filter(|address| is_web_address(address));
    let failed = RwSignal::new(false);
    let shows_portrait = picture.is_some();
    let state = word(move || match (shows_portrait, failed.get()) {
        (true, false) => "shown",
        (true, true) => "failed",
        (false, _) => "absent",
    });
    view! {
        <span
            class="ui-avatar"
            aria-hidden="true"
            data-size=size.name()
            data-tone=tone(&seed).to_string()
            data-portrait=state
        >
            <span class="ui-avatar__initials">{initials(&name)}</span>
            // Stays where it failed, hidden by its style.
            {picture
                .map(|address| {
                    view! {
                        <img
                            class="ui-avatar__portrait"
                            alt=""
                            decoding="async"
                            referrerpolicy="no-referrer"
                            src=address
                            on:error=move |_| failed.set(true)
                        />
                    }
                })}
        </span>
    }
}

fn is_web_address(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// FNV-1a: spreads well over a few colours and is the same on every device and in every version.
fn tone(seed: &str) -> u32 {
    let hash = seed.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash % TONES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_keeps_their_colour() {
        assert_eq!(tone("782bbtaQ"), tone("782bbtaQ"));
        let tones: std::collections::HashSet<_> = (0..200)
            .map(|number| tone(&format!("member-{number}")))
            .collect();
        assert_eq!(tones.len(), TONES as usize, "every colour is somebody's");
    }
}

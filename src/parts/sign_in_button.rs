//! The sign-in link.

use lapel_wire::{LocalPath, paths};
use leptos::prelude::*;

use super::developer_error::DeveloperError;
use crate::session::Motion;
use crate::session::runtime::use_session;
use crate::texts::use_texts;
use crate::ui::{self, SignInLook};

/// "Sign in with LinkedIn": a real link to the BFF that comes back to where it was pressed. A second press while the
/// browser is leaving does nothing; after the back button it works again.
#[component]
pub fn SignInButton(
    /// Where to come back to. The current address by default.
    #[prop(optional, into)]
    return_to: Option<LocalPath>,
    /// How it looks. In LinkedIn's colour by default.
    #[prop(optional)]
    look: SignInLook,
    /// Its words. LinkedIn's own by default.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let session = match use_session() {
        Ok(session) => session,
        Err(error) => return view! { <DeveloperError part="SignInButton" error /> }.into_any(),
    };
    let label = label.unwrap_or(use_texts().badge.sign_in);
    let target = move || return_to.clone().unwrap_or_else(|| session.here());
    let href = Signal::derive({
        let target = target.clone();
        move || paths::login(&target())
    });
    let leaving = Signal::derive(move || session.motion() == Motion::SigningIn);
    let on_follow = Callback::new(move |()| session.start_sign_in(untrack(&target)));
    view! { <ui::SignInButton href on_follow leaving look label /> }.into_any()
}

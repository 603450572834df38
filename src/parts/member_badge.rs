//! The corner of the page that says who is signed in.

use leptos::prelude::*;

use super::SignInButton;
use super::developer_error::DeveloperError;
use crate::session::runtime::use_session;
use crate::session::{Motion, Standing};
use crate::texts::use_texts;
use crate::ui::{self, Busy, SignInLook, live};

/// Who is signed in, and the one thing they can do about it: the badge with its menu, or a quiet sign-in link.
#[component]
pub fn MemberBadge(
    /// Address of the account page. `/account` by default.
    #[prop(default = "/account", into)]
    account_href: &'static str,
) -> impl IntoView {
    let handle = match use_session() {
        Ok(handle) => handle,
        Err(error) => return view! { <DeveloperError part="MemberBadge" error /> }.into_any(),
    };
    let texts = &use_texts().badge;
    let leaving = Signal::derive(move || handle.motion() == Motion::SigningOut);
    let out_of_reach =
        Signal::derive(move || matches!(handle.motion(), Motion::OutOfReach | Motion::AskingAgain));
    live(move || match handle.standing() {
        Standing::Waiting => view! { <Busy label=texts.checking /> }.into_any(),
        Standing::Visitor { .. } => {
            view! { <SignInButton look=SignInLook::Quiet label=texts.sign_in_short /> }.into_any()
        }
        Standing::Member { member, .. } => {
            let on_sign_out = move |()| handle.sign_out();
            view! { <ui::MemberBadge member account_href on_sign_out leaving out_of_reach /> }
                .into_any()
        }
        Standing::Unknown => ().into_any(),
    })
    .into_any()
}

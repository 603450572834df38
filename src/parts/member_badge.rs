//! The corner of the page that says who is signed in.

use leptos::prelude::*;

use super::developer_error::developer_error;
use super::sign_in_button::sign_in_button;
use crate::element::live;
use crate::session::runtime::{SessionHandle, use_session};
use crate::session::{Motion, Standing};
use crate::texts::use_texts;
use crate::ui::{Badge, SignInLook, busy};

/// Who is signed in, and the one thing they can do about it: the badge with its menu, or a quiet sign-in link.
#[component]
pub fn MemberBadge(
    /// Address of the account page. `/account` by default.
    #[prop(default = "/account", into)]
    account_href: &'static str,
) -> impl IntoView {
    match use_session() {
        Ok(handle) => member_badge(handle, account_href),
        Err(error) => developer_error("MemberBadge", error),
    }
}

pub(crate) fn member_badge(handle: SessionHandle, account_href: &'static str) -> AnyView {
    let texts = &use_texts().badge;
    let leaving = move || handle.motion() == Motion::SigningOut;
    let out_of_reach = move || matches!(handle.motion(), Motion::OutOfReach | Motion::AskingAgain);
    live(
        // Once the session has ended nobody is signed in any more, whoever the page is still about.
        move || {
            if handle.has_ended() {
                Standing::Visitor { asks: Vec::new() }
            } else {
                handle.standing()
            }
        },
        move |standing| match standing {
            Standing::Waiting => busy(texts.checking),
            Standing::Visitor { .. } => {
                sign_in_button(handle, None, SignInLook::Quiet, texts.sign_in_short)
            }
            Standing::Member { member, .. } => {
                let badge = Badge {
                    member,
                    account_href,
                    leaving: leaving.into(),
                    out_of_reach: out_of_reach.into(),
                };
                badge.view(move || handle.sign_out())
            }
            Standing::Unknown => ().into_any(),
        },
    )
}

//! The guard of pages that are about a member.

use std::sync::Arc;

use leptos::prelude::*;

use super::developer_error::developer_error;
use super::sign_in_button::sign_in_button;
use crate::element::{Words, element, live, paragraph};
use crate::session::runtime::{SessionHandle, use_session};
use crate::session::{Account, Standing};
use crate::texts::use_texts;
use crate::ui::{SignInLook, busy};

/// Shows its children to a signed-in member, and a way to sign in and come back here to everyone else.
///
/// It guards what is shown, not what is true: the BFF refuses whoever has no session, whatever the page shows. The
/// content is rendered anew when the member or their permissions change, and stays while the BFF is merely out of reach.
///
/// ```
/// use lapel::{Account, RequireMember};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Orders() -> impl IntoView {
///     view! {
///         <RequireMember
///             prompt="Sign in to see your orders."
///             content=|account: Account| view! { <p>{account.member.name}</p> }.into_any()
///         />
///     }
/// }
/// ```
#[component]
pub fn RequireMember(
    /// What to say to someone who is signed out.
    #[prop(into)]
    prompt: String,
    /// What a member sees.
    #[prop(into)]
    content: MemberContent,
) -> impl IntoView {
    match use_session() {
        Ok(handle) => require_member(handle, prompt, brand, content),
        Err(error) => developer_error("RequireMember", error),
    }
}

/// The usual way in.
pub(crate) fn brand(handle: SessionHandle) -> AnyView {
    sign_in_button(handle, None, SignInLook::Brand, use_texts().badge.sign_in)
}

pub(crate) fn require_member(
    handle: SessionHandle,
    prompt: impl Into<Words>,
    way_in: fn(SessionHandle) -> AnyView,
    content: MemberContent,
) -> AnyView {
    let (prompt, texts) = (prompt.into(), &use_texts().badge);
    live(
        move || handle.standing(),
        move |standing| match standing {
            Standing::Waiting => busy(texts.checking),
            Standing::Visitor { .. } => element("div")
                .class("part-sign-in-prompt")
                .child(paragraph(prompt.clone()))
                .child(way_in(handle))
                .view(),
            Standing::Member { .. } => {
                let account = handle.session().account().cloned();
                account.map_or_else(|| ().into_any(), |account| content.of(account))
            }
            Standing::Unknown => ().into_any(),
        },
    )
}

/// What a member sees, given the account.
#[derive(Clone)]
pub struct MemberContent(Arc<dyn Fn(Account) -> AnyView + Send + Sync>);

impl MemberContent {
    fn of(&self, account: Account) -> AnyView {
        (self.0)(account)
    }
}

impl<F: Fn(Account) -> AnyView + Send + Sync + 'static> From<F> for MemberContent {
    fn from(content: F) -> Self {
        Self(Arc::new(content))
    }
}

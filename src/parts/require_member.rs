//! The guard of pages that are about a member.

use std::sync::Arc;

use leptos::prelude::*;

use super::SignInButton;
use super::developer_error::DeveloperError;
use crate::session::runtime::use_session;
use crate::session::{Account, Standing};
use crate::texts::use_texts;
use crate::ui::{Busy, live};

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
    let handle = match use_session() {
        Ok(handle) => handle,
        Err(error) => return view! { <DeveloperError part="RequireMember" error /> }.into_any(),
    };
    let checking = use_texts().badge.checking;
    live(move || match handle.standing() {
        Standing::Waiting => view! { <Busy label=checking /> }.into_any(),
        Standing::Visitor { .. } => view! {
            <div class="part-sign-in-prompt">
                <p>{prompt.clone()}</p>
                <SignInButton />
            </div>
        }
        .into_any(),
        Standing::Member { .. } => {
            let account = untrack(|| handle.session()).account().cloned();
            account.map_or_else(|| ().into_any(), |account| content.of(account))
        }
        Standing::Unknown => ().into_any(),
    })
    .into_any()
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

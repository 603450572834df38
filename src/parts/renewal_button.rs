//! The link that renews a session.

use lapel_wire::paths;
use leptos::prelude::*;

use super::developer_error::developer_error;
use super::sign_in_button::link_to;
use crate::session::runtime::{SessionHandle, use_session};
use crate::texts::use_texts;
use crate::ui::SignInLook;

/// "Renew the session": a real link to LinkedIn, for a new session with its full life, that comes back to where it was
/// pressed. LinkedIn gives most applications no refresh token, so a renewal needs the member's own click. [`SessionNotice`](crate::SessionNotice)
/// offers it in a session's last days; put this where members look after their account.
///
/// ```
/// use lapel::{Account, RenewalButton, RequireMember};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Settings() -> impl IntoView {
///     view! {
///         <RequireMember
///             prompt="Sign in to see your settings."
///             content=|_: Account| view! { <RenewalButton /> }.into_any()
///         />
///     }
/// }
/// ```
#[component]
pub fn RenewalButton(
    /// How it looks. In LinkedIn's colour by default.
    #[prop(optional)]
    look: SignInLook,
) -> impl IntoView {
    match use_session() {
        Ok(handle) => renewal_button(handle, look),
        Err(error) => developer_error("RenewalButton", error),
    }
}

pub(crate) fn renewal_button(handle: SessionHandle, look: SignInLook) -> AnyView {
    let label = use_texts().notices.renew;
    link_to(|_, to| paths::renewal(to), handle, None, look, label)
}

//! The session for everything below.

use leptos::context::Provider;
use leptos::prelude::*;

use crate::api::BffClient;
use crate::session::runtime::provide_session;
use crate::share::runtime::Desk;

/// Asks the BFF who is signed in, follows what happens in this and other tabs, and lets everything below know.
///
/// ```
/// use lapel::{MemberBadge, SessionProvider, SignInButton};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Shop() -> impl IntoView {
///     view! {
///         <SessionProvider>
///             <header><MemberBadge account_href="/account" /></header>
///             <SignInButton />
///         </SessionProvider>
///     }
/// }
/// ```
#[component]
pub fn SessionProvider(
    /// How the BFF is reached. The browser's `fetch` by default.
    #[prop(optional)]
    client: BffClient,
    /// What knows the session.
    children: Children,
) -> impl IntoView {
    let session = provide_session(client);
    provide_context(Desk::default());
    view! { <Provider value=session>{children()}</Provider> }
}

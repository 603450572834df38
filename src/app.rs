//! The application: the frame around every page, and which address shows which page.

use leptos::prelude::*;

use crate::api::BffClient;
use crate::pages::{AccountPage, HomePage, NotFoundPage};
use crate::parts::{MemberBadge, SessionNotice, SessionProvider};
use crate::route::{Navigation, Route, provide_navigation};
use crate::session::runtime::use_session;
use crate::texts::{Texts, use_texts};
use crate::ui::live;

/// The whole application. It takes over the document it is mounted in: its title, its language and its links.
#[component]
pub fn App(
    /// How the BFF is reached. The browser's `fetch` by default.
    #[prop(optional)]
    client: BffClient,
) -> impl IntoView {
    view! {
        <SessionProvider client>
            <Frame />
        </SessionProvider>
    }
}

#[component]
fn Frame() -> impl IntoView {
    let texts = use_texts();
    let navigation = provide_navigation();
    let route = navigation.route();
    follow_address(navigation, texts);
    view! {
        <a class="app-skip" href="#content">
            {texts.frame.skip}
        </a>
        <header class="app-header">
            <a class="app-brand" href=Route::Home.path()>
                <span class="app-brand__mark" aria-hidden="true"></span>
                {texts.frame.brand}
            </a>
            <MemberBadge />
        </header>
        <main class="app-main" id="content" tabindex="-1">
            <SessionNotice />
            {live(move || match route.get() {
                Route::Home => view! { <HomePage /> }.into_any(),
                Route::Account => view! { <AccountPage /> }.into_any(),
                Route::NotFound => view! { <NotFoundPage /> }.into_any(),
            })}
        </main>
        <footer class="app-footer">
            <p>{texts.frame.foot}</p>
        </footer>
    }
}

/// The window's title, and the address that a sign-in comes back to, follow the page.
fn follow_address(navigation: Navigation, texts: &'static Texts) {
    let route = navigation.route();
    let session = use_session().ok();
    if let Some(root) = document().document_element() {
        // Refused only for names that are none.
        drop(root.set_attribute("lang", texts.language));
    }
    Effect::new(move |_| {
        document().set_title(match route.get() {
            Route::Home => texts.home.window_title,
            Route::Account => texts.account.window_title,
            Route::NotFound => texts.not_found.window_title,
        });
        if let Some(session) = session {
            session.note_address();
        }
    });
}

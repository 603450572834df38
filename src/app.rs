//! The application: the frame around every page, and which address shows which page.

use leptos::prelude::*;

use crate::api::BffClient;
use crate::element::{element, live, mark};
use crate::pages::{account_page, diagnostics_page, home_page, not_found_page, share_page};
use crate::parts::{SessionProvider, member_badge, session_notice};
use crate::route::{Route, provide_navigation};
use crate::session::runtime::{SessionHandle, use_session};
use crate::texts::{Texts, the_members_own, use_texts};

/// The whole application. It takes over the document it is mounted in: its title, its language and its links.
///
/// It speaks the language of the [`Texts`] that are provided above it; without them, the first of the browser's languages
/// that this build has.
#[component]
pub fn App(
    /// How the BFF is reached. The browser's `fetch` by default.
    #[prop(optional)]
    client: BffClient,
) -> impl IntoView {
    if use_context::<&'static Texts>().is_none() {
        provide_context(the_members_own());
    }
    view! {
        <SessionProvider client>
            // The provider is there, so there is a session.
            {use_session().map_or_else(|_| ().into_any(), frame)}
        </SessionProvider>
    }
}

fn frame(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    let account = Route::Account.path().unwrap_or_default();
    if let Some(root) = document().document_element() {
        // Refused only for names that are none.
        drop(root.set_attribute("lang", texts.language));
        drop(root.set_attribute("dir", texts.direction.as_str()));
    }
    let skip = element("a")
        .class("app-skip")
        .attr("href", "#content")
        .child(texts.frame.skip);
    let brand = element("a")
        .class("app-brand")
        .attr("href", Route::Home.path())
        .child(mark("app-brand__mark"))
        .child(texts.frame.brand);
    let header = element("header")
        .class("app-header")
        .child(brand)
        .child(member_badge(handle, account));
    let main = element("main")
        .class("app-main")
        .attr("id", "content")
        .attr("tabindex", "-1")
        .child(session_notice(handle))
        .child(page(handle, texts));
    let diagnostics = element("a")
        .attr("href", Route::Diagnostics.path())
        .child(texts.diagnostics.link);
    let footer = element("footer").class("app-footer").child(
        element("p")
            .child(texts.frame.foot)
            .child(" ")
            .child(diagnostics),
    );
    (skip.view(), header.view(), main.view(), footer.view()).into_any()
}

/// The page at the address. The window's title, and the address that a sign-in comes back to, follow it.
fn page(handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let navigation = provide_navigation();
    live(
        move || navigation.route(),
        move |route| {
            let (title, page) = match route {
                Route::Home => (texts.home.window_title, home_page(handle)),
                Route::Account => (texts.account.window_title, account_page(handle)),
                Route::Share => (texts.share.window_title, share_page(handle)),
                Route::Diagnostics => (texts.diagnostics.window_title, diagnostics_page(handle)),
                Route::NotFound => (texts.not_found.window_title, not_found_page()),
            };
            document().set_title(title);
            handle.note_address();
            page
        },
    )
}

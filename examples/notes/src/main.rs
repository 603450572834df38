//! Notes: a page that only members see, with Lapel's components around it. `trunk serve examples/notes/index.html`
//! shows it while `cargo run -p lapel-bff` stands behind it.

use lapel::{Account, MemberBadge, RequireMember, SessionNotice, SessionProvider};
use leptos::prelude::*;

#[component]
fn Notes() -> impl IntoView {
    view! {
        <SessionProvider>
            <header class="app-header">
                <b>"Notes"</b>
                <MemberBadge account_href="/" />
            </header>
            <main class="app-main">
                <SessionNotice />
                <h1>"Your notes"</h1>
                <RequireMember
                    prompt="Sign in to write."
                    content=|account: Account| notes(account).into_any()
                />
            </main>
        </SessionProvider>
    }
}

/// Kept as long as the page is: a session that ends puts a dialog over it, and nothing that was written is lost.
fn notes(account: Account) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let words = move || text.with(|text| text.split_whitespace().count());
    view! {
        <label for="note">"What " {account.member.name} " does not want to forget"</label>
        <p><textarea id="note" rows="6" cols="40" prop:value=text on:input:target=move |it| text.set(it.target().value()) /></p>
        <p role="status">{words} " words"</p>
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
    mount_to_body(Notes);
}

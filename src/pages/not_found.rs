//! Any address that is no page.

use leptos::prelude::*;

use crate::route::Route;
use crate::texts::use_texts;

/// Says so, and shows the way home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let texts = &use_texts().not_found;
    view! {
        <section class="page-not-found">
            <h1 tabindex="-1">{texts.heading}</h1>
            <p class="page-not-found__lead">{texts.lead}</p>
            <p>
                <a href=Route::Home.path()>{texts.to_home}</a>
            </p>
        </section>
    }
}

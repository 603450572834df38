//! Something is on its way.

use leptos::prelude::*;

/// A quiet sign that something is on its way. It shows itself only after a moment, so a quick answer does not flicker.
#[component]
pub fn Busy(
    /// What is on its way, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="ui-busy" data-state="busy">
            <span class="ui-busy__mark" aria-hidden="true"></span>
            <span class="ui-visually-hidden">{label}</span>
        </span>
    }
}

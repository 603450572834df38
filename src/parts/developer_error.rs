//! A mistake in how the parts are put together, shown to whoever makes it.

use leptos::prelude::*;

use crate::session::runtime::OutsideProvider;

/// In place of a part that has no provider above it. Not a text for members: it is seen in development or never.
#[component]
pub(super) fn DeveloperError(
    /// The part that cannot work.
    part: &'static str,
    /// Why.
    error: OutsideProvider,
) -> impl IntoView {
    let message = format!("lapel: <{part}> cannot work: {error}");
    leptos::logging::error!("{message}");
    view! {
        <p class="part-developer-error" role="alert" data-part=part>
            {message}
        </p>
    }
}

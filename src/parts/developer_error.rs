//! A mistake in how the parts are put together, shown to whoever makes it.

use leptos::prelude::*;

use crate::element::paragraph;
use crate::session::runtime::OutsideProvider;

/// In place of a part that has no provider above it. Not a text for members: it is seen in development or never.
pub(super) fn developer_error(part: &'static str, error: OutsideProvider) -> AnyView {
    let message = format!("lapel: <{part}> cannot work: {error}");
    leptos::logging::error!("{message}");
    paragraph(message)
        .class("part-developer-error")
        .attr("role", "alert")
        .attr("data-part", part)
        .view()
}

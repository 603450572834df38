//! Something is on its way.

use leptos::prelude::*;

use crate::element::{Child, element, mark, unseen};

/// A quiet sign that something is on its way. It shows itself only after a moment, so a quick answer does not flicker.
#[component]
pub fn Busy(
    /// What is on its way, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    busy(label)
}

pub(crate) fn busy(label: impl Into<Child>) -> AnyView {
    element("span")
        .class("ui-busy")
        .attr("data-state", "busy")
        .child(mark("ui-busy__mark"))
        .child(unseen(label))
        .view()
}

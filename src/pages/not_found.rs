//! Any address that is no page.

use leptos::prelude::*;

use crate::element::{element, page_heading, paragraph};
use crate::route::Route;
use crate::texts::use_texts;

/// Says so, and shows the way home.
pub(crate) fn not_found_page() -> AnyView {
    let texts = &use_texts().not_found;
    let home = element("a")
        .attr("href", Route::Home.path())
        .child(texts.to_home);
    element("section")
        .class("page-not-found")
        .child(page_heading(texts.heading))
        .child(paragraph(texts.lead).class("page-not-found__lead"))
        .child(element("p").child(home))
        .view()
}

//! Writing a post for LinkedIn.

use leptos::prelude::*;

use crate::element::{element, page_heading, paragraph};
use crate::parts::share_composer;
use crate::session::runtime::SessionHandle;
use crate::texts::use_texts;

/// The page for posting, for members only.
pub(crate) fn share_page(handle: SessionHandle) -> AnyView {
    let words = &use_texts().share;
    element("section")
        .class("page-share")
        .child(page_heading(words.heading))
        .child(paragraph(words.lead).class("page-share__lead"))
        .child(share_composer(handle))
        .view()
}

//! Moving the focus.

use leptos::prelude::{document, on_cleanup, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives an element the focus once it is part of the page.
pub(crate) fn focus_when_rendered(element: impl JsCast + 'static) {
    request_animation_frame(move || {
        if let Ok(element) = element.dyn_into::<HtmlElement>() {
            // Fails only on elements that take no focus; those given here have a tabindex.
            drop(element.focus());
        }
    });
}

/// Gives the page's heading the focus: a screen reader reads it, the keyboard goes on from there.
pub(crate) fn focus_heading() {
    let heading = document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // Fails on elements that take no focus; a page's heading has a tabindex.
        drop(heading.focus());
    }
}

/// Where what is shown now goes while the focus is in it, the focus goes on to the heading. For what goes without the
/// member's doing: the browser would leave the keyboard nowhere.
pub(crate) fn hand_focus_on(within: &'static str) {
    on_cleanup(move || {
        let focused = document().active_element();
        if focused.is_some_and(|focused| focused.closest(within).is_ok_and(|it| it.is_some())) {
            // It may only be changing, and keep the focus.
            request_animation_frame(|| {
                let focused = document().active_element();
                if focused.is_none_or(|focused| focused.tag_name() == "BODY") {
                    focus_heading();
                }
            });
        }
    });
}

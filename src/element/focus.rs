//! Moving the focus.

use leptos::prelude::request_animation_frame;
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

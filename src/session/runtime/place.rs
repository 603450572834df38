//! Coming back to where on the page one was: the fragment, and how far down.

use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsValue;

use super::{browser, storage};
use crate::session::place::Place;

/// Keeps where the member is.
pub(super) fn keep() {
    if let Some(place) = here() {
        storage::keep_place(&place.write());
    }
}

/// The place that was kept, if the member is back at its address. The fragment is in the address again at once.
pub(super) fn come_back() -> Option<Place> {
    let kept = storage::take_place()?;
    let here = here()?;
    let place = Place::read(&kept, &here.address)?;
    if here.fragment.is_empty() && !place.fragment.is_empty() {
        let history = web_sys::window()?.history().ok()?;
        let state = history.state().unwrap_or(JsValue::NULL);
        let address = format!("{}{}", here.address, place.fragment);
        // Refused only where an address is changed a hundred times in a row.
        drop(history.replace_state_with_url(&state, "", Some(&address)));
    }
    Some(place)
}

fn here() -> Option<Place> {
    let window = web_sys::window()?;
    let location = window.location();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "fractions of a pixel do not matter, and nothing is above the top"
    )]
    let down = window.scroll_y().unwrap_or_default() as u64;
    Some(Place {
        address: browser::address()?,
        fragment: location.hash().unwrap_or_default(),
        down,
    })
}

impl Place {
    /// Goes there, once what the page has to show is there.
    pub(super) fn scroll_to(self) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "no page is so long that pixels are lost"
        )]
        let down = self.down as f64;
        request_animation_frame(move || {
            if let Some(window) = web_sys::window().filter(|_| down > 0.0) {
                window.scroll_to_with_x_and_y(0.0, down);
            }
        });
    }
}

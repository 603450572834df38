//! The quiet sign that something is on its way.

use lapel::Busy;
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    vec![Exhibit::new("busy", "on its way", || {
        view! { <Busy label="Looking for orders…" /> }
    })]
}

//! The button.

use lapel::{Button, ButtonLook, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let button = |state: &'static str, look, busy: bool| {
        Exhibit::new("button", state, move || {
            let words = if busy {
                use_texts().failures.trying
            } else {
                use_texts().failures.try_again
            };
            view! { <Button on_press=|()| () look busy>{words}</Button> }
        })
    };
    let long = Exhibit::new("button", "many words", || {
        let words = use_texts().failures.sign_out_unconfirmed;
        view! { <Button on_press=|()| ()>{words} ". " {words}</Button> }
    });
    vec![
        button("solid", ButtonLook::Solid, false),
        button("solid, busy", ButtonLook::Solid, true),
        button("quiet", ButtonLook::Quiet, false),
        button("quiet, busy", ButtonLook::Quiet, true),
        long,
    ]
}

//! The dialog.

use lapel::{Button, ButtonLook, Dialog, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let short = Exhibit::new("dialog", "a question", || {
        let words = &use_texts().failures;
        view! {
            <Dialog title=words.sign_out on_close=|()| ()>
                <Button on_press=|()| () look=ButtonLook::Quiet>{words.stay}</Button>
            </Dialog>
        }
    });
    let long = Exhibit::new("dialog", "longer than the window", || {
        let texts = use_texts();
        let points = texts
            .home
            .kept_points
            .iter()
            .chain(texts.account.held_points);
        let text = points.copied().collect::<Vec<_>>().join(" ");
        view! {
            <Dialog title=texts.home.heading on_close=|()| ()>
                {(0..12).map(|_| view! { <p>{text.clone()}</p> }).collect_view()}
            </Dialog>
        }
    });
    vec![short.over_the_page(), long.over_the_page()]
}

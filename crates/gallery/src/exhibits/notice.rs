//! The notice.

use lapel::{Notice, NoticeTone, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let notice = |state: &'static str, tone| {
        Exhibit::new("notice", state, move || {
            let words = use_texts().notices.cancelled;
            view! {
                <div role="status">
                    <Notice tone on_dismiss=|()| ()>
                        <p>{words}</p>
                    </Notice>
                </div>
            }
        })
    };
    let two = Exhibit::new("notice", "two sentences", || {
        let words = use_texts().notices;
        view! {
            <div role="status">
                <Notice on_dismiss=|()| ()>
                    <p>{words.start_again}</p>
                    <p>{words.elsewhere}</p>
                </Notice>
            </div>
        }
    });
    vec![
        notice("something to know", NoticeTone::Neutral),
        notice("something went well", NoticeTone::Done),
        two,
    ]
}

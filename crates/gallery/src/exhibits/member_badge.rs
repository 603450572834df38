//! The badge, by the session and by who bears it.

use std::time::Duration;

use lapel::test_kit::{
    asking_again, checking, member, out_of_reach, out_of_reach_with, signed_in, signed_out,
    signing_in, signing_out,
};
use lapel::{Kind, MemberBadge, Reason, Session};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

use super::{NAMES, portraits};
use crate::exhibit::Exhibit;

const NAME: &str = "member_badge";

/// After the exhibits that take the focus, which would close the menu.
const SETTLED: Duration = Duration::from_millis(50);

pub(super) fn exhibits() -> Vec<Exhibit> {
    let badge = |state: &str, session: Session| {
        Exhibit::of_session(NAME, state, session, || view! { <MemberBadge /> })
    };
    let ada = "Ada Lovelace";
    let states = [
        badge("checking", checking()),
        badge("nobody is signed in", signed_out(Reason::Elsewhere)),
        badge("leaving for LinkedIn", signing_in()),
        badge("signing out", signing_out(ada)),
        badge("out of reach", out_of_reach_with(ada, Kind::Unreachable)),
        badge("asking again", asking_again(ada, Kind::Unreachable)),
        badge(
            "out of reach, nobody known: no badge",
            out_of_reach(Kind::Unreachable),
        ),
    ];
    let names = NAMES.map(|(state, name)| badge(state, signed_in(member(name))));
    let portraits = portraits().map(|(state, member)| badge(state, signed_in(member)));
    let open = Exhibit::of_session(NAME, "the menu open", signed_in(ada), || {
        let place = NodeRef::<leptos::html::Div>::new();
        let open = move || {
            // It may have gone meanwhile.
            let button = place
                .try_get_untracked()
                .flatten()
                .and_then(|place| place.query_selector("button").ok().flatten());
            if let Some(button) = button {
                button.unchecked_into::<HtmlElement>().click();
            }
        };
        set_timeout(open, SETTLED);
        view! { <div class="gallery-room" node_ref=place><MemberBadge /></div> }
    });
    states
        .into_iter()
        .chain(names)
        .chain(portraits)
        .chain([open])
        .collect()
}

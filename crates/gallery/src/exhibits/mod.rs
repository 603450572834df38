//! The exhibits, a file for each component.

mod avatar;
mod busy;
mod button;
mod developer_error;
mod dialog;
mod failure_panel;
mod member_badge;
mod notice;
mod permission_list;
mod record;
mod renewal_button;
mod require_member;
mod session_end;
mod session_notice;
mod session_provider;
mod share_composer;
mod sign_in_button;

use lapel::Member;
use lapel::test_kit::member;
use leptos::prelude::window;

use crate::exhibit::Exhibit;

/// Every component in every state, the exhibits of one component in a row.
#[must_use]
pub fn exhibits() -> Vec<Exhibit> {
    [
        sign_in_button::exhibits(),
        member_badge::exhibits(),
        renewal_button::exhibits(),
        session_notice::exhibits(),
        session_end::exhibits(),
        require_member::exhibits(),
        session_provider::exhibits(),
        share_composer::exhibits(),
        failure_panel::exhibits(),
        record::exhibits(),
        dialog::exhibits(),
        notice::exhibits(),
        button::exhibits(),
        busy::exhibits(),
        avatar::exhibits(),
        permission_list::exhibits(),
        developer_error::exhibits(),
    ]
    .concat()
}

/// The names that a badge has to bear, and what is special about each.
const NAMES: [(&str, &str); 8] = [
    ("a name", "Ada Lovelace"),
    ("one name only", "Madonna"),
    (
        "a long name",
        "Pablo Diego José Francisco de Paula Ruiz y Picasso",
    ),
    (
        "a name without a space to break at",
        "Wolfeschlegelsteinhausenbergerdorff",
    ),
    ("a right-to-left name", "محمد بن عبد الله"),
    ("a name in Han", "山田 太郎"),
    ("an emoji in the name", "👩🏽‍🚀 Zoë"),
    ("a name that looks like markup", "<b>Bobby</b>"),
];

/// A member with a portrait at the gallery's own address of that name.
fn with_portrait(name: &str, file: &str) -> Member {
    let origin = window().location().origin().unwrap_or_default();
    with_picture(name, &format!("{origin}/{file}"))
}

fn with_picture(name: &str, address: &str) -> Member {
    Member {
        picture: Some(address.to_owned()),
        ..member(name)
    }
}

/// Portraits as they come: there, gone (LinkedIn's addresses expire), and kept away by the page's policy.
fn portraits() -> [(&'static str, Member); 3] {
    [
        ("a portrait", with_portrait("Ada Lovelace", "portrait.svg")),
        (
            "an expired portrait",
            with_portrait("Grace Hopper", "expired.jpg"),
        ),
        (
            "a blocked portrait",
            with_picture("Annie Easley", "https://blocked.invalid/portrait.jpg"),
        ),
    ]
}

//! The portrait.

use lapel::{Avatar, AvatarSize};
use leptos::prelude::*;

use super::{NAMES, portraits};
use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let names = NAMES.map(|(state, name)| {
        Exhibit::new("avatar", state, move || {
            view! { <Avatar name seed=name picture=None /> }
        })
    });
    let portraits = portraits().map(|(state, member)| {
        Exhibit::new("avatar", format!("{state}, large"), move || {
            let (name, picture) = (member.name.clone(), member.picture.clone());
            view! { <Avatar name seed=member.id.clone() picture size=AvatarSize::Large /> }
        })
    });
    let nameless = Exhibit::new("avatar", "no name", || {
        view! { <Avatar name="" seed="" picture=None size=AvatarSize::Large /> }
    });
    // Each of these has another colour.
    let tones = Exhibit::new("avatar", "the colours", || {
        (0..24)
            .map(|number| {
                let seed = format!("member-{number}");
                view! { <Avatar name="Ada Lovelace" seed picture=None /> }
            })
            .collect_view()
    });
    names
        .into_iter()
        .chain(portraits)
        .chain([nameless, tones])
        .collect()
}

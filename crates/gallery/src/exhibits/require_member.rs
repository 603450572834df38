//! The guard.

use lapel::test_kit::{
    checking, out_of_reach, out_of_reach_with, signed_in, signed_out, signing_in,
};
use lapel::{Account, Kind, Reason, RequireMember, Session, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let guard = |state: &str, session: Session| {
        Exhibit::of_session("require_member", state, session, || {
            let words = use_texts().account;
            let content = move |account: Account| {
                view! { <p>{words.name} ": " <bdi>{account.member.name}</bdi></p> }.into_any()
            };
            view! { <RequireMember prompt=words.sign_in_to_see content /> }
        })
    };
    vec![
        guard("checking", checking()),
        guard("a visitor", signed_out(Reason::Elsewhere)),
        guard("a visitor on the way to LinkedIn", signing_in()),
        guard("a member", signed_in("Ada Lovelace")),
        guard(
            "a member, out of reach",
            out_of_reach_with("Ada Lovelace", Kind::Timeout),
        ),
        guard(
            "nobody known, out of reach: nothing",
            out_of_reach(Kind::Timeout),
        ),
    ]
}

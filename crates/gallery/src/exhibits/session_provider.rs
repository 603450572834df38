//! The parts together under one session, as a page has them.

use lapel::test_kit::{out_of_reach_with, signed_in, signed_out};
use lapel::{
    Account, Kind, MemberBadge, PermissionList, Reason, RequireMember, Session, SessionNotice,
    use_texts,
};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let page = |state: &str, session: Session| {
        Exhibit::of_session("session_provider", state, session, || {
            let content = |account: Account| {
                let scopes = account.permissions;
                view! { <PermissionList scopes /> }.into_any()
            };
            view! {
                <div class="gallery-page">
                    <div class="gallery-corner"><MemberBadge /></div>
                    <SessionNotice />
                    <RequireMember prompt=use_texts().account.sign_in_to_see content />
                </div>
            }
        })
    };
    vec![
        page("a member", signed_in("Ada Lovelace")),
        page(
            "a member who has just signed out",
            signed_out(Reason::Here(None)),
        ),
        page(
            "a member, out of reach",
            out_of_reach_with("Ada Lovelace", Kind::LinkedinDown),
        ),
    ]
}

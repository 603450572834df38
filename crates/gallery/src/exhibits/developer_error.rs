//! What a developer sees who has put a part where it cannot work.

use lapel::{MemberBadge, RequireMember, SessionNotice, SignInButton};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let name = "developer_error";
    vec![
        Exhibit::new(name, "a badge outside", || view! { <MemberBadge /> }),
        Exhibit::new(name, "a sign-in link outside", || {
            view! { <SignInButton /> }
        }),
        Exhibit::new(name, "a guard outside", || {
            view! { <RequireMember prompt="Sign in." content=|_| ().into_any() /> }
        }),
        Exhibit::new(name, "a notice outside", || view! { <SessionNotice /> }),
    ]
}

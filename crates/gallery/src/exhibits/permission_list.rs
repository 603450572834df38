//! Permissions in words.

use lapel::PermissionList;
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let list = |state: &'static str, scopes: &'static [&'static str]| {
        Exhibit::new("permission_list", state, move || {
            let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
            view! { <PermissionList scopes=Vec::clone(&scopes) /> }
        })
    };
    vec![
        list("signing in", &["openid", "profile", "email"]),
        list("one", &["w_member_social"]),
        list(
            "without words for them",
            &["r_unheard_of", "rw_something_with_a_very_long_name_indeed"],
        ),
    ]
}

//! Permissions in words.

use leptos::prelude::*;

use crate::texts::{Texts, use_texts};

/// What a member is asked for, or has allowed. A permission without words is shown as LinkedIn names it, never hidden.
#[component]
pub fn PermissionList(
    /// Permissions (OAuth scopes), in LinkedIn's names.
    scopes: Vec<String>,
) -> impl IntoView {
    let texts = use_texts();
    let items: Vec<_> = scopes.into_iter().map(|scope| item(scope, texts)).collect();
    view! { <ul class="ui-permission-list">{items}</ul> }
}

fn item(scope: String, texts: &Texts) -> AnyView {
    match (texts.permission)(&scope) {
        Some(words) => view! {
            <li class="ui-permission-list__item" data-permission=scope>
                <strong class="ui-permission-list__what">{words.what}</strong>
                <span class="ui-permission-list__why">{words.why}</span>
            </li>
        }
        .into_any(),
        None => view! {
            <li class="ui-permission-list__item" data-permission=scope>
                <code class="ui-permission-list__what">{scope.clone()}</code>
            </li>
        }
        .into_any(),
    }
}

//! Permissions in words.

use leptos::prelude::*;

use crate::element::{Element, element};
use crate::texts::{Texts, use_texts};

/// What a member is asked for, or has allowed. A permission without words is shown as LinkedIn names it, never hidden.
#[component]
pub fn PermissionList(
    /// The permissions (OAuth scopes), in LinkedIn's names.
    scopes: Vec<String>,
) -> impl IntoView {
    permission_list(scopes).view()
}

pub(crate) fn permission_list(scopes: Vec<String>) -> Element {
    let texts = use_texts();
    scopes
        .into_iter()
        .map(|scope| item(scope, texts))
        .fold(element("ul").class("ui-permission-list"), Element::child)
}

fn item(scope: String, texts: &Texts) -> Element {
    let words = (texts.permission)(&scope);
    let item = element("li")
        .class("ui-permission-list__item")
        .attr("data-permission", scope.clone());
    let what = |tag| element(tag).class("ui-permission-list__what");
    match words {
        Some(words) => {
            let why = element("span").class("ui-permission-list__why");
            item.child(what("strong").child(words.what))
                .child(why.child(words.why))
        }
        None => item.child(what("code").child(scope)),
    }
}

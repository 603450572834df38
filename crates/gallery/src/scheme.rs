//! Light or dark, whatever the system says: the media queries that ask for the system's word are rewritten where the
//! browser keeps them, so that the styles need no second way.

use js_sys::{Array, Object, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

const DARK: &str = "(prefers-color-scheme: dark)";

impl Scheme {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Makes the document look so. A browser that does not let its styles be rewritten stays as it is.
    pub(crate) fn apply(self) {
        for sheet in listed(&document(), "styleSheets") {
            self.rewrite(&sheet);
        }
        if let Some(style) = document()
            .document_element()
            .and_then(|root| within(&root, "style"))
        {
            // What the browser draws itself: scrollbars, form controls.
            drop(Reflect::set(
                &style,
                &"colorScheme".into(),
                &self.as_str().into(),
            ));
        }
    }

    fn rewrite(self, rules: &JsValue) {
        for rule in listed(rules, "cssRules") {
            if let Some(media) = within(&rule, "media") {
                let text = within(&media, "mediaText").and_then(|it| it.as_string());
                if text.is_some_and(|text| text == DARK) {
                    let always = match self {
                        Self::Light => "not all",
                        Self::Dark => "all",
                    };
                    drop(Reflect::set(&media, &"mediaText".into(), &always.into()));
                }
            }
            self.rewrite(&rule);
        }
    }
}

fn within(object: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(object, &name.into()).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

fn listed(object: &JsValue, name: &str) -> Vec<JsValue> {
    within(object, name)
        .and_then(|list| list.dyn_into::<Object>().ok())
        .map(|list| Array::from(&list).to_vec())
        .unwrap_or_default()
}

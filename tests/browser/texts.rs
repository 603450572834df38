//! Languages: which one is spoken, what the document then says about itself, and how the browser counts in it.

use std::time::Duration;

use js_sys::{Array, Object, Reflect};
use lapel::test_kit::{MockSession, MockSessionProvider, signed_in};
use lapel::{ARABIC, App, BffClient, ENGLISH, MemberBadge, Texts};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::world::{Bff, Page, address, document, storage};

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// The browser's languages are these while `_it` is kept.
struct Languages;

impl Languages {
    fn are(tags: &[&str]) -> Self {
        let property = Object::new();
        let tags: Array = tags.iter().map(|tag| JsValue::from_str(tag)).collect();
        Reflect::set(&property, &"value".into(), &tags).unwrap();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Object::define_property(&Self::navigator(), &"languages".into(), &property);
        Self
    }

    fn navigator() -> Object {
        JsValue::from(web_sys::window().unwrap().navigator()).into()
    }
}

impl Drop for Languages {
    fn drop(&mut self) {
        Reflect::delete_property(&Self::navigator(), &"languages".into()).unwrap();
    }
}

fn said_of_the_document(name: &str) -> Option<String> {
    document().document_element().unwrap().get_attribute(name)
}

#[wasm_bindgen_test]
async fn the_application_speaks_the_members_language() {
    for (tags, language, direction, words) in [
        (
            &["ar-EG", "en"][..],
            "ar",
            "rtl",
            "تسجيل الدخول باستخدام LinkedIn",
        ),
        (&["fr", "en-GB", "ar"], "en", "ltr", "Sign in with LinkedIn"),
        (&[], "en", "ltr", "Sign in with LinkedIn"),
    ] {
        let _it = Languages::are(tags);
        let page = Page::open(&Bff::new()).await;
        assert_eq!(said_of_the_document("lang").as_deref(), Some(language));
        assert_eq!(said_of_the_document("dir").as_deref(), Some(direction));
        assert!(page.text().contains(words), "{}", page.text());
    }
    // What follows is read from left to right again.
    drop(Page::open(&Bff::new()).await);
}

#[wasm_bindgen_test]
async fn an_application_may_choose_and_have_words_of_its_own() {
    static OURS: Texts = Texts {
        language: "en-GB",
        ..ENGLISH
    };
    storage().clear().unwrap();
    address("/");
    let _it = Languages::are(&["ar"]);
    let client = BffClient::new(Bff::new());
    let _page = Page::show(move || {
        provide_context::<&'static Texts>(&OURS);
        view! { <App client=client.clone() /> }
    })
    .await;
    assert_eq!(said_of_the_document("lang").as_deref(), Some("en-GB"));
}

#[wasm_bindgen_test]
async fn a_part_speaks_what_is_provided_above_it() {
    let page = Page::show(|| {
        provide_context::<&'static Texts>(&ARABIC);
        let session = MockSession::new(signed_in("Ada"));
        view! { <MockSessionProvider session><MemberBadge /></MockSessionProvider> }
    })
    .await;
    page.press(".ui-member-badge__button").await;
    assert!(page.text().contains("تسجيل الخروج"), "{}", page.text());
    assert!(!page.text().contains("Sign out"));
}

#[wasm_bindgen_test]
fn the_browser_counts_in_each_language() {
    for (texts, seconds, words) in [
        (&ENGLISH, 59, "less than a minute"),
        (&ENGLISH, MINUTE, "1 minute"),
        (&ENGLISH, 3_600, "1 hour"),
        (&ENGLISH, 60 * DAY, "60 days"),
        (&ARABIC, 59, "أقل من دقيقة"),
        (&ARABIC, MINUTE, "دقيقة"),
        (&ARABIC, 2 * DAY, "يومان"),
    ] {
        assert_eq!((texts.duration)(Duration::from_secs(seconds)), words);
    }
    let three = (ARABIC.duration)(Duration::from_secs(3 * DAY));
    let eleven = (ARABIC.duration)(Duration::from_secs(11 * DAY));
    assert!(
        three.ends_with("أيام") && eleven.contains("يوم"),
        "{three}, {eleven}"
    );
    assert!((ENGLISH.duration)(Duration::from_secs(u64::MAX)).ends_with("days"));
}

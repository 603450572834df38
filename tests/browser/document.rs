//! What the application does to the document around it, and how it uses the browser's own `fetch`.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Promise, Reflect, TypeError};
use lapel::{BffClient, take_over};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Request, RequestCache};

use super::world::{Bff, Page, document, member};

#[wasm_bindgen_test]
fn the_shell_stays_until_the_application_is_there() {
    let shell = document().create_element("main").unwrap();
    shell.set_id("shell");
    document().body().unwrap().append_child(&shell).unwrap();

    let there = Rc::new(Cell::new(false));
    let seen = Rc::clone(&there);
    take_over(move || {
        seen.set(document().get_element_by_id("shell").is_some());
        view! { <p id="taken-over"></p> }
    });

    assert!(there.get(), "a view that fails to mount leaves the shell");
    assert!(document().get_element_by_id("shell").is_none());
    document().get_element_by_id("taken-over").unwrap().remove();
}

#[wasm_bindgen_test]
async fn the_document_says_in_which_language_it_is() {
    let root = document().document_element().unwrap();
    root.remove_attribute("lang").unwrap();
    let _page = Page::open(&Bff::new()).await;
    assert_eq!(root.get_attribute("lang").as_deref(), Some("en"));
}

/// Puts into the document what the BFF would say in it.
fn document_says(json: &str, check_is_due: bool) {
    let element = document().create_element("script").unwrap();
    element.set_id("lapel-session");
    element.set_attribute("type", "application/json").unwrap();
    if check_is_due {
        element.set_attribute("data-check-is-due", "").unwrap();
    }
    element.set_text_content(Some(json));
    document().body().unwrap().append_child(&element).unwrap();
}

#[wasm_bindgen_test]
async fn what_the_document_says_is_shown_at_once_and_the_bff_is_not_asked() {
    let bff = Bff::new();
    document_says(&member("Ada Lovelace"), false);
    let page = Page::open(&bff).await;
    assert!(page.text().contains("Ada Lovelace"));
    assert_eq!(bff.asked(), 0);
    assert!(document().get_element_by_id("lapel-session").is_none());
    drop(page);
    let page = Page::open(&bff).await;
    assert!(!page.text().contains("Ada Lovelace"), "it was said once");
    assert_eq!(bff.asked(), 1);
}

#[wasm_bindgen_test]
async fn where_a_check_is_due_the_bff_is_asked_besides() {
    let bff = Bff::with_member("Ada King");
    document_says(&member("Ada Lovelace"), true);
    let page = Page::open(&bff).await;
    assert_eq!(bff.asked(), 1);
    assert!(page.text().contains("Ada King"), "the answer is newer");
}

#[wasm_bindgen_test]
async fn what_the_document_says_and_nobody_understands_counts_as_nothing() {
    for json in ["", "{}", "not json", r#"{"state":"signed_in"}"#] {
        let bff = Bff::with_member("Ada Lovelace");
        document_says(json, false);
        let page = Page::open(&bff).await;
        assert_eq!(bff.asked(), 1, "{json}");
        assert!(page.text().contains("Ada Lovelace"), "{json}");
    }
}

#[wasm_bindgen_test]
async fn a_sign_out_outlives_the_page_and_a_question_does_not() {
    let window = web_sys::window().unwrap();
    let name = JsValue::from_str("fetch");
    let original = Reflect::get(&window, &name).unwrap();
    let sent = Rc::new(Cell::new(None));
    let double = Closure::<dyn FnMut(Request) -> Promise>::new({
        let sent = Rc::clone(&sent);
        move |request| {
            sent.set(Some(request));
            Promise::reject(&TypeError::new("no network here"))
        }
    });
    Reflect::set(&window, &name, double.as_ref().unchecked_ref()).unwrap();
    let client = BffClient::default();

    client.sign_out().await.unwrap_err();
    let sign_out = sent.take().unwrap();
    client.session().await.unwrap_err();
    let question = sent.take().unwrap();
    Reflect::set(&window, &name, &original).unwrap();

    let outlives = |request: &Request| {
        let kept = Reflect::get(request, &JsValue::from_str("keepalive")).unwrap();
        kept.as_bool().unwrap()
    };
    assert!(outlives(&sign_out) && !outlives(&question));
    assert_eq!(sign_out.method(), "POST");
    assert!(sign_out.url().ends_with("/bff/logout"));
    for request in [sign_out, question] {
        assert_eq!(
            request.headers().get("x-lapel").unwrap().as_deref(),
            Some("1")
        );
        assert_eq!(request.cache(), RequestCache::NoStore);
    }
}

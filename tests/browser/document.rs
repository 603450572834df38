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

use super::world::{Bff, Page, document};

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

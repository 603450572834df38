//! The session in the page: signing in and out, other tabs, going away and coming back, answers that are none.

use std::cell::Cell;
use std::rc::Rc;

use lapel::TransportError;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, Event};

use super::world::{
    Bff, MEMORY, Page, address, focused, member, page_is_restored, settle, storage, window_says,
};

const BADGE: &str = ".ui-member-badge";
const BUTTON: &str = ".ui-member-badge__button";
const SIGN_IN: &str = "main a.ui-sign-in-button";
const SIGN_OUT: &str = "button[role=menuitem]";
const PANEL: &str = ".ui-failure-panel";

fn href(page: &Page, selector: &str) -> String {
    page.find(selector).get_attribute("href").unwrap()
}

fn location() -> String {
    let location = web_sys::window().unwrap().location();
    let (path, query) = (location.pathname().unwrap(), location.search().unwrap());
    format!("{path}{query}{}", location.hash().unwrap())
}

#[wasm_bindgen_test]
async fn a_visitor_sees_what_is_asked_and_a_real_link() {
    let page = Page::open(&Bff::new()).await;
    assert_eq!(
        page.find(SIGN_IN).text_content().unwrap(),
        "Sign in with LinkedIn"
    );
    assert_eq!(href(&page, SIGN_IN), "/bff/login?return_to=/");
    assert!(page.seek("[data-permission=profile]").is_some());
    assert!(page.seek(BADGE).is_none());
}

#[wasm_bindgen_test]
async fn a_guarded_page_sends_to_sign_in_and_back() {
    storage().clear().unwrap();
    address("/account?tab=1");
    let page = Page::reload(&Bff::new()).await;
    assert_eq!(
        href(&page, SIGN_IN),
        "/bff/login?return_to=/account%3Ftab%3D1"
    );
    assert!(page.seek("[data-fact]").is_none());
}

#[wasm_bindgen_test]
async fn a_second_press_does_nothing_and_the_back_button_repairs_it() {
    let page = Page::open(&Bff::new()).await;
    // Stands where the browser would leave: sees whether the press was stopped before it, then stops it.
    let stopped = Rc::new(Cell::new(None));
    let watch = Closure::<dyn FnMut(Event)>::new({
        let stopped = Rc::clone(&stopped);
        move |event: Event| {
            stopped.set(Some(event.default_prevented()));
            event.prevent_default();
        }
    });
    let listener = watch.as_ref().unchecked_ref();
    page.root()
        .add_event_listener_with_callback("click", listener)
        .unwrap();

    page.press(SIGN_IN).await;
    assert_eq!(stopped.take(), Some(false), "the first press leaves");
    let state = || page.find(SIGN_IN).get_attribute("data-state").unwrap();
    assert_eq!(state(), "leaving");
    page.press(SIGN_IN).await;
    assert_eq!(stopped.take(), Some(true), "the second does not");

    page_is_restored().await;
    assert_eq!(state(), "idle");
    page.press(SIGN_IN).await;
    assert_eq!(stopped.take(), Some(false), "and now it leaves again");
}

#[wasm_bindgen_test]
async fn how_a_sign_in_ended_is_said_once() {
    storage().clear().unwrap();
    address("/?a=1&lapel_outcome=cancelled&lapel_reference=7f3a00c1d2e4#part");
    let bff = Bff::new();
    let page = Page::reload(&bff).await;
    assert!(
        page.find("[role=status] .ui-notice")
            .text_content()
            .unwrap()
            .contains("cancelled")
    );
    assert_eq!(location(), "/?a=1#part");
    assert_eq!(href(&page, SIGN_IN), "/bff/login?return_to=/%3Fa%3D1");
    drop(page);
    let page = Page::reload(&bff).await;
    assert!(page.seek(".ui-notice").is_none());
}

#[wasm_bindgen_test]
async fn a_failed_sign_in_offers_the_same_way_again() {
    storage().clear().unwrap();
    address("/account?lapel_outcome=linkedin_down&lapel_reference=7f3a00c1d2e4");
    let page = Page::reload(&Bff::new()).await;
    let panel = page.find(PANEL);
    assert_eq!(
        panel.get_attribute("data-kind").as_deref(),
        Some("linkedin_down")
    );
    assert!(panel.text_content().unwrap().contains("7f3a00c1d2e4"));
    assert_eq!(
        href(&page, ".ui-failure-panel a"),
        "/bff/login?return_to=/account"
    );
    assert!(
        panel.is_same_node(Some(&focused())),
        "it answers what the member did"
    );
    assert!(
        page.seek("[role=alert]").is_none(),
        "what takes the focus is not announced a second time"
    );
}

#[wasm_bindgen_test]
async fn an_outcome_means_nothing_to_someone_who_is_signed_in() {
    storage().clear().unwrap();
    address("/?lapel_outcome=start_again");
    let page = Page::reload(&Bff::with_member("Ada")).await;
    assert!(page.seek(".ui-notice").is_none() && page.seek(PANEL).is_none());
}

#[wasm_bindgen_test]
async fn signing_out_says_so_and_forgets() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    let kept = storage().get_item(MEMORY).unwrap().unwrap();
    assert!(
        kept.contains("Ada") && !kept.contains("m@example.org"),
        "{kept}"
    );

    page.press(BUTTON).await;
    bff.says_nobody();
    page.press(SIGN_OUT).await;
    assert!(page.seek(BADGE).is_none());
    assert_eq!(storage().get_item(MEMORY).unwrap(), None);
    let notice = page.find("[role=status] .ui-notice");
    let words = notice.text_content().unwrap();
    assert!(
        words.contains("signed out") && words.contains("linkedin.com"),
        "{words}"
    );
    assert!(
        notice.is_same_node(Some(&focused())),
        "what had the focus is gone"
    );
    assert!(!page.text().contains("Ada"));

    page.press(".ui-notice__dismiss").await;
    assert!(page.seek(".ui-notice").is_none());
}

#[wasm_bindgen_test]
async fn nothing_but_the_bff_signs_anyone_out() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.fails(TransportError::Timeout);
    window_says("visibilitychange").await;
    let state = page.find(BADGE).get_attribute("data-state");
    assert_eq!(state.as_deref(), Some("out-of-reach"));
    assert_eq!(
        page.find(PANEL).get_attribute("data-kind").as_deref(),
        Some("timeout")
    );
    drop(page);

    // The same after a reload: who was signed in is remembered.
    let page = Page::reload(&bff).await;
    assert_eq!(
        page.find(".ui-member-badge__name").text_content().unwrap(),
        "Ada"
    );
    bff.says(&member("Ada"));
    page.press(".ui-failure-panel button").await;
    assert!(page.seek("[role=alert]").is_none());
    let state = page.find(BADGE).get_attribute("data-state");
    assert_eq!(state.as_deref(), Some("signed-in"));
}

#[wasm_bindgen_test]
async fn another_tab_is_followed_at_once() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    let other_tab = BroadcastChannel::new("lapel").unwrap();
    bff.says_nobody();
    other_tab
        .post_message(&JsValue::from_str("signed-out"))
        .unwrap();
    settle().await;
    assert!(page.seek(BADGE).is_none() && !page.text().contains("Ada"));
    assert_eq!(storage().get_item(MEMORY).unwrap(), None);

    bff.says(&member("Bob"));
    other_tab
        .post_message(&JsValue::from_str("signed-in m2"))
        .unwrap();
    settle().await;
    assert_eq!(
        page.find(".ui-member-badge__name").text_content().unwrap(),
        "Bob"
    );
    other_tab.close();
}

#[wasm_bindgen_test]
async fn a_page_that_was_left_shows_nobody_until_it_has_asked() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    window_says("pagehide").await;
    assert!(!page.text().contains("Ada"), "{}", page.text());
    bff.says_nobody();
    page_is_restored().await;
    assert!(page.seek(BADGE).is_none() && page.seek(SIGN_IN).is_some());
}

#[wasm_bindgen_test]
async fn a_page_that_is_gone_hears_nothing() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    drop(page);
    let before = bff.asked();
    window_says("visibilitychange").await;
    page_is_restored().await;
    let other_tab = BroadcastChannel::new("lapel").unwrap();
    other_tab
        .post_message(&JsValue::from_str("signed-in m1"))
        .unwrap();
    settle().await;
    other_tab.close();
    assert_eq!(bff.asked(), before);
}

#[wasm_bindgen_test]
async fn no_json_breaks_the_page() {
    let long = format!("{{\"state\":{}}}", "[".repeat(300) + &"]".repeat(300));
    for body in [
        "null",
        "0",
        "[]",
        "{}",
        "\"signed_in\"",
        r#"{"state":"signed_in"}"#,
        r#"{"state":"signed_in","member":null,"permissions":[],"expires_in":1}"#,
        r#"{"state":"signed_in","member":{"id":"","name":""},"permissions":[],"expires_in":0}"#,
        r#"{"state":"signed_in","member":{"id":"a","name":" "},"permissions":["",""],
            "expires_in":18446744073709551615}"#,
        r#"{"state":"signed_in","member":{"id":"a","name":"b"},"permissions":[],"expires_in":-1}"#,
        r#"{"state":"signed_in","member":{"id":"a","name":"b"},"permissions":[],"expires_in":1e99}"#,
        r#"{"state":"signed_out","reason":"bored","asks":[]}"#,
        r#"{"state":"signed_out","reason":"expired","asks":["<b>","\u0000"]}"#,
        "<html>",
        "",
        &long,
    ] {
        let bff = Bff::new();
        bff.says(body);
        let page = Page::open(&bff).await;
        let shows = [BADGE, SIGN_IN, "[role=alert]"]
            .iter()
            .any(|it| page.seek(it).is_some());
        assert!(shows, "{body}");
        // And it lives on.
        bff.says(&member("Ada"));
        window_says("visibilitychange").await;
        assert!(page.seek(BADGE).is_some(), "{body}");
    }
}

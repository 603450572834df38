//! What nobody knows for now: an unanswered sign-out, a lost contact, a memory that may be stale.

use std::cell::Cell;
use std::rc::Rc;

use lapel::TransportError;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, Event};

use super::world::{Bff, MEMORY, Page, focused, member, storage, window_says};

const BADGE: &str = ".ui-member-badge";
const PANEL: &str = ".ui-failure-panel";

fn title(page: &Page) -> String {
    let title = page.find(".ui-failure-panel__title");
    title.text_content().unwrap()
}

async fn signs_out(page: &Page) {
    page.press(".ui-member-badge__button").await;
    page.press("button[role=menuitem]").await;
}

#[wasm_bindgen_test]
async fn a_sign_out_that_was_refused_is_admitted() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.refuses_to_sign_out();
    signs_out(&page).await;
    assert!(page.seek(BADGE).is_some(), "still signed in");
    assert_eq!(title(&page), "You are still signed in");
    let before = bff.asked();
    page.press(".ui-failure-panel button").await;
    assert_eq!(bff.asked(), before + 1, "and tried again");
}

#[wasm_bindgen_test]
async fn a_sign_out_without_an_answer_is_not_said_to_have_failed() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.fails_to_sign_out();
    bff.fails(TransportError::Unreachable);
    signs_out(&page).await;
    assert_eq!(title(&page), "We could not confirm that you are signed out");
    assert!(page.find(PANEL).is_same_node(Some(&focused())));
    let words = page.text();
    assert!(
        !words.contains("Stay signed in") && !words.contains("Signed in as"),
        "{words}"
    );

    // The answer alone was lost: the next one tells, and the other tabs hear it.
    let heard = Rc::new(Cell::new(false));
    let other_tab = BroadcastChannel::new("lapel").unwrap();
    let hear = Closure::<dyn FnMut(Event)>::new({
        let heard = Rc::clone(&heard);
        move |_| heard.set(true)
    });
    other_tab.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    bff.says_nobody();
    window_says("online").await;
    let words = page.find(".ui-notice").text_content().unwrap();
    assert!(
        words.contains("You are signed out") && words.contains("got lost"),
        "{words}"
    );
    assert_eq!(storage().get_item(MEMORY).unwrap(), None);
    assert!(heard.get());
    other_tab.close();
}

#[wasm_bindgen_test]
async fn a_sign_out_that_got_lost_on_its_way_is_told_once_that_is_known() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.fails_to_sign_out();
    signs_out(&page).await;
    assert_eq!(title(&page), "You are still signed in");
}

#[wasm_bindgen_test]
async fn a_lost_contact_claims_nothing() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.fails(TransportError::Unreachable);
    window_says("visibilitychange").await;
    assert_eq!(title(&page), "We have lost contact");
    let words = page.find(PANEL).text_content().unwrap();
    assert!(words.contains("This is what we last knew."), "{words}");
    assert_eq!(
        page.find("h1, h2, h3").tag_name(),
        "H1",
        "the page's own heading comes first"
    );

    bff.says(&member("Ada"));
    window_says("online").await;
    assert!(page.seek(PANEL).is_none(), "the network's return is used");
}

#[wasm_bindgen_test]
async fn what_is_remembered_ends() {
    let bff = Bff::with_member("Ada");
    drop(Page::open(&bff).await);
    let kept = storage().get_item(MEMORY).unwrap().unwrap();
    let memory: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let ends = memory["ends"].as_u64().unwrap();
    bff.fails(TransportError::Unreachable);

    let two_days = 2 * 24 * 60 * 60;
    let ending = |at: u64| kept.replace(&ends.to_string(), &at.to_string());
    for text in [
        ending(ends - two_days),
        ending(u64::MAX),
        "<html>".to_owned(),
    ] {
        storage().set_item(MEMORY, &text).unwrap();
        let page = Page::reload(&bff).await;
        assert!(page.seek(BADGE).is_none(), "{text}");
        assert_eq!(storage().get_item(MEMORY).unwrap(), None, "{text}");
    }

    storage().set_item(MEMORY, &kept).unwrap();
    let page = Page::reload(&bff).await;
    assert!(page.seek(BADGE).is_some());
}

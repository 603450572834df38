//! Failures on the page: the countdown, what is announced and what is not, the details, the log.

use std::time::Duration;

use js_sys::{Function, Reflect};
use lapel::{
    Countdown, Failure, FailurePanel, Kind, NextTry, Reference, SupportLinks, SupportRecord,
    TransportError,
};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::clock::Clock;
use super::instead::Instead;
use super::world::{Bff, Page, address, focused, member, settle, storage, window_says};

const PANEL: &str = ".ui-failure-panel";
const BUTTON: &str = ".ui-failure-panel__action button";
const TIMER: &str = "[role=timer]";
const LOG: &str = "lapel.failures.1";

fn words(page: &Page, selector: &str) -> String {
    page.find(selector).text_content().unwrap()
}

/// A failure with everything that one can have.
fn recorded(kind: Kind) -> Failure {
    let record = SupportRecord::default()
        .with(SupportRecord::REFERENCE, Some("7f3a00c1d2e4"))
        .with(SupportRecord::X_LI_UUID, Some("AAY&<b>\"x\""));
    let links = SupportLinks {
        support: "https://developer.linkedin.com/support".to_owned(),
        status: "javascript:alert(1)".to_owned(),
    };
    Failure {
        reference: Reference::parse("7f3a00c1d2e4"),
        scopes: vec!["w_member_social".to_owned()],
        record,
        links: Some(links.into()),
        ..Failure::from(kind)
    }
}

async fn panel(failure: Failure, countdown: Countdown) -> Page {
    Page::show(move || {
        view! { <FailurePanel title="It did not work" failure countdown on_retry=|()| () /> }
    })
    .await
}

/// The application, out of reach, with the clock in the test's hands.
async fn out_of_reach() -> (Clock, Bff, Page) {
    let clock = Clock::take();
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.fails(TransportError::Unreachable);
    window_says("visibilitychange").await;
    (clock, bff, page)
}

#[wasm_bindgen_test]
async fn every_kind_says_whose_side_it_is_on_and_shows_what_is_known() {
    for kind in Kind::ALL {
        let page = panel(recorded(kind), Countdown::default()).await;
        let said = page.find("[role=alert]");
        assert!(said.text_content().unwrap().len() > 60, "{kind:?}");
        assert!(
            said.query_selector("[role=timer], button, details")
                .unwrap()
                .is_none(),
            "only words are announced"
        );
        assert_eq!(words(&page, BUTTON), "Try again");
        assert_eq!(words(&page, TIMER), "");
        assert_eq!(words(&page, "summary"), "Details");
        assert_eq!(words(&page, "dd:nth-of-type(2)"), "AAY&<b>\"x\"");
        assert!(page.seek("[data-permission=w_member_social]").is_some());
        let links = page.count(".ui-failure-panel__links a");
        assert_eq!(links, 1, "a script is no address");
        drop(page);

        let page = panel(kind.into(), Countdown::default()).await;
        assert!(page.seek("details").is_none(), "nothing more is known");
    }
}

#[wasm_bindgen_test]
async fn a_countdown_is_there_to_be_read_and_is_not_announced() {
    let next = RwSignal::new(NextTry::In(Duration::from_secs(12)));
    let page = panel(Kind::Timeout.into(), Countdown::from(move || next.get())).await;
    let announced = words(&page, "[role=alert]");
    assert_eq!(words(&page, BUTTON), "Try now");
    for (now, said, action) in [
        (
            NextTry::In(Duration::from_secs(12)),
            "in 12 seconds.",
            "Try now",
        ),
        (
            NextTry::In(Duration::from_millis(400)),
            "in 1 second.",
            "Try now",
        ),
        (NextTry::UnderWay, "Trying now.", "Trying…"),
        (NextTry::WhenOnline, "has a network.", "Try now"),
        (NextTry::ByHand, "", "Try again"),
    ] {
        next.set(now);
        settle().await;
        assert!(
            words(&page, TIMER).ends_with(said),
            "{}",
            words(&page, TIMER)
        );
        assert_eq!(words(&page, BUTTON), action);
        assert_eq!(words(&page, "[role=alert]"), announced);
    }
    let live = page
        .find(TIMER)
        .closest("[role=alert], [role=status], [aria-live]");
    assert!(live.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_long_wait_is_told_as_a_time_of_day() {
    let wait = Duration::from_hours(20);
    let page = panel(Kind::RateLimited.into(), NextTry::In(wait).into()).await;
    let hours = Function::new_no_args(
        "return new Date(Date.now() + 72000000).toLocaleString(undefined, { hour: 'numeric', minute: '2-digit' })",
    );
    let hours = hours.call0(&JsValue::NULL).unwrap().as_string().unwrap();
    let (hour, _) = hours.split_once(':').unwrap();
    let said = words(&page, TIMER);
    assert!(said.contains(&format!("{hour}:")), "{said} but {hours}");
}

#[wasm_bindgen_test]
async fn a_lost_contact_is_found_again_by_itself_and_nothing_moves_the_focus() {
    let (clock, bff, page) = out_of_reach().await;
    let brand = page.find(".app-brand");
    brand.focus().unwrap();
    let announced = words(&page, "[role=alert]");
    assert!(words(&page, TIMER).contains("second"));
    assert_eq!(clock.counts(1000.0), 1);

    let before = bff.asked();
    clock.passes(1).await;
    assert_eq!(bff.asked(), before, "it is not yet time");
    clock.passes(5).await;
    assert_eq!(bff.asked(), before + 1);
    assert_eq!(words(&page, "[role=alert]"), announced);
    assert!(brand.is_same_node(Some(&focused())));

    bff.says(&member("Ada"));
    clock.passes(10).await;
    assert!(page.seek(PANEL).is_none());
    assert!(brand.is_same_node(Some(&focused())));
    assert_eq!(clock.counts(1000.0), 0, "nothing is left to count");
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_the_panel_while_there_is_one_and_goes_on_to_the_heading() {
    let (clock, bff, page) = out_of_reach().await;
    page.find(BUTTON).focus().unwrap();
    clock.passes(6).await;
    assert!(page.find(BUTTON).is_same_node(Some(&focused())));
    bff.says(&member("Ada"));
    page.press(BUTTON).await;
    assert!(page.seek(PANEL).is_none());
    assert_eq!(focused().tag_name(), "H1");
}

#[wasm_bindgen_test]
async fn nothing_is_asked_by_itself_while_nobody_looks_or_nothing_is_connected() {
    let (clock, bff, page) = out_of_reach().await;
    let document: JsValue = super::world::document().into();
    let navigator: JsValue = web_sys::window().unwrap().navigator().into();
    let before = bff.asked();

    let hidden = Instead::of(&document, "visibilityState", &JsValue::from_str("hidden"));
    window_says("visibilitychange").await;
    clock.passes(600).await;
    assert_eq!(bff.asked(), before);
    assert_eq!(clock.counts(1000.0), 0);
    drop(hidden);
    window_says("visibilitychange").await;
    assert_eq!(bff.asked(), before + 1);

    let offline = Instead::of(&navigator, "onLine", &JsValue::FALSE);
    window_says("offline").await;
    assert!(words(&page, TIMER).contains("network"));
    clock.passes(600).await;
    assert_eq!(bff.asked(), before + 1);
    drop(offline);
    bff.says(&member("Ada"));
    window_says("online").await;
    assert_eq!(bff.asked(), before + 2, "at once");
    assert!(page.seek(PANEL).is_none());
}

#[wasm_bindgen_test]
async fn a_quota_is_waited_for_and_only_the_member_is_quicker() {
    let clock = Clock::take();
    let bff = Bff::new();
    bff.refuses(
        429,
        r#"{"type":"urn:lapel:problem:rate_limited","title":"no","status":429,"reference":"7f3a00c1d2e4",
            "kind":"rate_limited","retry":{"advice":"after","seconds":60}}"#,
    );
    let page = Page::open(&bff).await;
    let before = bff.asked();
    clock.passes(59).await;
    window_says("visibilitychange").await;
    window_says("online").await;
    assert_eq!(bff.asked(), before);
    page.press(BUTTON).await;
    assert_eq!(bff.asked(), before + 1);
    clock.passes(67).await;
    assert_eq!(bff.asked(), before + 2);
}

#[wasm_bindgen_test]
async fn an_answer_to_an_older_question_means_nothing() {
    let (clock, bff, page) = out_of_reach().await;
    let late = bff.holds_back();
    clock.passes(6).await;
    assert_eq!(words(&page, BUTTON), "Trying…");
    bff.says(&member("Ada"));
    window_says("visibilitychange").await;
    assert!(page.seek(PANEL).is_none());
    late.arrives(Err(TransportError::Timeout)).await;
    assert!(page.seek(PANEL).is_none());
}

#[wasm_bindgen_test]
async fn what_is_known_is_copied_and_saved() {
    let clipboard = Function::new_no_args(
        "const it = { texts: [], refuses: false, writeText: text => {
            it.texts.push(text);
            return it.refuses ? Promise.reject(new Error('no')) : Promise.resolve();
        } }; return it;",
    );
    let clipboard = clipboard.call0(&JsValue::NULL).unwrap();
    let navigator: JsValue = web_sys::window().unwrap().navigator().into();
    let can_copy = Instead::of(&navigator, "clipboard", &clipboard);
    let page = panel(recorded(Kind::LinkedinDown), Countdown::default()).await;
    page.press("details button").await;
    assert_eq!(words(&page, "details [role=status]"), "Copied.");
    let texts = Reflect::get(&clipboard, &JsValue::from_str("texts")).unwrap();
    let copied = Reflect::get_u32(&texts, 0).unwrap().as_string().unwrap();
    assert!(copied.contains("x-li-uuid: AAY&<b>\"x\"\n"), "{copied}");

    Reflect::set(&clipboard, &JsValue::from_str("refuses"), &JsValue::TRUE).unwrap();
    page.press("details button").await;
    assert!(words(&page, "details [role=status]").contains("by hand"));
    drop(can_copy);
    let cannot_copy = Instead::of(&navigator, "clipboard", &JsValue::UNDEFINED);
    page.press("details button").await;
    assert!(words(&page, "details [role=status]").contains("by hand"));
    drop(cannot_copy);

    let link = page.find("a[download]");
    assert_eq!(
        link.get_attribute("download").unwrap(),
        "lapel-7f3a00c1d2e4.json"
    );
    let (_, file) = link
        .get_attribute("href")
        .map(|it| {
            let (kind, file) = it.split_once(',').unwrap();
            (kind.to_owned(), file.to_owned())
        })
        .unwrap();
    let file: String = js_sys::decode_uri_component(&file).unwrap().into();
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(file["x-li-uuid"], "AAY&<b>\"x\"");
}

#[wasm_bindgen_test]
async fn what_went_wrong_is_shown_handed_on_and_erased() {
    let (clock, bff, page) = out_of_reach().await;
    clock.passes(6).await;
    drop(page);
    bff.says(&member("Ada"));
    address("/diagnostics");
    let page = Page::reload(&bff).await;
    assert_eq!(words(&page, "h1"), "What went wrong here");
    assert!(words(&page, "li[data-kind=unreachable] dl").contains("times2"));
    let saved = page.find("a[download]").get_attribute("href").unwrap();
    assert!(saved.starts_with("data:application/json") && saved.contains("unreachable"));

    page.press(".page-diagnostics__out > button").await;
    assert_eq!(storage().get_item(LOG).unwrap(), None);
    assert!(page.text().contains("Nothing has gone wrong"));
    assert_eq!(focused().tag_name(), "H1", "the button is gone");
}

#[wasm_bindgen_test]
async fn a_sign_out_erases_what_went_wrong() {
    let (_clock, bff, page) = out_of_reach().await;
    assert!(storage().get_item(LOG).unwrap().is_some());
    bff.says(&member("Ada"));
    page.press(BUTTON).await;
    page.press(".ui-member-badge__button").await;
    bff.says_nobody();
    page.press("button[role=menuitem]").await;
    assert_eq!(storage().get_item(LOG).unwrap(), None);
}

#[wasm_bindgen_test]
async fn storage_that_is_damaged_or_blocked_does_no_harm() {
    let bff = Bff::new();
    bff.fails(TransportError::Unreachable);
    let window: JsValue = web_sys::window().unwrap().into();
    for text in [
        "",
        "null",
        "[{]",
        "[{\"kind\":7}]",
        "[null,[]]",
        "{\"kind\":\"timeout\"}",
    ] {
        storage().clear().unwrap();
        storage().set_item(LOG, text).unwrap();
        address("/diagnostics");
        let page = Page::reload(&bff).await;
        let kept = page.count("li[data-kind]");
        assert_eq!(kept, 1, "only what has just gone wrong: {text}");
    }
    let blocked = Function::new_with_args(
        "window",
        "Object.defineProperty(window, 'localStorage', {
            configurable: true, get() { throw new DOMException('no', 'SecurityError') } })",
    );
    let own = Function::new_with_args(
        "window",
        "return Object.getOwnPropertyDescriptor(window, 'localStorage')",
    );
    let before = own.call1(&JsValue::NULL, &window).unwrap();
    blocked.call1(&JsValue::NULL, &window).unwrap();
    let page = Page::reload(&bff).await;
    let back = Function::new_with_args(
        "window, before",
        "Object.defineProperty(window, 'localStorage', before)",
    );
    back.call2(&JsValue::NULL, &window, &before).unwrap();
    assert!(page.seek(PANEL).is_some());
    assert!(page.text().contains("Nothing has gone wrong"));
}

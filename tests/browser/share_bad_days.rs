//! Writing and posting where the browser keeps nothing more, and where answers come late.

use js_sys::{Function, Reflect};
use lapel::TransportError;
use wasm_bindgen_test::wasm_bindgen_test;

use super::instead::Instead;
use super::share::{DRAFT, POST, TEXT, a_member, value, writes};
use super::world::{made, problem, settle, storage};

/// The page's own failure log.
const LOG: &str = "lapel.failures.1";

const QUOTA: &str = r#"{"type":"urn:lapel:problem:rate_limited","title":"no","status":429,
    "reference":"7f3a00c1d2e4","kind":"rate_limited","retry":{"advice":"after","seconds":60}}"#;

fn logged() -> Option<String> {
    storage().get_item(LOG).unwrap()
}

/// What the device's clock says from now on, as milliseconds that are added to the true time.
fn clock_goes(by: i32) -> Instead {
    let body = format!(
        "const True = Date;
        return class extends True {{
            constructor(...it) {{ it.length ? super(...it) : super(True.now() + {by}); }}
            static now() {{ return True.now() + {by}; }}
        }}"
    );
    let moved = Function::new_no_args(&body).call0(&js_sys::global());
    Instead::of(&js_sys::global(), "Date", &moved.unwrap())
}

#[wasm_bindgen_test]
async fn the_time_of_the_next_try_is_the_same_however_late_it_is_read() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "One too many").await;
    bff.answers_a_post_with(Ok(problem(429, QUOTA)));
    page.press(POST).await;
    let told = |text: &str| {
        let (_, rest) = text.split_once("takes posts again at ").unwrap();
        rest.split_once(". Your draft").unwrap().0.to_owned()
    };
    let first = told(&page.text());
    let _hours_later = clock_goes(3 * 3_600_000);
    page.press("header a.app-brand").await;
    page.press("a[href='/share']").await;
    let later = told(&page.text());
    // With the day, where either is read on another one.
    assert!(
        later.ends_with(&first) || first.ends_with(&later),
        "{first}, {later}"
    );
}

#[wasm_bindgen_test]
async fn a_web_storage_that_takes_nothing_more_keeps_no_older_draft() {
    let (_, page) = a_member().await;
    writes(&page, TEXT, "First words").await;
    assert!(page.text().contains("keeps your draft"), "{}", page.text());
    let full = Function::new_no_args("throw new DOMException('full', 'QuotaExceededError')");
    let methods = Reflect::get_prototype_of(&storage()).unwrap();
    let full = Instead::of(&methods, "setItem", &full);
    writes(&page, TEXT, "First words and more").await;
    assert_eq!(storage().get_item(DRAFT).unwrap(), None);
    assert!(!page.text().contains("keeps your draft until"));
    assert_eq!(value(&page, TEXT), "First words and more");
    drop(full);
    writes(&page, TEXT, "First words and most").await;
    assert!(page.text().contains("keeps your draft until"));
}

#[wasm_bindgen_test]
async fn what_becomes_of_a_post_after_a_sign_out_is_noted_nowhere() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Private").await;
    let later = bff.holds_back();
    page.press(POST).await;
    bff.says_nobody();
    page.press(".ui-member-badge__button").await;
    page.press("button[role=menuitem]").await;
    assert!(page.seek(TEXT).is_none(), "{}", page.text());
    later.arrives(Err(TransportError::Timeout)).await;
    assert_eq!((logged(), storage().get_item(DRAFT).unwrap()), (None, None));
}

/// As where they sign in in another tab, and this one hears of it.
#[wasm_bindgen_test]
async fn nor_is_it_where_the_same_member_is_signed_in_again_by_then() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Private").await;
    let later = bff.holds_back();
    page.press(POST).await;
    page.press(".ui-member-badge__button").await;
    page.press("button[role=menuitem]").await;
    assert_eq!(
        value(&page, TEXT),
        "",
        "signed in again, and the draft is gone"
    );
    later.arrives(Err(TransportError::Timeout)).await;
    assert_eq!((logged(), storage().get_item(DRAFT).unwrap()), (None, None));
    assert_eq!(value(&page, TEXT), "");
}

#[wasm_bindgen_test]
async fn nor_does_it_erase_what_they_write_then() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Before").await;
    let later = bff.holds_back();
    page.press(POST).await;
    page.press(".ui-member-badge__button").await;
    page.press("button[role=menuitem]").await;
    writes(&page, TEXT, "After").await;
    later.arrives(Ok(made())).await;
    assert_eq!(value(&page, TEXT), "After");
    let kept = storage().get_item(DRAFT).unwrap().unwrap();
    assert!(kept.contains("After"), "{kept}");
}

#[wasm_bindgen_test]
async fn a_post_that_got_lost_is_noted_for_whoever_is_signed_in() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Mine").await;
    bff.answers_a_post_with(Err(TransportError::Timeout));
    page.press(POST).await;
    let log = logged().unwrap_or_default();
    assert!(log.contains("post"), "{log}");
}

/// As where the browser lost its cookies: nobody signed out, and nothing was erased.
#[wasm_bindgen_test]
async fn a_draft_that_arrived_is_erased_after_its_session_is_gone() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Arrived").await;
    let later = bff.holds_back();
    page.press(POST).await;
    bff.says_nobody();
    let channel = web_sys::BroadcastChannel::new("lapel").unwrap();
    channel.post_message(&"signed-out".into()).unwrap();
    settle().await;
    channel.close();
    assert!(page.seek(TEXT).is_none());
    assert!(storage().get_item(DRAFT).unwrap().is_some());
    later.arrives(Ok(made())).await;
    assert_eq!(storage().get_item(DRAFT).unwrap(), None);
}

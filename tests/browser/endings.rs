//! The end of a session, its renewal, another member in its place, browsers that keep no cookies; and that time, tabs and
//! networks do as they like meanwhile.

use js_sys::{Array, Function, Reflect};
use lapel::TransportError;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, Event, HtmlDialogElement};

use super::instead::Instead;
use super::world::{
    Bff, MEMORY, Page, address, document, focused, member, settle, storage, tab_storage,
    window_says,
};

const DIALOG: &str = "dialog.ui-dialog";
const TITLE: &str = "dialog h2";
const RENEW: &str = ".page-account a[href*='renew=1']";
const NOTICE: &str = "[role=status] .ui-notice";

fn expired() -> &'static str {
    r#"{"state":"signed_out","reason":"expired","asks":["openid"]}"#
}

/// Ada's session with so many seconds left.
fn lasting(seconds: u64) -> String {
    member("Ada").replace("7200", &seconds.to_string())
}

fn somebody_else() -> String {
    member("Bob").replace("\"m1\"", "\"m2\"")
}

async fn account_page(bff: &Bff) -> Page {
    forget_all();
    address("/account");
    Page::reload(bff).await
}

fn forget_all() {
    storage().clear().unwrap();
    tab_storage().clear().unwrap();
}

fn words(page: &Page, selector: &str) -> String {
    page.find(selector).text_content().unwrap()
}

fn has_focus(page: &Page, selector: &str) -> bool {
    page.find(selector).is_same_node(Some(&focused()))
}

async fn tell(news: &str) {
    let other_tab = BroadcastChannel::new("lapel").unwrap();
    other_tab.post_message(&JsValue::from_str(news)).unwrap();
    settle().await;
    other_tab.close();
}

#[wasm_bindgen_test]
async fn a_session_that_ends_leaves_the_page_as_it_was_beneath_a_dialog() {
    let bff = Bff::with_member("Ada");
    let page = account_page(&bff).await;
    let shown = page.find("[data-fact=email]");
    page.find(RENEW).focus().unwrap();
    bff.says(expired());
    window_says("visibilitychange").await;

    let dialog: HtmlDialogElement = page.find(DIALOG).unchecked_into();
    assert!(dialog.matches(":modal").unwrap());
    assert!(has_focus(&page, TITLE), "no key does anything");
    assert!(words(&page, DIALOG).contains("reached its end"));
    let sign_in = page.find("dialog a").get_attribute("href");
    assert_eq!(sign_in.as_deref(), Some("/bff/login?return_to=/account"));
    // Nothing beneath can be reached, and nothing is lost.
    page.find(RENEW).focus().unwrap();
    assert!(has_focus(&page, TITLE));
    assert!(page.find("[data-fact=email]").is_same_node(Some(&shown)));
    assert_eq!(words(&page, "[data-fact=email]"), "m@example.org");
    assert_eq!(storage().get_item(MEMORY).unwrap(), None);

    page.press("dialog button").await;
    assert!(page.seek(DIALOG).is_none());
    assert!(has_focus(&page, RENEW), "the focus is where it was");
    assert!(page.find("[data-fact=email]").is_same_node(Some(&shown)));
    assert!(words(&page, NOTICE).contains("This page is as it was"));
    assert!(page.seek("header .ui-member-badge").is_none());
    assert!(page.seek("header .ui-sign-in-button").is_some());
    // Asked again, it is not said again.
    window_says("visibilitychange").await;
    assert!(page.seek(DIALOG).is_none());
}

#[wasm_bindgen_test]
async fn a_sign_in_in_another_tab_closes_the_dialog_and_nothing_was_lost() {
    let bff = Bff::with_member("Ada");
    let page = account_page(&bff).await;
    let shown = page.find("[data-fact=email]");
    page.find(RENEW).focus().unwrap();
    bff.says(expired());
    window_says("visibilitychange").await;
    assert!(page.seek(DIALOG).is_some());

    bff.says(&member("Ada"));
    tell("signed-in m1").await;
    assert!(page.seek(DIALOG).is_none());
    assert!(page.find("[data-fact=email]").is_same_node(Some(&shown)));
    assert!(has_focus(&page, RENEW));
    assert!(page.seek("header .ui-member-badge").is_some());
}

#[wasm_bindgen_test]
async fn a_first_visit_and_a_sign_out_elsewhere_have_no_dialog() {
    let bff = Bff::new();
    bff.says(expired());
    let page = account_page(&bff).await;
    assert!(page.seek(DIALOG).is_none());
    assert!(words(&page, NOTICE).contains("reached its end"));
    drop(page);

    bff.says(&member("Ada"));
    let page = account_page(&bff).await;
    bff.says_nobody();
    tell("signed-out").await;
    assert!(page.seek(DIALOG).is_none());
    assert!(!page.text().contains("m@example.org"));
    assert!(words(&page, NOTICE).contains("another tab"));
}

#[wasm_bindgen_test]
async fn the_last_days_are_said_with_a_way_to_renew_until_put_away() {
    let day = 24 * 60 * 60;
    let bff = Bff::new();
    bff.says(&lasting(60 * day));
    let page = account_page(&bff).await;
    assert!(page.seek(NOTICE).is_none());
    drop(page);

    bff.says(&lasting(5 * day));
    let page = Page::reload(&bff).await;
    assert!(words(&page, NOTICE).contains("5 days"));
    let renew = page.find(".ui-notice a").get_attribute("href");
    assert_eq!(
        renew.as_deref(),
        Some("/bff/login?return_to=/account&renew=1")
    );
    page.press(".ui-notice__dismiss").await;
    assert!(page.seek(NOTICE).is_none());
    drop(page);
    let page = Page::reload(&bff).await;
    assert!(page.seek(NOTICE).is_none(), "put away for this session");
    assert!(page.seek(RENEW).is_some(), "and still to be had");
    drop(page);

    // The next session has last days of its own.
    bff.says(&lasting(60 * day));
    drop(Page::reload(&bff).await);
    bff.says(&lasting(5 * day));
    let page = Page::reload(&bff).await;
    assert!(page.seek(NOTICE).is_some());
}

#[wasm_bindgen_test]
async fn a_session_that_never_lasts_longer_is_not_offered_for_renewal_all_the_time() {
    let page = account_page(&Bff::with_member("Ada")).await;
    assert!(page.seek(NOTICE).is_none());
    assert!(page.seek(RENEW).is_some());
}

#[wasm_bindgen_test]
async fn another_member_is_said_by_name() {
    let bff = Bff::with_member("Ada");
    forget_all();
    address("/account?lapel_outcome=account_changed");
    let page = Page::reload(&bff).await;
    let told = words(&page, NOTICE);
    assert!(
        told.contains("now signed in as") && told.contains("Ada"),
        "{told}"
    );
    page.press(".ui-notice__dismiss").await;
    assert!(page.seek(NOTICE).is_none());

    bff.says(&somebody_else());
    tell("signed-in m2").await;
    let told = words(&page, NOTICE);
    assert!(
        told.contains("Bob") && !page.text().contains("Ada"),
        "{told}"
    );
    drop(page);
    let page = Page::reload(&bff).await;
    assert!(page.seek(NOTICE).is_none(), "a reload does not repeat it");
}

#[wasm_bindgen_test]
async fn blocked_cookies_are_named_in_place_of_the_same_offer_again() {
    let open = async || {
        address("/?lapel_outcome=start_again");
        Page::reload(&Bff::new()).await
    };
    forget_all();
    let first = open().await;
    assert!(words(&first, NOTICE).contains("start again"));
    drop(first);
    let second = open().await;
    assert!(words(&second, NOTICE).contains("block cookies"));
    assert!(second.seek(".ui-notice a").is_none());
    drop(second);
    // A sign-in that works ends the row.
    drop(Page::reload(&Bff::with_member("Ada")).await);
    let third = open().await;
    assert!(words(&third, NOTICE).contains("start again"));
}

#[wasm_bindgen_test]
async fn a_browser_that_says_it_keeps_no_cookies_is_believed() {
    let navigator = web_sys::window().unwrap().navigator();
    let instead = Instead::of(&navigator, "cookieEnabled", &JsValue::FALSE);
    let page = Page::open(&Bff::new()).await;
    assert!(words(&page, NOTICE).contains("block cookies"));
    drop(page);
    drop(instead);
    let page = Page::open(&Bff::new()).await;
    assert!(page.seek(NOTICE).is_none());
}

#[wasm_bindgen_test]
async fn the_device_may_be_wrong_by_a_year_and_no_word_changes() {
    let bff = Bff::new();
    // 2030-01-02T03:04:05Z
    let told = member("Ada").replace("7200", r#"7200,"ends_at":1893553445"#);
    bff.says(&told);
    let mut seen = Vec::new();
    for years in [-1.0, 0.0, 1.0] {
        let date = Reflect::get(&js_sys::global(), &"Date".into()).unwrap();
        let now = js_sys::Date::now() + years * 365.0 * 24.0 * 3_600_000.0;
        let wrong = Function::new_no_args(&format!("return {now}"));
        let _instead = Instead::of(&date, "now", &wrong);
        let page = account_page(&bff).await;
        assert!(words(&page, "[data-fact=ends]").contains("2 hours"));
        seen.push(words(&page, "[data-fact=date]"));
    }
    assert!(
        seen[0].contains("January") && seen[0].contains("2030"),
        "{seen:?}"
    );
    assert!(seen.iter().all(|it| *it == seen[0]), "{seen:?}");
}

#[wasm_bindgen_test]
async fn a_tab_that_nobody_sees_asks_nothing_and_one_that_is_seen_asks_every_five_minutes() {
    // The page's interval in the test's hands, and its clock.
    let window: JsValue = web_sys::window().unwrap().into();
    let ticks = Array::new();
    let keep = {
        let ticks = ticks.clone();
        Closure::<dyn FnMut(JsValue, JsValue) -> i32>::new(move |tick, _| {
            ticks.push(&tick);
            0
        })
    };
    let _interval = Instead::of(&window, "setInterval", keep.as_ref());
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    let tick = async || {
        for tick in ticks.iter() {
            tick.unchecked_into::<Function>()
                .call0(&JsValue::NULL)
                .unwrap();
        }
        settle().await;
    };
    let performance: JsValue = web_sys::window().unwrap().performance().unwrap().into();
    let begun = web_sys::window().unwrap().performance().unwrap().now();
    let at = |minutes: f64| {
        let now = Function::new_no_args(&format!("return {}", begun + minutes * 60_000.0));
        Instead::of(&performance, "now", &now)
    };
    assert_ne!(ticks.length(), 0, "the page counts time");
    assert_eq!(bff.asked(), 1);
    {
        let _now = at(4.0);
        tick().await;
        assert_eq!(bff.asked(), 1, "it is fresh");
    }
    let later = at(6.0);
    {
        let hidden = JsValue::from_str("hidden");
        let _hidden = Instead::of(&document(), "visibilityState", &hidden);
        tick().await;
        assert_eq!(bff.asked(), 1, "nobody looks");
    }
    tick().await;
    assert_eq!(bff.asked(), 2, "somebody looks");
    tick().await;
    assert_eq!(bff.asked(), 2, "it is fresh again");
    drop(later);
    drop(page);
}

#[wasm_bindgen_test]
async fn going_offline_and_coming_back_are_noticed() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    let state = || page.find(".ui-member-badge").get_attribute("data-state");
    bff.fails(TransportError::Offline);
    let navigator = web_sys::window().unwrap().navigator();
    let offline = Instead::of(&navigator, "onLine", &JsValue::FALSE);
    window_says("offline").await;
    assert_eq!(state().as_deref(), Some("out-of-reach"));
    let kind = page.find(".ui-failure-panel").get_attribute("data-kind");
    assert_eq!(kind.as_deref(), Some("offline"));
    drop(offline);
    bff.says(&member("Ada"));
    window_says("online").await;
    assert_eq!(state().as_deref(), Some("signed-in"));
}

#[wasm_bindgen_test]
async fn coming_back_from_a_sign_in_is_coming_back_to_the_place() {
    forget_all();
    address("/account?tab=1#part");
    let page = Page::reload(&Bff::new()).await;
    let stay = Closure::<dyn FnMut(Event)>::new(|event: Event| event.prevent_default());
    page.root()
        .add_event_listener_with_callback("click", stay.as_ref().unchecked_ref())
        .unwrap();
    page.press("main a.ui-sign-in-button").await;
    drop(page);

    // No server was told of the fragment.
    address("/account?tab=1");
    let bff = Bff::with_member("Ada");
    drop(Page::reload(&bff).await);
    let fragment = || web_sys::window().unwrap().location().hash().unwrap();
    assert_eq!(fragment(), "#part");
    // Once.
    address("/account?tab=1");
    drop(Page::reload(&bff).await);
    assert_eq!(fragment(), "");
}

#[wasm_bindgen_test]
async fn forgetting_the_browser_erases_what_is_ours_says_so_and_lasts() {
    let bff = Bff::with_member("Ada");
    let page = account_page(&bff).await;
    storage()
        .set_item("lapel.draft.1", "half a sentence")
        .unwrap();
    storage().set_item("theme", "dark").unwrap();
    page.press(".page-account__way:has([role=status]) button")
        .await;
    let said = words(&page, ".page-account__said");
    assert!(
        said.contains("your name, portrait and permissions"),
        "{said}"
    );
    assert!(said.contains("what a page had kept"), "{said}");
    let kept = |key: &str| storage().get_item(key).unwrap();
    assert_eq!((kept(MEMORY), kept("lapel.draft.1")), (None, None));
    assert_eq!(kept("theme").as_deref(), Some("dark"), "somebody else's");
    assert!(page.text().contains("m@example.org"), "the session goes on");
    window_says("visibilitychange").await;
    assert_eq!(kept(MEMORY), None, "the wish lasts");
    page.press(".page-account__way:has([role=status]) button")
        .await;
    assert!(words(&page, ".page-account__said").contains("Nothing was kept"));
    drop(page);
    // And ends with the session.
    bff.says_nobody();
    drop(Page::reload(&bff).await);
    bff.says(&member("Ada"));
    let _page = Page::reload(&bff).await;
    assert!(kept(MEMORY).is_some());
    storage().clear().unwrap();
}

//! Writing and posting, in a real browser: fields, focus, keyboard, what is kept, and what LinkedIn is told.

use lapel::test_kit::{Asked, MockSession, MockSessionProvider, composer, may_post, signed_in};
use lapel::{ShareComposer, Stage, TransportError};
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement, StorageEvent, StorageEventInit};

use super::world::{
    Bff, Page, address, document, focused, made, page_is_restored, problem, settle, storage,
    window_says,
};

pub(crate) const TEXT: &str = "textarea";
const LINK: &str = "input[type=url]";
pub(crate) const POST: &str = "form button[type=submit]";
pub(crate) const DRAFT: &str = "lapel.draft.1.m1";

/// A member who has allowed posting.
fn member() -> String {
    super::world::member("Ada").replace("\"openid\"", "\"openid\",\"w_member_social\"")
}

async fn open(bff: &Bff) -> Page {
    storage().clear().unwrap();
    reload(bff).await
}

async fn reload(bff: &Bff) -> Page {
    address("/share");
    Page::reload(bff).await
}

pub(crate) async fn a_member() -> (Bff, Page) {
    let bff = Bff::new();
    bff.says(&member());
    let page = open(&bff).await;
    (bff, page)
}

pub(crate) fn value(page: &Page, selector: &str) -> String {
    let value = js_sys::Reflect::get(&page.find(selector), &"value".into());
    value.unwrap().as_string().unwrap()
}

pub(crate) async fn writes(page: &Page, selector: &str, words: &str) {
    let field = page.find(selector);
    js_sys::Reflect::set(&field, &"value".into(), &words.into()).unwrap();
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict("input", &init).unwrap();
    field.dispatch_event(&event).unwrap();
    settle().await;
}

fn kept() -> Option<String> {
    storage().get_item(DRAFT).unwrap()
}

/// Another tab has written what is kept.
async fn another_tab_keeps(text: Option<&str>) {
    match text {
        Some(text) => storage().set_item(DRAFT, text).unwrap(),
        None => storage().remove_item(DRAFT).unwrap(),
    }
    let init = StorageEventInit::new();
    init.set_key(Some(DRAFT));
    let event = StorageEvent::new_with_event_init_dict("storage", &init).unwrap();
    web_sys::window().unwrap().dispatch_event(&event).unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn what_is_written_is_counted_shown_kept_and_found_again() {
    let (bff, page) = a_member().await;
    assert_eq!(kept(), None);
    writes(&page, TEXT, "C# 🎉 <b>\nsecond").await;
    assert!(page.text().contains("19 of 3000"), "{}", page.text());
    let preview = page.find(".part-share-preview__text");
    assert_eq!(preview.text_content().unwrap(), "C# 🎉 <b>\nsecond");
    writes(&page, LINK, "example.org/a").await;
    assert_eq!(
        page.find(".part-share-preview__link")
            .text_content()
            .unwrap(),
        "https://example.org/a"
    );
    page.press("fieldset label:last-child input").await;
    let draft: Value = serde_json::from_str(&kept().unwrap()).unwrap();
    assert_eq!(draft["text"], "C# 🎉 <b>\nsecond");
    assert_eq!(draft["visibility"], "CONNECTIONS");
    drop(page);

    let page = reload(&bff).await;
    assert_eq!(value(&page, TEXT), "C# 🎉 <b>\nsecond");
    assert_eq!(value(&page, LINK), "example.org/a");
    assert_eq!(page.count("fieldset label:last-child input:checked"), 1);
    writes(&page, TEXT, "").await;
    writes(&page, LINK, "").await;
    assert_eq!(kept(), None, "nothing is nothing to keep");
}

#[wasm_bindgen_test]
async fn every_field_has_a_label_and_what_is_wrong_is_read_with_it() {
    let (bff, page) = a_member().await;
    for field in [TEXT, LINK] {
        let id = page.find(field).get_attribute("id").unwrap();
        assert_eq!(page.count(&format!("label[for={id}]")), 1);
    }
    page.press(POST).await;
    assert_eq!(
        focused(),
        *page.find(TEXT),
        "the focus is where something is wrong"
    );
    let about = |selector: &str| {
        let field = page.find(selector);
        let about = field.get_attribute("aria-describedby").unwrap();
        let about = document().get_element_by_id(&about).unwrap();
        (
            field.get_attribute("aria-invalid"),
            about.text_content().unwrap(),
        )
    };
    let (invalid, words) = about(TEXT);
    assert_eq!(invalid.as_deref(), Some("true"));
    assert!(words.contains("Write something first"), "{words}");

    writes(&page, TEXT, "Hello").await;
    assert_eq!(about(TEXT).0, None);
    writes(&page, LINK, "mailto:a@example.org").await;
    page.press(POST).await;
    assert_eq!(focused(), *page.find(LINK));
    assert!(about(LINK).1.contains("This is no web address"));
    for wrong in [
        "no address",
        "https://user@example.org",
        "javascript:alert(1)",
        "localhost",
    ] {
        writes(&page, LINK, wrong).await;
        page.press(POST).await;
        assert_eq!(about(LINK).0.as_deref(), Some("true"), "{wrong}");
    }
    assert_eq!(bff.posts(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_post_is_sent_once_and_its_draft_erased() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Hello (world)").await;
    let later = bff.holds_back();
    page.find(POST).click();
    page.find(POST).click();
    settle().await;
    assert_eq!(page.find(POST).get_attribute("data-state").unwrap(), "busy");
    assert!(page.find(TEXT).has_attribute("readonly"));
    page.press(POST).await;
    // What a crash would leave behind.
    assert!(kept().unwrap().contains("\"mark\":\"sent\""));
    later.arrives(Ok(made())).await;
    assert!(page.text().contains("It is posted."));
    assert_eq!(kept(), None);
    let said = focused();
    assert!(
        said.text_content().unwrap().contains("It is posted."),
        "it is read out"
    );
    let [post] = &*bff.posts() else {
        panic!("{:?}", bff.posts())
    };
    let post: Value = serde_json::from_str(post).unwrap();
    assert_eq!(post["author"], "urn:li:person:m1");
    assert_eq!(post["commentary"], "Hello \\(world\\)");

    page.press(".part-share button").await;
    assert_eq!(value(&page, TEXT), "");
}

#[wasm_bindgen_test]
async fn a_form_that_the_enter_key_submits_posts_unless_the_member_has_to_decide_first() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Hello").await;
    submits(&page).await;
    assert_eq!(bff.posts().len(), 1);
    page.press(".part-share button").await;

    writes(&page, TEXT, "Is it there?").await;
    bff.answers_a_post_with(Err(TransportError::Timeout));
    submits(&page).await;
    assert!(page.text().contains("It may have been posted"));
    submits(&page).await;
    assert_eq!(bff.posts().len(), 2, "only its own button sends it again");
}

/// What browsers make of the Enter key in a field of one line.
async fn submits(page: &Page) {
    let form = page.find("form");
    let submit: js_sys::Function = js_sys::Reflect::get(&form, &"requestSubmit".into())
        .unwrap()
        .unchecked_into();
    submit.call0(&form).unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn signing_out_erases_every_draft_that_this_browser_keeps() {
    let (_, page) = a_member().await;
    writes(&page, TEXT, "Private").await;
    storage().set_item("lapel.draft.1.somebody", "{}").unwrap();
    storage().set_item("another.applications", "1").unwrap();
    page.press(".ui-member-badge__button").await;
    page.press("button[role=menuitem]").await;
    assert_eq!(kept(), None);
    assert_eq!(storage().get_item("lapel.draft.1.somebody").unwrap(), None);
    assert!(
        storage()
            .get_item("another.applications")
            .unwrap()
            .is_some()
    );
}

#[wasm_bindgen_test]
async fn an_answer_is_there_for_whoever_looked_at_another_page_meanwhile() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Hello").await;
    let later = bff.holds_back();
    page.press(POST).await;
    page.press("header a.app-brand").await;
    assert!(page.seek(TEXT).is_none());
    later.arrives(Ok(made())).await;
    page.press("a[href='/share']").await;
    assert!(page.text().contains("It is posted."), "{}", page.text());
    page.press(".part-share button").await;
    assert_eq!(value(&page, TEXT), "");
    assert_eq!(focused(), *page.find("h1"), "the button is gone");
}

#[wasm_bindgen_test]
async fn who_is_back_is_not_told_that_they_said_no_while_nobody_can_be_asked() {
    let bff = Bff::with_member("Ada");
    let page = open(&bff).await;
    writes(&page, TEXT, "Later").await;
    drop(page);
    let wanted = kept().unwrap().replace("fresh", "wanted");
    storage().set_item(DRAFT, &wanted).unwrap();
    bff.fails(TransportError::Unreachable);
    let page = reload(&bff).await;
    assert_eq!(value(&page, TEXT), "Later");
    assert!(
        !page
            .text()
            .contains("LinkedIn has not given the permission")
    );
    bff.says(&member());
    page.press(".ui-failure-panel button").await;
    assert!(page.text().contains("Nothing has been posted yet"));
}

#[wasm_bindgen_test]
async fn an_answer_that_got_lost_leaves_the_decision_to_the_member() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Hello").await;
    bff.answers_a_post_with(Err(TransportError::Unreachable));
    page.press(POST).await;
    assert!(page.text().contains("It may have been posted"));
    assert_eq!(page.count(POST), 0);
    assert!(focused().class_list().contains("ui-failure-panel"));
    // Nothing that a browser tells by itself sends it again.
    for event in ["online", "visibilitychange", "focus"] {
        window_says(event).await;
    }
    assert_eq!(bff.posts().len(), 1);
    drop(page);

    let page = reload(&bff).await;
    assert!(page.text().contains("It may have been posted"));
    assert_eq!(bff.posts().len(), 1);
    let duplicate = r#"{"type":"urn:lapel:problem:rejected","title":"no","status":422,
        "reference":"7f3a00c1d2e4","kind":"rejected","retry":{"advice":"never"},
        "input_errors":[{"code":"duplicate","of":"urn:li:share:7"}]}"#;
    bff.answers_a_post_with(Ok(problem(422, duplicate)));
    page.press(".ui-failure-panel .ui-button[data-look=solid]")
        .await;
    assert!(page.text().contains("the earlier one had arrived"));
    assert!(page.seek("a[href$='urn:li:share:7/']").is_some());
    assert_eq!(kept(), None);
}

#[wasm_bindgen_test]
async fn tabs_share_a_draft_and_learn_that_it_is_gone() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Hello").await;
    let elsewhere = kept().unwrap().replace("Hello", "Hello, world");
    another_tab_keeps(Some(&elsewhere)).await;
    assert_eq!(value(&page, TEXT), "Hello, world");
    another_tab_keeps(None).await;
    assert_eq!(value(&page, TEXT), "");
    assert!(page.text().contains("posted or erased meanwhile"));

    // A tab that has not heard yet.
    writes(&page, TEXT, "Once more").await;
    storage().remove_item(DRAFT).unwrap();
    page.press(POST).await;
    assert!(page.text().contains("posted or erased meanwhile"));
    assert_eq!(bff.posts(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_draft_is_not_written_again_after_it_was_erased_with_the_session() {
    let (bff, page) = a_member().await;
    writes(&page, TEXT, "Private").await;
    let later = bff.holds_back();
    page.press(POST).await;
    // The member signs out in another tab while this one sends.
    bff.says_nobody();
    storage().clear().unwrap();
    let channel = web_sys::BroadcastChannel::new("lapel").unwrap();
    channel.post_message(&"signed-out".into()).unwrap();
    settle().await;
    channel.close();
    assert!(page.seek(TEXT).is_none());
    later.arrives(Err(TransportError::Timeout)).await;
    assert_eq!(kept(), None);
    assert!(!page.text().contains("Private"));
}

#[wasm_bindgen_test]
async fn a_draft_stays_where_the_back_button_brings_the_page_up_again() {
    let (_, page) = a_member().await;
    writes(&page, TEXT, "Still here").await;
    window_says("pagehide").await;
    assert!(
        !page.text().contains("Still here"),
        "nothing personal is frozen"
    );
    page_is_restored().await;
    assert_eq!(value(&page, TEXT), "Still here");
}

#[wasm_bindgen_test]
async fn without_the_permission_the_way_there_takes_the_draft_along() {
    let bff = Bff::with_member("Ada");
    let page = open(&bff).await;
    assert_eq!(page.count(POST), 0);
    assert!(page.seek("[data-permission=w_member_social]").is_some());
    writes(&page, TEXT, "Later").await;
    let link: HtmlElement = page.find(".part-share__leave a");
    assert_eq!(
        link.get_attribute("href").unwrap(),
        "/bff/login?return_to=/share&feature=share"
    );
    // The test's page stays.
    let stay =
        wasm_bindgen::prelude::Closure::<dyn FnMut(Event)>::new(|it: Event| it.prevent_default());
    page.root()
        .add_event_listener_with_callback("click", stay.as_ref().unchecked_ref())
        .unwrap();
    link.click();
    settle().await;
    assert!(kept().unwrap().contains("\"mark\":\"wanted\""));
    drop(page);

    let page = reload(&bff).await;
    assert!(
        page.text()
            .contains("LinkedIn has not given the permission")
    );
    drop(page);
    bff.says(&member());
    let page = reload(&bff).await;
    assert!(page.text().contains("Nothing has been posted yet"));
    assert_eq!(value(&page, TEXT), "Later");
    assert_eq!(bff.posts(), [""; 0], "only the member's own press posts");
}

#[wasm_bindgen_test]
async fn the_test_kit_puts_any_stage_under_a_composer_and_keeps_what_was_asked() {
    storage().clear().unwrap();
    let mock = MockSession::new(may_post("Ada"));
    mock.composes(composer("Hello", Stage::Writing(None)));
    let session = mock.clone();
    let page = Page::show(|| {
        view! { <MockSessionProvider session><ShareComposer /></MockSessionProvider> }
    })
    .await;
    assert_eq!(value(&page, TEXT), "Hello");
    page.press(POST).await;
    let draft = composer("Hello", Stage::Sending).draft;
    assert_eq!(mock.take_asked(), [Asked::Post(draft)]);
    mock.composes(composer("Hello", Stage::Unknown(None)));
    settle().await;
    assert!(page.text().contains("It may have been posted"));
    mock.becomes(signed_in("Ada"));
    settle().await;
    assert_eq!(storage().length().unwrap(), 0, "nothing is kept");
}

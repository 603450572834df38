//! The badge and its menu, by keyboard and by pointer.

use lapel::test_kit::{Asked, MockSession, MockSessionProvider, signed_in};
use lapel::{MemberBadge, SessionNotice};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use super::world::{Bff, Page, document, focused, settle};

const BUTTON: &str = ".ui-member-badge__button";
const ACCOUNT: &str = "a[role=menuitem]";
const SIGN_OUT: &str = "button[role=menuitem]";

/// The badge and what is said beside it, without an application around them.
async fn badge_of(name: &str) -> (MockSession, Page) {
    let mock = MockSession::new(signed_in(name));
    let session = mock.clone();
    let page = Page::show(|| {
        view! {
            <MockSessionProvider session>
                <SessionNotice />
                <MemberBadge />
            </MockSessionProvider>
        }
    })
    .await;
    (mock, page)
}

fn is_open(page: &Page) -> bool {
    let said = page.find(BUTTON).get_attribute("aria-expanded").as_deref() == Some("true");
    let shown = !page.find("[role=menu]").has_attribute("hidden");
    assert_eq!(said, shown, "what is said and what is shown agree");
    shown
}

fn has_focus(page: &Page, selector: &str) -> bool {
    page.find(selector).is_same_node(Some(&focused()))
}

#[wasm_bindgen_test]
async fn the_badge_says_what_it_is() {
    let (_, page) = badge_of("Ada Lovelace").await;
    let button = page.find(BUTTON);
    let menu = page.find("[role=menu]");
    assert_eq!(
        button.get_attribute("aria-haspopup").as_deref(),
        Some("menu")
    );
    assert_eq!(button.get_attribute("aria-controls"), Some(menu.id()));
    assert_eq!(
        button.text_content().unwrap(),
        "ALAda Lovelace, your account"
    );
    assert_eq!(
        page.find(ACCOUNT).get_attribute("href").as_deref(),
        Some("/account")
    );
    assert!(!is_open(&page));
    let spoken = page.find("p[role=status]").text_content().unwrap();
    assert_eq!(spoken, "Signed in as \u{2068}Ada Lovelace\u{2069}.");
}

#[wasm_bindgen_test]
async fn the_menu_follows_the_keyboard() {
    let (_, page) = badge_of("Ada").await;
    page.find(BUTTON).focus().unwrap();

    page.key("ArrowDown").await;
    assert!(is_open(&page) && has_focus(&page, ACCOUNT));
    page.key("ArrowDown").await;
    assert!(has_focus(&page, SIGN_OUT));
    page.key("ArrowDown").await;
    assert!(has_focus(&page, ACCOUNT), "arrows go round");
    page.key("ArrowUp").await;
    assert!(has_focus(&page, SIGN_OUT));
    page.key("Home").await;
    assert!(has_focus(&page, ACCOUNT));
    page.key("End").await;
    assert!(has_focus(&page, SIGN_OUT));

    page.key("Escape").await;
    assert!(
        !is_open(&page) && has_focus(&page, BUTTON),
        "Escape goes back to the button"
    );
    page.key("ArrowUp").await;
    assert!(
        is_open(&page) && has_focus(&page, SIGN_OUT),
        "from below, the last item is first"
    );
    page.key("Tab").await;
    assert!(!is_open(&page), "Tab closes");
}

#[wasm_bindgen_test]
async fn the_menu_follows_the_pointer() {
    let (_, page) = badge_of("Ada").await;
    page.press(BUTTON).await;
    assert!(is_open(&page) && has_focus(&page, ACCOUNT));
    page.press(BUTTON).await;
    assert!(!is_open(&page));

    page.press(BUTTON).await;
    let outside = Event::new("pointerdown").unwrap();
    web_sys::window().unwrap().dispatch_event(&outside).unwrap();
    settle().await;
    assert!(!is_open(&page), "a press elsewhere closes it");
}

#[wasm_bindgen_test]
async fn an_open_menu_outlives_a_silent_check() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    page.press(BUTTON).await;
    let before = bff.asked();
    super::world::window_says("visibilitychange").await;
    assert_eq!(bff.asked(), before + 1);
    assert!(is_open(&page) && has_focus(&page, ACCOUNT));
}

#[wasm_bindgen_test]
async fn the_account_is_one_press_away_and_loads_nothing() {
    let page = Page::open(&Bff::with_member("Ada")).await;
    page.press(BUTTON).await;
    page.press(ACCOUNT).await;
    assert_eq!(document().title(), "Your account · Lapel");
    assert_eq!(
        page.find("[data-fact=email]").text_content().unwrap(),
        "m@example.org"
    );
    assert_eq!(
        page.find("[data-fact=ends]").text_content().unwrap(),
        "Ends in 2 hours, unless you sign out first."
    );
    assert!(
        has_focus(&page, "h1"),
        "the new page is read from its heading"
    );
    // A permission without words is shown by its name rather than hidden.
    assert_eq!(
        page.find("[data-permission=r_unheard_of]")
            .text_content()
            .unwrap(),
        "r_unheard_of"
    );
}

#[wasm_bindgen_test]
async fn space_activates_an_item() {
    let (mock, page) = badge_of("Ada").await;
    page.find(BUTTON).focus().unwrap();
    page.key("ArrowUp").await;
    page.key(" ").await;
    assert_eq!(mock.take_asked(), [Asked::SignOut]);
}

#[wasm_bindgen_test]
async fn awkward_names_are_only_text() {
    for name in [
        "<img src=x onerror=alert(1)>",
        "محمد بن عبد الله",
        "👩🏽‍🚀 Zoë",
        &"Wolfeschlegelstein".repeat(12),
    ] {
        let (_, page) = badge_of(name).await;
        let shown = page.find(".ui-member-badge__name");
        assert_eq!(shown.text_content().unwrap(), name);
        assert_eq!(shown.tag_name(), "BDI");
        assert!(page.seek("img[src=x]").is_none());
    }
}

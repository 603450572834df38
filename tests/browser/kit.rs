//! The kit's components on their own, and parts where they cannot work.

use lapel::{Avatar, Button, MemberBadge, RequireMember, SignInButton};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use super::world::{Page, settle};

#[wasm_bindgen_test]
async fn a_portrait_that_cannot_be_had_gives_way_to_initials() {
    let page = Page::show(|| {
        let picture = Some("https://127.0.0.1:1/expired.jpg".to_owned());
        view! { <Avatar name="Ada Lovelace" seed="m1" picture /> }
    })
    .await;
    // Whether the browser has already given up on the address, or is told so now, the end is the same.
    if let Some(portrait) = page.seek("img") {
        assert_eq!(
            portrait.get_attribute("referrerpolicy").as_deref(),
            Some("no-referrer")
        );
        assert_eq!(portrait.get_attribute("alt").as_deref(), Some(""));
        portrait
            .dispatch_event(&Event::new("error").unwrap())
            .unwrap();
        settle().await;
    }
    let avatar = page.find(".ui-avatar");
    assert_eq!(
        avatar.get_attribute("data-portrait").as_deref(),
        Some("failed")
    );
    assert_eq!(avatar.text_content().unwrap(), "AL");
    assert_eq!(avatar.get_attribute("aria-hidden").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn an_address_that_is_no_web_address_is_no_portrait() {
    for address in ["javascript:alert(1)", "data:text/html,x", "", "/local.png"] {
        let picture = Some(address.to_owned());
        let page = Page::show(|| view! { <Avatar name="Ada" seed="m1" picture /> }).await;
        assert!(page.seek("img").is_none(), "{address}");
        let state = page.find(".ui-avatar").get_attribute("data-portrait");
        assert_eq!(state.as_deref(), Some("absent"));
    }
}

#[wasm_bindgen_test]
async fn a_busy_button_keeps_the_focus_and_does_nothing() {
    let presses = RwSignal::new(0);
    let busy = RwSignal::new(false);
    let page = Page::show(move || {
        view! { <Button on_press=move |()| presses.update(|it| *it += 1) busy>"Go"</Button> }
    })
    .await;
    page.press("button").await;
    busy.set(true);
    settle().await;
    page.find("button").focus().unwrap();
    page.press("button").await;
    assert_eq!(presses.get_untracked(), 1);
    assert_eq!(
        page.find("button")
            .get_attribute("aria-disabled")
            .as_deref(),
        Some("true")
    );
    assert!(
        page.find("button")
            .is_same_node(Some(&super::world::focused()))
    );
}

#[wasm_bindgen_test]
async fn a_part_without_its_provider_says_so_and_does_not_panic() {
    let page = Page::show(|| {
        view! {
            <SignInButton />
            <MemberBadge />
            <RequireMember
                prompt="Sign in"
                content=|_: lapel::Account| view! { "never" }.into_any()
            />
            <lapel::SessionNotice />
        }
    })
    .await;
    for part in [
        "SignInButton",
        "MemberBadge",
        "RequireMember",
        "SessionNotice",
    ] {
        let error = page.find(&format!("[data-part={part}]"));
        assert!(
            error.text_content().unwrap().contains("<SessionProvider>"),
            "{part}"
        );
    }
    assert!(!page.text().contains("never"));
}

//! One view that becomes another in the same place: nothing of the first stays, but the focus does.

use lapel::{Notice, TransportError};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node};

use super::world::{Bff, Page, address, focused, member, settle, storage, window_says};

/// Answers that lead to different views of the same page.
fn answers() -> Vec<String> {
    let visitor =
        |asks: &str| format!(r#"{{"state":"signed_out","reason":"no_session","asks":{asks}}}"#);
    let portrait = r#""id":"m1","picture":"https://127.0.0.1:1/none.jpg""#;
    vec![
        visitor("[]"),
        visitor(r#"["openid"]"#),
        visitor(r#"["openid","r_unheard_of","email"]"#),
        member("Ada"),
        member("Bob").replace(r#""id":"m1""#, portrait),
        member("Ada").replace(r#"["openid","r_unheard_of"]"#, "[]"),
    ]
}

/// What is shown, without what is only different in how it came to be: empty texts, and texts in pieces.
fn shown(page: &Page) -> Node {
    let shown = page
        .find("main > section")
        .clone_node_with_deep(true)
        .unwrap();
    shown.normalize();
    shown
}

#[wasm_bindgen_test]
async fn what_is_shown_does_not_depend_on_what_was_shown_before() {
    for path in ["/", "/account"] {
        let fresh = |answer: String| async move {
            storage().clear().unwrap();
            address(path);
            let bff = Bff::new();
            bff.says(&answer);
            let page = Page::reload(&bff).await;
            (bff, page)
        };
        for before in answers() {
            for after in answers() {
                let (bff, page) = fresh(before.clone()).await;
                bff.says(&after);
                window_says("visibilitychange").await;
                let changed = shown(&page);
                drop(page);
                let (_, page) = fresh(after.clone()).await;
                let html = |node: &Node| {
                    let element: &Element = wasm_bindgen::JsCast::unchecked_ref(node);
                    element.outer_html()
                };
                let expected = shown(&page);
                assert!(
                    changed.is_equal_node(Some(&expected)),
                    "{before} -> {after}:\n{}\n{}",
                    html(&changed),
                    html(&expected)
                );
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_failure_that_becomes_another_keeps_the_focus_on_its_button() {
    let bff = Bff::with_member("Ada");
    let page = Page::open(&bff).await;
    bff.fails(TransportError::Offline);
    window_says("visibilitychange").await;
    let kind = |page: &Page| page.find(".ui-failure-panel").get_attribute("data-kind");
    assert_eq!(kind(&page).as_deref(), Some("offline"));
    page.find(".ui-failure-panel button").focus().unwrap();

    bff.refuses(502, &problem("linkedin_down"));
    page.press(".ui-failure-panel button").await;

    assert_eq!(kind(&page).as_deref(), Some("linkedin_down"));
    assert!(page.find("code").text_content().unwrap().contains("7f3a"));
    let button = page.find(".ui-failure-panel button");
    assert!(button.is_same_node(Some(&focused())));
    assert_eq!(button.text_content().unwrap(), "Try again");
}

fn problem(kind: &str) -> String {
    format!(
        r#"{{"type":"urn:lapel:problem:{kind}","title":"no","status":502,
            "reference":"7f3a00c1d2e4","kind":"{kind}","retry":{{"advice":"by_hand"}}}}"#
    )
}

#[wasm_bindgen_test]
async fn an_applications_own_attributes_reach_a_component() {
    let closed = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <Notice attr:id="mine" on_dismiss=move |()| closed.update(|times| *times += 1)>
                <p>"Saved."</p>
                {move || closed.get()}
            </Notice>
        }
    })
    .await;
    assert!(page.find(".ui-notice").id() == "mine");
    page.press(".ui-notice button").await;
    settle().await;
    let words = page.find(".ui-notice__words").text_content().unwrap();
    assert_eq!(words, "Saved.1");
}

//! Every exhibit in a real browser: it mounts, it is shown, and what can be used in it has a name.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use gloo_timers::future::TimeoutFuture;
use lapel::{ARABIC, ENGLISH, Texts};
use lapel_gallery::{Exhibit, exhibits};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// What takes part in using a page, and so must have a name that is read aloud.
const CONTROLS: &str = "a, button, [role=menu], [role=menuitem], [role=dialog], [role=group]";

/// What has nothing to show by design.
const EMPTY: &str = "nothing";

async fn mounted(exhibit: Exhibit, texts: &'static Texts, look: impl FnOnce(&Element)) {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle = mount_to(root.clone(), move || {
        provide_context::<&'static Texts>(texts);
        exhibit.view()
    });
    TimeoutFuture::new(0).await;
    look(&root);
    drop(handle);
    assert_eq!(root.child_element_count(), 0, "everything is gone");
    root.remove();
}

/// The name, as far as this library gives names: by a label, by another element, or by what is in it.
fn name(element: &Element) -> String {
    let by = |attribute: &str| element.get_attribute(attribute);
    let named_by = by("aria-labelledby").and_then(|id| document().get_element_by_id(&id));
    by("aria-label")
        .or_else(|| named_by?.text_content())
        .or_else(|| element.text_content())
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length())
        .filter_map(|at| found.item(at))
        .map(JsCast::unchecked_into)
        .collect()
}

#[wasm_bindgen_test]
async fn every_state_is_shown_in_every_language_and_everything_in_it_has_a_name() {
    for texts in [&ENGLISH, &ARABIC] {
        for exhibit in exhibits() {
            let Exhibit {
                component, state, ..
            } = exhibit.clone();
            let what = format!("{component}, {state}, in {}", texts.language);
            mounted(exhibit, texts, |root| {
                let shows = root.query_selector("[class], p, a").unwrap().is_some();
                assert!(
                    shows || state.ends_with(EMPTY) || state.ends_with("no badge"),
                    "{what}"
                );
                for control in all(root, CONTROLS) {
                    assert_ne!(name(&control), "", "{what}: {}", control.outer_html());
                }
                for image in all(root, "img") {
                    assert!(image.has_attribute("alt"), "{what}");
                }
                for panel in all(root, ".ui-failure-panel") {
                    let role = panel.get_attribute("role").unwrap();
                    assert!(["alert", "group"].contains(&role.as_str()), "{what}");
                }
                for notice in all(root, ".ui-notice") {
                    let announced = notice.closest("[role=status]").unwrap();
                    assert!(announced.is_some(), "{what}: a notice in no live region");
                }
            })
            .await;
        }
    }
}

#[wasm_bindgen_test]
fn no_state_is_shown_twice_under_one_name() {
    let mut names: Vec<_> = exhibits()
        .iter()
        .map(|it| format!("{}: {}", it.component, it.state))
        .collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

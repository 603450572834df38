//! What went wrong in this browser, for whoever the member asks for help.

use leptos::prelude::*;

use crate::element::{Condition, element, focus_heading, live, page_heading, paragraph};
use crate::session::FailureLog;
use crate::session::runtime::SessionHandle;
use crate::texts::{Texts, use_texts};
use crate::ui::{ButtonLook, button, hand_over, record_texts};

/// The diagnostics page, for everybody: most who need it cannot sign in.
pub(crate) fn diagnostics_page(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    element("section")
        .class("page-diagnostics")
        .child(page_heading(texts.diagnostics.heading))
        .child(paragraph(texts.diagnostics.lead))
        .child(live(
            move || handle.failures(),
            move |log| failures(&log, handle, texts),
        ))
        .view()
}

fn failures(log: &FailureLog, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let words = &texts.diagnostics;
    if log.is_empty() {
        return paragraph(words.empty).view();
    }
    let list = element("ol").class("page-diagnostics__list");
    let list = log.newest_first().fold(list, |list, (kind, entry)| {
        let what = (texts.failures.kind)(kind).explanation;
        list.child(
            element("li")
                .attr("data-kind", kind.as_str())
                .child(element("h2").child(what))
                .child(record_texts(entry)),
        )
    });
    let idle = Condition::default();
    let erase = button(words.clear, ButtonLook::Quiet, idle, move || {
        handle.forget_failures();
        // The button is gone, and the focus with it.
        focus_heading();
    });
    let json = log.json();
    let out = hand_over(json.clone(), &json, "lapel-diagnostics.json".to_owned());
    let all = element("div")
        .class("page-diagnostics__out")
        .child(out)
        .child(erase);
    element("div")
        .class("page-diagnostics__body")
        .child(all)
        .child(list)
        .view()
}

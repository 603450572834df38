//! What helps those who look into a failure: names and texts, to be read, copied and saved.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use lapel_wire::SupportRecord;
use leptos::prelude::*;

use crate::element::{Child, Condition, Element, changing, element};
use crate::failure::json_of;
use crate::handover::{copy, json_file};
use crate::texts::use_texts;
use crate::ui::{ButtonLook, button};

/// Closed until the member opens it.
pub(crate) fn record(record: &SupportRecord) -> Element {
    let texts = &use_texts().failures;
    let name = record.get(SupportRecord::REFERENCE).unwrap_or("record");
    let file = ["lapel-", name, ".json"].concat();
    element("details")
        .class("ui-record")
        .child(element("summary").child(texts.details))
        .child(record_texts(record))
        .child(hand_over(record.to_string(), &json_of(record), file))
}

/// The names and texts alone.
pub(crate) fn record_texts(record: &SupportRecord) -> Element {
    let list = element("dl").class("ui-record__texts");
    record.entries().fold(list, |list, (name, text)| {
        list.child(element("dt").child(name.to_owned()))
            .child(element("dd").child(text.to_owned()))
    })
}

/// Copies the text, or saves the JSON under that name.
pub(crate) fn hand_over(text: String, json: &str, file: String) -> Element {
    let texts = &use_texts().failures;
    let told = Told::default();
    let tell = told.clone();
    let copy = button(
        texts.copy,
        ButtonLook::Quiet,
        Condition::default(),
        move || {
            let tell = tell.clone();
            copy(&text, move |there| tell.tell(there));
        },
    );
    let save = element("a")
        .class("ui-button")
        .attr("data-look", "quiet")
        .attr("href", json_file(json))
        .attr("download", file)
        .child(texts.save);
    let status = element("span").attr("role", "status").child(told.words());
    element("div")
        .class("ui-record__out")
        .child(copy)
        .child(save)
        .child(status)
}

/// What became of the copy: nothing yet, there, or not allowed.
#[derive(Clone, Default)]
struct Told {
    outcome: Arc<AtomicU8>,
    changed: ArcTrigger,
}

const THERE: u8 = 1;
const NOT_ALLOWED: u8 = 2;

impl Told {
    fn tell(&self, there: bool) {
        let outcome = if there { THERE } else { NOT_ALLOWED };
        self.outcome.store(outcome, Ordering::Relaxed);
        self.changed.notify();
    }

    fn words(self) -> Child {
        let texts = &use_texts().failures;
        let words = changing(move || {
            self.changed.track();
            match self.outcome.load(Ordering::Relaxed) {
                THERE => texts.copied,
                NOT_ALLOWED => texts.not_copied,
                _ => "",
            }
        });
        words.into()
    }
}

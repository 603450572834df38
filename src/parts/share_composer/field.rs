//! What a form asks for: a field with its label, its hint and what is wrong with it; or a choice.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev;

use crate::element::{Condition, Element, element};

/// Tells several fields on one page apart.
static FIELDS: AtomicU32 = AtomicU32::new(0);

/// A name that no other field on the page has.
pub(super) fn unique(name: &str) -> String {
    let number = FIELDS.fetch_add(1, Ordering::Relaxed).to_string();
    ["lapel-", name, "-", &number].concat()
}

/// A field. What is wrong with it and the hint are read out with it.
pub(super) struct Field {
    /// The control's `id`, from [`unique`].
    pub(super) id: String,
    pub(super) label: &'static str,
    /// An `input` or a `textarea`.
    pub(super) control: Element,
    /// What helps to fill it in.
    pub(super) hint: Option<Element>,
    /// What is wrong with it.
    pub(super) error: Option<Element>,
}

impl Field {
    pub(super) fn view(self) -> Element {
        let Self {
            id,
            label,
            control,
            hint,
            error,
        } = self;
        let about = [&id, "-about"].concat();
        let label = element("label")
            .class("part-share-field__label")
            .attr("for", id.clone())
            .child(label);
        let wrong = Condition::from(error.is_some());
        let control = control
            .attr("id", id)
            .class("part-share-field__control")
            .attr("aria-describedby", about.clone())
            .flag("aria-invalid", &wrong);
        let about = element("div")
            .class("part-share-field__about")
            .attr("id", about)
            .child(error.map(|it| it.class("part-share-field__error")))
            .child(hint.map(|it| it.class("part-share-field__hint")));
        element("div")
            .class("part-share-field")
            .child(label)
            .child(control)
            .child(about)
    }
}

/// One of a few, all of them to be seen.
pub(super) struct Choice {
    /// Names the group to the browser, from [`unique`].
    pub(super) id: String,
    pub(super) label: &'static str,
    /// Whether it can be changed.
    pub(super) locked: bool,
}

impl Choice {
    /// What there is to choose from: words, whether it is chosen, and what choosing does.
    pub(super) fn of(self, options: impl IntoIterator<Item = Offer>) -> Element {
        let legend = element("legend")
            .class("part-share-field__label")
            .child(self.label);
        let group = element("fieldset").class("part-share-field").child(legend);
        let locked = Condition::from(self.locked);
        let group = group.flag("disabled", &locked);
        options.into_iter().fold(group, |group, option| {
            let Offer {
                words,
                chosen,
                choose,
            } = option;
            let radio = element("input")
                .attr("type", "radio")
                .attr("name", self.id.clone())
                .flag(".checked", &chosen)
                .on(ev::change, move |_| choose());
            let label = element("label")
                .class("part-share-field__choice")
                .child(radio);
            group.child(label.child(words))
        })
    }
}

/// Something to choose.
pub(super) struct Offer {
    pub(super) words: &'static str,
    pub(super) chosen: Condition,
    pub(super) choose: Box<dyn Fn() + Send>,
}

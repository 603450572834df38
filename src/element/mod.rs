//! Elements that are all of one type.
//!
//! `view!` gives every tree a type of its own, and for each of them Leptos' machinery is compiled anew; that was more
//! than half of the module. Here a tree is data, and the machinery exists once. Components are still components: they
//! return what these elements become, an `AnyView`, and stand in any `view!`.

mod child;
mod condition;
mod focus;
mod render;
mod value;

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

pub(crate) use child::{Child, live};
pub use condition::Condition;
pub(crate) use focus::{focus_heading, focus_when_rendered, hand_focus_on};
pub(crate) use value::{Changing, Value, changing};

/// A text of the program, or one made while it runs.
pub(crate) type Words = Cow<'static, str>;

type Handler = Box<dyn FnMut(Event) + Send>;

/// An element to be: what it is called, what it says and does, and what it holds.
pub(crate) struct Element(Box<Plan>);

struct Plan {
    tag: &'static str,
    attributes: Vec<(&'static str, Value)>,
    listeners: Vec<(Words, Handler)>,
    children: Vec<Child>,
    node_ref: Option<ElementRef>,
    takes_focus: bool,
}

/// Finds an element once it is part of the page.
pub(crate) type ElementRef = StoredValue<Option<HtmlElement>, LocalStorage>;

/// An element of that name, with nothing to it.
pub(crate) fn element(tag: &'static str) -> Element {
    Element(Box::new(Plan {
        tag,
        attributes: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
        node_ref: None,
        takes_focus: false,
    }))
}

// What is called at every element is compiled once and not at every call: that is what keeps the module small.
impl Element {
    #[inline(never)]
    pub(crate) fn class(self, name: &'static str) -> Self {
        self.attr("class", name)
    }

    /// An attribute. One without a value is absent. A name with a full stop before it is a property: `.value` and `.checked`
    /// are what fields hold.
    #[inline(never)]
    pub(crate) fn attr(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// An attribute that is "true" while something holds, and absent otherwise.
    #[inline(never)]
    pub(crate) fn flag(self, name: &'static str, condition: &Condition) -> Self {
        self.attr(name, condition.mark())
    }

    /// What happens when it hears an event.
    pub(crate) fn on<E>(
        self,
        event: E,
        mut handler: impl FnMut(E::EventType) + Send + 'static,
    ) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        // The descriptor names an event of that type.
        let handler = Box::new(move |event: Event| handler(event.unchecked_into()));
        self.listen(event.name(), handler)
    }

    #[inline(never)]
    fn listen(mut self, event: Words, handler: Handler) -> Self {
        self.0.listeners.push((event, handler));
        self
    }

    pub(crate) fn node_ref(mut self, node_ref: ElementRef) -> Self {
        self.0.node_ref = Some(node_ref);
        self
    }

    /// Gives it the focus as soon as it is shown, because what had it is gone.
    pub(crate) fn takes_focus(mut self, takes_focus: bool) -> Self {
        self.0.takes_focus = takes_focus;
        self
    }

    /// What it holds, one after the other.
    #[inline(never)]
    pub(crate) fn child(mut self, child: impl Into<Child>) -> Self {
        self.0.children.push(child.into());
        self
    }

    #[inline(never)]
    pub(crate) fn view(self) -> AnyView {
        self.into_any()
    }
}

/// A sign for the eyes alone.
pub(crate) fn mark(class: &'static str) -> Element {
    element("span").class(class).attr("aria-hidden", "true")
}

/// Words for those who do not see.
pub(crate) fn unseen(words: impl Into<Child>) -> Element {
    element("span").class("ui-visually-hidden").child(words)
}

/// A sentence of its own.
pub(crate) fn paragraph(words: impl Into<Child>) -> Element {
    element("p").child(words)
}

/// The heading of a page: the focus comes here when the page has changed.
pub(crate) fn page_heading(words: impl Into<Child>) -> Element {
    element("h1").attr("tabindex", "-1").child(words)
}

//! How Leptos builds an element, and changes one that is there into another.

use js_sys::Reflect;
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Node;

use super::{Changing, Child, Element, Handler, Plan, Value, focus_when_rendered};

/// An element that is there.
pub(crate) struct Built {
    tag: &'static str,
    node: web_sys::Element,
    attributes: Vec<&'static str>,
    held: Held,
    children: Vec<BuiltChild>,
}

/// What ends with the element, by being dropped.
#[expect(dead_code, reason = "held, not read")]
struct Held {
    effects: Vec<RenderEffect<()>>,
    listeners: Vec<RemoveEventHandler<web_sys::Element>>,
}

struct BuiltChild {
    kind: BuiltKind,
    /// Held: it ends with the child.
    effect: Option<RenderEffect<()>>,
}

enum BuiltKind {
    Words(web_sys::Text),
    View(AnyViewState),
}

impl Render for Element {
    type State = Built;

    fn build(self) -> Built {
        let node = Rndr::create_element(self.0.tag, None);
        let mut built = Built {
            tag: self.0.tag,
            node,
            attributes: Vec::new(),
            held: Held {
                effects: Vec::new(),
                listeners: Vec::new(),
            },
            children: Vec::new(),
        };
        built.turn_into(*self.0);
        built
    }

    /// An element of the same name stays, and with it the focus in it; what is different about it changes.
    fn rebuild(self, built: &mut Built) {
        if self.0.tag == built.tag {
            built.turn_into(*self.0);
        } else {
            let mut new = self.build();
            built.insert_before_this(&mut new);
            built.unmount();
            *built = new;
        }
    }
}

impl Built {
    fn turn_into(&mut self, plan: Plan) {
        let effects = self.say(plan.attributes);
        let heard = plan.listeners.into_iter();
        let listeners = heard.map(|(event, handler)| listen(&self.node, &event, handler));
        self.held = Held {
            listeners: listeners.collect(),
            effects,
        };
        self.hold(plan.children);
        if let Some(node_ref) = plan.node_ref {
            node_ref.set_value(Some(self.node.clone().unchecked_into()));
        }
        if plan.takes_focus {
            focus_when_rendered(self.node.clone());
        }
    }

    /// These attributes and no others of ours.
    fn say(&mut self, attributes: Vec<(&'static str, Value)>) -> Vec<RenderEffect<()>> {
        let gone = std::mem::take(&mut self.attributes);
        let mut effects = Vec::new();
        for (name, value) in attributes {
            self.attributes.push(name);
            match value {
                Value::Fixed(value) => set(&self.node, name, value.as_deref()),
                Value::Changing(mut value) => {
                    let node = self.node.clone();
                    effects.push(RenderEffect::new(move |_| {
                        set(&node, name, value.words().as_deref());
                    }));
                }
            }
        }
        for name in gone {
            if !self.attributes.contains(&name) {
                Rndr::remove_attribute(&self.node, name);
            }
        }
        effects
    }

    /// These children: each takes the place of the one that was there.
    fn hold(&mut self, children: Vec<Child>) {
        let stay = children.len().min(self.children.len());
        for mut surplus in self.children.drain(stay..) {
            surplus.mountable().unmount();
        }
        let mut children = children.into_iter();
        for (built, child) in self.children.iter_mut().zip(&mut children) {
            built.turn_into(child);
        }
        for child in children {
            let mut child = BuiltChild::build(child);
            child.mountable().mount(&self.node, None);
            self.children.push(child);
        }
    }
}

/// Writes only what changes: a portrait would be loaded again, a message read out again.
fn set(node: &web_sys::Element, name: &str, value: Option<&str>) {
    if let Some(property) = name.strip_prefix('.') {
        return set_property(node, property, value);
    }
    if node.get_attribute(name).as_deref() == value {
        return;
    }
    match value {
        Some(value) => Rndr::set_attribute(node, name, value),
        None => Rndr::remove_attribute(node, name),
    }
}

/// What a field holds is a property: its attribute counts only until somebody types. Written only where it differs, or the
/// cursor would jump.
fn set_property(node: &web_sys::Element, property: &str, value: Option<&str>) {
    let property = JsValue::from_str(property);
    let is = Reflect::get(node, &property).unwrap_or_default();
    let wanted = match is.as_bool() {
        Some(_) => JsValue::from_bool(value.is_some()),
        None => JsValue::from_str(value.unwrap_or_default()),
    };
    if is != wanted {
        // Refused only by frozen objects.
        drop(Reflect::set(node, &property, &wanted));
    }
}

fn set_words(node: &web_sys::Text, words: &str) {
    if node.node_value().as_deref() != Some(words) {
        Rndr::set_text(node, words);
    }
}

fn listen(
    node: &web_sys::Element,
    event: &str,
    mut handler: Handler,
) -> RemoveEventHandler<web_sys::Element> {
    // As with Leptos' own listeners, what a handler makes belongs to what is shown now.
    let owner = Owner::current().unwrap_or_default();
    let handler = move |event: JsValue| owner.with(|| handler(event.unchecked_into()));
    Rndr::add_event_listener(node, event, Box::new(handler))
}

impl BuiltChild {
    fn build(child: Child) -> Self {
        match child {
            Child::View(view) => Self::view(view.build()),
            Child::Words(words) => Self::words(Rndr::create_text_node(&words)),
            Child::Changing(words) => Self::changing(Rndr::create_text_node(""), words),
        }
    }

    fn view(view: AnyViewState) -> Self {
        Self {
            kind: BuiltKind::View(view),
            effect: None,
        }
    }

    fn words(node: web_sys::Text) -> Self {
        Self {
            kind: BuiltKind::Words(node),
            effect: None,
        }
    }

    fn changing(node: web_sys::Text, mut words: Changing) -> Self {
        let effect = RenderEffect::new({
            let node = node.clone();
            move |_| set_words(&node, &words.words().unwrap_or_default())
        });
        Self {
            kind: BuiltKind::Words(node),
            effect: Some(effect),
        }
    }

    fn turn_into(&mut self, child: Child) {
        match child {
            Child::View(view) => match &mut self.kind {
                BuiltKind::View(built) => view.rebuild(built),
                BuiltKind::Words(_) => self.give_way_to(Self::view(view.build())),
            },
            Child::Words(words) => match &self.kind {
                BuiltKind::Words(node) => {
                    set_words(node, &words);
                    self.effect = None;
                }
                BuiltKind::View(_) => self.give_way_to(Self::build(Child::Words(words))),
            },
            Child::Changing(words) => match &self.kind {
                BuiltKind::Words(node) => *self = Self::changing(node.clone(), words),
                BuiltKind::View(_) => self.give_way_to(Self::build(Child::Changing(words))),
            },
        }
    }

    fn give_way_to(&mut self, mut new: Self) {
        let old = self.mountable();
        old.insert_before_this(new.mountable());
        old.unmount();
        *self = new;
    }

    fn mountable(&mut self) -> &mut dyn Mountable {
        match &mut self.kind {
            BuiltKind::Words(node) => node,
            BuiltKind::View(view) => view,
        }
    }
}

impl Mountable for Built {
    fn unmount(&mut self) {
        self.node.unmount();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        self.node.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.node.insert_before_this(child)
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        vec![self.node.clone()]
    }
}

/// Never asked: an element becomes an `AnyView` at once, and that view takes the attributes that a user of a component
/// adds to it.
impl AddAnyAttr for Element {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

/// Leptos asks this of every view. This crate is for the browser alone (Leptos' feature `csr`), where nothing is written
/// as HTML and nothing is taken over from a server.
impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Built {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

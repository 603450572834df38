//! The badge's menu: whether it is open, and where the focus goes in it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlElement, Node};

use super::menu::{OnButton, OnItem, on_button, on_item};
use crate::element::{ElementRef, focus_when_rendered};

/// The menu's items, by index.
const ACCOUNT: usize = 0;
const SIGN_OUT: usize = 1;
const ITEMS: usize = 2;

/// The menu, and the elements that the focus goes to.
#[derive(Clone, Copy)]
pub(super) struct Popup {
    open: RwSignal<bool>,
    pub(super) root: ElementRef,
    pub(super) button: ElementRef,
    pub(super) account: ElementRef,
    pub(super) sign_out: ElementRef,
}

impl Popup {
    pub(super) fn closed() -> Self {
        Self {
            open: RwSignal::new(false),
            root: ElementRef::new_local(None),
            button: ElementRef::new_local(None),
            account: ElementRef::new_local(None),
            sign_out: ElementRef::new_local(None),
        }
    }

    pub(super) fn is_open(self) -> bool {
        self.open.get()
    }

    pub(super) fn close(self) {
        self.open.set(false);
    }

    pub(super) fn toggle(self) {
        if self.open.get_untracked() {
            self.close_to_button();
        } else {
            self.go_to(ACCOUNT);
        }
    }

    /// Opens the menu, if it is not, with the focus on that item.
    fn go_to(self, index: usize) {
        let was_open = self.open.get_untracked();
        self.open.set(true);
        if let Some(item) = self.item(index) {
            if was_open {
                drop(item.focus());
            } else {
                // An item that is still hidden takes no focus.
                focus_when_rendered(item);
            }
        }
    }

    fn item(self, index: usize) -> Option<HtmlElement> {
        match index {
            SIGN_OUT => self.sign_out.get_value(),
            _ => self.account.get_value(),
        }
    }

    pub(super) fn close_to_button(self) {
        self.close();
        if let Some(button) = self.button.get_value() {
            drop(button.focus());
        }
    }

    pub(super) fn close_unless_inside(self, target: Option<EventTarget>) {
        let node = target.and_then(|target| target.dyn_into::<Node>().ok());
        let inside = self
            .root
            .get_value()
            .is_some_and(|root| root.contains(node.as_ref()));
        if !inside && self.open.get_untracked() {
            self.close();
        }
    }

    pub(super) fn key_on_button(self, event: &KeyboardEvent) {
        match on_button(&event.key()) {
            OnButton::OpenFirst => self.go_to(ACCOUNT),
            OnButton::OpenLast => self.go_to(SIGN_OUT),
            OnButton::Close if self.open.get_untracked() => self.close_to_button(),
            OnButton::Close | OnButton::Other => return,
        }
        event.prevent_default();
    }

    pub(super) fn key_on_item(self, event: &KeyboardEvent) {
        // Keys come from where the focus is.
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let at = if target == self.sign_out.get_value() {
            SIGN_OUT
        } else {
            ACCOUNT
        };
        match on_item(&event.key(), at, ITEMS) {
            OnItem::GoTo(index) => self.go_to(index),
            OnItem::Activate => {
                if let Some(item) = self.item(at) {
                    item.click();
                }
            }
            OnItem::Close => self.close_to_button(),
            OnItem::Leave => {
                // The browser moves on from the button, not from the item: a menu is one stop for Tab.
                self.close_to_button();
                return;
            }
            OnItem::Other => return,
        }
        event.prevent_default();
    }
}

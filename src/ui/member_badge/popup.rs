//! The badge's menu: whether it is open, where the focus is in it, and how both change.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlElement, Node};

use super::menu::{OnButton, OnItem, on_button, on_item};
use crate::ui::focus_when_rendered;

/// The menu's items, by index.
pub(super) const ACCOUNT: usize = 0;
pub(super) const SIGN_OUT: usize = 1;
const ITEMS: usize = 2;

/// The menu and where the focus is in it.
#[derive(Clone, Copy)]
pub(super) struct Popup {
    /// The item that has the focus, while the menu is open.
    at: RwSignal<Option<usize>>,
    pub(super) root: NodeRef<html::Div>,
    pub(super) button: NodeRef<html::Button>,
    pub(super) account: NodeRef<html::A>,
    pub(super) sign_out: NodeRef<html::Button>,
}

impl Popup {
    pub(super) fn closed() -> Self {
        Self {
            at: RwSignal::new(None),
            root: NodeRef::new(),
            button: NodeRef::new(),
            account: NodeRef::new(),
            sign_out: NodeRef::new(),
        }
    }

    pub(super) fn is_open(self) -> bool {
        self.at.get().is_some()
    }

    pub(super) fn note_focus(self, index: usize) {
        self.at.set(Some(index));
    }

    pub(super) fn close(self) {
        self.at.set(None);
    }

    pub(super) fn toggle(self) {
        if self.at.get_untracked().is_some() {
            self.close_to_button();
        } else {
            self.go_to(ACCOUNT);
        }
    }

    /// Opens the menu, if it is not, with the focus on that item.
    fn go_to(self, index: usize) {
        let was_open = self.at.get_untracked().is_some();
        self.at.set(Some(index));
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
            SIGN_OUT => self.sign_out.get_untracked().map(Into::into),
            _ => self.account.get_untracked().map(Into::into),
        }
    }

    pub(super) fn close_to_button(self) {
        self.close();
        if let Some(button) = self.button.get_untracked() {
            drop(button.focus());
        }
    }

    pub(super) fn close_unless_inside(self, target: Option<EventTarget>) {
        let node = target.and_then(|target| target.dyn_into::<Node>().ok());
        let inside = self
            .root
            .get_untracked()
            .is_some_and(|root| root.contains(node.as_ref()));
        if !inside && self.at.get_untracked().is_some() {
            self.close();
        }
    }

    pub(super) fn key_on_button(self, event: &KeyboardEvent) {
        match on_button(&event.key()) {
            OnButton::OpenFirst => self.go_to(ACCOUNT),
            OnButton::OpenLast => self.go_to(SIGN_OUT),
            OnButton::Close if self.at.get_untracked().is_some() => self.close_to_button(),
            OnButton::Close | OnButton::Other => return,
        }
        event.prevent_default();
    }

    pub(super) fn key_on_item(self, event: &KeyboardEvent) {
        let Some(at) = self.at.get_untracked() else {
            return;
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

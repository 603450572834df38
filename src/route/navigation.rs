//! Client-side navigation: plain links to the application's own pages change the page without loading it again.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::Route;
use crate::element::focus_heading;

/// Where the application is.
#[derive(Clone)]
pub(crate) struct Navigation {
    arrived: ArcTrigger,
}

/// Follows the address for everything below the current owner.
pub(crate) fn provide_navigation() -> Navigation {
    let navigation = Navigation {
        arrived: ArcTrigger::new(),
    };
    let shown = Rc::new(Cell::new(current_route()));
    let heard = [
        window_event_listener_untyped("click", {
            let (navigation, shown) = (navigation.clone(), Rc::clone(&shown));
            move |event| {
                if follow(event.unchecked_ref()) {
                    shown.set(current_route());
                    navigation.arrive(Scroll::ToTop);
                }
            }
        }),
        window_event_listener_untyped("popstate", {
            let navigation = navigation.clone();
            move |_| {
                let route = current_route();
                if shown.replace(route) != route {
                    navigation.arrive(Scroll::AsBrowserDoes);
                }
            }
        }),
    ];
    on_cleanup(move || {
        for listener in heard {
            listener.remove();
        }
    });
    navigation
}

/// Who decides how far down the page is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scroll {
    /// A new page starts at its top.
    ToTop,
    /// Back and forward return to where the member was.
    AsBrowserDoes,
}

impl Navigation {
    /// The page at the current address.
    pub(crate) fn route(&self) -> Route {
        self.arrived.track();
        current_route()
    }

    fn arrive(&self, scroll: Scroll) {
        self.arrived.notify();
        // After the new page has been rendered.
        request_animation_frame(move || {
            if scroll == Scroll::ToTop {
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
            focus_heading();
        });
    }
}

/// Goes where a pressed link leads, if that is a page of ours.
fn follow(event: &MouseEvent) -> bool {
    let Some(link) = link_of(event) else {
        return false;
    };
    let here = window().location();
    let to_another_origin = here.origin().ok() != Some(link.origin());
    let only_the_fragment = !link.hash().is_empty()
        && here.pathname().ok() == Some(link.pathname())
        && here.search().ok() == Some(link.search());
    // The BFF's addresses, files and everything else that is no page of ours is the browser's to load.
    let not_ours = Route::at(&link.pathname()) == Route::NotFound;
    if to_another_origin || only_the_fragment || not_ours {
        return false;
    }
    let pushed = window().history().and_then(|history| {
        if here.href()? == link.href() {
            return Ok(());
        }
        history.push_state_with_url(&JsValue::NULL, "", Some(&link.href()))
    });
    // Browsers refuse when addresses change too often; then the link loads its page as links do.
    if pushed.is_ok() {
        event.prevent_default();
    }
    pushed.is_ok()
}

fn current_route() -> Route {
    window()
        .location()
        .pathname()
        .map_or(Route::NotFound, |path| Route::at(&path))
}

/// The link that a click follows in this tab, unless a key, a button or the link itself asks for something else.
fn link_of(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target
        .closest("a[href]")
        .ok()??
        .dyn_into::<HtmlAnchorElement>()
        .ok()?;
    let here = matches!(link.target().as_str(), "" | "_self");
    (here && !link.has_attribute("download")).then_some(link)
}

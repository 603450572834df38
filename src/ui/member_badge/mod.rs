//! The badge: who is signed in, and a menu with what they can do about it.

mod menu;
mod popup;

use std::sync::atomic::{AtomicU32, Ordering};

use lapel_wire::Member;
use leptos::ev::{self, FocusEvent};
use leptos::prelude::*;

use super::avatar::{AvatarSize, avatar};
use crate::element::{Condition, Element, changing, element, mark, unseen};
use crate::texts::use_texts;
use popup::Popup;

/// Tells several badges on one page apart.
static BADGES: AtomicU32 = AtomicU32::new(0);

/// Name and portrait on a button that opens a menu. Keys as in the WAI-ARIA Authoring Practices for menu buttons.
pub(crate) struct Badge {
    /// Who is signed in.
    pub(crate) member: Member,
    /// Address of the account page.
    pub(crate) account_href: &'static str,
    /// Whether the sign-out is under way.
    pub(crate) leaving: Condition,
    /// Whether the server is out of reach, so that this is what was last known.
    pub(crate) out_of_reach: Condition,
}

impl Badge {
    /// `on_sign_out` is called when the member wants out.
    pub(crate) fn view(self, on_sign_out: impl Fn() + Send + 'static) -> AnyView {
        let Self {
            member,
            account_href,
            leaving,
            out_of_reach,
        } = self;
        let texts = &use_texts().badge;
        let id = BADGES.fetch_add(1, Ordering::Relaxed);
        let menu_id = format!("lapel-badge-menu-{id}");
        let popup = Popup::closed();
        let elsewhere = window_event_listener_untyped("pointerdown", move |event| {
            popup.close_unless_inside(event.target());
        });
        on_cleanup(move || elsewhere.remove());
        let button = button(member, popup)
            .attr("id", format!("lapel-badge-{id}"))
            .attr("aria-controls", menu_id.clone());
        let menu = menu(account_href, &leaving, popup, on_sign_out).attr("id", menu_id);
        let reach = out_of_reach.either(texts.out_of_reach, "");
        let state = changing(move || match (leaving.holds(), out_of_reach.holds()) {
            (true, _) => "leaving",
            (false, true) => "out-of-reach",
            (false, false) => "signed-in",
        });
        element("div")
            .class("ui-member-badge")
            .attr("data-state", state)
            .node_ref(popup.root)
            .on(ev::focusout, move |event: FocusEvent| {
                if let Some(next) = event.related_target() {
                    popup.close_unless_inside(Some(next));
                }
            })
            .child(button)
            .child(menu)
            .child(unseen(reach))
            .view()
    }
}

fn button(member: Member, popup: Popup) -> Element {
    let Member {
        id: seed,
        name,
        picture,
        email: _,
    } = member;
    let portrait = avatar(&name, &seed, picture, AvatarSize::Small);
    let open = Condition::from(move || popup.is_open());
    element("button")
        .attr("type", "button")
        .class("ui-member-badge__button")
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", open.either("true", "false"))
        .node_ref(popup.button)
        .on(ev::click, move |_| popup.toggle())
        .on(ev::keydown, move |event| popup.key_on_button(&event))
        .child(portrait)
        .child(
            element("bdi")
                .class("ui-member-badge__name")
                .attr("title", name.clone())
                .child(name),
        )
        .child(unseen(use_texts().badge.menu_button))
        .child(mark("ui-member-badge__chevron"))
}

fn menu(
    account_href: &'static str,
    leaving: &Condition,
    popup: Popup,
    on_sign_out: impl Fn() + Send + 'static,
) -> Element {
    let texts = &use_texts().badge;
    let item = |tag| {
        element(tag)
            .class("ui-member-badge__item")
            .attr("role", "menuitem")
            .attr("tabindex", "-1")
    };
    let account = item("a")
        .attr("href", account_href)
        .node_ref(popup.account)
        .on(ev::click, move |_| popup.close())
        .child(texts.account);
    let (going, closed) = (leaving.clone(), Condition::from(move || !popup.is_open()));
    let sign_out = item("button")
        .attr("type", "button")
        .flag("aria-disabled", leaving)
        .node_ref(popup.sign_out)
        .on(ev::click, move |_| {
            popup.close_to_button();
            if !untrack(|| going.holds()) {
                on_sign_out();
            }
        })
        .child(leaving.either(texts.signing_out, texts.sign_out));
    element("div")
        .class("ui-member-badge__menu")
        .attr("role", "menu")
        .attr("aria-label", texts.menu)
        .flag("hidden", &closed)
        .on(ev::keydown, move |event| popup.key_on_item(&event))
        .child(account)
        .child(sign_out)
}

//! The badge: who is signed in, and a menu with what they can do about it.

mod menu;
mod popup;

use std::sync::atomic::{AtomicU32, Ordering};

use lapel_wire::Member;
use leptos::ev::{FocusEvent, PointerEvent};
use leptos::prelude::*;

use super::{Avatar, when, word};
use crate::texts::use_texts;
use popup::{ACCOUNT, Popup, SIGN_OUT};

/// Tells several badges on one page apart.
static BADGES: AtomicU32 = AtomicU32::new(0);

/// Name and portrait on a button that opens a menu. Keys as in the WAI-ARIA Authoring Practices for menu buttons.
#[component]
pub fn MemberBadge(
    /// Who is signed in.
    member: Member,
    /// Address of the account page.
    #[prop(into)]
    account_href: String,
    /// Called when the member wants out.
    #[prop(into)]
    on_sign_out: Callback<()>,
    /// Whether the sign-out is under way.
    #[prop(into)]
    leaving: Signal<bool>,
    /// Whether the server is out of reach, so that this is what was last known. False by default.
    #[prop(optional, into)]
    out_of_reach: Signal<bool>,
) -> impl IntoView {
    let texts = &use_texts().badge;
    let id = BADGES.fetch_add(1, Ordering::Relaxed);
    let (button_id, menu_id) = (
        format!("lapel-badge-{id}"),
        format!("lapel-badge-menu-{id}"),
    );
    let Member {
        id: seed,
        name,
        picture,
        email: _,
    } = member;
    let popup = Popup::closed();
    let outside = window_event_listener(leptos::ev::pointerdown, move |event: PointerEvent| {
        popup.close_unless_inside(event.target());
    });
    on_cleanup(move || outside.remove());

    let state = word(move || match (leaving.get(), out_of_reach.get()) {
        (true, _) => "leaving",
        (false, true) => "out-of-reach",
        (false, false) => "signed-in",
    });
    view! {
        <div
            class="ui-member-badge"
            data-state=state
            node_ref=popup.root
            on:focusout=move |event: FocusEvent| {
                if let Some(next) = event.related_target() {
                    popup.close_unless_inside(Some(next));
                }
            }
        >
            <button
                type="button"
                id=button_id
                class="ui-member-badge__button"
                aria-haspopup="menu"
                aria-controls=menu_id.clone()
                aria-expanded=word(move || if popup.is_open() { "true" } else { "false" })
                node_ref=popup.button
                on:click=move |_| popup.toggle()
                on:keydown=move |event| popup.key_on_button(&event)
            >
                <Avatar name=name.clone() seed=seed picture=picture />
                <bdi class="ui-member-badge__name" title=name.clone()>
                    {name.clone()}
                </bdi>
                <span class="ui-visually-hidden">{texts.menu_button}</span>
                <span class="ui-member-badge__chevron" aria-hidden="true"></span>
            </button>
            <Menu id=menu_id popup account_href on_sign_out leaving />
            <span class="ui-visually-hidden">
                {word(move || if out_of_reach.get() { texts.out_of_reach } else { "" })}
            </span>
        </div>
    }
}

#[component]
fn Menu(
    id: String,
    popup: Popup,
    account_href: String,
    on_sign_out: Callback<()>,
    leaving: Signal<bool>,
) -> impl IntoView {
    let texts = &use_texts().badge;
    let sign_out = move |_| {
        popup.close_to_button();
        if !leaving.get_untracked() {
            on_sign_out.run(());
        }
    };
    view! {
        <div
            id=id
            class="ui-member-badge__menu"
            role="menu"
            aria-label=texts.menu
            hidden=when(move || !popup.is_open())
            on:keydown=move |event| popup.key_on_item(&event)
        >
            <a
                class="ui-member-badge__item"
                role="menuitem"
                tabindex="-1"
                href=account_href
                node_ref=popup.account
                on:focus=move |_| popup.note_focus(ACCOUNT)
                on:click=move |_| popup.close()
            >
                {texts.account}
            </a>
            <button
                type="button"
                class="ui-member-badge__item"
                role="menuitem"
                tabindex="-1"
                aria-disabled=when(move || leaving.get())
                node_ref=popup.sign_out
                on:focus=move |_| popup.note_focus(SIGN_OUT)
                on:click=sign_out
            >
                {word(move || if leaving.get() { texts.signing_out } else { texts.sign_out })}
            </button>
        </div>
    }
}

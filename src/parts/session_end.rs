//! The end of a session under somebody's hands.

use leptos::prelude::*;

use super::sign_in_button::sign_in_button;
use crate::element::{element, live, paragraph};
use crate::session::Message;
use crate::session::runtime::SessionHandle;
use crate::texts::use_texts;
use crate::ui::{ButtonLook, SignInLook, button, close, dialog};

/// Says that the session has ended, over the page, which stays as it is. Put away, it leaves the page to be read and
/// copied.
pub(super) fn session_end(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    let words = &texts.notices.end;
    live(
        move || handle.message(),
        move |message| match message {
            Message::Ended(reason) => {
                let this = StoredValue::new_local(None);
                let sign_in = sign_in_button(handle, None, SignInLook::Brand, texts.badge.sign_in);
                let idle = false.into();
                let later = button(words.put_away, ButtonLook::Quiet, idle, move || close(this));
                let actions = element("div")
                    .class("ui-dialog__actions")
                    .child(sign_in)
                    .child(later);
                let body = element("div")
                    .child((texts.notices.said)(reason).map(paragraph))
                    .child(paragraph(words.stays))
                    .child(actions);
                dialog(words.title, body, this, move || handle.put_end_away())
            }
            Message::Nothing | Message::Calm(_) | Message::Trouble(_) => ().into_any(),
        },
    )
}

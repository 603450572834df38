//! The end of a session under somebody's hands.

use lapel_wire::SignedOutReason;
use leptos::prelude::*;

use super::sign_in_button::sign_in_button;
use crate::element::{element, paragraph};
use crate::session::runtime::SessionHandle;
use crate::texts::Texts;
use crate::ui::{ButtonLook, SignInLook, button, close, dialog};

/// Says that the session has ended, over the page, which stays as it is. Put away, it leaves the page to be read and
/// copied.
pub(super) fn session_end(
    reason: SignedOutReason,
    handle: SessionHandle,
    texts: &'static Texts,
) -> AnyView {
    let words = &texts.notices.end;
    let this = StoredValue::new_local(None);
    let sign_in = sign_in_button(handle, None, SignInLook::Brand, texts.badge.sign_in);
    let later = button(words.put_away, ButtonLook::Quiet, false.into(), move || {
        close(this);
    });
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

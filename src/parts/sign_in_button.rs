//! The sign-in link.

use lapel_wire::{Feature, LocalPath, paths};
use leptos::prelude::*;

use super::developer_error::developer_error;
use crate::element::changing;
use crate::session::Motion;
use crate::session::runtime::{SessionHandle, use_session};
use crate::texts::use_texts;
use crate::ui::{SignInLink, SignInLook};

/// "Sign in with LinkedIn": a real link to the BFF that comes back to where it was pressed. A second press while the
/// browser is leaving does nothing; after the back button it works again.
#[component]
pub fn SignInButton(
    /// Where to come back to. The current address by default.
    #[prop(optional, into)]
    return_to: Option<LocalPath>,
    /// How it looks. In LinkedIn's colour by default.
    #[prop(optional)]
    look: SignInLook,
    /// Its words. LinkedIn's own by default.
    #[prop(optional)]
    label: Option<&'static str>,
) -> impl IntoView {
    let label = label.unwrap_or(use_texts().badge.sign_in);
    match use_session() {
        Ok(handle) => sign_in_button(handle, return_to, look, label),
        Err(error) => developer_error("SignInButton", error),
    }
}

pub(crate) fn sign_in_button(
    handle: SessionHandle,
    return_to: Option<LocalPath>,
    look: SignInLook,
    label: &'static str,
) -> AnyView {
    link_to(login, handle, return_to, look, label)
}

/// A member whose session has ended is asked for what they had allowed, all at once: LinkedIn would end the tokens of one
/// set of permissions with those of another, and ask a second time for the rest (LinkedIn reference §1.5).
fn login(handle: SessionHandle, return_to: &LocalPath) -> String {
    if handle.may(Feature::Share) {
        paths::consent(return_to, Feature::Share)
    } else {
        paths::login(return_to)
    }
}

/// A link to the BFF's address that begins a sign-in for this return address, in one way or another.
#[inline(never)]
pub(super) fn link_to(
    begin: fn(SessionHandle, &LocalPath) -> String,
    handle: SessionHandle,
    return_to: Option<LocalPath>,
    look: SignInLook,
    label: &'static str,
) -> AnyView {
    let target = move || return_to.clone().unwrap_or_else(|| handle.here());
    let address = target.clone();
    let link = SignInLink {
        href: changing(move || begin(handle, &address())).into(),
        leaving: (move || handle.motion() == Motion::SigningIn).into(),
        look,
        label,
    };
    link.view(move || handle.start_sign_in(untrack(&target)))
}

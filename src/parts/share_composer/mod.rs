//! Writing a post for LinkedIn, and posting it once.

mod action;
mod field;
mod form;
mod outcome;
mod preview;

use lapel_wire::{Feature, Member, paths};
use leptos::prelude::*;

use super::developer_error::developer_error;
use super::require_member::require_member;
use super::sign_in_button::link_to;
use crate::element::{element, live};
use crate::session::Account;
use crate::session::runtime::{SessionHandle, use_session};
use crate::share::Stage;
use crate::share::runtime::{Desk, ShareHandle};
use crate::texts::{Texts, use_texts};
use crate::ui::SignInLook;
use field::unique;

/// A post for LinkedIn: text, link, who can see it, a preview, and the button. It asks for the permission when the member
/// wants to post and has not given it, keeps the draft in the browser until it is posted or the member signs out, and
/// sends it at most once, whatever happens to the answer.
///
/// ```
/// use lapel::{SessionProvider, ShareComposer};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Announce() -> impl IntoView {
///     view! {
///         <SessionProvider>
///             <main>
///                 <h1>"Tell your network"</h1>
///                 <ShareComposer />
///             </main>
///         </SessionProvider>
///     }
/// }
/// ```
#[component]
pub fn ShareComposer() -> impl IntoView {
    match use_session() {
        Ok(handle) => share_composer(handle),
        Err(error) => developer_error("ShareComposer", error),
    }
}

pub(crate) fn share_composer(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    // Without a provider's it is this composer's own.
    let desk: Desk = use_context().unwrap_or_default();
    let content = move |account: Account| {
        let share = ShareHandle::on(&desk, handle, &account);
        composer(&share, handle, account.member, texts)
    };
    require_member(handle, texts.share.sign_in_to_write, way_in, content.into())
}

/// Whoever comes here to post is asked for everything at once.
fn way_in(handle: SessionHandle) -> AnyView {
    let label = use_texts().badge.sign_in;
    link_to(
        |_, to| paths::consent(to, Feature::Share),
        handle,
        None,
        SignInLook::Brand,
        label,
    )
}

/// Names that tell this composer's fields from all others on the page.
#[derive(Clone)]
struct Names {
    text: String,
    link: String,
    visibility: String,
}

fn composer(
    share: &ShareHandle,
    handle: SessionHandle,
    member: Member,
    texts: &'static Texts,
) -> AnyView {
    let names = Names {
        text: unique("text"),
        link: unique("link"),
        visibility: unique("visibility"),
    };
    let staged = share.clone();
    let hinted = share.clone();
    let said = live(
        {
            let share = share.clone();
            move || {
                share.follow_stage();
                // Whether somebody who is back may post is known when the session is.
                handle.motion();
                handle.may(Feature::Share);
            }
        },
        move |()| outcome::said(&hinted.composer(), handle, texts),
    );
    let share = share.clone();
    let body = live(
        move || staged.follow_stage(),
        move |()| {
            let composer = &*share.composer();
            match composer.stage {
                Stage::Posted(_) => outcome::another(&share, texts),
                Stage::Writing(_)
                | Stage::Claiming
                | Stage::Sending
                | Stage::Waiting
                | Stage::Unsent(_)
                | Stage::Unknown(_) => {
                    form::form(&share, composer, handle, member.clone(), &names, texts)
                }
            }
        },
    );
    element("div")
        .class("part-share")
        .child(element("div").attr("role", "status").child(said))
        .child(body)
        .view()
}

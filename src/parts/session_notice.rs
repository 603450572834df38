//! What there is to say about the session: calm notices, failures, and words for those who do not see the badge.

use lapel_wire::Kind;
use leptos::prelude::*;

use super::SignInButton;
use super::developer_error::DeveloperError;
use crate::failure::{Failure, Reference};
use crate::session::runtime::{SessionHandle, use_session};
use crate::session::{Calm, Message, Motion, Session, SignedIn, Task, Trouble};
use crate::texts::{Texts, use_texts};
use crate::ui::{
    Button, ButtonLook, FailurePanel, Notice, NoticeTone, SignInLook, live, text, word,
};

/// Says how a sign-in or sign-out ended, and what is wrong where something is. Put it once on every page, above the
/// content; it takes no room while there is nothing to say.
#[component]
pub fn SessionNotice() -> impl IntoView {
    let handle = match use_session() {
        Ok(handle) => handle,
        Err(error) => return view! { <DeveloperError part="SessionNotice" error /> }.into_any(),
    };
    let texts = use_texts();
    let spoken = text(move || spoken(&handle.session(), texts));
    let calm = live(move || match handle.message() {
        Message::Calm(calm) => calm_view(calm, handle, texts),
        Message::Nothing | Message::Trouble(_) => ().into_any(),
    });
    let trouble = live(move || match handle.message() {
        Message::Trouble(trouble) => trouble_view(trouble, handle, texts),
        Message::Nothing | Message::Calm(_) => ().into_any(),
    });
    view! {
        <div class="part-session-notice">
            <p class="ui-visually-hidden" role="status">
                {spoken}
            </p>
            <div role="status">{calm}</div>
            {trouble}
        </div>
    }
    .into_any()
}

fn calm_view(calm: Calm, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let on_dismiss = move |()| handle.dismiss_notice();
    let notices = &texts.notices;
    match calm {
        Calm::Cancelled => {
            view! { <Notice on_dismiss takes_focus=true><p>{notices.cancelled}</p></Notice> }
                .into_any()
        }
        Calm::StartAgain => view! {
            <Notice on_dismiss takes_focus=true>
                <p>{notices.start_again}</p>
                <SignInButton />
            </Notice>
        }
        .into_any(),
        Calm::Said(reason) => {
            let sentence = (notices.said)(reason);
            view! { <Notice on_dismiss><p>{sentence}</p></Notice> }.into_any()
        }
        Calm::SignedOutHere(revocation) => {
            let words = (notices.signed_out)(revocation);
            // The button that was pressed is gone with the badge, so the focus comes here.
            view! {
                <Notice on_dismiss tone=NoticeTone::Done takes_focus=true>
                    <p><strong>{words.done}</strong> " " {words.tokens}</p>
                    <p>{words.linkedin}</p>
                </Notice>
            }
            .into_any()
        }
        Calm::SignedOutElsewhere => {
            view! { <Notice on_dismiss><p>{notices.elsewhere}</p></Notice> }.into_any()
        }
    }
}

fn trouble_view(trouble: Trouble, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let words = &texts.failures;
    let Trouble {
        with,
        failure: Failure { kind, reference },
    } = trouble;
    let reference = reference.as_ref().map(Reference::as_str).map(str::to_owned);
    match with {
        Task::SigningIn => view! {
            <FailurePanel title=words.sign_in kind reference takes_focus=true>
                <SignInButton look=SignInLook::Solid label=words.try_again />
            </FailurePanel>
        }
        .into_any(),
        Task::Checking { member_known } => {
            let (title, lead) = if member_known {
                (words.check_known, Some(words.last_known))
            } else {
                (words.check, None)
            };
            let busy = Signal::derive(move || handle.motion() == Motion::AskingAgain);
            let label = word(move || {
                if busy.get() {
                    words.trying
                } else {
                    words.try_again
                }
            });
            view! {
                <FailurePanel title lead kind reference>
                    <Button on_press=move |()| handle.try_again() busy>
                        {label}
                    </Button>
                </FailurePanel>
            }
            .into_any()
        }
        Task::SigningOut => {
            sign_out_view(words.sign_out, words.stay, kind, reference, handle, texts)
        }
        Task::SigningOutUnconfirmed => {
            let title = words.sign_out_unconfirmed;
            sign_out_view(title, words.leave_it, kind, reference, handle, texts)
        }
    }
}

fn sign_out_view(
    title: &'static str,
    leave_it: &'static str,
    kind: Kind,
    reference: Option<String>,
    handle: SessionHandle,
    texts: &'static Texts,
) -> AnyView {
    view! {
        <FailurePanel title kind reference takes_focus=true>
            <Button on_press=move |()| handle.sign_out()>{texts.failures.try_again}</Button>
            <Button look=ButtonLook::Quiet on_press=move |()| handle.dismiss_notice()>
                {leave_it}
            </Button>
        </FailurePanel>
    }
    .into_any()
}

/// For those who do not see the badge appear. What is shown as a notice or panel speaks for itself.
fn spoken(session: &Session, texts: &Texts) -> String {
    match session {
        Session::SigningIn(_) => texts.badge.signing_in.to_owned(),
        Session::SigningOut(_) => texts.badge.signing_out.to_owned(),
        Session::SignedIn(SignedIn {
            account,
            sign_out_failure: None,
        }) => (texts.badge.signed_in_as)(&account.member.name),
        Session::Checking(_)
        | Session::SignedOut(_)
        | Session::SignedIn(SignedIn {
            sign_out_failure: Some(_),
            account: _,
        })
        | Session::Unreachable(_) => String::new(),
    }
}

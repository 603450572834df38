//! What there is to say about the session: calm notices, failures, and words for those who do not see the badge.

use leptos::prelude::*;

use super::developer_error::developer_error;
use super::renewal_button::renewal_button;
use super::session_end::session_end;
use super::sign_in_button::sign_in_button;
use crate::element::{Condition, changing, element, live, paragraph};
use crate::failure::NextTry;
use crate::session::runtime::{SessionHandle, use_session};
use crate::session::{Calm, Message, Session, SignedIn, Task, Trouble};
use crate::texts::{Texts, use_texts};
use crate::ui::{
    Again, ButtonLook, NoticeTone, Panel, SignInLook, button, lasting_notice, notice, notice_words,
};

/// Says how a sign-in or sign-out ended, that another member is signed in, that the session's last days have come, and
/// what is wrong where something is. When a session ends under somebody's hands, it says so in a dialog over the page,
/// which keeps what is on it. Put it once on every page, above the content; it takes no room while there is nothing to say.
///
/// ```
/// use lapel::{SessionNotice, SessionProvider};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Shop() -> impl IntoView {
///     view! {
///         <SessionProvider>
///             <main>
///                 <SessionNotice />
///                 <h1>"Your orders"</h1>
///             </main>
///         </SessionProvider>
///     }
/// }
/// ```
#[component]
pub fn SessionNotice() -> impl IntoView {
    match use_session() {
        Ok(handle) => session_notice(handle),
        Err(error) => developer_error("SessionNotice", error),
    }
}

pub(crate) fn session_notice(handle: SessionHandle) -> AnyView {
    let texts = use_texts();
    let message = move || handle.message();
    let calm = live(message, move |message| match message {
        Message::Calm(calm) => calm_view(calm, handle, texts),
        Message::Nothing | Message::Trouble(_) | Message::Ended(_) => ().into_any(),
    });
    let trouble = live(message, move |message| match message {
        Message::Trouble(trouble) => trouble_view(trouble, handle, texts),
        Message::Ended(reason) => session_end(reason, handle, texts),
        Message::Nothing | Message::Calm(_) => ().into_any(),
    });
    let spoken = changing(move || spoken(&handle.session(), texts));
    element("div")
        .class("part-session-notice")
        .child(
            paragraph(spoken)
                .class("ui-visually-hidden")
                .attr("role", "status"),
        )
        .child(element("div").attr("role", "status").child(calm))
        .child(trouble)
        .view()
}

fn calm_view(calm: Calm, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let notices = &texts.notices;
    let words = notice_words();
    let words = match calm {
        Calm::Cancelled => words.child(paragraph(notices.cancelled)),
        Calm::StartAgain => {
            let again = sign_in_button(handle, None, SignInLook::Brand, texts.badge.sign_in);
            words.child(paragraph(notices.start_again)).child(again)
        }
        Calm::Said(reason) => words.child(paragraph((notices.said)(reason))),
        Calm::SignedOutHere(revocation) => {
            let said = (notices.signed_out)(revocation);
            let done = element("p")
                .child(element("strong").child(said.done))
                .child(" ")
                .child(said.tokens);
            words.child(done).child(paragraph(said.linkedin))
        }
        Calm::SignedOutElsewhere => words.child(paragraph(notices.elsewhere)),
        Calm::CookiesBlocked => words.child(paragraph(notices.cookies_blocked)),
        Calm::Switched => {
            let now = changing(move || {
                let session = handle.session();
                let name = session
                    .account()
                    .map(|account| account.member.name.as_str());
                (notices.switched)(name.unwrap_or_default())
            });
            words.child(paragraph(now))
        }
        Calm::NothingChanged => words.child(paragraph(notices.nothing_changed)),
        Calm::RenewalOffered => {
            let ends = changing(move || {
                let session = handle.session();
                let ending = session.account().and_then(|account| account.ending);
                let left = ending.map(|ending| ending.left(handle.now()));
                (notices.ends_soon)(&(texts.duration)(left.unwrap_or_default()))
            });
            words
                .child(paragraph(ends))
                .child(renewal_button(handle, SignInLook::Solid))
        }
        Calm::ReadingOn => {
            let sign_in = sign_in_button(handle, None, SignInLook::Brand, texts.badge.sign_in);
            let words = words.child(paragraph(notices.reading_on)).child(sign_in);
            return lasting_notice(words, NoticeTone::Neutral, false);
        }
    };
    let (tone, takes_focus) = match calm {
        Calm::Cancelled | Calm::StartAgain | Calm::CookiesBlocked | Calm::NothingChanged => {
            (NoticeTone::Neutral, true)
        }
        Calm::Said(_)
        | Calm::SignedOutElsewhere
        | Calm::Switched
        | Calm::RenewalOffered
        | Calm::ReadingOn => (NoticeTone::Neutral, false),
        // The button that was pressed is gone with the badge, so the focus comes here.
        Calm::SignedOutHere(_) => (NoticeTone::Done, true),
    };
    notice(words, tone, takes_focus, move || handle.dismiss_notice())
}

fn trouble_view(trouble: Trouble, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let words = &texts.failures;
    let Trouble { with, failure } = trouble;
    let panel = |title: &'static str| Panel {
        title: title.into(),
        lead: None,
        instead: None,
        failure,
        takes_focus: true,
        again: None,
    };
    let sign_out_again = || Some(Again::new(NextTry::ByHand, move || handle.sign_out()));
    let leave_it = |words: &'static str| {
        let idle = Condition::default();
        let leave_it = move || handle.dismiss_notice();
        Some(button(words, ButtonLook::Quiet, idle, leave_it).view())
    };
    match with {
        Task::SigningIn => {
            let again = sign_in_button(handle, None, SignInLook::Solid, words.try_again);
            panel(words.sign_in).with(Some(again))
        }
        Task::AskingForMore => {
            let panel = Panel {
                lead: Some(words.signed_in_as_before),
                ..panel(words.asking_for_more)
            };
            panel.with(leave_it(words.leave_it))
        }
        Task::Checking { member_known } => {
            let (title, lead) = if member_known {
                (words.check_known, Some(words.last_known))
            } else {
                (words.check, None)
            };
            let again = Again::new(move || handle.next_try(), move || handle.try_again());
            let panel = Panel {
                lead,
                takes_focus: false,
                again: Some(again),
                ..panel(title)
            };
            panel.with(None)
        }
        Task::SigningOut => {
            let panel = Panel {
                again: sign_out_again(),
                ..panel(words.sign_out)
            };
            panel.with(leave_it(words.stay))
        }
        Task::SigningOutUnconfirmed => {
            let panel = Panel {
                again: sign_out_again(),
                ..panel(words.sign_out_unconfirmed)
            };
            panel.with(leave_it(words.leave_it))
        }
    }
}

/// For those who do not see the badge appear. What is shown as a notice or panel speaks for itself.
fn spoken(session: &Session, texts: &Texts) -> String {
    match session {
        Session::SigningIn(_) => texts.badge.signing_in.to_owned(),
        Session::SigningOut(_) => texts.badge.signing_out.to_owned(),
        Session::SignedIn(SignedIn {
            account,
            sign_out_failure: None,
            ..
        }) => (texts.badge.signed_in_as)(&account.member.name),
        Session::Checking(_)
        | Session::SignedOut(_)
        | Session::SignedIn(SignedIn {
            sign_out_failure: Some(_),
            ..
        })
        | Session::Ended(_)
        | Session::Unreachable(_) => String::new(),
    }
}

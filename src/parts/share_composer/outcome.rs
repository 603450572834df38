//! What became of a post, and of tries.

use std::time::Duration;

use lapel_wire::{Feature, Kind, Retry, paths};
use leptos::prelude::*;

use super::action::leaving;
use crate::element::{Condition, Element, element, focus_heading, paragraph, unseen};
use crate::failure::Failure;
use crate::parts::sign_in_button::link_to;
use crate::session::Motion;
use crate::session::runtime::SessionHandle;
use crate::share::runtime::ShareHandle;
use crate::share::{Composer, Hint, Mark, Stage, Witness};
use crate::texts::{FailureWords, Share, Side, Texts};
use crate::ui::{
    ButtonLook, NoticeTone, Panel, SignInLook, button, lasting_notice, notice_words, time_of_day,
};

/// The member's own posts (LinkedIn reference §9.4).
const OWN_POSTS: &str = "https://www.linkedin.com/in/me/recent-activity/all/";

/// What there is to say before the form, or in its place.
pub(super) fn said(composer: &Composer, handle: SessionHandle, texts: &'static Texts) -> AnyView {
    let words = &texts.share;
    let hint = match &composer.stage {
        Stage::Posted(posted) => {
            let done = match posted.witness {
                Witness::Answer => words.posted,
                Witness::Duplicate => words.posted_before,
                Witness::Member => words.posted_seen,
            };
            let see = posted.address().map(|address| out(address, words.see));
            let words = notice_words().child(paragraph(done)).child(see);
            // The button that was pressed is gone.
            return lasting_notice(words, NoticeTone::Done, true);
        }
        Stage::Writing(Some(Hint::Back)) => match untrack(|| handle.motion()) {
            // Only the BFF knows what was allowed.
            Motion::OutOfReach | Motion::AskingAgain => None,
            Motion::Still | Motion::SigningIn | Motion::SigningOut => {
                Some(if untrack(|| handle.may(Feature::Share)) {
                    words.back
                } else {
                    words.not_allowed
                })
            }
        },
        Stage::Writing(Some(Hint::Gone)) => Some(words.gone),
        Stage::Waiting => Some(words.waiting),
        Stage::Writing(None) | Stage::Unsent(_) if composer.mark == Mark::Tried => {
            Some(words.tried)
        }
        // To be seen on the button.
        Stage::Claiming | Stage::Sending => return unseen(words.posting).view(),
        Stage::Writing(None) | Stage::Unsent(_) | Stage::Unknown(_) => None,
    };
    hint.map_or_else(
        || ().into_any(),
        |hint| {
            let words = notice_words().child(paragraph(hint));
            lasting_notice(words, NoticeTone::Neutral, false)
        },
    )
}

/// What there is to do after a post.
pub(super) fn another(share: &ShareHandle, texts: &'static Texts) -> AnyView {
    let share = share.clone();
    let another = texts.share.another;
    let begin = move || {
        share.begin_anew();
        // The button is gone, and the focus with it.
        focus_heading();
    };
    element("p")
        .child(button(another, ButtonLook::Quiet, false.into(), begin))
        .view()
}

/// Why nothing was posted, or that nobody knows.
pub(super) fn trouble(
    share: &ShareHandle,
    composer: &Composer,
    handle: SessionHandle,
    texts: &'static Texts,
) -> AnyView {
    match &composer.stage {
        Stage::Unsent(trouble) => trouble.failure.as_deref().map_or_else(
            || ().into_any(),
            |failure| not_posted(share, failure.clone(), handle, texts),
        ),
        Stage::Unknown(failure) => {
            let failure = failure.as_deref().cloned();
            let failure = failure.unwrap_or_else(|| Kind::OutcomeUnknown.into());
            unknown(share, failure, &texts.share)
        }
        Stage::Writing(_)
        | Stage::Claiming
        | Stage::Sending
        | Stage::Waiting
        | Stage::Posted(_) => ().into_any(),
    }
}

fn not_posted(
    share: &ShareHandle,
    failure: Failure,
    handle: SessionHandle,
    texts: &'static Texts,
) -> AnyView {
    let words = &texts.share;
    // LinkedIn is known to act by the old permissions for some minutes (LinkedIn reference §1.5).
    let is_early = failure.kind == Kind::ScopeMissing && untrack(|| handle.may(Feature::Share));
    let more = match (failure.kind, &failure.retry) {
        _ if is_early => {
            let again = link_to(
                |_, to| paths::consent_again(to, Feature::Share),
                handle,
                None,
                SignInLook::Quiet,
                words.consent.ask_again,
            );
            Some(leaving(share).child(again))
        }
        (Kind::RateLimited, Some(Retry::After { seconds })) => {
            let time = time_of_day(share.answered_at(), Duration::from_secs(*seconds));
            time.map(|time| paragraph((words.possible_at)(&time)))
        }
        _ => failure.reason.clone().map(|reason| {
            let reason = element("q")
                .attr("lang", "en")
                .attr("dir", "ltr")
                .child(reason);
            paragraph(words.linkedin_says).child(" ").child(reason)
        }),
    };
    let panel = Panel {
        title: words.not_posted.into(),
        lead: None,
        instead: is_early.then_some(FailureWords {
            explanation: words.consent.not_honoured,
            side: Side::LinkedIn,
        }),
        failure,
        takes_focus: true,
        again: None,
    };
    panel.with(more.map(Element::view))
}

fn unknown(share: &ShareHandle, failure: Failure, words: &'static Share) -> AnyView {
    let words = &words.unknown;
    let way = |words: &'static str, look, press: fn(&ShareHandle)| {
        let share = share.clone();
        button(words, look, Condition::default(), move || press(&share)).view()
    };
    let panel = Panel {
        title: words.title.into(),
        lead: Some(words.lead),
        instead: None,
        failure,
        takes_focus: true,
        again: None,
    };
    panel.with([
        out(OWN_POSTS.to_owned(), words.look)
            .class("ui-button")
            .attr("data-look", "quiet")
            .view(),
        way(
            words.is_there,
            ButtonLook::Quiet,
            ShareHandle::say_it_is_there,
        ),
        way(words.again, ButtonLook::Solid, ShareHandle::post_again),
        way(words.take_back, ButtonLook::Quiet, ShareHandle::take_back),
    ])
}

/// A link to LinkedIn's own pages, in a tab of its own: this one has the draft.
pub(super) fn out(address: String, words: &'static str) -> Element {
    element("a")
        .attr("href", address)
        .attr("rel", "noreferrer")
        .attr("target", "_blank")
        .child(words)
}

//! What is said about the session: every reason, every outcome, every kind of failure.

use lapel::test_kit::{
    asking_again, came_back_without, checking, out_of_reach, out_of_reach_with, renewal_offered,
    sign_in_ended, sign_out_refused, sign_out_unconfirmed, signed_in, signed_out, signing_in,
    signing_out, switched,
};
use lapel::{Kind, Reason, Revocation, Session, SessionNotice, SignInOutcome, SignedOutReason};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let ada = "Ada Lovelace";
    let silent = [
        notice("nothing, while checking", checking()),
        notice("nothing to see, while leaving", signing_in()),
        notice("nothing to see for a member", signed_in(ada)),
        notice("nothing to see, while signing out", signing_out(ada)),
    ];
    let calm = [
        notice(
            "cancelled at LinkedIn",
            sign_in_ended(SignInOutcome::Cancelled),
        ),
        notice("start again", sign_in_ended(SignInOutcome::StartAgain)),
        notice("signed out elsewhere", signed_out(Reason::Elsewhere)),
        notice("cookies are blocked", signed_out(Reason::CookiesBlocked)),
        notice("another member than before", switched(ada)),
        notice("a renewal is offered", renewal_offered(ada)),
        notice(
            "a member cancelled at LinkedIn",
            came_back_without(ada, SignInOutcome::Cancelled),
        ),
        notice(
            "signed out here, answer lost",
            signed_out(Reason::Here(None)),
        ),
    ];
    let said = SignedOutReason::ALL.map(|reason| {
        let state = format!("signed out: {}", in_words(reason.as_str()));
        notice(state, signed_out(Reason::Said(reason)))
    });
    let here = Revocation::ALL.map(|revocation| {
        let state = format!("signed out here: {}", in_words(revocation.as_str()));
        notice(state, signed_out(Reason::Here(Some(revocation))))
    });
    let trouble = [
        notice(
            "the sign-out was refused",
            sign_out_refused(ada, Kind::NotConfigured),
        ),
        notice(
            "the sign-out is not confirmed",
            sign_out_unconfirmed(ada, Kind::Timeout),
        ),
        notice(
            "lost contact with a member",
            out_of_reach_with(ada, Kind::Unreachable),
        ),
        notice("asking again", asking_again(ada, Kind::Unreachable)),
        notice(
            "a member could not be asked for more",
            came_back_without(ada, SignInOutcome::Failed(Kind::NotConfigured)),
        ),
    ];
    let failed = Kind::ALL.map(|kind| {
        let state = format!("sign-in failed: {}", in_words(kind.as_str()));
        notice(state, sign_in_ended(SignInOutcome::Failed(kind)))
    });
    let unknown = Kind::ALL.map(|kind| {
        let state = format!("out of reach: {}", in_words(kind.as_str()));
        notice(state, out_of_reach(kind))
    });
    silent
        .into_iter()
        .chain(calm)
        .chain(said)
        .chain(here)
        .chain(trouble)
        .chain(failed)
        .chain(unknown)
        .collect()
}

fn notice(state: impl Into<String>, session: Session) -> Exhibit {
    Exhibit::of_session("session_notice", state, session, || {
        view! { <SessionNotice /> }
    })
}

fn in_words(name: &str) -> String {
    name.replace('_', " ")
}

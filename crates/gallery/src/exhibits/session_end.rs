//! The dialog over the page when its session has ended.

use lapel::test_kit::{ended, reading_on};
use lapel::{SessionNotice, SignedOutReason};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let ada = "Ada Lovelace";
    let reasons = [
        SignedOutReason::Expired,
        SignedOutReason::Revoked,
        SignedOutReason::Unreadable,
    ];
    let over = reasons.map(|reason| {
        let session = ended(ada, reason);
        Exhibit::of_session("session_end", reason.as_str(), session, || {
            view! { <SessionNotice /> }
        })
        .over_the_page()
    });
    let put_away = Exhibit::of_session(
        "session_end",
        "put away, to read on",
        reading_on(ada, SignedOutReason::Expired),
        || view! { <SessionNotice /> },
    );
    over.into_iter().chain([put_away]).collect()
}

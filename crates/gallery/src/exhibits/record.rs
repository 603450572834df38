//! What is known of a failure, behind "Details".

use lapel::{Failure, FailurePanel, Kind, SupportRecord, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let recorded = |state, record: fn() -> SupportRecord| {
        Exhibit::new("record", state, move || {
            let failure = Failure {
                record: record(),
                ..Kind::LinkedinDown.into()
            };
            let title = use_texts().failures.sign_in;
            view! { <FailurePanel title failure /> }
        })
    };
    vec![
        recorded("a short one", || {
            SupportRecord::default().with(SupportRecord::REFERENCE, Some("7f3a00c1d2e4"))
        }),
        recorded("a whole one", whole),
    ]
}

fn whole() -> SupportRecord {
    [
        (SupportRecord::REFERENCE, "7f3a00c1d2e4"),
        (
            SupportRecord::FAILURE,
            "LinkedIn answered 500 Internal Server Error",
        ),
        (SupportRecord::STATUS, "500"),
        (SupportRecord::METHOD, "POST"),
        (SupportRecord::URL, "https://api.linkedin.com/rest/posts"),
        (SupportRecord::MOMENT, "2026-11-23T09:00:00.123Z"),
        (SupportRecord::CLIENT_ID, "86vhj2q7ukf83q"),
        (SupportRecord::DURATION_MS, "412"),
        (SupportRecord::ATTEMPTS, "3"),
        (SupportRecord::X_LI_UUID, "AAYrBwzqKdC3ZGu0vXfTqw=="),
        (SupportRecord::X_LI_FABRIC, "prod-lva1"),
    ]
    .into_iter()
    .fold(SupportRecord::default(), |record, (name, value)| {
        record.with(name, Some(value))
    })
}

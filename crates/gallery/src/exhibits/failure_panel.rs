//! The failure panel: every kind, and every way in which it goes on.

use std::time::Duration;

use lapel::{Countdown, Failure, FailurePanel, Kind, NextTry, Reference, SupportLinks, use_texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;

pub(super) fn exhibits() -> Vec<Exhibit> {
    let kinds = Kind::ALL.map(|kind| {
        let state = kind.as_str().replace('_', " ");
        Exhibit::new("failure_panel", state, move || {
            let failure = Failure {
                reference: Reference::parse("7f3a00c1d2e4"),
                ..kind.into()
            };
            panel(failure, NextTry::ByHand, None)
        })
    });
    let nexts = [
        (
            "the next try in seconds",
            NextTry::In(Duration::from_secs(42)),
        ),
        (
            "the next try in an hour",
            NextTry::In(Duration::from_hours(1)),
        ),
        ("waiting for the network", NextTry::WhenOnline),
        ("trying now", NextTry::UnderWay),
    ];
    let nexts = nexts.map(|(state, next)| {
        Exhibit::new("failure_panel", state, move || {
            panel(Kind::Timeout.into(), next, None)
        })
    });
    let others = [
        Exhibit::new("failure_panel", "that never reached the server", || {
            panel(Kind::Offline.into(), NextTry::ByHand, None)
        }),
        Exhibit::new("failure_panel", "with something to say first", || {
            let lead = Some(use_texts().failures.last_known);
            panel(Kind::Timeout.into(), NextTry::ByHand, lead)
        }),
        Exhibit::new("failure_panel", "a permission that is missing", || {
            let failure = Failure {
                scopes: vec!["w_member_social".to_owned()],
                ..Kind::ScopeMissing.into()
            };
            panel(failure, NextTry::ByHand, None)
        }),
        Exhibit::new("failure_panel", "with addresses to turn to", || {
            let links = SupportLinks {
                support: "https://linkedin.example/support".to_owned(),
                status: "https://linkedin.example/status".to_owned(),
            };
            let failure = Failure {
                links: Some(links.into()),
                ..Kind::LinkedinDown.into()
            };
            panel(failure, NextTry::ByHand, None)
        }),
        Exhibit::new("failure_panel", "nothing to be done", || {
            let title = use_texts().failures.check;
            view! { <FailurePanel title failure=Kind::NotConfigured /> }
        }),
    ];
    kinds.into_iter().chain(nexts).chain(others).collect()
}

fn panel(failure: Failure, next: NextTry, lead: Option<&'static str>) -> impl IntoView {
    let words = &use_texts().failures;
    view! {
        <FailurePanel
            title=words.check
            failure
            lead
            countdown=Countdown::from(next)
            on_retry=|()| ()
        />
    }
}

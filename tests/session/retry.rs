//! Which failures are tried again without anyone's doing, after how long, and what holds that up.

use std::time::Duration;

use lapel::{
    Attempt, Effect, Failure, Hold, Kind, Moment, NextTry, Outage, Retry, Session, Step,
    Surroundings,
};
use proptest::prelude::*;

use super::states::{
    LATER, ada, around, asking_again, checking, holds, outage, signed_in, signing_in, signing_out,
    silent, stuck, unmoved, unreachable, waiting,
};

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// The page's clock after so many seconds.
fn at(count: u64) -> Moment {
    Moment::after(seconds(count))
}

fn hidden() -> Surroundings {
    Surroundings {
        seen: false,
        ..around(LATER)
    }
}

fn offline() -> Surroundings {
    Surroundings {
        online: false,
        ..around(LATER)
    }
}

/// What follows the first failure, at 100 seconds.
fn after(failure: Failure, around: Surroundings) -> Attempt {
    attempt(checking(None, None).could_not_ask(failure, around))
}

fn attempt(step: Step) -> Attempt {
    let Session::Unreachable(outage) = step.session else {
        panic!("reached: {:?}", step.session)
    };
    outage.attempt
}

fn advised(kind: Kind, retry: Retry) -> Failure {
    Failure {
        retry: Some(retry),
        ..Failure::from(kind)
    }
}

fn free(until: Moment) -> Attempt {
    let hold = Hold::Free;
    Attempt::Waiting { until, hold }
}

#[test]
fn each_kind_waits_as_it_should() {
    let around = around(at(100));
    let in_a_moment = free(Moment::after(Duration::from_millis(102_500)));
    for kind in Kind::ALL {
        let expected = match kind {
            Kind::Offline
            | Kind::Unreachable
            | Kind::Timeout
            | Kind::LinkedinDown
            | Kind::RateLimited => in_a_moment,
            Kind::SignInNeeded
            | Kind::ScopeMissing
            | Kind::Rejected
            | Kind::OutcomeUnknown
            | Kind::NotConfigured
            | Kind::Contract => Attempt::ByHand,
        };
        assert_eq!(after(kind.into(), around), expected, "{kind:?}");
    }
}

#[test]
fn what_the_bff_advises_is_done() {
    let around = around(at(100));
    let after = |kind, retry| after(advised(kind, retry), around);
    for kind in [Kind::LinkedinDown, Kind::RateLimited, Kind::Timeout] {
        assert_eq!(after(kind, Retry::Never), Attempt::ByHand);
        assert_eq!(after(kind, Retry::ByHand), Attempt::ByHand);
        let in_a_minute = Retry::After { seconds: 60 };
        assert_eq!(after(kind, in_a_minute), free(at(160)));
    }
}

#[test]
fn a_write_whose_answer_got_lost_is_not_repeated_whatever_is_advised() {
    for seconds in [0, 1, 60] {
        let failure = advised(Kind::OutcomeUnknown, Retry::After { seconds });
        assert_eq!(after(failure, around(LATER)), Attempt::ByHand);
    }
    // Nor a sign-out: time and the network lead to questions only.
    for state in [signing_out(), stuck(ada())] {
        for step in [
            state.clone().time_passed(at(100_000)),
            state.clone().network_returned(around(LATER)),
            state.page_visible_again(around(LATER)),
        ] {
            assert!(!step.effects.contains(&Effect::SignOut));
        }
    }
}

#[test]
fn waits_grow_and_stay_bounded() {
    let mut state = checking(None, None);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let step = state.could_not_ask(Kind::Timeout.into(), around(at(100)));
        let Attempt::Waiting { until, .. } = attempt(step.clone()) else {
            panic!("{step:?}")
        };
        waits.push(until);
        state = step.session;
    }
    let expected = [2_500, 5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000];
    let expected = expected.map(|wait| Moment::after(Duration::from_millis(100_000 + wait)));
    assert_eq!(waits, expected);
}

#[test]
fn a_try_comes_when_its_time_has_come() {
    let before = |state: Session| state.time_passed(Moment::after(Duration::from_millis(63_499)));
    let then = |state: Session| state.time_passed(Moment::after(Duration::from_millis(63_500)));
    holds(unmoved(vec![unreachable(Some(ada()))], before));
    holds(vec![(
        unreachable(Some(ada())),
        then,
        asking_again(Some(ada())),
        vec![Effect::Ask],
    )]);
    // What is under way, held up, or left to the member is not started.
    let others = vec![
        asking_again(None),
        outage(None, Attempt::ByHand, None),
        outage(None, waiting(Hold::Hidden), None),
        outage(None, waiting(Hold::Offline), None),
        silent(),
        signing_in(),
        signing_out(),
    ];
    holds(unmoved(others, then));
}

#[test]
fn a_page_that_nobody_sees_waits() {
    let event = |state: Session| state.page_held_up(hidden());
    let held = |hold| outage(Some(ada()), waiting(hold), None);
    holds(vec![(held(Hold::Free), event, held(Hold::Hidden), vec![])]);
    let others = vec![
        asking_again(None),
        outage(None, Attempt::ByHand, None),
        signed_in(ada()),
        silent(),
        checking(None, None),
        signing_in(),
        signing_out(),
    ];
    holds(unmoved(others, event));
    // An answer that fails when nobody is looking any more leads to no countdown either.
    assert_eq!(after(Kind::Timeout.into(), hidden()), waiting(Hold::Hidden));
}

#[test]
fn a_device_without_a_network_waits_for_it() {
    let event = |state: Session| state.page_held_up(offline());
    let held = |hold| outage(None, waiting(hold), None);
    holds(vec![(held(Hold::Free), event, held(Hold::Offline), vec![])]);
    let failed = checking(None, None).could_not_ask(Kind::Offline.into(), offline());
    let next = |state: &Session| state.next_try(LATER);
    assert_eq!(next(&failed.session), NextTry::WhenOnline);
    let returned = failed.session.network_returned(around(LATER));
    assert_eq!(next(&returned.session), NextTry::UnderWay);
    assert_eq!(returned.effects, [Effect::Ask]);
}

#[test]
fn a_network_that_returns_to_a_hidden_page_is_used_once_the_page_is_seen() {
    let held = outage(None, waiting(Hold::Offline), None);
    let returned = held.network_returned(hidden());
    assert!(returned.effects.is_empty(), "{returned:?}");
    let seen = returned.session.page_visible_again(around(LATER));
    assert_eq!(seen.effects, [Effect::Ask]);
    // And the other way round.
    let held = outage(None, waiting(Hold::Offline), None);
    let seen = held.page_visible_again(offline());
    assert!(seen.effects.is_empty(), "{seen:?}");
}

#[test]
fn a_wait_that_the_bff_asked_for_is_kept_by_everybody_but_the_member() {
    let limited = || {
        let failure = advised(Kind::RateLimited, Retry::After { seconds: 60 });
        checking(None, None)
            .could_not_ask(failure, around(at(100)))
            .session
    };
    for step in [
        limited().page_visible_again(around(at(110))),
        limited().network_returned(around(at(110))),
    ] {
        assert_eq!(step.session.next_try(at(110)), NextTry::In(seconds(50)));
        assert!(step.effects.is_empty());
    }
    for step in [
        limited().page_visible_again(around(at(160))),
        limited().time_passed(at(160)),
        limited().member_tries_again(),
    ] {
        assert_eq!(step.effects, [Effect::Ask]);
    }
}

#[test]
fn a_countdown_says_what_is_left() {
    let next = |state: &Session, now| state.next_try(now);
    let state = unreachable(None);
    assert_eq!(
        next(&state, LATER),
        NextTry::In(Duration::from_millis(2_500))
    );
    assert_eq!(next(&state, at(1_000)), NextTry::In(Duration::ZERO));
    assert_eq!(next(&asking_again(None), LATER), NextTry::UnderWay);
    assert_eq!(
        next(&outage(None, Attempt::ByHand, None), LATER),
        NextTry::ByHand
    );
    for other in [
        silent(),
        signed_in(ada()),
        signing_out(),
        checking(None, None),
    ] {
        assert_eq!(next(&other, LATER), NextTry::ByHand);
    }
}

proptest! {
    #[test]
    fn chance_never_shortens_what_is_advised_nor_lengthens_without_bounds(
        chance: u8,
        failures: u32,
        advice in prop::option::of(0_u64..=9_007_199_254_740_991),
    ) {
        let now = at(100);
        let around = Surroundings { chance, ..around(now) };
        let retry = advice.map(|seconds| Retry::After { seconds });
        let failure = Failure { retry, ..Failure::from(Kind::Timeout) };
        let lost = Outage {
            account: None,
            failure: failure.clone(),
            attempt: Attempt::UnderWay,
            failures,
            arrival: None,
        };
        let step = Session::Unreachable(lost).could_not_ask(failure, around);
        let NextTry::In(wait) = step.session.next_try(now) else {
            panic!("{step:?}")
        };
        match advice {
            Some(advised) => {
                let advised = seconds(advised);
                prop_assert!(advised <= wait && wait <= advised + seconds(60));
            }
            None => prop_assert!(Duration::from_millis(2_500) <= wait && wait <= seconds(120)),
        }
    }
}

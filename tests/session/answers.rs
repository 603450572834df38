//! What the BFF says, and what it is when nothing comes.

use std::time::Duration;

use lapel::{
    Account, Arrival, Attempt, Doing, Effect, Failure, Hold, Kind, Moment, Reason, Revocation,
    Session, SignedIn, SignedOutReason, Step,
};

use super::states::{
    HOUR, LATER, ada, ada_later, announce_in, announce_out, around, asking_again, bob, cancelled,
    checking, ended, failed, holds, leaving_while_checking, leaving_while_unreachable, nobody,
    outage, reading_on, record, remember, signed_in, signed_out, signed_out_unasked, signing_in,
    signing_out, silent, start_again, stuck, switched, timeout, unconfirmed, unmoved, unreachable,
    view, waiting,
};

#[test]
fn a_page_that_loads_asks_first() {
    let step = Session::app_started(Some(cancelled()), Some(ada()));
    assert_eq!(step.session, checking(Some(ada()), Some(cancelled())));
    assert_eq!(step.effects, [Effect::Ask]);
    assert_eq!(
        step.session.account(),
        None,
        "what is remembered is not shown before the answer"
    );
}

#[test]
fn a_sign_in_that_failed_is_noted() {
    let failure = Failure {
        reference: failed().reference,
        ..timeout()
    };
    let step = Session::app_started(Some(failed()), None);
    let record = Effect::Record(Doing::SigningIn, failure);
    assert_eq!(step.effects, [record, Effect::Ask]);
}

/// Ada, as she came back from LinkedIn without what she went for.
fn back_without(arrival: Arrival) -> Session {
    Session::SignedIn(SignedIn {
        arrival: Some(arrival),
        ..SignedIn::quiet(ada_later())
    })
}

#[test]
fn that_linkedin_changed_nothing_is_said_until_it_is_read() {
    for arrival in [cancelled(), failed()] {
        let told = back_without(arrival);
        // A silent check does not take it away.
        assert_eq!(told.clone().answered(view("ada"), LATER).session, told);
        let read = told.notice_dismissed();
        assert_eq!(read.session, signed_in(ada_later()));
        assert_eq!(read.effects, []);
    }
}

#[test]
fn a_call_that_is_refused_makes_the_page_look_again() {
    let event = Session::call_refused;
    holds(vec![(
        signed_in(ada()),
        event,
        signed_in(ada()),
        vec![Effect::Ask],
    )]);
    holds(unmoved(
        vec![
            checking(None, None),
            silent(),
            signing_in(),
            ended(SignedOutReason::Expired),
            signing_out(),
            unreachable(Some(ada())),
        ],
        event,
    ));
}

#[test]
fn an_answer_with_a_member_signs_in() {
    let event = |state: Session| state.answered(view("ada"), LATER);
    let is_in = || signed_in(ada_later());
    let kept = || remember(ada_later());
    holds(vec![
        (
            checking(None, None),
            event,
            is_in(),
            vec![kept(), announce_in("ada")],
        ),
        (
            checking(Some(bob()), None),
            event,
            switched(ada_later()),
            // What went wrong for Bob is not for Ada to read.
            vec![kept(), Effect::ForgetFailures, announce_in("ada")],
        ),
        // A reload is no fresh sign-in.
        (checking(Some(ada()), None), event, is_in(), vec![kept()]),
        // Somebody who is signed in went to LinkedIn for more, and came back without.
        (
            checking(Some(ada()), Some(cancelled())),
            event,
            back_without(cancelled()),
            vec![kept()],
        ),
        (
            checking(Some(ada()), Some(failed())),
            event,
            back_without(failed()),
            vec![kept()],
        ),
        // What does not concern them is not said.
        (
            checking(Some(ada()), Some(start_again())),
            event,
            is_in(),
            vec![kept()],
        ),
        (silent(), event, is_in(), vec![kept()]),
        (signed_out(Reason::Elsewhere), event, is_in(), vec![kept()]),
        (signed_in(ada()), event, is_in(), vec![kept()]),
        (stuck(ada()), event, stuck(ada_later()), vec![kept()]),
        // Now it is known what became of the sign-out.
        (unconfirmed(ada()), event, stuck(ada_later()), vec![kept()]),
        // Another member's failed sign-out is not this one's.
        (
            stuck(bob()),
            event,
            switched(ada_later()),
            vec![kept(), Effect::ForgetFailures],
        ),
        (asking_again(Some(ada())), event, is_in(), vec![kept()]),
        (
            asking_again(None),
            event,
            is_in(),
            vec![kept(), announce_in("ada")],
        ),
    ]);
    holds(unmoved(vec![signing_in(), signing_out()], event));
    let leaving = vec![
        leaving_while_checking(Some(ada())),
        leaving_while_unreachable(Some(ada())),
    ];
    holds(unmoved(leaving, event));
}

#[test]
fn an_answer_without_a_member_signs_out_and_forgets() {
    let event = |state: Session| state.answered(nobody(SignedOutReason::NoSession), LATER);
    let first = |came_back_unknown| {
        let look = Effect::LookForCookies { came_back_unknown };
        vec![Effect::Forget, look]
    };
    holds(vec![
        (checking(None, None), event, silent(), first(false)),
        (checking(Some(ada()), None), event, silent(), first(false)),
        (
            checking(None, Some(cancelled())),
            event,
            signed_out(Reason::Attempt(cancelled())),
            first(false),
        ),
        (
            checking(None, Some(start_again())),
            event,
            signed_out(Reason::Attempt(start_again())),
            first(true),
        ),
        (silent(), event, silent(), vec![]),
        // The member was here a moment ago: this needs a word.
        (
            signed_in(ada()),
            event,
            signed_out(Reason::Elsewhere),
            vec![Effect::Forget],
        ),
        (
            stuck(ada()),
            event,
            signed_out(Reason::Elsewhere),
            vec![Effect::Forget],
        ),
        (
            asking_again(Some(ada())),
            event,
            signed_out(Reason::Elsewhere),
            vec![Effect::Forget],
        ),
        (asking_again(None), event, silent(), first(false)),
        // The sign-out whose answer got lost: it was done here, and the other tabs have not heard.
        (
            unconfirmed(ada()),
            event,
            signed_out(Reason::Here(None)),
            vec![
                Effect::Forget,
                Effect::ForgetFailures,
                Effect::ForgetDrafts,
                announce_out(),
            ],
        ),
        (
            outage(Some(ada()), Attempt::UnderWay, Some(cancelled())),
            event,
            signed_out(Reason::Attempt(cancelled())),
            vec![Effect::Forget],
        ),
        (
            outage(None, Attempt::UnderWay, Some(cancelled())),
            event,
            signed_out(Reason::Attempt(cancelled())),
            first(false),
        ),
    ]);
    // What the member was told stays, and learns what a sign-in asks for.
    for reason in [
        Reason::Attempt(cancelled()),
        Reason::Here(Some(Revocation::Confirmed)),
        Reason::Here(None),
        Reason::Elsewhere,
        Reason::CookiesBlocked,
    ] {
        let step = event(signed_out_unasked(reason.clone()));
        assert_eq!(step, Step::to(signed_out(reason)));
    }
    holds(unmoved(vec![signing_in(), signing_out()], event));
}

#[test]
fn the_end_of_a_session_is_said() {
    for said in [
        SignedOutReason::Expired,
        SignedOutReason::Revoked,
        SignedOutReason::Unreadable,
    ] {
        for before in [
            checking(Some(ada()), None),
            // Whoever wanted out has nothing to keep.
            stuck(ada()),
            unconfirmed(ada()),
        ] {
            let step = before.answered(nobody(said), LATER);
            assert_eq!(step.session, signed_out(Reason::Said(said)));
            assert_eq!(step.effects, [Effect::Forget]);
        }
        // Under somebody's hands: the page stays as it was.
        for before in [signed_in(ada()), unreachable(Some(ada()))] {
            let step = before.clone().answered(nobody(said), LATER);
            assert_eq!(step.session, ended(said));
            assert_eq!(step.effects, [Effect::Forget]);
            assert_eq!(step.session.standing(), before.standing());
        }
    }
}

#[test]
fn a_session_whose_time_is_up_has_expired_even_if_no_trace_of_it_is_left() {
    let when = |seconds, before: Session| {
        let at = Moment::after(Duration::from_secs(seconds));
        before.answered(nobody(SignedOutReason::NoSession), at)
    };
    let expired = SignedOutReason::Expired;
    for (before, after) in [
        (signed_in(ada()), ended(expired)),
        (stuck(ada()), signed_out(Reason::Said(expired))),
        (unreachable(Some(ada())), ended(expired)),
        (asking_again(Some(ada())), ended(expired)),
    ] {
        // The answer that told of the hour came after one second.
        let step = when(HOUR + 1, before.clone());
        assert_eq!(step.session, after, "{before:?}");
        assert_eq!(step.effects, [Effect::Forget]);
        let step = when(HOUR, before.clone());
        assert_eq!(step.session, signed_out(Reason::Elsewhere), "{before:?}");
    }
    // What is remembered has no end to judge by.
    let remembered = Account {
        ending: None,
        ..ada()
    };
    let step = when(2 * HOUR, unreachable(Some(remembered)));
    assert_eq!(step.session, signed_out(Reason::Elsewhere));
}

#[test]
fn no_answer_signs_nobody_out() {
    let event = |state: Session| state.could_not_ask(timeout(), around(LATER));
    let recorded = || vec![record(Doing::Checking)];
    holds(vec![
        (checking(None, None), event, unreachable(None), recorded()),
        (
            checking(Some(ada()), None),
            event,
            unreachable(Some(ada())),
            recorded(),
        ),
        (
            checking(None, Some(cancelled())),
            event,
            outage(None, waiting(Hold::Free), Some(cancelled())),
            recorded(),
        ),
        (
            signed_in(ada()),
            event,
            unreachable(Some(ada())),
            recorded(),
        ),
        // It is noted, and that is all.
        (silent(), event, silent(), recorded()),
        (
            ended(SignedOutReason::Expired),
            event,
            ended(SignedOutReason::Expired),
            recorded(),
        ),
        (reading_on(), event, reading_on(), recorded()),
        (signing_out(), event, signing_out(), recorded()),
        (stuck(ada()), event, stuck(ada()), recorded()),
        (unconfirmed(ada()), event, unconfirmed(ada()), recorded()),
    ]);
    // A browser that leaves breaks off what is under way.
    let leaving = vec![signing_in(), leaving_while_unreachable(Some(ada()))];
    holds(unmoved(leaving, event));
}

#[test]
fn a_new_failure_replaces_the_old_one_and_is_counted() {
    let broken = Failure::unrecorded(Kind::Contract);
    let step = asking_again(None).could_not_ask(broken.clone(), around(LATER));
    let Session::Unreachable(outage) = step.session else {
        panic!("still unreachable")
    };
    assert_eq!(
        (outage.failure, outage.attempt, outage.failures),
        (broken, Attempt::ByHand, 2)
    );
}

//! What the member does.

use lapel::{
    Doing, Effect, Outage, Reach, Reason, Renewal, Revocation, Session, SignOutFailure,
    SignOutReport, SignedOutReason, Step,
};

use super::states::{
    LATER, Row, ada, announce_out, around, asking_again, cancelled, checking, ended, here, holds,
    leaving_while_checking, leaving_while_unreachable, leaving_with, reading_on, record, signed_in,
    signed_out, signed_out_unasked, signing_in, signing_out, silent, stuck, switched, timeout,
    unconfirmed, unmoved, unreachable, with_renewal,
};

#[test]
fn a_sign_in_starts_once() {
    let event = |state: Session| state.sign_in_started(here());
    let watch = || vec![Effect::KeepPlace, Effect::WatchSignIn];
    holds(vec![
        (silent(), event, signing_in(), watch()),
        (
            checking(Some(ada()), None),
            event,
            leaving_while_checking(Some(ada())),
            watch(),
        ),
        (
            unreachable(None),
            event,
            leaving_while_unreachable(None),
            watch(),
        ),
        (
            unreachable(Some(ada())),
            event,
            leaving_while_unreachable(Some(ada())),
            watch(),
        ),
    ]);
    // A renewal, another permission, or a new session after one that ended.
    let here = [
        signed_in(ada()),
        with_renewal(Renewal::Offered),
        ended(SignedOutReason::Expired),
        reading_on(),
    ];
    holds(
        here.into_iter()
            .map(|it| (it.clone(), event as fn(_) -> _, leaving_with(it), watch()))
            .collect(),
    );
    holds(unmoved(
        vec![signing_in(), signing_out(), leaving_with(signed_in(ada()))],
        event,
    ));
}

#[test]
fn the_page_stays_as_it_was_while_the_browser_leaves() {
    for before in [
        silent(),
        signed_in(ada()),
        ended(SignedOutReason::Revoked),
        checking(Some(ada()), None),
        unreachable(None),
        unreachable(Some(ada())),
    ] {
        let leaving = before.clone().sign_in_started(here()).session;
        assert_eq!(leaving.standing(), before.standing());
        assert_eq!(leaving.account(), before.account());
    }
}

#[test]
fn a_notice_stays_while_the_browser_leaves_and_is_there_after_the_back_button() {
    let reason = Reason::Attempt(cancelled());
    let leaving = signed_out(reason.clone()).sign_in_started(here()).session;
    assert_eq!(leaving.signed_out().map(|it| &it.reason), Some(&reason));
    assert_eq!(leaving.page_restored(None).session, signed_out(reason));
}

#[test]
fn a_sign_in_that_was_cut_short_can_be_started_again() {
    let event = Session::sign_in_stalled;
    let ask = || vec![Effect::Ask];
    holds(vec![
        (signing_in(), event, silent(), ask()),
        // The BFF has not said that nobody is signed in, so nobody is signed out.
        (
            leaving_while_checking(Some(ada())),
            event,
            checking(Some(ada()), None),
            ask(),
        ),
        (
            leaving_while_unreachable(Some(ada())),
            event,
            asking_again(Some(ada())),
            ask(),
        ),
        (
            leaving_while_unreachable(None),
            event,
            asking_again(None),
            ask(),
        ),
        (
            leaving_with(with_renewal(Renewal::Offered)),
            event,
            with_renewal(Renewal::Offered),
            ask(),
        ),
        (
            leaving_with(ended(SignedOutReason::Expired)),
            event,
            ended(SignedOutReason::Expired),
            ask(),
        ),
    ]);
    let others = vec![
        checking(None, None),
        silent(),
        signed_in(ada()),
        signing_out(),
    ];
    holds(unmoved(others, event));
    holds(unmoved(vec![unreachable(None)], event));
}

#[test]
fn whoever_is_signed_in_can_sign_out() {
    let event = Session::sign_out_started;
    holds(vec![
        (
            signed_in(ada()),
            event,
            signing_out(),
            vec![Effect::SignOut],
        ),
        (stuck(ada()), event, signing_out(), vec![Effect::SignOut]),
        // Whoever reads on may want to leave nothing behind.
        (reading_on(), event, signing_out(), vec![Effect::SignOut]),
        (
            unreachable(Some(ada())),
            event,
            signing_out(),
            vec![Effect::SignOut],
        ),
    ]);
    // A second press is no second sign-out.
    holds(unmoved(vec![signing_out(), silent(), signing_in()], event));
    holds(unmoved(
        vec![checking(Some(ada()), None), unreachable(None)],
        event,
    ));
}

#[test]
fn a_finished_sign_out_reaches_storage_and_the_other_tabs() {
    let event = |state: Session| {
        state.sign_out_finished(SignOutReport {
            revocation: Revocation::NotConfirmed,
            reach: Reach::EveryInstance,
        })
    };
    let reason = || Reason::Here(Some(Revocation::NotConfirmed));
    let effects = || {
        vec![
            Effect::Forget,
            Effect::ForgetFailures,
            Effect::ForgetDrafts,
            announce_out(),
            Effect::Ask,
        ]
    };
    holds(vec![
        (
            signing_out(),
            event,
            signed_out_unasked(reason()),
            effects(),
        ),
        (
            signed_in(ada()),
            event,
            signed_out_unasked(reason()),
            effects(),
        ),
        (
            unreachable(Some(ada())),
            event,
            signed_out_unasked(reason()),
            effects(),
        ),
        // Another tab was quicker; this one still says what became of the tokens.
        (
            signed_out(Reason::Elsewhere),
            event,
            signed_out(reason()),
            effects(),
        ),
        (checking(None, None), event, checking(None, None), effects()),
        (signing_in(), event, signing_in(), effects()),
        (
            leaving_while_unreachable(Some(ada())),
            event,
            leaving_while_checking(None),
            effects(),
        ),
    ]);
}

#[test]
fn a_refused_sign_out_leaves_the_member_signed_in_and_says_so() {
    let event = |state: Session| state.sign_out_failed(SignOutFailure::StillSignedIn(timeout()));
    let recorded = || vec![record(Doing::SigningOut)];
    holds(vec![(signing_out(), event, stuck(ada()), recorded())]);
    holds(only_recorded(event));
}

#[test]
fn a_sign_out_without_an_answer_is_asked_about() {
    let event = |state: Session| state.sign_out_failed(SignOutFailure::Unconfirmed(timeout()));
    holds(vec![(
        signing_out(),
        event,
        unconfirmed(ada()),
        vec![Effect::Ask, record(Doing::SigningOut)],
    )]);
    holds(only_recorded(event));
    let again = unconfirmed(ada()).sign_out_started();
    assert_eq!(again.session, signing_out());
    assert_eq!(again.effects, [Effect::SignOut]);
}

/// A failed sign-out finds a page that has moved on.
fn only_recorded(event: fn(Session) -> Step) -> Vec<Row> {
    let elsewhere = vec![
        checking(None, None),
        silent(),
        signing_in(),
        signed_in(ada()),
        unreachable(Some(ada())),
    ];
    let mut rows = unmoved(elsewhere, event);
    for (_, _, _, effects) in &mut rows {
        effects.push(record(Doing::SigningOut));
    }
    rows
}

#[test]
fn the_return_of_the_network_is_used_where_something_is_not_known() {
    let event = |state: Session| state.network_returned(around(LATER));
    let ask = || vec![Effect::Ask];
    holds(vec![
        (
            unreachable(Some(ada())),
            event,
            counted_anew(asking_again(Some(ada()))),
            ask(),
        ),
        (
            unreachable(None),
            event,
            counted_anew(asking_again(None)),
            ask(),
        ),
        (unconfirmed(ada()), event, unconfirmed(ada()), ask()),
    ]);
    let others = vec![
        checking(None, None),
        silent(),
        signing_in(),
        signed_in(ada()),
        stuck(ada()),
        signing_out(),
    ];
    holds(unmoved(others, event));
}

/// Failures on another network do not count.
fn counted_anew(session: Session) -> Session {
    let Session::Unreachable(outage) = session else {
        return session;
    };
    let failures = 0;
    Session::Unreachable(Outage { failures, ..outage })
}

#[test]
fn trying_again_keeps_the_badge() {
    let event = Session::member_tries_again;
    let again = asking_again(Some(ada()));
    holds(vec![(
        unreachable(Some(ada())),
        event,
        again.clone(),
        vec![Effect::Ask],
    )]);
    assert_eq!(again.account(), Some(&ada()));
    let others = vec![
        checking(None, None),
        silent(),
        signing_in(),
        signed_in(ada()),
    ];
    holds(unmoved(others, event));
    holds(unmoved(vec![signing_out()], event));
}

#[test]
fn a_notice_can_be_closed() {
    let event = Session::notice_dismissed;
    holds(vec![
        (
            signed_out(Reason::Attempt(cancelled())),
            event,
            silent(),
            vec![],
        ),
        (signed_out(Reason::Elsewhere), event, silent(), vec![]),
        (signed_out(Reason::CookiesBlocked), event, silent(), vec![]),
        (switched(ada()), event, signed_in(ada()), vec![]),
        (stuck(ada()), event, signed_in(ada()), vec![]),
        // Closing it makes nothing known.
        (
            unconfirmed(ada()),
            event,
            signed_in(ada()),
            vec![Effect::Ask],
        ),
    ]);
    let others = vec![
        checking(None, None),
        signing_in(),
        signing_out(),
        unreachable(None),
    ];
    holds(unmoved(others, event));
}

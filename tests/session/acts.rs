//! What the member does.

use lapel::{Effect, Reason, Revocation, Session, SignOutReport, SignedOut, SigningIn};

use super::states::{
    ada, announce_out, asking_again, cancelled, checking, here, holds, signed_in, signed_out,
    signed_out_unasked, signing_in, signing_out, silent, stuck, timeout, unmoved, unreachable,
};

#[test]
fn a_sign_in_starts_once() {
    let event = |state: Session| state.sign_in_started(here());
    let from_nothing = || {
        let from = SignedOut::silent();
        Session::SigningIn(SigningIn {
            return_to: here(),
            from,
        })
    };
    holds(vec![
        (silent(), event, signing_in(), vec![Effect::WatchSignIn]),
        (
            checking(None, None),
            event,
            from_nothing(),
            vec![Effect::WatchSignIn],
        ),
        (
            unreachable(None),
            event,
            from_nothing(),
            vec![Effect::WatchSignIn],
        ),
    ]);
    holds(unmoved(
        vec![signing_in(), signed_in(ada()), signing_out()],
        event,
    ));
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
    holds(vec![(signing_in(), event, silent(), vec![Effect::Ask])]);
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
        })
    };
    let reason = || Reason::Here(Revocation::NotConfirmed);
    let effects = || vec![Effect::Forget, announce_out(), Effect::Ask];
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
    ]);
}

#[test]
fn a_failed_sign_out_leaves_the_member_signed_in_and_says_so() {
    let event = |state: Session| state.sign_out_failed(timeout());
    holds(vec![(signing_out(), event, stuck(ada()), vec![])]);
    let others = vec![
        checking(None, None),
        silent(),
        signing_in(),
        signed_in(ada()),
    ];
    holds(unmoved(others, event));
    holds(unmoved(vec![unreachable(Some(ada()))], event));
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
        (stuck(ada()), event, signed_in(ada()), vec![]),
    ]);
    let others = vec![
        checking(None, None),
        signing_in(),
        signing_out(),
        unreachable(None),
    ];
    holds(unmoved(others, event));
}

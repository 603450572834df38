//! What other tabs, the browser and the clock do.

use std::time::Duration;

use lapel::{Effect, Moment, News, Reason, Session};

use super::states::{
    HOUR, LATER, LOADED, account_changed, ada, around, asking_again, bob, cancelled, checking,
    holds, leaving_while_checking, leaving_while_unreachable, signed_in, signed_out_unasked,
    signing_in, signing_out, silent, stuck, unmoved, unreachable,
};

#[test]
fn another_tabs_sign_in_is_looked_into_and_never_shows_the_wrong_member() {
    let event = |state: Session| state.other_tab_signed_in("ada");
    let ask = || vec![Effect::Ask];
    // The answer will be said to be somebody else's than the one who was shown.
    let somebody_else = || checking(None, Some(account_changed()));
    holds(vec![
        (silent(), event, silent(), ask()),
        (checking(None, None), event, checking(None, None), ask()),
        (signed_in(ada()), event, signed_in(ada()), ask()),
        (signed_in(bob()), event, somebody_else(), ask()),
        (stuck(bob()), event, somebody_else(), ask()),
        (unreachable(None), event, asking_again(None), ask()),
        (
            unreachable(Some(ada())),
            event,
            asking_again(Some(ada())),
            ask(),
        ),
        (unreachable(Some(bob())), event, somebody_else(), ask()),
        (
            leaving_while_unreachable(Some(bob())),
            event,
            leaving_while_checking(None),
            vec![],
        ),
    ]);
    holds(unmoved(vec![signing_in(), signing_out()], event));
}

#[test]
fn another_tabs_sign_out_is_followed_at_once() {
    let event = Session::other_tab_signed_out;
    let out = || signed_out_unasked(Reason::Elsewhere);
    let effects = || vec![Effect::Forget, Effect::Ask];
    holds(vec![
        (signed_in(ada()), event, out(), effects()),
        (stuck(ada()), event, out(), effects()),
        (signing_out(), event, out(), effects()),
        (unreachable(Some(ada())), event, out(), effects()),
        (
            checking(Some(ada()), Some(cancelled())),
            event,
            checking(None, Some(cancelled())),
            vec![Effect::Ask],
        ),
        (
            leaving_while_unreachable(Some(ada())),
            event,
            leaving_while_checking(None),
            vec![],
        ),
    ]);
    holds(unmoved(vec![silent(), signing_in()], event));
}

#[test]
fn a_page_that_is_left_keeps_nothing_personal_on_display() {
    let event = Session::page_left;
    let bare = || checking(None, None);
    holds(vec![
        (signed_in(ada()), event, bare(), vec![]),
        (stuck(ada()), event, bare(), vec![]),
        (signing_out(), event, bare(), vec![]),
        (unreachable(Some(ada())), event, bare(), vec![]),
        (
            leaving_while_unreachable(Some(ada())),
            event,
            leaving_while_checking(None),
            vec![],
        ),
    ]);
    holds(unmoved(
        vec![silent(), signing_in(), checking(Some(ada()), None)],
        event,
    ));
}

#[test]
fn a_page_that_comes_back_asks_before_it_shows_anyone() {
    let event = |state: Session| state.page_restored(Some(ada()));
    let ask = || vec![Effect::Ask];
    let anew = || checking(Some(ada()), None);
    holds(vec![
        (checking(None, None), event, anew(), ask()),
        (signed_in(bob()), event, anew(), ask()),
        (signing_out(), event, anew(), ask()),
        (unreachable(Some(bob())), event, anew(), ask()),
        // Nothing personal is there to hide, and the link must work again.
        (silent(), event, silent(), ask()),
        (signing_in(), event, silent(), ask()),
        // Following a link was no word of the BFF: whoever is remembered still is.
        (leaving_while_checking(None), event, anew(), ask()),
        (leaving_while_unreachable(Some(ada())), event, anew(), ask()),
    ]);
}

#[test]
fn a_tab_that_comes_to_the_front_asks_quietly() {
    let event = |state: Session| state.page_visible_again(around(LATER));
    let ask = || vec![Effect::Ask];
    holds(vec![
        (silent(), event, silent(), ask()),
        (signed_in(ada()), event, signed_in(ada()), ask()),
        (
            unreachable(Some(ada())),
            event,
            asking_again(Some(ada())),
            ask(),
        ),
    ]);
    holds(unmoved(
        vec![checking(None, None), signing_in(), signing_out()],
        event,
    ));
}

#[test]
fn the_end_of_the_time_is_asked_about_and_not_decided_here() {
    let before = |state: Session| state.time_passed(LATER);
    let after = |state: Session| state.time_passed(Moment::after(Duration::from_secs(2 * HOUR)));
    holds(unmoved(vec![signed_in(ada())], before));
    holds(vec![(
        signed_in(ada()),
        after,
        signed_in(ada()),
        vec![Effect::Ask],
    )]);
    let others = vec![checking(None, None), silent(), signing_in(), signing_out()];
    holds(unmoved(others, after));
}

#[test]
fn time_left_is_counted_from_the_answer() {
    let left = |now| ada().ending.unwrap().left(now);
    assert_eq!(left(LOADED), Duration::from_secs(HOUR));
    assert_eq!(left(LATER), Duration::from_secs(HOUR - 60));
    assert_eq!(
        left(Moment::default()),
        Duration::from_secs(HOUR),
        "a clock never runs backwards"
    );
    assert_eq!(left(Moment::after(Duration::MAX)), Duration::ZERO);
}

#[test]
fn tabs_understand_each_other_and_nobody_else() {
    for news in [
        News::SignedOut,
        News::SignedIn {
            id: "a b".to_owned(),
        },
    ] {
        assert_eq!(News::read(&news.message()), Some(news));
    }
    for noise in ["", "signed", "SIGNED-OUT", "{}"] {
        assert_eq!(News::read(noise), None, "{noise}");
    }
}

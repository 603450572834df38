//! Writing, keeping, coming back, and wanting it to be posted.

use lapel::{Composer, Errand, Hint, Kind, Mark, Readiness, Stage, TextTrouble, Trouble};

use super::stages::{READY, at, concerns_only, draft, unsent, writing};

const fn is_written(stage: &Stage) -> bool {
    matches!(stage, Stage::Writing(_) | Stage::Unsent(_))
}

#[test]
fn every_letter_is_kept() {
    for before in [
        Composer::default(),
        writing(),
        at(unsent(Kind::LinkedinDown), Mark::Fresh),
        // Another text is not the one that was tried or wanted.
        at(Stage::Writing(None), Mark::Tried),
        at(Stage::Writing(Some(Hint::Back)), Mark::Wanted),
    ] {
        let turn = before.edited(|it| *it = draft("Hello!"));
        assert_eq!(turn.composer.draft, draft("Hello!"));
        assert_eq!(turn.composer.mark, Mark::Fresh);
        assert_eq!(turn.composer.stage, Stage::Writing(None));
        assert_eq!(turn.errands, [Errand::Keep]);
    }
    concerns_only(is_written, |it| it.edited(|it| *it = draft("Hello!")));
}

#[test]
fn a_draft_that_is_taken_back_to_nothing_is_not_kept() {
    let turn = writing().edited(|it| {
        it.text.clear();
        it.link.clear();
    });
    assert_eq!(turn.errands, [Errand::Erase]);
    // That it is gone is this tab's own doing, and no news.
    let same = turn.composer.clone().kept_elsewhere(None);
    assert_eq!((same.composer, same.errands), (turn.composer, vec![]));
    let link_alone = writing().edited(|it| it.text.clear());
    assert_eq!(link_alone.errands, [Errand::Keep]);
}

#[test]
fn a_draft_is_found_again_as_it_was_left() {
    for (mark, stage, errands) in [
        (Mark::Fresh, Stage::Writing(None), vec![]),
        (Mark::Wanted, Stage::Writing(Some(Hint::Back)), vec![]),
        (Mark::Sent, Stage::Waiting, vec![Errand::Await]),
        (Mark::Tried, Stage::Writing(None), vec![]),
    ] {
        let left = at(Stage::Writing(None), mark);
        let turn = Composer::opened(Some(&left.written()));
        assert_eq!(turn.composer, at(stage, mark));
        assert_eq!(turn.errands, errands);
    }
    for nothing in [None, Some(""), Some("{}"), Some("<html>")] {
        let turn = Composer::opened(nothing);
        assert_eq!(turn.composer, Composer::default());
        assert_eq!(turn.errands, []);
    }
}

#[test]
fn what_crashed_on_its_way_is_found_as_something_of_which_nobody_knows() {
    let sending = at(Stage::Sending, Mark::Fresh);
    let found = Composer::opened(Some(&sending.written())).composer;
    assert_eq!(found, at(Stage::Waiting, Mark::Sent));
    let kept = sending.written();
    let turn = found.awaited(Some(&kept));
    assert_eq!(turn.composer, at(Stage::Unknown(None), Mark::Sent));
    assert_eq!(turn.errands, []);
}

#[test]
fn leaving_for_linkedin_with_a_draft_is_remembered() {
    let turn = writing().left_for_linkedin();
    assert_eq!(turn.composer, at(Stage::Writing(None), Mark::Wanted));
    assert_eq!(turn.errands, [Errand::Keep]);
    // Without one there is nothing to be wanted; and what was tried is the weightier thing to know.
    for same in [
        Composer::default(),
        at(Stage::Writing(None), Mark::Tried),
        at(Stage::Writing(None), Mark::Wanted),
    ] {
        let turn = same.clone().left_for_linkedin();
        assert_eq!((turn.composer, turn.errands), (same, vec![]));
    }
    concerns_only(is_written, Composer::left_for_linkedin);
}

#[test]
fn a_post_that_is_wanted_is_sent_once_however_often_it_is_asked_for() {
    for before in [
        writing(),
        at(unsent(Kind::RateLimited), Mark::Fresh),
        at(Stage::Writing(None), Mark::Tried),
    ] {
        let mark = before.mark;
        let turn = before.post_wanted(READY);
        assert_eq!(turn.composer, at(Stage::Claiming, mark));
        assert_eq!(turn.errands, [Errand::Send]);
        let again = turn.composer.clone().post_wanted(READY);
        assert_eq!((again.composer, again.errands), (turn.composer, vec![]));
    }
    // Not even what the Enter key of a field asks for, where the member has to decide first.
    concerns_only(is_written, |it| it.post_wanted(READY));
}

#[test]
fn what_nobody_knows_of_is_sent_again_by_its_own_word_only() {
    let turn = at(Stage::Unknown(None), Mark::Sent).sending_again_wanted(READY);
    assert_eq!(turn.composer, at(Stage::Claiming, Mark::Sent));
    assert_eq!(turn.errands, [Errand::Send]);
    concerns_only(
        |stage| matches!(stage, Stage::Unknown(_)),
        |it| it.sending_again_wanted(READY),
    );
}

#[test]
fn what_is_wrong_with_a_draft_is_said_before_anything_is_sent() {
    let texts = [
        (String::new(), Some(TextTrouble::Empty)),
        (" \n\t ".to_owned(), Some(TextTrouble::Empty)),
        ("x".repeat(3000), None),
        ("x".repeat(3001), Some(TextTrouble::TooLong)),
        // As LinkedIn counts: an escaped character and its backslash.
        ("#".repeat(1500), None),
        ("#".repeat(1501), Some(TextTrouble::TooLong)),
        ("🎉".repeat(1501), Some(TextTrouble::TooLong)),
    ];
    for (text, expected) in texts {
        for link_is_one in [true, false] {
            let mut composer = writing();
            composer.draft.text.clone_from(&text);
            let ready = Readiness {
                link_is_one,
                ..READY
            };
            let turn = composer.post_wanted(ready);
            if expected.is_none() && link_is_one {
                assert_eq!(turn.errands, [Errand::Send]);
                continue;
            }
            let trouble = Trouble {
                text: expected.clone(),
                link: !link_is_one,
                failure: None,
            };
            assert_eq!(turn.composer.stage, Stage::Unsent(trouble));
            assert_eq!(turn.composer.draft.text, text, "nothing is lost");
            assert_eq!(turn.errands, []);
        }
    }
}

#[test]
fn a_device_without_a_network_sends_nothing_and_says_so() {
    let offline = Readiness {
        online: false,
        ..READY
    };
    let turn = writing().post_wanted(offline);
    assert_eq!(turn.composer, at(unsent(Kind::Offline), Mark::Fresh));
    let [Errand::Keep, Errand::Record(failure)] = &*turn.errands else {
        panic!("{:?}", turn.errands)
    };
    assert_eq!(failure.kind, Kind::Offline);
    // What was sent before the network went is not forgotten.
    let turn = at(Stage::Unknown(None), Mark::Sent).sending_again_wanted(offline);
    assert_eq!(turn.composer, at(unsent(Kind::Offline), Mark::Tried));
}

#[test]
fn another_post_begins_with_nothing() {
    let is_posted = |stage: &Stage| matches!(stage, Stage::Posted(_));
    let posted = super::stages::every_stage().pop().unwrap();
    assert!(is_posted(&posted.stage));
    assert_eq!(
        posted.clone().begun_anew(None).composer,
        Composer::default()
    );
    // Or with what another tab has begun meanwhile.
    let kept = writing().written();
    assert_eq!(posted.begun_anew(Some(&kept)).composer, writing());
    concerns_only(is_posted, |it| it.begun_anew(Some(&kept)));
}

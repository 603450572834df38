//! Two tabs of one browser, one draft, and a LinkedIn that takes the same post once: in whatever order they do what, a post
//! that has arrived is sent again only by a member who was told that it may have.

use lapel::{ApiError, Composer, Errand, InputError, Kind, Mark, Stage, TransportError};
use proptest::prelude::*;

use super::stages::{READY, refused};

#[derive(Clone, Copy, Debug)]
enum Step {
    Types,
    Presses,
    SendsAgain,
    /// What becomes of what is on its way.
    Answered(Fate),
    /// The tab hears what another one has changed, which may take a while.
    Hears,
    /// Also what comes after a crash.
    Reloads,
    SaysItIsThere,
    TakesBack,
    BeginsAnew,
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Arrives,
    ArrivesAndTheAnswerGetsLost,
    GetsLost,
    IsRefused,
}

/// What is the same for all tabs.
#[derive(Default)]
struct World {
    kept: Option<String>,
    /// The tab whose turn it is to send.
    turn: Option<usize>,
    tabs: [Tab; 2],
    /// Posts on LinkedIn.
    there: Vec<String>,
    written: usize,
    /// What was written last, where it was taken.
    last: String,
}

#[derive(Default)]
struct Tab {
    composer: Composer,
    waits: bool,
    /// Whether the press that is being followed was made by someone who knew that it may have arrived.
    knowing: bool,
}

impl World {
    fn takes(&mut self, tab: usize, step: Step) {
        let composer = std::mem::take(&mut self.tabs[tab].composer);
        let turn = match step {
            Step::Types => {
                self.written += 1;
                let text = format!("draft {}", self.written);
                let turn = composer.edited(|draft| draft.text.clone_from(&text));
                if turn.composer.draft.text == text {
                    self.last = text;
                }
                turn
            }
            Step::Presses => {
                let knows = composer.mark == Mark::Tried;
                if matches!(composer.stage, Stage::Writing(_) | Stage::Unsent(_)) {
                    self.tabs[tab].knowing = knows;
                }
                composer.post_wanted(READY)
            }
            Step::SendsAgain => {
                if matches!(composer.stage, Stage::Unknown(_)) {
                    self.tabs[tab].knowing = true;
                }
                composer.sending_again_wanted(READY)
            }
            Step::Answered(fate) if composer.stage == Stage::Sending => {
                let answer = self.linkedin(&composer.draft.text, fate);
                self.turn = None;
                composer.answered(answer)
            }
            Step::Answered(_) => {
                self.tabs[tab].composer = composer;
                return;
            }
            Step::Hears => composer.kept_elsewhere(self.kept.as_deref()),
            Step::Reloads => {
                if composer.stage == Stage::Sending {
                    // The request goes on without its tab.
                    let _ = self.linkedin(&composer.draft.text, Fate::Arrives);
                    self.turn = None;
                }
                self.tabs[tab].waits = false;
                Composer::opened(self.kept.as_deref())
            }
            Step::SaysItIsThere => composer.seen_there(),
            Step::TakesBack => composer.taken_back(),
            Step::BeginsAnew => composer.begun_anew(self.kept.as_deref()),
        };
        self.goes_on(tab, turn);
        self.those_who_wait_look();
    }

    fn linkedin(&mut self, text: &str, fate: Fate) -> Result<Option<String>, ApiError> {
        let lost = Err(ApiError::Unanswered(TransportError::Timeout));
        match fate {
            Fate::GetsLost => lost,
            Fate::IsRefused => Err(refused(Kind::LinkedinDown, Vec::new())),
            Fate::Arrives | Fate::ArrivesAndTheAnswerGetsLost => {
                let is_there = self.there.iter().any(|it| it == text);
                if !is_there {
                    self.there.push(text.to_owned());
                }
                match (fate, is_there) {
                    (Fate::ArrivesAndTheAnswerGetsLost, _) => lost,
                    (_, true) => {
                        let of = None;
                        Err(refused(Kind::Rejected, vec![InputError::Duplicate { of }]))
                    }
                    (_, false) => Ok(None),
                }
            }
        }
    }

    fn goes_on(&mut self, tab: usize, turn: lapel::Turn) {
        self.tabs[tab].composer = turn.composer;
        for errand in turn.errands {
            match errand {
                Errand::Keep => {
                    self.kept = Some(self.tabs[tab].composer.written());
                    self.tabs[tab].composer.kept = true;
                }
                Errand::Erase => self.kept = None,
                Errand::Send => self.sends(tab),
                Errand::Await => self.tabs[tab].waits = true,
                Errand::AskSession | Errand::Record(_) => {}
            }
        }
    }

    fn sends(&mut self, tab: usize) {
        let composer = std::mem::take(&mut self.tabs[tab].composer);
        if self.turn.is_some() {
            let turn = composer.another_tab_sends();
            return self.goes_on(tab, turn);
        }
        let kept = self.kept.clone();
        let turn = composer.claimed(kept.as_deref());
        if turn.composer.stage == Stage::Sending {
            self.turn = Some(tab);
            let text = &turn.composer.draft.text;
            let has_arrived = self.there.iter().any(|it| it == text);
            assert!(
                !has_arrived || self.tabs[tab].knowing,
                "{text} is there, and is sent again by someone who was not told"
            );
        }
        self.goes_on(tab, turn);
    }

    fn those_who_wait_look(&mut self) {
        for tab in 0..self.tabs.len() {
            if self.turn.is_none() && self.tabs[tab].waits {
                self.tabs[tab].waits = false;
                let composer = std::mem::take(&mut self.tabs[tab].composer);
                let kept = self.kept.clone();
                let turn = composer.awaited(kept.as_deref());
                self.goes_on(tab, turn);
            }
        }
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Types),
        4 => Just(Step::Presses),
        2 => Just(Step::SendsAgain),
        2 => Just(Step::Answered(Fate::Arrives)),
        2 => Just(Step::Answered(Fate::ArrivesAndTheAnswerGetsLost)),
        1 => Just(Step::Answered(Fate::GetsLost)),
        1 => Just(Step::Answered(Fate::IsRefused)),
        2 => Just(Step::Hears),
        1 => Just(Step::Reloads),
        1 => Just(Step::SaysItIsThere),
        1 => Just(Step::TakesBack),
        1 => Just(Step::BeginsAnew),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_order_of_events_sends_a_post_twice_unknowingly(
        steps in prop::collection::vec((0..2_usize, any_step()), 1..40)
    ) {
        let mut world = World::default();
        for (tab, step) in steps {
            world.takes(tab, step);
            // Nobody waits for ever.
            if world.turn.is_none() {
                for tab in &world.tabs {
                    let stuck = matches!(tab.composer.stage, Stage::Claiming | Stage::Sending | Stage::Waiting);
                    prop_assert!(!stuck, "{:?}", tab.composer);
                }
            }
        }
    }

    /// Whatever becomes of it, what was written is in the browser or on LinkedIn, unless the member says that it is there.
    #[test]
    fn no_order_of_events_loses_a_draft(
        steps in prop::collection::vec(any_step(), 1..40)
    ) {
        let mut world = World::default();
        let mut said = false;
        for step in steps {
            let was_unknown = matches!(world.tabs[0].composer.stage, Stage::Unknown(_));
            said |= was_unknown && matches!(step, Step::SaysItIsThere);
            world.takes(0, step);
            let last = format!("\"{}\"", world.last);
            let kept = world.kept.as_ref().is_some_and(|kept| kept.contains(&last));
            prop_assert!(world.last.is_empty() || kept || said || world.there.contains(&world.last), "{last}");
            if matches!(step, Step::Types) && matches!(world.tabs[0].composer.stage, Stage::Writing(_)) {
                said = false;
            }
        }
    }
}

#[test]
fn the_second_of_two_tabs_that_press_at_once_learns_that_it_was_posted() {
    let mut world = World::default();
    world.takes(0, Step::Types);
    world.takes(1, Step::Reloads);
    world.takes(0, Step::Presses);
    world.takes(1, Step::Presses);
    assert_eq!(world.tabs[1].composer.stage, Stage::Waiting);
    world.takes(0, Step::Answered(Fate::Arrives));
    assert_eq!(
        world.tabs[1].composer.stage,
        Stage::Writing(Some(lapel::Hint::Gone))
    );
    assert_eq!(world.there.len(), 1);
}

#[test]
fn what_a_browser_does_not_keep_is_not_taken_away_by_what_it_keeps() {
    for composer in super::stages::every_stage() {
        let alone = Composer {
            kept: false,
            ..composer
        };
        let turn = alone.clone().kept_elsewhere(None);
        assert_eq!((turn.composer, turn.errands), (alone, vec![]));
    }
}

#[test]
fn a_tab_that_has_not_heard_yet_sends_nothing() {
    let mut world = World::default();
    world.takes(0, Step::Types);
    world.takes(1, Step::Reloads);
    world.takes(0, Step::Presses);
    world.takes(0, Step::Answered(Fate::ArrivesAndTheAnswerGetsLost));
    // It still shows the draft as one that was never sent.
    assert_eq!(world.tabs[1].composer.stage, Stage::Writing(None));
    world.takes(1, Step::Presses);
    assert_eq!(world.tabs[1].composer.stage, Stage::Unknown(None));
    world.takes(1, Step::SendsAgain);
    world.takes(1, Step::Answered(Fate::Arrives));
    let Stage::Posted(posted) = &world.tabs[1].composer.stage else {
        panic!("{:?}", world.tabs[1].composer)
    };
    assert_eq!(posted.witness, lapel::Witness::Duplicate);
    assert_eq!(world.there.len(), 1);
}

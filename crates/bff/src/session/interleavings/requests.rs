//! One process: its requests, LinkedIn's answers, a sign-out, a new profile, browsers that go away, and time.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use lapel_wire::SignedOutReason;

use super::workshop::{Answer, Fake, Scheduled, Task, Upstream, detached};
use super::{BEGINNING, Explored, clock_of, explore_all, works};
use crate::linkedin::Identity;
use crate::session::Session;
use crate::session::refresh::{NoTokens, Slot};
use crate::session::rotation::Need;
use crate::session::tests::{begun, grant};

/// What may happen in a scenario.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of one thing whether it may happen"
)]
struct Scenario {
    requests: usize,
    /// Whether LinkedIn has refused the access token although its time is not over. The first request does not know yet.
    refused: bool,
    /// Whether userinfo, asked before, may answer meanwhile.
    identifies: bool,
    /// Whether a refresh token works once.
    rotating: bool,
    /// Whether what LinkedIn says comes through a store.
    shared: bool,
    answers: &'static [Answer],
    signs_out: bool,
    /// Whether browsers may go away while they wait.
    leaves: bool,
    /// Whether time may pass, once.
    time_passes: bool,
    /// Seconds that a new access token lives.
    lives: i64,
}

/// One thing that can happen next.
#[derive(Clone, Copy)]
enum Event {
    Poll(usize),
    Answer(usize, Answer),
    Leave(usize),
    SignOut,
    Identify,
    TimePasses,
}

/// What each request needed, and got.
type Results = Arc<Mutex<Vec<(Need, Result<Session, NoTokens>)>>>;

struct Run {
    scenario: Scenario,
    slot: Slot,
    provider: Fake,
    tasks: Vec<Scheduled>,
    results: Results,
    now: Arc<AtomicI64>,
    signed_out: bool,
    identified: bool,
    /// The access token that the member's sign-out gives back.
    signed_out_with: Option<u32>,
    left: usize,
    seen_generation: u32,
    carried: Session,
}

impl Run {
    fn new(scenario: Scenario) -> Self {
        let life = if scenario.refused { 10_000 } else { 60 };
        let carried = begun(grant(Some("0"), life, None));
        let upstream = Upstream {
            rotating: scenario.rotating,
            shared: scenario.shared,
            lives: scenario.lives,
            ..Upstream::default()
        };
        let mut run = Self {
            scenario,
            slot: Slot::default(),
            provider: Fake(Arc::new(Mutex::new(upstream))),
            tasks: Vec::new(),
            results: Arc::default(),
            now: Arc::new(AtomicI64::new(BEGINNING)),
            signed_out: false,
            identified: false,
            signed_out_with: None,
            left: 0,
            seen_generation: 0,
            carried,
        };
        for at in 0..scenario.requests {
            let request = run.request(scenario.refused && at > 0);
            run.tasks.push(Scheduled::new(request));
        }
        run
    }

    fn request(&self, refused: bool) -> Task {
        let need = Need {
            carried: self.carried.clone(),
            refused,
        };
        let (slot, provider, clock) = (
            self.slot.clone(),
            self.provider.clone(),
            clock_of(Arc::clone(&self.now)),
        );
        let results = Arc::clone(&self.results);
        Box::pin(async move {
            let result = slot.usable(need.clone(), &provider, &clock).await;
            results.lock().expect("unpoisoned").push((need, result));
        })
    }

    /// What must hold after every step.
    fn always_holds(&mut self) {
        let open = self.provider.upstream();
        let open = open.calls.iter().filter(|call| call.answer.is_some());
        assert!(open.count() <= 1, "one question at a time");
        let newest = self.newest().generation;
        assert!(newest >= self.seen_generation, "never back to older tokens");
        self.seen_generation = newest;
    }

    fn newest(&self) -> Session {
        self.slot
            .look(|rotation| rotation.newest(&self.carried).clone())
    }
}

impl Explored for Run {
    type Event = Event;

    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for (at, task) in self.tasks.iter().enumerate() {
            if task.runnable() {
                events.push(Event::Poll(at));
            }
        }
        for (at, call) in self.provider.upstream().calls.iter().enumerate() {
            if call.answer.is_some() {
                events.extend(
                    self.scenario
                        .answers
                        .iter()
                        .map(|how| Event::Answer(at, *how)),
                );
            }
        }
        if self.scenario.leaves && self.left == 0 {
            let waiting = (0..self.scenario.requests).filter(|at| self.tasks[*at].task.is_some());
            events.extend(waiting.map(Event::Leave));
        }
        if self.scenario.signs_out && !self.signed_out {
            events.push(Event::SignOut);
        }
        if self.scenario.identifies && !self.identified {
            events.push(Event::Identify);
        }
        if self.scenario.time_passes && self.now.load(Ordering::SeqCst) == BEGINNING {
            events.push(Event::TimePasses);
        }
        events
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Poll(at) => self.tasks[at].poll(),
            Event::Answer(call, how) => self.provider.answer(call, how),
            Event::Leave(at) => {
                self.tasks[at].task = None;
                self.left += 1;
            }
            Event::SignOut => {
                self.signed_out = true;
                self.slot
                    .change(|rotation| rotation.end(SignedOutReason::NoSession));
                self.signed_out_with = self.newest().tokens.access.expose().parse().ok();
            }
            Event::Identify => {
                self.identified = true;
                self.slot
                    .change(|rotation| rotation.identified(&self.carried, of_userinfo()));
            }
            Event::TimePasses => self.now.store(BEGINNING + 5, Ordering::SeqCst),
        }
        self.tasks
            .extend(detached().into_iter().map(Scheduled::new));
        self.always_holds();
    }

    fn holds_in_the_end(&self) {
        for task in &self.tasks {
            assert!(task.task.is_none(), "nobody waits for ever");
        }
        let results = self.results.lock().expect("unpoisoned");
        assert_eq!(results.len() + self.left, self.scenario.requests);
        let lossy = self.scenario.answers != [Answer::Honest];
        let upstream = self.provider.upstream();
        for (need, result) in results.iter() {
            match result {
                Ok(session) => assert!(serves(session, need), "a token that works"),
                Err(NoTokens::Ended(SignedOutReason::NoSession)) => assert!(self.signed_out),
                Err(NoTokens::Ended(_)) => {
                    assert!(
                        lossy && self.scenario.rotating,
                        "only LinkedIn ends a grant"
                    );
                    assert!(upstream.asked_with_spent > 0);
                }
                Err(NoTokens::Unanswered(_)) => assert!(lossy, "nobody was refused an answer"),
            }
        }
        if !lossy {
            assert!(upstream.calls.len() <= 1, "one token call for all of them");
            assert_eq!(
                upstream.asked_with_spent, 0,
                "no refresh token is used twice"
            );
        }
        if !lossy && !self.signed_out && !upstream.calls.is_empty() {
            // Also where everybody who asked has gone.
            assert!(works(&self.newest().tokens), "the answer is kept");
            assert_ne!(
                self.newest().tokens.access.expose(),
                self.carried.tokens.access.expose()
            );
        }
        if self.identified {
            assert_eq!(
                self.newest().identity.member,
                of_userinfo().member,
                "the profile is kept"
            );
        }
        if self.signed_out && !lossy {
            for token in &upstream.issued {
                assert!(
                    upstream.given_back.contains(token) || self.signed_out_with == Some(*token),
                    "a token that nobody may use is given back"
                );
            }
        }
    }
}

fn serves(session: &Session, need: &Need) -> bool {
    let same = session.tokens.access.expose() == need.carried.tokens.access.expose();
    works(&session.tokens) && !(need.refused && same)
}

/// What userinfo says of the member.
fn of_userinfo() -> Identity {
    let mut identity = begun(grant(None, 60, None)).identity;
    identity.member.name = "Augusta Ada".into();
    identity
}

/// Runs every schedule of a scenario; how many there are.
fn explore(scenario: Scenario) -> usize {
    explore_all(|| Run::new(scenario))
}

const CALM: Scenario = Scenario {
    requests: 3,
    refused: false,
    identifies: false,
    rotating: true,
    shared: false,
    answers: &[Answer::Honest],
    signs_out: false,
    leaves: false,
    time_passes: false,
    lives: 600,
};

#[test]
fn in_every_order_parallel_requests_make_one_token_call_and_all_succeed() {
    for rotating in [true, false] {
        let schedules = explore(Scenario { rotating, ..CALM });
        assert!(schedules > 100, "{schedules}");
    }
}

#[test]
fn in_every_order_an_answer_is_kept_although_a_browser_went_away() {
    let schedules = explore(Scenario {
        leaves: true,
        ..CALM
    });
    assert!(schedules > 1000, "{schedules}");
}

#[test]
fn in_every_order_a_sign_out_leaves_no_token_behind() {
    let schedules = explore(Scenario {
        signs_out: true,
        ..CALM
    });
    assert!(schedules > 1000, "{schedules}");
}

#[test]
fn in_every_order_what_comes_through_a_store_serves_all_and_leaves_no_token_behind() {
    for signs_out in [true, false] {
        let schedules = explore(Scenario {
            shared: true,
            leaves: !signs_out,
            signs_out,
            ..CALM
        });
        assert!(schedules > 1000, "{schedules}");
    }
}

#[test]
fn in_every_order_a_token_that_linkedin_refused_is_replaced_once_for_all() {
    for signs_out in [true, false] {
        let schedules = explore(Scenario {
            refused: true,
            leaves: true,
            signs_out,
            ..CALM
        });
        assert!(schedules > 500, "{schedules}");
    }
}

#[test]
fn in_every_order_new_tokens_and_a_new_profile_are_both_kept() {
    for shared in [true, false] {
        for signs_out in [true, false] {
            let schedules = explore(Scenario {
                requests: 2,
                identifies: true,
                shared,
                signs_out,
                leaves: true,
                ..CALM
            });
            assert!(schedules > 100, "{schedules}");
        }
    }
}

#[test]
fn in_every_order_lost_answers_and_outages_keep_the_grant_until_linkedin_says_no() {
    for rotating in [true, false] {
        let schedules = explore(Scenario {
            requests: 2,
            rotating,
            answers: &[Answer::Honest, Answer::Lost, Answer::Down],
            signs_out: true,
            leaves: true,
            time_passes: true,
            ..CALM
        });
        assert!(schedules > 10_000, "{schedules}");
    }
}

#[test]
fn in_every_order_a_token_of_one_second_is_used_and_not_refreshed_for_ever() {
    let schedules = explore(Scenario { lives: 1, ..CALM });
    assert!(schedules > 100, "{schedules}");
}

#[test]
fn in_every_order_tokens_that_are_dead_on_arrival_end_in_a_pause() {
    let schedules = explore(Scenario {
        lives: 0,
        requests: 2,
        rotating: false,
        // What comes is as good as no answer.
        answers: &[Answer::Honest, Answer::Down],
        ..CALM
    });
    assert!(schedules > 100, "{schedules}");
}

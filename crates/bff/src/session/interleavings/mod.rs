//! The refresh race, explored whole: every order in which requests, LinkedIn's answers, a sign-out, browsers that go away
//! and the passing of time can meet, over the very code that runs in production.
//!
//! A schedule is a list of choices. Each run follows one from the beginning; the next differs in its last choice that has
//! an alternative (a depth-first search without state, as model checkers for threads do it). Steps between two waits are
//! atomic, as they are in production: decisions are taken inside one lock.

mod instances;
mod requests;
mod workshop;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use super::Tokens;
use crate::clock::Clock;

/// The moment at which every run begins; the session's access token has ended by then.
const BEGINNING: i64 = 2000;

/// Far more than the largest scenario has; a change that makes the search explode should be noticed.
const MOST_SCHEDULES: usize = 2_000_000;

/// Something in which one thing happens after the other, in an order that the search chooses.
trait Explored {
    /// One thing that can happen next.
    type Event: Copy;

    /// Everything that can happen next.
    fn events(&self) -> Vec<Self::Event>;

    /// Lets it happen.
    fn happen(&mut self, event: Self::Event);

    /// What must hold when nothing more can happen.
    fn holds_in_the_end(&self);
}

/// Runs every schedule from a beginning; how many there are.
fn explore_all<R: Explored>(begin: impl Fn() -> R) -> usize {
    let mut schedule: Vec<(usize, usize)> = Vec::new();
    for schedules in 1..=MOST_SCHEDULES {
        let mut run = begin();
        let mut at = 0;
        loop {
            let events = run.events();
            if events.is_empty() {
                break;
            }
            if at == schedule.len() {
                schedule.push((0, events.len()));
            }
            let (choice, _) = schedule[at];
            run.happen(events[choice]);
            at += 1;
        }
        run.holds_in_the_end();
        while schedule
            .last()
            .is_some_and(|(choice, of)| choice + 1 == *of)
        {
            schedule.pop();
        }
        match schedule.last_mut() {
            Some((choice, _)) => *choice += 1,
            None => return schedules,
        }
    }
    panic!("more than {MOST_SCHEDULES} schedules");
}

fn works(tokens: &Tokens) -> bool {
    tokens.access_lasts(BEGINNING, 0)
}

fn clock_of(now: Arc<AtomicI64>) -> Clock {
    Clock::from_fn(move || Timestamp::from_second(now.load(Ordering::SeqCst)).expect("a moment"))
}

//! Refreshes that happen once, however many requests need them, and whose answer is kept, whoever still waits for it.
//!
//! What is to be done is decided in [`rotation`](super::rotation); here it is done. Decisions are taken inside one
//! `watch` channel's lock, and whoever waits is woken by the change itself, so no wake-up can be missed.

use std::sync::Arc;
use std::time::Duration;

use lapel_wire::{Kind, SignedOutReason};
use tokio::sync::watch;

use super::Session;
use super::rotation::{Need, Outcome, Rotation, Step, Unanswered};
use crate::clock::Clock;

/// How long LinkedIn may take for a refresh, whatever its connection does. Longer than one request may take, so that it
/// only speaks when that limit has failed.
const LONGEST_ASKING: Duration = Duration::from_secs(15);

/// How often one request asks at most. Once is enough, unless LinkedIn's new token ends before it can be used.
const MOST_QUESTIONS: u8 = 2;

/// Who brings new tokens. In production LinkedIn; in tests somebody whose answers come when the test says.
pub(crate) trait Provider: Clone + Send + Sync + 'static {
    /// Asks for a new access token.
    fn refresh(&self, session: &Session) -> impl Future<Output = Outcome> + Send;

    /// Gives tokens back that nobody may use any more. Best effort.
    fn give_back(&self, session: &Session) -> impl Future<Output = ()> + Send;

    /// Runs work that goes on when the request that began it is gone.
    fn detach(work: impl Future<Output = ()> + Send + 'static);
}

/// Why a request gets no access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoTokens {
    /// The session has ended.
    Ended(SignedOutReason),
    /// LinkedIn could not be asked. The session is as good as before.
    Unanswered(Unanswered),
}

/// One session's memory, shared by all requests that concern it.
#[derive(Clone, Debug)]
pub(crate) struct Slot(Arc<watch::Sender<Rotation>>);

impl Default for Slot {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Rotation::default())))
    }
}

impl Slot {
    /// Looks at what is known.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&Rotation) -> T) -> T {
        at(&self.0.borrow())
    }

    /// Changes what is known; those who wait look again.
    pub(crate) fn change<T>(&self, with: impl FnOnce(&mut Rotation) -> T) -> T {
        let mut told = None;
        self.0.send_modify(|rotation| told = Some(with(rotation)));
        #[expect(clippy::expect_used, reason = "send_modify always runs the closure")]
        told.expect("the closure ran")
    }

    /// A session whose access token works as far as anybody knows.
    pub(crate) async fn usable<P: Provider>(
        &self,
        need: Need,
        provider: &P,
        clock: &Clock,
    ) -> Result<Session, NoTokens> {
        let mut changes = self.0.subscribe();
        let mut questions = 0..MOST_QUESTIONS;
        loop {
            // Read before deciding: a change between the decision and the waiting then counts as one.
            changes.mark_unchanged();
            let mut step = Step::Wait;
            self.0.send_if_modified(|rotation| {
                step = rotation.step(&need, clock.now_seconds());
                if matches!(step, Step::Ask(_)) {
                    rotation.asking();
                }
                // Nobody waits for somebody to begin.
                false
            });
            match step {
                Step::Use(session) => return Ok(*session),
                Step::Ended(reason) => return Err(NoTokens::Ended(reason)),
                Step::Pause(unanswered) => return Err(NoTokens::Unanswered(unanswered)),
                Step::Ask(session) => {
                    if questions.next().is_none() {
                        self.change(|rotation| rotation.gave_up(clock.now_seconds()));
                        continue;
                    }
                    let asking = Asking::begin(self.clone(), session, clock.clone());
                    P::detach(asking.ask(provider.clone()));
                }
                Step::Wait => {}
            }
            // The sender lives in `self`.
            let _ = changes.changed().await;
        }
    }
}

/// A question to LinkedIn that is under way. Dropped without an answer it counts as unanswered, so that nobody waits for
/// somebody who is gone.
struct Asking {
    slot: Slot,
    session: Box<Session>,
    clock: Clock,
    asked_at: i64,
    answered: bool,
}

impl Asking {
    fn begin(slot: Slot, session: Box<Session>, clock: Clock) -> Self {
        Self {
            slot,
            session,
            asked_at: clock.now_seconds(),
            clock,
            answered: false,
        }
    }

    async fn ask<P: Provider>(mut self, provider: P) {
        let outcome = provider.refresh(&self.session).await;
        if let Some(unwanted) = self.answer(outcome) {
            provider.give_back(&unwanted).await;
        }
    }

    fn answer(&mut self, outcome: Outcome) -> Option<Box<Session>> {
        self.answered = true;
        let now = self.clock.now_seconds();
        self.slot
            .change(|rotation| rotation.answered(&self.session, outcome, self.asked_at, now))
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        if !self.answered {
            self.answer(Outcome::Unanswered(Kind::Contract));
        }
    }
}

/// A refresh that ends, whatever the other side does.
pub(crate) async fn in_time(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::time::timeout(LONGEST_ASKING, work)
        .await
        .unwrap_or(Outcome::Unanswered(Kind::LinkedinDown))
}

//! What the search is made of: a LinkedIn whose answers come when the schedule says, and tasks that run when it says.

use std::cell::RefCell;
use std::collections::HashSet;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};

use lapel_wire::Kind;
use tokio::sync::oneshot;

use super::BEGINNING;
use crate::session::Session;
use crate::session::refresh::Provider;
use crate::session::rotation::Outcome;
use crate::session::tests::grant;

pub(super) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

thread_local! {
    /// Work that was detached and has not been picked up by the scheduler.
    static DETACHED: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
}

/// How a provider may answer a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// New tokens, unless the refresh token was spent before.
    Honest,
    /// The refresh takes effect, and its answer does not arrive.
    Lost,
    /// The provider is down, and nothing happens.
    Down,
}

/// LinkedIn, as far as a refresh sees it.
#[derive(Default)]
pub(super) struct Upstream {
    pub(super) calls: Vec<Call>,
    /// Number of the refresh token that works.
    pub(super) current: u32,
    pub(super) issued: HashSet<u32>,
    pub(super) given_back: HashSet<u32>,
    pub(super) rotating: bool,
    /// Whether what comes is a whole version of the session, as with a store.
    pub(super) shared: bool,
    pub(super) lives: i64,
    pub(super) asked_with_spent: u32,
}

pub(super) struct Call {
    token: u32,
    pub(super) answer: Option<oneshot::Sender<Outcome>>,
}

#[derive(Clone)]
pub(super) struct Fake(pub(super) Arc<Mutex<Upstream>>);

impl Fake {
    pub(super) fn upstream(&self) -> MutexGuard<'_, Upstream> {
        self.0.lock().expect("unpoisoned")
    }

    pub(super) fn answer(&self, call: usize, how: Answer) {
        let mut upstream = self.upstream();
        let token = upstream.calls[call].token;
        let sender = upstream.calls[call].answer.take().expect("open");
        let fits = !upstream.rotating || token == upstream.current;
        let outcome = match how {
            Answer::Down => Outcome::Unanswered(Kind::LinkedinDown),
            Answer::Honest | Answer::Lost if !fits => {
                upstream.asked_with_spent += 1;
                Outcome::Refused
            }
            Answer::Honest | Answer::Lost => {
                let access = u32::try_from(upstream.issued.len()).expect("few") + 1;
                upstream.issued.insert(access);
                upstream.current += u32::from(upstream.rotating);
                let refresh = upstream.current.to_string();
                let mut fresh = grant(Some(&refresh), upstream.lives, None);
                fresh.access_token = crate::secret::AccessToken::new(access.to_string());
                if how == Answer::Honest {
                    Outcome::Granted(fresh)
                } else {
                    Outcome::Unanswered(Kind::LinkedinDown)
                }
            }
        };
        drop(upstream);
        let _ = sender.send(outcome);
    }
}

impl Provider for Fake {
    async fn refresh(&self, session: &Session) -> Outcome {
        let (answer, answered) = oneshot::channel();
        let token = session.tokens.refresh.as_ref().expect("one").expose();
        self.upstream().calls.push(Call {
            token: token.parse().expect("a number"),
            answer: Some(answer),
        });
        let outcome = answered.await.expect("every call is answered");
        match outcome {
            Outcome::Granted(grant) if self.upstream().shared => {
                Outcome::Renewed(Box::new(session.refreshed(grant, BEGINNING)))
            }
            other @ (Outcome::Granted(_)
            | Outcome::Renewed(_)
            | Outcome::Refused
            | Outcome::Unanswered(_)) => other,
        }
    }

    async fn give_back(&self, session: &Session) {
        let access = session.tokens.access.expose().parse().expect("a number");
        self.upstream().given_back.insert(access);
    }

    fn detach(work: impl Future<Output = ()> + Send + 'static) {
        DETACHED.with_borrow_mut(|tasks| tasks.push(Box::pin(work)));
    }
}

/// A task that is polled when it was woken, and never otherwise: a wake-up that is missed leaves it behind.
pub(super) struct Scheduled {
    pub(super) task: Option<Task>,
    woken: Arc<Woken>,
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Scheduled {
    pub(super) fn new(task: Task) -> Self {
        Self {
            task: Some(task),
            woken: Arc::new(Woken(AtomicBool::new(true))),
        }
    }

    pub(super) fn runnable(&self) -> bool {
        self.task.is_some() && self.woken.0.load(Ordering::SeqCst)
    }

    pub(super) fn poll(&mut self) {
        self.woken.0.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self.woken));
        let task = self.task.as_mut().expect("runnable");
        if let Poll::Ready(()) = task.as_mut().poll(&mut Context::from_waker(&waker)) {
            self.task = None;
        }
    }
}

/// Work that was detached since the last time.
pub(super) fn detached() -> Vec<Task> {
    DETACHED.with_borrow_mut(std::mem::take)
}

//! Two instances that share a store, explored as one is: each step at the store can meet any other.
//!
//! The lease's protocol is the one that runs in production (`turns`), and so is what each instance remembers; the store is
//! a few lines that do in one step what Redis does in one.

use std::pin::Pin;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

use lapel_wire::{Kind, SignedOutReason};

use super::workshop::{Answer, Fake, Scheduled, Task, Upstream, detached};
use super::{BEGINNING, Explored, clock_of, explore_all, works};
use crate::session::Session;
use crate::session::refresh::{NoTokens, Provider, Slot};
use crate::session::rotation::{Need, Outcome};
use crate::session::store::StoreDown;
use crate::session::tests::{begun, grant};
use crate::session::turns::{Instance, told, turn};

/// What all instances see.
#[derive(Default)]
struct Store {
    leased: bool,
    newest: Option<Session>,
    ended: bool,
    waiting: Vec<Waker>,
}

/// One of the instances.
#[derive(Clone)]
struct Member {
    slot: Slot,
    linkedin: Fake,
    store: Arc<Mutex<Store>>,
}

/// Between two steps of one task: lets everybody else go first, if the schedule says so.
#[derive(Default)]
struct Step(bool);

impl Future for Step {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Member {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("unpoisoned")
    }

    /// What the store knows, learned. Whether the session has ended, and the newest version.
    fn known(&self) -> (bool, Option<Session>) {
        let (ended, newest) = {
            let store = self.store();
            (store.ended, store.newest.clone())
        };
        if ended {
            self.slot
                .change(|rotation| rotation.end(SignedOutReason::NoSession));
        }
        if let Some(version) = newest.clone() {
            self.slot
                .change(|rotation| rotation.learn(Box::new(version)));
        }
        (ended, newest)
    }

    /// A sign-out at this instance; the access token that it ends at LinkedIn.
    async fn sign_out(self, carried: Session) -> u32 {
        self.slot
            .change(|rotation| rotation.end(SignedOutReason::NoSession));
        Step::default().await;
        let newest = {
            let mut store = self.store();
            store.ended = true;
            store.newest.clone()
        };
        let before = self.slot.look(|rotation| rotation.newest(&carried).clone());
        let newest = newest.unwrap_or(before);
        newest.tokens.access.expose().parse().unwrap_or_default()
    }
}

impl Instance for Member {
    type Lease = ();

    async fn lease(&self, _: &Session) -> Result<Option<()>, StoreDown> {
        let free = !std::mem::replace(&mut self.store().leased, true);
        Ok(free.then_some(()))
    }

    async fn release(&self, (): ()) {
        Step::default().await;
        let waiting = {
            let mut store = self.store();
            store.leased = false;
            std::mem::take(&mut store.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    async fn heard(&self, session: &Session) -> Result<Option<Outcome>, StoreDown> {
        Step::default().await;
        let (ended, newest) = self.known();
        Ok(if ended {
            Some(Outcome::Refused)
        } else {
            told(newest, session)
        })
    }

    async fn ask_and_tell(&self, (): &(), session: &Session) -> Outcome {
        let Outcome::Granted(grant) = self.linkedin.refresh(session).await else {
            panic!("LinkedIn is honest here")
        };
        let before = self.slot.look(|rotation| rotation.newest(session).clone());
        let version = before.refreshed(grant, BEGINNING);
        let mut store = self.store();
        if store.ended {
            drop(store);
            self.slot
                .change(|rotation| rotation.end(SignedOutReason::NoSession));
        } else {
            store.newest = Some(version.clone());
        }
        Outcome::Renewed(Box::new(version))
    }

    /// Until the lease is free: looking again earlier shows nothing else.
    async fn pause(&self) {
        std::future::poll_fn(|context| {
            let mut store = self.store();
            if !store.leased {
                return Poll::Ready(());
            }
            store.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

impl Provider for Member {
    async fn refresh(&self, session: &Session) -> Outcome {
        match turn(self, session).await {
            Ok(turn) => turn.taken(self, session).await,
            Err(StoreDown) => Outcome::Unanswered(Kind::Unreachable),
        }
    }

    async fn give_back(&self, session: &Session) {
        self.linkedin.give_back(session).await;
    }

    fn detach(work: impl Future<Output = ()> + Send + 'static) {
        Fake::detach(work);
    }
}

/// What happens at each of the instances.
#[derive(Clone, Copy)]
struct Plan {
    /// Requests with an ended access token, for each instance.
    requests: [usize; 2],
    /// Whether the member signs out at the second one.
    signs_out: bool,
}

struct Run {
    plan: Plan,
    linkedin: Fake,
    store: Arc<Mutex<Store>>,
    tasks: Vec<Scheduled>,
    results: Arc<Mutex<Vec<Result<Session, NoTokens>>>>,
    signed_out_with: Arc<Mutex<Option<u32>>>,
}

#[derive(Clone, Copy)]
enum Event {
    Poll(usize),
    Answer(usize),
}

impl Run {
    fn new(plan: Plan) -> Self {
        let upstream = Upstream {
            rotating: true,
            lives: 600,
            ..Upstream::default()
        };
        let mut run = Self {
            plan,
            linkedin: Fake(Arc::new(Mutex::new(upstream))),
            store: Arc::default(),
            tasks: Vec::new(),
            results: Arc::default(),
            signed_out_with: Arc::default(),
        };
        let carried = begun(grant(Some("0"), 60, None));
        let members = [run.member(), run.member()];
        for (member, requests) in members.iter().zip(plan.requests) {
            for _ in 0..requests {
                let request = run.request(member.clone(), carried.clone());
                run.tasks.push(Scheduled::new(request));
            }
        }
        if plan.signs_out {
            let [_, member] = members;
            let with = Arc::clone(&run.signed_out_with);
            run.tasks.push(Scheduled::new(Box::pin(async move {
                let token = member.sign_out(carried).await;
                *with.lock().expect("unpoisoned") = Some(token);
            })));
        }
        run
    }

    fn member(&self) -> Member {
        Member {
            slot: Slot::default(),
            linkedin: self.linkedin.clone(),
            store: Arc::clone(&self.store),
        }
    }

    fn request(&self, member: Member, carried: Session) -> Task {
        let results = Arc::clone(&self.results);
        let clock = clock_of(Arc::new(AtomicI64::new(BEGINNING)));
        Box::pin(async move {
            member.known();
            let need = Need {
                carried,
                refused: false,
            };
            let result = member.slot.usable(need, &member, &clock).await;
            results.lock().expect("unpoisoned").push(result);
        })
    }
}

impl Explored for Run {
    type Event = Event;

    fn events(&self) -> Vec<Event> {
        let tasks = self.tasks.iter().enumerate();
        let runnable = tasks.filter(|(_, task)| task.runnable());
        let mut events: Vec<_> = runnable.map(|(at, _)| Event::Poll(at)).collect();
        for (at, call) in self.linkedin.upstream().calls.iter().enumerate() {
            if call.answer.is_some() {
                events.push(Event::Answer(at));
            }
        }
        events
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Poll(at) => self.tasks[at].poll(),
            Event::Answer(call) => self.linkedin.answer(call, Answer::Honest),
        }
        self.tasks
            .extend(detached().into_iter().map(Scheduled::new));
    }

    fn holds_in_the_end(&self) {
        for task in &self.tasks {
            assert!(task.task.is_none(), "nobody waits for ever");
        }
        let upstream = self.linkedin.upstream();
        assert!(upstream.calls.len() <= 1, "one token call for all");
        let results = self.results.lock().expect("unpoisoned");
        assert_eq!(results.len(), self.plan.requests.iter().sum::<usize>());
        for result in results.iter() {
            match result {
                Ok(session) => assert!(works(&session.tokens), "a token that works"),
                Err(NoTokens::Ended(SignedOutReason::NoSession)) => assert!(self.plan.signs_out),
                Err(other) => panic!("nobody was refused: {other:?}"),
            }
        }
        let ended = *self.signed_out_with.lock().expect("unpoisoned");
        assert_eq!(ended.is_some(), self.plan.signs_out);
        for token in upstream.issued.iter().filter(|_| self.plan.signs_out) {
            assert!(
                upstream.given_back.contains(token) || ended == Some(*token),
                "a token that nobody may use is given back"
            );
        }
        let store = self.store.lock().expect("unpoisoned");
        assert!(!store.leased, "the lease is given back");
        assert!(self.plan.signs_out || store.newest.is_some());
    }
}

#[test]
fn in_every_order_two_instances_make_one_token_call_and_all_requests_succeed() {
    let schedules = explore_all(|| {
        Run::new(Plan {
            requests: [1, 1],
            signs_out: false,
        })
    });
    assert!(schedules > 500, "{schedules}");
}

#[test]
fn in_every_order_a_sign_out_at_another_instance_leaves_no_token_behind() {
    for (requests, fewest) in [([1, 0], 10), ([0, 1], 10), ([1, 1], 10_000)] {
        let plan = Plan {
            requests,
            signs_out: true,
        };
        let schedules = explore_all(|| Run::new(plan));
        assert!(schedules > fewest, "{requests:?}: {schedules}");
    }
}

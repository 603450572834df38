//! The session at work: hears what happens in the browser, asks the transition, performs its effects. Nothing else in
//! the page fetches, stores, or listens to other tabs.

mod browser;
mod storage;
mod tabs;

use std::time::Duration;

use lapel_wire::LocalPath;
use leptos::ev;
use leptos::prelude::*;

use super::{Account, Effect, Moment, Motion, News, Session, SignOutFailure, Standing, Step};
use crate::api::BffClient;
use tabs::Tabs;

/// How long the page may still be here after a sign-in link was followed.
const LEAVING_TAKES: Duration = Duration::from_secs(10);

/// How often the remaining time is looked at. It is shown in minutes at best.
const TICK: Duration = Duration::from_secs(30);

/// The session of the page: what it is, and what the member can do about it.
///
/// A small handle that may be copied anywhere below the [`SessionProvider`](crate::SessionProvider) that made it.
#[derive(Clone, Copy)]
pub struct SessionHandle {
    session: RwSignal<Session>,
    standing: Memo<Standing>,
    motion: Memo<Motion>,
    now: RwSignal<Moment>,
    here: RwSignal<LocalPath>,
    work: StoredValue<Work, LocalStorage>,
}

/// What the effects need and nobody looks at.
struct Work {
    client: BffClient,
    tabs: Option<Tabs>,
    /// Counts questions. An answer whose number is not the current one came too late to mean anything.
    question: u64,
}

/// The session handle, or why there is none.
///
/// # Errors
/// [`OutsideProvider`] where no [`SessionProvider`](crate::SessionProvider) is above. Lapel's own components show that
/// on the page instead of failing.
pub fn use_session() -> Result<SessionHandle, OutsideProvider> {
    use_context().ok_or(OutsideProvider)
}

/// A part of Lapel is used where no `SessionProvider` is above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutsideProvider;

impl std::fmt::Display for OutsideProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no <SessionProvider> is above this component")
    }
}

impl std::error::Error for OutsideProvider {}

/// Starts a session for everything below the current owner, and lets go of the browser when that owner ends.
pub(crate) fn provide_session(client: BffClient) -> SessionHandle {
    let step = Session::app_started(browser::take_arrival(), storage::recall());
    let session = RwSignal::new(step.session);
    let handle = SessionHandle {
        session,
        standing: Memo::new(move |_| session.with(Session::standing)),
        motion: Memo::new(move |_| session.with(Session::motion)),
        now: RwSignal::new(browser::now()),
        here: RwSignal::new(browser::here()),
        work: StoredValue::new_local(Work {
            client,
            tabs: None,
            question: 0,
        }),
    };
    let tabs = Tabs::join(move |news| match news {
        News::SignedIn { id } => handle.advance(|session| session.other_tab_signed_in(&id)),
        News::SignedOut => handle.advance(Session::other_tab_signed_out),
    });
    handle.work.update_value(|work| work.tabs = tabs);
    provide_context(handle);
    handle.listen();
    for effect in step.effects {
        handle.perform(effect);
    }
    handle
}

impl SessionHandle {
    /// The session with everything in it, to be read in views.
    pub fn session(self) -> ReadSignal<Session> {
        self.session.read_only()
    }

    /// Who stands before the page. Views that follow this are rendered anew only when it changes.
    pub fn standing(self) -> Memo<Standing> {
        self.standing
    }

    /// What is under way, or in the way.
    pub fn motion(self) -> Memo<Motion> {
        self.motion
    }

    /// The page's clock, fine enough for "in 5 minutes".
    pub fn now(self) -> ReadSignal<Moment> {
        self.now.read_only()
    }

    /// The address that a sign-in comes back to unless told otherwise: this one, or home where it cannot be one.
    pub fn here(self) -> ReadSignal<LocalPath> {
        self.here.read_only()
    }

    /// The member wants out.
    pub fn sign_out(self) {
        self.advance(Session::sign_out_started);
    }

    /// Asks the BFF again where it could not be asked.
    pub fn try_again(self) {
        self.advance(Session::member_tries_again);
    }

    /// The member has read what the page told them about the session.
    pub fn dismiss_notice(self) {
        self.advance(Session::notice_dismissed);
    }

    /// Takes note that a sign-in link is being followed. False where one already is: then the press must do nothing.
    pub fn start_sign_in(self, return_to: LocalPath) -> bool {
        let leaving = self.motion.get_untracked() == Motion::SigningIn;
        if !leaving {
            self.advance(|session| session.sign_in_started(return_to));
        }
        !leaving
    }

    /// Looks at the address again. Routers that change it need not call this before a link is pressed, since pressing
    /// does it too.
    pub fn note_address(self) {
        let here = browser::here();
        if self
            .here
            .try_get_untracked()
            .is_some_and(|known| known != here)
        {
            self.here.set(here);
        }
    }

    /// One event: the transition decides, then its effects are performed.
    fn advance(self, event: impl FnOnce(Session) -> Step) {
        // An answer may arrive when the component is gone.
        if let Some(before) = self.session.try_get_untracked() {
            self.take(event(before));
        }
    }

    fn take(self, step: Step) {
        let Step { session, effects } = step;
        if self.session.with_untracked(|before| *before != session) {
            self.session.set(session);
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(self, effect: Effect) {
        match effect {
            Effect::Ask => self.ask(),
            Effect::SignOut => self.ask_to_sign_out(),
            Effect::Remember(account) => storage::remember(&account),
            Effect::Forget => storage::forget(),
            Effect::Announce(news) => {
                self.work
                    .try_with_value(|work| work.tabs.as_ref().map(|tabs| tabs.tell(&news)));
            }
            Effect::WatchSignIn => {
                set_timeout(
                    move || self.advance(Session::sign_in_stalled),
                    LEAVING_TAKES,
                );
            }
        }
    }

    fn ask(self) {
        let Some((client, number)) = self.next_question() else {
            return;
        };
        perform_later(async move {
            let answer = client.session().await;
            if self.work.try_with_value(|work| work.question) != Some(number) {
                return;
            }
            let now = browser::now();
            self.now.try_set(now);
            self.advance(|session| match answer {
                Ok(view) => session.answered(view, now),
                Err(error) => session.could_not_ask(error.failure()),
            });
        });
    }

    fn ask_to_sign_out(self) {
        let Some((client, _)) = self.next_question() else {
            return;
        };
        perform_later(async move {
            let answer = client.sign_out().await;
            self.advance(|session| match answer {
                Ok(report) => session.sign_out_finished(report),
                Err(error) => session.sign_out_failed(SignOutFailure::from(&error)),
            });
        });
    }

    fn next_question(self) -> Option<(BffClient, u64)> {
        self.work.try_update_value(|work| {
            work.question += 1;
            (work.client.clone(), work.question)
        })
    }

    fn tick(self) {
        let now = browser::now();
        self.now.try_set(now);
        self.advance(|session| session.time_passed(now));
    }

    /// Everything that the browser tells by itself.
    fn listen(self) {
        let heard = [
            window_event_listener(ev::Custom::new("pagehide"), move |_: web_sys::Event| {
                self.advance(Session::page_left);
            }),
            window_event_listener(ev::Custom::new("pageshow"), move |event: web_sys::Event| {
                if browser::is_restored(&event) {
                    self.advance(|session| session.page_restored(storage::recall()));
                }
            }),
            // Bubbles from the document to the window.
            window_event_listener(
                ev::Custom::new("visibilitychange"),
                move |_: web_sys::Event| {
                    if browser::is_visible() {
                        self.advance(Session::page_visible_again);
                        self.tick();
                    }
                },
            ),
            window_event_listener(ev::online, move |_| self.advance(Session::network_returned)),
            window_event_listener(ev::popstate, move |_| self.note_address()),
            // A link's address must be current before it is followed, by whichever router it became another.
            window_event_listener(ev::pointerdown, move |_| self.note_address()),
            window_event_listener(ev::keydown, move |_| self.note_address()),
        ];
        let clock = set_interval_with_handle(
            move || {
                if browser::is_visible() {
                    self.tick();
                }
            },
            TICK,
        );
        on_cleanup(move || {
            for listener in heard {
                listener.remove();
            }
            if let Ok(clock) = clock {
                clock.clear();
            }
        });
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is session::runtime, where effects are performed"
)]
fn perform_later(work: impl Future<Output = ()> + 'static) {
    leptos::task::spawn_local(work);
}

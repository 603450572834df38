//! The session at work: hears what happens in the browser, asks the transition, performs its effects. What the browser keeps
//! for the application, it keeps through here.

pub(crate) mod browser;
mod handle;
mod place;
#[cfg(feature = "test-kit")]
mod recorded;
pub(crate) mod storage;
mod tabs;

use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;

use super::{Account, Cookies, Doing, Effect, Moment, News, Session, SignOutFailure, Step};
use crate::api::BffClient;
use crate::failure::Failure;
use browser::Told;
pub use handle::{OutsideProvider, SessionHandle, use_session};
#[cfg(feature = "test-kit")]
pub(crate) use recorded::provide_recorded;
use tabs::Tabs;

/// How long the page may still be here after a sign-in link was followed.
const LEAVING_TAKES: Duration = Duration::from_secs(10);

/// How often the remaining time is looked at. It is shown in minutes at best.
const TICK: Duration = Duration::from_secs(30);

/// The same while seconds are counted.
const SECOND: Duration = Duration::from_secs(1);

/// Starts a session for everything below the current owner, and lets go of the browser when that owner ends.
pub(crate) fn provide_session(client: BffClient) -> SessionHandle {
    let told = browser::take_told();
    let is_told = told.is_some();
    let step = first_step(told);
    let place = place::come_back();
    let handle = SessionHandle::new(step.session, client);
    handle.change(|state| state.place = place);
    let tabs = Tabs::join(move |news| match news {
        News::SignedIn { id } => handle.advance(|session| session.other_tab_signed_in(&id)),
        News::SignedOut => handle.advance(Session::other_tab_signed_out),
    });
    handle.change(|state| state.tabs = tabs);
    handle.listen();
    for effect in step.effects {
        handle.perform(effect);
    }
    if is_told {
        handle.after_news(Moment::default());
    }
    handle
}

/// What is known at the start: what the document says, or else nothing, and the BFF is asked.
fn first_step(told: Option<Told>) -> Step {
    let started = Session::app_started(browser::take_arrival(), storage::recall());
    match told {
        // Counted from the page's beginning: the document is as old as the page.
        Some(told) => started
            .session
            .answered(told.view, Moment::default())
            .then_if(told.check_is_due, Effect::Ask),
        None => started,
    }
}

impl SessionHandle {
    /// One event: the transition decides, then its effects are performed.
    fn advance(self, event: impl FnOnce(Session) -> Step) {
        // An answer may arrive when the component is gone.
        if let Some(before) = self.current() {
            self.take(event(before));
        }
    }

    #[inline(never)]
    fn take(self, step: Step) {
        let Step { session, effects } = step;
        self.count_seconds(session.is_waiting());
        self.become_known(session);
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(self, effect: Effect) {
        #[cfg(feature = "test-kit")]
        let Some(effect) = self.unless_recorded(effect) else {
            return;
        };
        match effect {
            Effect::Ask => self.ask(),
            Effect::SignOut => self.ask_to_sign_out(),
            Effect::Remember(account) => storage::remember(&account),
            Effect::Forget => storage::forget(),
            Effect::Record(doing, failure) => self.record(doing, &failure),
            Effect::ForgetFailures => self.forget_failures(),
            Effect::ForgetDrafts => storage::forget_drafts(),
            Effect::KeepPlace => place::keep(),
            Effect::RecallRenewal => {
                let renewal = storage::renewal();
                self.advance(|session| session.renewal_recalled(renewal));
            }
            Effect::KeepRenewal(renewal) => storage::keep_renewal(renewal),
            Effect::LookForCookies { came_back_unknown } => {
                let cookies = Cookies {
                    kept: browser::keeps_cookies(),
                    unknown_in_a_row: storage::count_unknown(came_back_unknown),
                };
                self.advance(|session| session.cookies_looked_for(cookies));
            }
            Effect::Announce(news) => {
                self.change(|state| state.tabs.as_ref().map(|tabs| tabs.tell(&news)));
            }
            Effect::WatchSignIn => {
                set_timeout(
                    move || self.advance(Session::sign_in_stalled),
                    LEAVING_TAKES,
                );
            }
        }
    }

    /// Notes a failure in this browser's log.
    pub(crate) fn record(self, doing: Doing, failure: &Failure) {
        storage::record(doing, failure);
        self.failures_changed();
    }

    /// What a page's own call was refused for says that what is known of the session is old.
    pub(crate) fn look_again(self) {
        self.advance(Session::call_refused);
    }

    fn ask(self) {
        let Some((client, number)) = self.next_question() else {
            return;
        };
        perform_later(async move {
            let answer = client.session().await;
            if self.change(|state| state.question) != Some(number) {
                return;
            }
            let around = browser::surroundings();
            self.note_time(around.now);
            self.advance(|session| match answer {
                Ok(view) => session.answered(view, around.now),
                Err(error) => session.could_not_ask(error.failure(), around),
            });
            self.after_news(around.now);
        });
    }

    /// What follows once the document or the BFF has told about the session.
    fn after_news(self, now: Moment) {
        self.advance(|session| session.last_days_looked_for(now));
        // What there is to say stands at the top.
        let place = self.change(|state| state.place.take()).flatten();
        if let Some(place) = place.filter(|_| self.has_nothing_to_say()) {
            place.scroll_to();
        }
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
        self.change(|state| {
            state.question += 1;
            (state.client.clone(), state.question)
        })
    }

    fn tick(self) {
        let now = browser::now();
        self.note_time(now);
        self.advance(|session| session.time_passed(now));
        self.advance(|session| session.last_days_looked_for(now));
    }

    /// The page's clock counts seconds while a countdown is shown, and only then.
    fn count_seconds(self, needed: bool) {
        self.change(|state| {
            if needed && state.seconds.is_none() {
                state.seconds = Seconds::count(move || self.tick());
            } else if !needed {
                state.seconds = None;
            }
        });
    }

    /// Everything that the browser tells by itself.
    fn listen(self) {
        let heard = [
            hear("pagehide", move |_| {
                // Leaving breaks off what is under way. An answer that comes all the same comes too late.
                self.next_question();
                self.advance(Session::page_left);
            }),
            hear("pageshow", move |event| {
                if browser::is_restored(&event) {
                    self.advance(|session| session.page_restored(storage::recall()));
                }
            }),
            // Bubbles from the document to the window.
            hear("visibilitychange", move |_| {
                let around = browser::surroundings();
                if around.seen {
                    self.advance(|session| session.page_visible_again(around));
                    self.tick();
                } else {
                    self.advance(|session| session.page_held_up(around));
                }
            }),
            hear("online", move |_| {
                let around = browser::surroundings();
                self.advance(|session| session.network_returned(around));
            }),
            hear("offline", move |_| {
                let around = browser::surroundings();
                self.advance(|session| session.page_held_up(around));
                self.advance(|session| session.network_lost(around));
            }),
            hear("popstate", move |_| self.note_address()),
            // A link's address must be current before it is followed, by whichever router it became another.
            hear("pointerdown", move |_| self.note_address()),
            hear("keydown", move |_| self.note_address()),
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

/// Seconds that are being counted. Dropping them ends it.
struct Seconds(IntervalHandle);

impl Seconds {
    fn count(each: impl Fn() + 'static) -> Option<Self> {
        set_interval_with_handle(each, SECOND).ok().map(Self)
    }
}

impl Drop for Seconds {
    fn drop(&mut self) {
        self.0.clear();
    }
}

pub(crate) fn hear(
    event: &str,
    handler: impl Fn(web_sys::Event) + 'static,
) -> WindowListenerHandle {
    let handler: Box<dyn Fn(web_sys::Event)> = Box::new(handler);
    window_event_listener_untyped(event, handler)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is session::runtime, where effects are performed"
)]
pub(crate) fn perform_later(work: impl Future<Output = ()> + 'static) {
    // What performs it is compiled for each type of work: for one, then.
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    leptos::task::spawn_local(work);
}

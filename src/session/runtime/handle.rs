//! The session in the hands of views: what it is, to be followed, and what the member can do about it.

use std::cell::RefCell;
use std::rc::Rc;

use lapel_wire::{Feature, LocalPath};
use leptos::prelude::*;

use super::tabs::Tabs;
use super::{Seconds, browser, storage};
use crate::api::BffClient;
use crate::failure::NextTry;
use crate::session::place::Place;
use crate::session::{Checking, FailureLog, Message, Moment, Motion, Session, Standing};

/// The session of the page: what it is, and what the member can do about it.
///
/// A small handle that may be copied anywhere below the [`SessionProvider`](crate::SessionProvider) that made it. What it
/// tells is reactive: a view or an effect that asks runs again when the answer has changed, and only then.
///
/// ```
/// use lapel::{Standing, use_session};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Greeting() -> impl IntoView {
///     let session = use_session();
///     move || match session.map(|session| session.standing()) {
///         Ok(Standing::Member { member, .. }) => format!("Hello, {}!", member.name),
///         Ok(_) => "Hello!".to_owned(),
///         Err(error) => error.to_string(),
///     }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct SessionHandle(StoredValue<Rc<Shared>, LocalStorage>);

/// What the handles share.
struct Shared {
    state: RefCell<State>,
    changed: Changed,
}

pub(super) struct State {
    session: Session,
    now: Moment,
    here: LocalPath,
    pub(super) client: BffClient,
    pub(super) tabs: Option<Tabs>,
    /// How often the page became one without a member.
    sign_outs: u32,
    /// Where on the page the member was before they signed in, until they are there again.
    pub(super) place: Option<Place>,
    /// Counts questions. An answer whose number is not the current one came too late to mean anything.
    pub(super) question: u64,
    /// There while a countdown is shown.
    pub(super) seconds: Option<Seconds>,
    #[cfg(feature = "test-kit")]
    pub(super) recorder: Option<super::recorded::Recorder>,
}

/// What views follow. Each is told only of what concerns it, so an open menu outlives a silent check.
#[derive(Default)]
struct Changed {
    session: ArcTrigger,
    standing: ArcTrigger,
    motion: ArcTrigger,
    message: ArcTrigger,
    ended: ArcTrigger,
    now: ArcTrigger,
    here: ArcTrigger,
    failures: ArcTrigger,
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

impl SessionHandle {
    pub(super) fn new(session: Session, client: BffClient) -> Self {
        let state = RefCell::new(State {
            session,
            now: browser::now(),
            here: browser::here(),
            client,
            tabs: None,
            sign_outs: 0,
            place: None,
            question: 0,
            seconds: None,
            #[cfg(feature = "test-kit")]
            recorder: None,
        });
        let changed = Changed::default();
        Self(StoredValue::new_local(Rc::new(Shared { state, changed })))
    }

    /// The session with everything in it.
    pub fn session(self) -> Session {
        self.follow(|changed| &changed.session, |state| state.session.clone())
            .unwrap_or(Session::Checking(Checking::default()))
    }

    /// Who stands before the page.
    pub fn standing(self) -> Standing {
        self.follow(
            |changed| &changed.standing,
            |state| state.session.standing(),
        )
        .unwrap_or(Standing::Waiting)
    }

    /// What is under way, or in the way.
    pub fn motion(self) -> Motion {
        self.follow(|changed| &changed.motion, |state| state.session.motion())
            .unwrap_or(Motion::Still)
    }

    /// Whether the session that the page is about has ended, while [`standing`](Self::standing) still tells who was signed
    /// in, so that nothing on the page is lost. What needs a session will not work until they have signed in again.
    pub fn has_ended(self) -> bool {
        self.follow(
            |changed| &changed.ended,
            |state| state.session.ended().is_some(),
        )
        .unwrap_or(false)
    }

    /// What there is to say.
    pub(crate) fn message(self) -> Message {
        self.follow(
            |changed| &changed.message,
            |state| Message::of(&state.session),
        )
        .unwrap_or(Message::Nothing)
    }

    /// The page's clock, fine enough for "in 5 minutes".
    pub fn now(self) -> Moment {
        self.follow(|changed| &changed.now, |state| state.now)
            .unwrap_or_default()
    }

    /// When a lost contact is looked for again, second by second.
    pub fn next_try(self) -> NextTry {
        let now = self.now();
        self.follow(
            |changed| &changed.session,
            |state| state.session.next_try(now),
        )
        .unwrap_or_default()
    }

    /// The failures that this browser remembers. Sign-out erases them.
    pub fn failures(self) -> FailureLog {
        self.follow(|changed| &changed.failures, |_| storage::failures())
            .unwrap_or_default()
    }

    /// Erases them.
    pub fn forget_failures(self) {
        storage::forget_failures();
        self.failures_changed();
    }

    /// The address that a sign-in comes back to unless told otherwise: this one, or home where it cannot be one.
    pub fn here(self) -> LocalPath {
        self.follow(|changed| &changed.here, |state| state.here.clone())
            .unwrap_or_else(LocalPath::home)
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

    /// The member has closed what says that their session has ended, and goes on reading.
    pub fn put_end_away(self) {
        self.advance(Session::end_put_away);
    }

    /// Erases what this browser remembers for the application, and from now on remembers nothing until the next sign-in.
    /// The session goes on. Gives back what was erased, by the names under which it was kept.
    pub fn forget_browser(self) -> Vec<String> {
        let erased = storage::forget_everything();
        self.failures_changed();
        erased
    }

    /// Takes note that a sign-in link is being followed. False where one already is: then the press must do nothing.
    pub fn start_sign_in(self, return_to: LocalPath) -> bool {
        let leaving = untrack(|| self.motion()) == Motion::SigningIn;
        if !leaving {
            self.advance(|session| session.sign_in_started(return_to));
        }
        !leaving
    }

    /// Looks at the address again. Routers that change it need not call this before a link is pressed, since pressing
    /// does it too.
    pub fn note_address(self) {
        let Some(shared) = self.shared() else { return };
        let here = browser::here();
        let before = std::mem::replace(&mut shared.state.borrow_mut().here, here.clone());
        if before != here {
            shared.changed.here.notify();
        }
    }

    /// Whether the member has given what a feature needs, as far as the page knows.
    pub fn may(self, feature: Feature) -> bool {
        self.follow(
            |changed| &changed.standing,
            |state| {
                let granted = state.session.account().map(|it| &*it.permissions);
                feature.is_covered_by(granted.unwrap_or_default())
            },
        )
        .unwrap_or(false)
    }

    /// Whether the page is about this member, signed in or signed in until a moment ago. Not followed.
    pub(crate) fn is_about(self, id: &str) -> bool {
        let is_about = |state: &mut State| {
            let account = state.session.account();
            account.is_some_and(|account| account.member.id == id)
        };
        self.change(is_about).unwrap_or(false)
    }

    /// How often this page has seen its member sign out.
    pub(crate) fn sign_outs(self) -> u32 {
        self.change(|state| state.sign_outs).unwrap_or_default()
    }

    /// The client that the session asks with. None where the provider is gone.
    pub(crate) fn client(self) -> Option<BffClient> {
        self.change(|state| state.client.clone())
    }

    pub(super) fn failures_changed(self) {
        if let Some(shared) = self.shared() {
            shared.changed.failures.notify();
        }
    }

    pub(super) fn note_time(self, now: Moment) {
        let Some(shared) = self.shared() else { return };
        shared.state.borrow_mut().now = now;
        shared.changed.now.notify();
    }

    /// The session has become this one. Whoever follows what is different about it is told.
    pub(super) fn become_known(self, session: Session) {
        let Some(shared) = self.shared() else { return };
        let before = {
            let mut state = shared.state.borrow_mut();
            state.sign_outs += u32::from(session.signed_out().is_some());
            std::mem::replace(&mut state.session, session.clone())
        };
        if before != session {
            shared.changed.session.notify();
        }
        if before.standing() != session.standing() {
            shared.changed.standing.notify();
        }
        if before.motion() != session.motion() {
            shared.changed.motion.notify();
        }
        if before.ended().is_some() != session.ended().is_some() {
            shared.changed.ended.notify();
        }
        if Message::of(&before) != Message::of(&session) {
            shared.changed.message.notify();
        }
    }

    /// The session as it is, without following it. None where the provider is gone.
    #[inline(never)]
    pub(super) fn current(self) -> Option<Session> {
        self.change(|state| state.session.clone())
    }

    /// Whether there is nothing to say, without following that.
    pub(super) fn has_nothing_to_say(self) -> bool {
        untrack(|| self.message()) == Message::Nothing
    }

    /// Changes what nobody follows.
    pub(super) fn change<T>(self, change: impl FnOnce(&mut State) -> T) -> Option<T> {
        let shared = self.shared()?;
        let mut state = shared.state.borrow_mut();
        Some(change(&mut state))
    }

    fn follow<T>(
        self,
        trigger: fn(&Changed) -> &ArcTrigger,
        read: impl FnOnce(&State) -> T,
    ) -> Option<T> {
        let shared = self.shared()?;
        trigger(&shared.changed).track();
        let state = shared.state.borrow();
        Some(read(&state))
    }

    #[inline(never)]
    fn shared(self) -> Option<Rc<Shared>> {
        self.0.try_get_value()
    }
}

//! For an application's own tests: components in any state of the session, without a BFF. The feature `test-kit` brings
//! it, for `[dev-dependencies]`.
//!
//! ```toml
//! [dev-dependencies]
//! lapel = { git = "…", features = ["test-kit"] }
//! wasm-bindgen-test = "0.3"
//! ```
//!
//! A [`MockSession`] stands where the BFF and the browser would: it says what the session is, and keeps what the member
//! asked for. In between is the real state machine, so a press on "Sign out" shows what it shows in life; the answer to
//! it is the test's to give.
//!
//! ```
//! use lapel::test_kit::{Asked, MockSession, MockSessionProvider, signed_in, signed_out};
//! use lapel::{MemberBadge, Reason};
//! use leptos::prelude::*;
//!
//! // #[wasm_bindgen_test::wasm_bindgen_test]
//! fn a_member_signs_out_by_the_badge() {
//!     let mock = MockSession::new(signed_in("Ada Lovelace"));
//!     let session = mock.clone();
//!     let page = leptos::mount::mount_to(leptos::prelude::document().body().unwrap(), move || {
//!         view! { <MockSessionProvider session><MemberBadge /></MockSessionProvider> }
//!     });
//!     // … find the badge, press "Sign out" …
//!     assert_eq!(mock.take_asked(), [Asked::SignOut]);
//!     mock.becomes(signed_out(Reason::Here(None)));
//!     // … what is shown now?
//!     drop(page);
//! }
//! ```

mod states;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lapel_wire::{LocalPath, paths};
use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

pub use states::*;

use crate::session::runtime::{SessionHandle, provide_recorded};
use crate::session::{Effect, Session};
use crate::share::runtime::{Prompter, ShareHandle};
use crate::share::{Composer, Draft, Errand};

/// What a member asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A sign-in link was followed. The browser stays: [`MockSessionProvider`] keeps it from leaving.
    SignIn {
        /// Where the sign-in would come back to.
        return_to: LocalPath,
    },
    /// The session is to be ended.
    SignOut,
    /// Who is signed in is to be asked again.
    Retry,
    /// A post is to be sent.
    Post(Draft),
}

/// A session in a test's hands. Clones are the same session.
#[derive(Clone)]
pub struct MockSession(Arc<Mutex<Inner>>);

struct Inner {
    session: Session,
    /// Those who show it.
    shown: Vec<SessionHandle>,
    composer: Composer,
    composers: Vec<ShareHandle>,
    asked: Vec<Asked>,
}

impl MockSession {
    /// A session in this state. The functions beside this one make states; any other [`Session`] will do too.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            session,
            shown: Vec::new(),
            composer: Composer::default(),
            composers: Vec::new(),
            asked: Vec::new(),
        })))
    }

    /// Puts another state under every component that shows this session. As with every signal, they show it a moment
    /// later: await something, such as an animation frame, before looking.
    pub fn becomes(&self, session: Session) {
        let shown = {
            let mut inner = self.inner();
            inner.session = session.clone();
            inner.shown.clone()
        };
        for handle in shown {
            handle.put(session.clone());
        }
    }

    /// Puts a draft at a stage under every [`ShareComposer`](crate::ShareComposer) that shows this session. An empty one is
    /// what they begin with otherwise.
    pub fn composes(&self, composer: Composer) {
        let composers = {
            let mut inner = self.inner();
            inner.composer = composer.clone();
            inner.composers.clone()
        };
        for handle in composers {
            handle.put(composer.clone());
        }
    }

    /// What was asked for since the last time, in its order.
    #[must_use]
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.inner().asked)
    }

    /// Effects of a member's doing are kept; what a browser remembers and tabs tell each other is nobody's wish.
    fn keep(&self, session: &Session, effect: &Effect) {
        let asked = match effect {
            Effect::Ask => Asked::Retry,
            Effect::SignOut => Asked::SignOut,
            Effect::WatchSignIn => match session {
                Session::SigningIn(signing_in) => Asked::SignIn {
                    return_to: signing_in.return_to.clone(),
                },
                Session::Checking(_)
                | Session::SignedOut(_)
                | Session::SignedIn(_)
                | Session::Ended(_)
                | Session::SigningOut(_)
                | Session::Unreachable(_) => return,
            },
            Effect::Remember(_)
            | Effect::Forget
            | Effect::Record(..)
            | Effect::ForgetFailures
            | Effect::ForgetDrafts
            | Effect::KeepPlace
            | Effect::RecallRenewal
            | Effect::KeepRenewal(_)
            | Effect::LookForCookies { .. }
            | Effect::Announce(_) => return,
        };
        self.inner().asked.push(asked);
    }

    fn provide(&self) -> SessionHandle {
        let session = self.inner().session.clone();
        let mock = self.clone();
        let handle = provide_recorded(session, move |session, effect| mock.keep(session, effect));
        self.inner().shown.push(handle);
        handle
    }

    fn prompter(&self) -> Prompter {
        let (mock, told) = (self.clone(), self.clone());
        Prompter {
            begin: Arc::new(move |handle| {
                let mut inner = mock.inner();
                inner.composers.push(handle.clone());
                inner.composer.clone()
            }),
            hear: Arc::new(move |composer, errand| {
                if *errand == Errand::Send {
                    let asked = Asked::Post(composer.draft.clone());
                    told.inner().asked.push(asked);
                }
            }),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// [`SessionProvider`](crate::SessionProvider)'s place in tests: everything below shows the mock's session. It asks
/// nobody, stores nothing, tells no other tab, and keeps the browser from following sign-in links.
#[component]
pub fn MockSessionProvider(
    /// What is shown.
    session: MockSession,
    /// What shows it.
    children: Children,
) -> impl IntoView {
    let stay = window_event_listener_untyped("click", stay);
    on_cleanup(move || stay.remove());
    let prompter = session.prompter();
    view! {
        <Provider value=session.provide()>
            <Provider value=prompter>{children()}</Provider>
        </Provider>
    }
}

/// Calls off the way to LinkedIn, after everyone else has heard of the press.
fn stay(event: Event) {
    let pressed = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let link = pressed.and_then(|it| it.closest("a[href]").ok().flatten());
    let address = link.and_then(|it| it.get_attribute("href"));
    if address.is_some_and(|it| it.split('?').next() == Some(paths::LOGIN)) {
        event.prevent_default();
    }
}

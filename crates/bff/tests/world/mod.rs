//! A small world: an emulator, a BFF in front of it, and browsers that keep cookies.

mod browser;
mod contract;
pub(crate) mod counterpart;
pub(crate) mod impostor;
pub(crate) mod log;
pub(crate) mod provider;
pub(crate) mod store;

use std::collections::BTreeSet;
use std::sync::{Once, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use jiff::{SignedDuration, Timestamp};
use lapel_bff::config::{self, ApiSettings, LinkedIn};
use lapel_bff::session::Lifetimes;
use lapel_bff::session::seal::KeyRing;
use lapel_bff::{Bff, embedded, router};
use lapel_emulator::{Clock, Emulator, Fault, Settings};
use tower::ServiceExt as _;

pub(crate) use browser::{Answer, Browser, Seen};
pub(crate) use contract::contract;

/// The public address of the application; https, so that everything is as in production.
pub(crate) const ORIGIN: &str = "https://app.example";

/// The moment at which every world begins.
pub(crate) const BEGINNING: &str = "2026-11-23T09:00:00Z";

/// How long is waited for what must happen, on the slowest of machines.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// An emulator and a BFF that share a clock which only tests move.
pub(crate) struct World {
    /// LinkedIn.
    pub(crate) emulator: Emulator,
    /// The keys that seal sessions.
    pub(crate) keys: KeyRing,
    lifetimes: Lifetimes,
    app: Router,
    seen: Seen,
}

/// What a world is made of, where that matters.
#[derive(Default)]
pub(crate) struct Plan {
    /// LinkedIn. Its clock is the world's.
    pub(crate) emulator: Settings,
    /// How long sessions last.
    pub(crate) lifetimes: Lifetimes,
    /// Where instances tell each other of sessions, if anywhere.
    pub(crate) store: Option<config::Store>,
}

impl World {
    /// A world in which nothing is broken.
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A world whose BFF sees LinkedIn differently than it is.
    pub(crate) async fn with(change: impl FnOnce(&mut LinkedIn)) -> Self {
        Self::planned(Plan::default(), change).await
    }

    /// A world whose LinkedIn gives refresh tokens, as it does to approved partners.
    pub(crate) async fn of_a_partner() -> Self {
        let mut plan = Plan::default();
        plan.emulator.refresh_tokens = true;
        Self::planned(plan, |_| {}).await
    }

    /// A world made to measure.
    pub(crate) async fn planned(plan: Plan, change: impl FnOnce(&mut LinkedIn)) -> Self {
        listen_to_everything();
        let beginning: Timestamp = BEGINNING.parse().expect("a moment");
        let settings = Settings {
            clock: Clock::fixed_at(beginning),
            ..plan.emulator
        };
        let emulator = Emulator::start(settings)
            .await
            .expect("the emulator starts");
        emulator.register_redirect(&emulator.client().id, &format!("{ORIGIN}/bff/callback"));
        let scopes = ["openid", "profile", "email"].map(str::to_owned).into();
        let mut linkedin =
            embedded::linkedin(&emulator, scopes, ApiSettings::default()).expect("addresses");
        change(&mut linkedin);
        let session = config::Session {
            keys: KeyRing::random(),
            keys_are_ephemeral: false,
            lifetimes: plan.lifetimes,
            store: plan.store,
        };
        let app = app(&emulator, linkedin, &session);
        Self {
            emulator,
            keys: session.keys,
            lifetimes: plan.lifetimes,
            app,
            seen: Seen::default(),
        }
    }

    /// Another replica of the BFF, or the same one after a restart.
    pub(crate) fn another_bff(&self, keys: KeyRing) -> Browser {
        self.another(keys, None, |_| {})
    }

    /// A browser whose BFF sees LinkedIn differently than it is.
    pub(crate) fn browser_with(&self, change: impl FnOnce(&mut LinkedIn)) -> Browser {
        self.another(self.keys.clone(), None, change)
    }

    /// A browser in front of another instance that has the same keys and uses this store; or of the same one after a
    /// restart.
    pub(crate) fn instance(&self, store: &config::Store) -> Browser {
        self.another(self.keys.clone(), Some(store.clone()), |_| {})
    }

    fn another(
        &self,
        keys: KeyRing,
        store: Option<config::Store>,
        change: impl FnOnce(&mut LinkedIn),
    ) -> Browser {
        let scopes = ["openid", "profile", "email"].map(str::to_owned).into();
        let mut linkedin =
            embedded::linkedin(&self.emulator, scopes, ApiSettings::default()).expect("addresses");
        change(&mut linkedin);
        let session = config::Session {
            keys,
            keys_are_ephemeral: false,
            lifetimes: self.lifetimes,
            store,
        };
        let app = app(&self.emulator, linkedin, &session);
        Browser::new(app, self.emulator.clock(), self.seen.clone())
    }

    /// The answer to a request that no browser sends.
    pub(crate) async fn serve(&self, request: Request<Body>) -> Response<Body> {
        self.app.clone().oneshot(request).await.expect("infallible")
    }

    /// The BFF as a whole, to be served on a socket.
    pub(crate) fn app(&self) -> Router {
        self.app.clone()
    }

    /// A browser that was never here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.app.clone(), self.emulator.clock(), self.seen.clone())
    }

    /// What this world's browsers have seen of all that the OpenAPI document describes.
    pub(crate) fn seen(&self) -> BTreeSet<String> {
        let seen = self.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A browser in which a member has signed in.
    pub(crate) async fn signed_in(&self, member: &str) -> Browser {
        let mut browser = self.browser();
        let answer = self.sign_in(&mut browser, member).await;
        assert_eq!(answer.location(), "/", "the sign-in ends where it began");
        browser
    }

    /// A browser in which a member has signed in and allowed posting.
    pub(crate) async fn sharing(&self, member: &str) -> Browser {
        let mut browser = self.browser();
        let login = "/bff/login?return_to=/&feature=share";
        let callback = self.allowed(&mut browser, login, member).await;
        let answer = browser.is_sent_to(&callback).await;
        assert_eq!(answer.location(), "/", "the sign-in ends where it began");
        browser
    }

    /// A whole sign-in, from the link to the page after it.
    pub(crate) async fn sign_in(&self, browser: &mut Browser, member: &str) -> Answer {
        let callback = self
            .allowed(browser, "/bff/login?return_to=/", member)
            .await;
        browser.is_sent_to(&callback).await
    }

    /// Begins a sign-in, lets the member allow it, and stops before LinkedIn's answer reaches the BFF.
    pub(crate) async fn allowed(&self, browser: &mut Browser, login: &str, member: &str) -> String {
        let authorization = browser.visit(login).await.location().to_owned();
        let answer = self
            .emulator
            .allow(&authorization, member)
            .await
            .expect("allowed");
        answer
            .strip_prefix(ORIGIN)
            .expect("our own callback")
            .to_owned()
    }

    /// Breaks LinkedIn.
    pub(crate) fn breaks(&self, fault: Fault) {
        self.emulator.faults().inject(fault);
    }

    /// Waits for what a task of its own does.
    pub(crate) async fn comes_to(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !done(self) {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(LONGEST_WAIT, waiting).await;
        assert!(waited.is_ok(), "it never came to this: {what}");
    }

    /// Waits until LinkedIn knows of no live token of this member.
    pub(crate) async fn has_ended_tokens_of(&self, member: &str) {
        let ended = |world: &Self| world.emulator.tokens().live_of(member).is_empty();
        self.comes_to("the tokens have ended", ended).await;
    }

    /// Lets time pass, here and at LinkedIn.
    pub(crate) fn wait(&self, seconds: i64) {
        self.emulator
            .clock()
            .advance(SignedDuration::from_secs(seconds));
    }
}

fn app(emulator: &Emulator, linkedin: LinkedIn, session: &config::Session) -> Router {
    let http = config::Http {
        listen: "127.0.0.1:0".parse().expect("an address"),
        public_url: ORIGIN.parse().expect("an address"),
        app_dir: Some(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/app").into()),
    };
    let bff = Bff::new(http, session, linkedin, embedded::clock(emulator)).expect("a BFF");
    router(bff).expect("routes")
}

/// Something listens to every word of the log in every test: words that nobody listens to are never formed, and whether
/// somebody does is remembered for the whole process, so a test that reads the log would miss some.
fn listen_to_everything() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(std::io::sink)
            .init();
    });
}

//! Sign in with LinkedIn for Leptos: the parts, and the single-page application made of them.
//!
//! The page never sees a token. It asks its own backend-for-frontend (BFF) who is signed in, shows the member's badge,
//! and offers the way in and out. Put a [`SessionProvider`] around everything that needs to know, and
//! [`MemberBadge`], [`SignInButton`], [`RequireMember`] and [`SessionNotice`] wherever they belong; or mount [`App`] as it stands.
//!
//! ```no_run
//! use lapel::{Account, MemberBadge, RequireMember, SessionNotice, SessionProvider};
//! use leptos::prelude::*;
//!
//! #[component]
//! fn Shop() -> impl IntoView {
//!     view! {
//!         <SessionProvider>
//!             <header>
//!                 <MemberBadge account_href="/orders" />
//!             </header>
//!             <main>
//!                 <SessionNotice />
//!                 <h1>"Your orders"</h1>
//!                 <RequireMember
//!                     prompt="Sign in to see your orders."
//!                     content=|account: Account| {
//!                         view! { <p>"Nothing ordered yet, " {account.member.name} "."</p> }.into_any()
//!                     }
//!                 />
//!             </main>
//!         </SessionProvider>
//!     }
//! }
//!
//! fn main() {
//!     leptos::mount::mount_to_body(Shop);
//! }
//! ```
//!
//! Such an application needs three things besides:
//!
//! - Leptos with the feature `csr`, as this crate has it.
//! - The looks. [`STYLESHEET`] is their text: serve it as a file, for example one that a build script writes, and link it
//!   in the document: `<link data-trunk rel="css" href="lapel.css">`.
//! - `lapel-bff` at the same origin under `/bff`. In development trunk stands in front of it and of the page:
//!
//!   ```toml
//!   # Trunk.toml
//!   [[proxy]]
//!   backend = "http://127.0.0.1:3000/bff"
//!   no_redirect = true
//!   ```
//!
//!   In production the BFF serves the page itself, from the folder in `LAPEL_APP_DIR`.
//!
//! Everything about the session is decided in [`Session`], a pure enum with one transition per event.

mod api;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod app;
mod element;
mod failure;
mod handover;
mod json;
mod pages;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod parts;
mod route;
mod session;
mod share;
mod shell;
mod style;
#[cfg(feature = "test-kit")]
pub mod test_kit;
pub mod texts;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod ui;

pub use api::{
    Answering, ApiError, BffClient, Call, Method, Reply, Transport, TransportError, Unreadable,
};
pub use app::App;
pub use element::Condition;
pub use failure::{Failure, NextTry, Reference};
pub use lapel_wire::{
    Feature, InputError, Kind, LocalPath, Member, Problem, Reach, Retry, Revocation, SessionView,
    SignInOutcome, SignOutReport, SignedOutReason, SupportLinks, SupportRecord,
};
pub use parts::{
    MemberBadge, MemberContent, RenewalButton, RequireMember, SessionNotice, SessionProvider,
    ShareComposer, SignInButton,
};
pub use route::Route;
pub use session::runtime::{OutsideProvider, SessionHandle, use_session};
pub use session::{
    Account, Arrival, Attempt, Checking, Cookies, Doing, Effect, Ended, Ending, FailureLog, Hold,
    LeavingFrom, Moment, Motion, News, Outage, Reason, Renewal, Session, SignOutFailure, SignedIn,
    SignedOut, SigningIn, Standing, Step, Surroundings,
};
pub use share::{
    Composer, Draft, Errand, Hint, Mark, Posted, Readiness, Stage, TextTrouble, Trouble, Turn,
    Visibility, Witness,
};
pub use shell::take_over;
pub use style::STYLESHEET;
#[cfg(feature = "arabic")]
pub use texts::ARABIC;
pub use texts::{ENGLISH, Texts, use_texts};
pub use ui::{
    Avatar, AvatarSize, Busy, Button, ButtonLook, Countdown, Dialog, FailurePanel, Notice,
    NoticeTone, PermissionList, SignInLook,
};

/// The README's examples, compiled with the other ones.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

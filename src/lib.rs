//! Sign in with LinkedIn for Leptos: the parts, and the single-page application made of them.
//!
//! The page never sees a token. It asks its own backend-for-frontend (BFF) who is signed in, shows the member's badge,
//! and offers the way in and out. Put a [`SessionProvider`] around everything that needs to know, and
//! [`MemberBadge`], [`SignInButton`], [`RequireMember`] and [`SessionNotice`] wherever they belong; or mount [`App`] as it stands.
//!
//! Everything about the session is decided in [`Session`], a pure enum with one transition per event.

mod api;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod app;
mod failure;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod pages;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod parts;
mod route;
mod session;
mod style;
mod texts;
#[expect(
    unreachable_pub,
    reason = "#[component] keeps a public inner copy that no re-export names"
)]
mod ui;

pub use api::{
    Answering, ApiError, BffClient, Call, Method, Reply, Transport, TransportError, Unreadable,
};
pub use app::App;
pub use failure::{Failure, Reference};
pub use lapel_wire::{
    Kind, LocalPath, Member, Problem, Retry, Revocation, SessionView, SignInOutcome, SignOutReport,
    SignedOutReason,
};
pub use parts::{
    MemberBadge, MemberContent, RequireMember, SessionNotice, SessionProvider, SignInButton,
};
pub use route::Route;
pub use session::runtime::{OutsideProvider, SessionHandle, use_session};
pub use session::{
    Account, Arrival, Attempt, Checking, Effect, Ending, LeavingFrom, Moment, Motion, News, Outage,
    Reason, Session, SignOutFailure, SignedIn, SignedOut, SigningIn, Standing, Step,
};
pub use style::STYLESHEET;
pub use texts::{ENGLISH, Texts, use_texts};
pub use ui::{
    Avatar, AvatarSize, Busy, Button, ButtonLook, FailurePanel, Notice, NoticeTone, SignInLook,
};

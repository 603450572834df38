//! The parts that an application takes: kit components joined to the session. Each needs a [`SessionProvider`] above it
//! and says so on the page where there is none.

mod developer_error;
mod member_badge;
mod renewal_button;
mod require_member;
mod session_end;
mod session_notice;
mod session_provider;
mod share_composer;
mod sign_in_button;

pub use member_badge::MemberBadge;
pub(crate) use member_badge::member_badge;
pub use renewal_button::RenewalButton;
pub(crate) use renewal_button::renewal_button;
pub use require_member::{MemberContent, RequireMember};
pub(crate) use require_member::{brand, require_member};
pub use session_notice::SessionNotice;
pub(crate) use session_notice::session_notice;
pub use session_provider::SessionProvider;
pub use share_composer::ShareComposer;
pub(crate) use share_composer::share_composer;
pub use sign_in_button::SignInButton;
pub(crate) use sign_in_button::sign_in_button;

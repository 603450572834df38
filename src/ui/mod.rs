//! The kit: components that know nothing of the session, the BFF or the pages. What they show comes in, what the member
//! does goes out. Each has a folder here and a style of the same name under `style/ui`.

mod avatar;
mod busy;
mod button;
mod failure_panel;
mod focus;
mod live;
mod member_badge;
mod notice;
mod permission_list;
mod sign_in_button;

pub use avatar::{Avatar, AvatarSize};
pub use busy::Busy;
pub use button::{Button, ButtonLook};
pub use failure_panel::FailurePanel;
pub(crate) use focus::focus_when_rendered;
pub(crate) use live::{live, text, when, word};
pub use member_badge::MemberBadge;
pub use notice::{Notice, NoticeTone};
pub use permission_list::PermissionList;
pub use sign_in_button::{SignInButton, SignInLook};

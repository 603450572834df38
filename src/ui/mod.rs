//! The kit: what knows nothing of the session, the BFF or the pages. What it shows comes in, what the member does goes
//! out. Each piece has a folder here and a style of the same name under `style/ui`. The components among them are for
//! applications; this one calls the functions behind them.

mod avatar;
mod busy;
mod button;
mod dialog;
mod failure_panel;
mod member_badge;
mod notice;
mod permission_list;
mod record;
mod sign_in_button;

pub(crate) use avatar::avatar;
pub use avatar::{Avatar, AvatarSize};
pub use busy::Busy;
pub(crate) use busy::busy;
pub use button::{Button, ButtonLook};
pub(crate) use button::{button, submit_button};
pub use dialog::Dialog;
pub(crate) use dialog::{close, dialog};
pub(crate) use failure_panel::{Again, Panel, time_of_day};
pub use failure_panel::{Countdown, FailurePanel};
pub(crate) use member_badge::Badge;
pub use notice::{Notice, NoticeTone};
pub(crate) use notice::{lasting_notice, notice, notice_words};
pub use permission_list::PermissionList;
pub(crate) use permission_list::permission_list;
pub(crate) use record::{hand_over, record, record_texts};
pub(crate) use sign_in_button::SignInLink;
pub use sign_in_button::SignInLook;

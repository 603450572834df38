//! Every sentence that a member reads, in one place. A language is one folder with one [`Texts`]: a text that it lacks does
//! not compile. Numbers and lengths of time are the browser's to write, in that language.

#[cfg(feature = "arabic")]
mod arabic;
mod choice;
mod english;
mod length;
mod share;

use std::time::Duration;

use lapel_wire::{Kind, Revocation, SignedOutReason};
use leptos::prelude::use_context;

#[cfg(feature = "arabic")]
pub use arabic::ARABIC;
pub(crate) use choice::the_members_own;
pub use english::ENGLISH;
pub use share::{Share, ShareConsent, ShareUnknown};

/// The texts of one language. Names of members come in as arguments; where they are shown within plain text they are
/// isolated, so that a right-to-left name does not turn the sentence around.
///
/// An application chooses a language by providing its texts above everything else; English is the default. Words of its
/// own it changes in a copy, so that those that are added later come by themselves:
///
/// ```
/// use lapel::texts::Badge;
/// use lapel::{ENGLISH, SessionProvider, Texts};
/// use leptos::prelude::*;
///
/// static OURS: Texts = Texts {
///     badge: Badge { account: "Your orders", ..ENGLISH.badge },
///     ..ENGLISH
/// };
///
/// #[component]
/// fn Shop() -> impl IntoView {
///     provide_context::<&'static Texts>(&OURS);
///     view! { <SessionProvider>"…"</SessionProvider> }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// BCP 47 tag of the language.
    pub language: &'static str,
    /// Which way it is written: the document's `dir`.
    pub direction: Direction,
    /// Around every page.
    pub frame: Frame,
    /// The sign-in link and the badge.
    pub badge: Badge,
    /// The start page.
    pub home: Home,
    /// The account page.
    pub account: Account,
    /// The page for posting.
    pub share: Share,
    /// The page of failures.
    pub diagnostics: Diagnostics,
    /// The page that wrong addresses lead to.
    pub not_found: NotFound,
    /// What became of a sign-in, a session, a sign-out.
    pub notices: Notices,
    /// What went wrong.
    pub failures: Failures,
    /// A permission (OAuth scope) in words; none for a permission that this application has no words for.
    pub permission: fn(scope: &str) -> Option<Permission>,
    /// A length of time, as exact as anyone wants to know.
    pub duration: fn(Duration) -> String,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As English is.
    LeftToRight,
    /// As Arabic is.
    RightToLeft,
}

impl Direction {
    /// As the attribute `dir` says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Around every page.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The product's name.
    pub brand: &'static str,
    /// First link of the page, for the keyboard.
    pub skip: &'static str,
    /// At the foot.
    pub foot: &'static str,
}

/// The sign-in link and the badge.
#[derive(Clone, Copy, Debug)]
pub struct Badge {
    /// LinkedIn's own words for its button (source: LinkedIn's sign-in documentation).
    pub sign_in: &'static str,
    /// The quiet link in the header.
    pub sign_in_short: &'static str,
    /// Read aloud while the browser leaves for LinkedIn.
    pub signing_in: &'static str,
    /// Read aloud while the first answer is on its way.
    pub checking: &'static str,
    /// Read aloud when a member turns out to be signed in.
    pub signed_in_as: fn(name: &str) -> String,
    /// Follows the member's name on the button that opens the menu, for those who do not see it.
    pub menu_button: &'static str,
    /// Name of the menu.
    pub menu: &'static str,
    /// Menu item.
    pub account: &'static str,
    /// Menu item and button.
    pub sign_out: &'static str,
    /// Instead of them, while it is under way.
    pub signing_out: &'static str,
    /// Beside the badge where the BFF is out of reach.
    pub out_of_reach: &'static str,
}

/// The start page.
#[derive(Clone, Copy, Debug)]
pub struct Home {
    /// Title of the window.
    pub window_title: &'static str,
    /// Heading for someone who is signed out.
    pub heading: &'static str,
    /// What the application is.
    pub lead: &'static str,
    /// Heading for a signed-in member, before the name.
    pub welcome: &'static str,
    /// What there is to do for a signed-in member.
    pub welcome_lead: &'static str,
    /// Link to the account page.
    pub to_account: &'static str,
    /// Where a name will stand on the empty badge.
    pub nobody: &'static str,
    /// Beneath the name on the large badge.
    pub badge_caption: &'static str,
    /// Beneath the empty badge.
    pub empty_caption: &'static str,
    /// The same, where nobody can say who is signed in.
    pub unknown_caption: &'static str,
    /// Heading over the permissions.
    pub asked: &'static str,
    /// Before the permissions.
    pub asked_lead: &'static str,
    /// Instead of them, where the BFF has not said.
    pub asked_unknown: &'static str,
    /// Heading over what is kept.
    pub kept: &'static str,
    /// What is kept, one sentence each.
    pub kept_points: &'static [&'static str],
    /// Heading over how to withdraw.
    pub leaving: &'static str,
    /// How to withdraw, one sentence each.
    pub leaving_points: &'static [&'static str],
    /// Link to LinkedIn's own list of permitted services.
    pub permitted_services: &'static str,
}

/// The account page.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// Title of the window.
    pub window_title: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// For someone who is signed out.
    pub sign_in_to_see: &'static str,
    /// Label of the name.
    pub name: &'static str,
    /// Label of the e-mail address.
    pub email: &'static str,
    /// Where there is none, or it is not known just now.
    pub no_email: &'static str,
    /// Heading over the permissions.
    pub permissions: &'static str,
    /// Where a session has none.
    pub no_permissions: &'static str,
    /// Label of the session's end.
    pub ends: &'static str,
    /// In how long the session ends.
    pub ends_in: fn(left: &str) -> String,
    /// On which date that is.
    pub ends_on: fn(date: &str) -> String,
    /// Where the end is not known because the BFF is out of reach.
    pub ends_unknown: &'static str,
    /// Where it has come.
    pub has_ended: &'static str,
    /// What a renewal is, beside the link.
    pub renew_lead: &'static str,
    /// Heading over what is held.
    pub held: &'static str,
    /// What this browser and the server hold, one sentence each.
    pub held_points: &'static [&'static str],
    /// Heading over how to leave.
    pub leave: &'static str,
    /// What signing out does, beside the button.
    pub sign_out_lead: &'static str,
    /// Button that makes this browser forget.
    pub forget: &'static str,
    /// What it does, beside the button.
    pub forget_lead: &'static str,
    /// What was erased; none where nothing was there.
    pub forgotten: fn(things: &[&str]) -> String,
    /// What is kept under a name in Web Storage.
    pub kept_thing: fn(name: &str) -> &'static str,
    /// What withdrawing does, beside the link to LinkedIn's permitted services.
    pub withdraw_lead: &'static str,
}

/// The page that wrong addresses lead to.
#[derive(Clone, Copy, Debug)]
pub struct NotFound {
    /// Title of the window.
    pub window_title: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// What to do.
    pub lead: &'static str,
    /// Link to the start page.
    pub to_home: &'static str,
}

/// What became of a sign-in, a session, a sign-out.
#[derive(Clone, Copy, Debug)]
pub struct Notices {
    /// The member cancelled at LinkedIn.
    pub cancelled: &'static str,
    /// The answer belonged to no sign-in of this browser.
    pub start_again: &'static str,
    /// What the BFF says about a browser without a session; nothing where that is no news.
    pub said: fn(SignedOutReason) -> Option<&'static str>,
    /// The member signed out here: what became of the tokens, unless that answer got lost, and that linkedin.com is
    /// another matter.
    pub signed_out: fn(Option<Revocation>) -> SignedOutHere,
    /// The member was signed in here and is no longer.
    pub elsewhere: &'static str,
    /// The browser does not keep what a sign-in needs.
    pub cookies_blocked: &'static str,
    /// Another member is signed in than before.
    pub switched: fn(name: &str) -> String,
    /// A member cancelled at LinkedIn, and is signed in as before.
    pub nothing_changed: &'static str,
    /// The session's last days have come.
    pub ends_soon: fn(left: &str) -> String,
    /// Link that renews the session.
    pub renew: &'static str,
    /// The session has ended, and the page is still as it was.
    pub reading_on: &'static str,
    /// Name of the button that closes a notice.
    pub dismiss: &'static str,
    /// The dialog that says that the session has ended.
    pub end: SessionEnd,
}

/// The dialog that says that the session has ended; why is said before the rest.
#[derive(Clone, Copy, Debug)]
pub struct SessionEnd {
    /// Its title.
    pub title: &'static str,
    /// What becomes of the page beneath.
    pub stays: &'static str,
    /// Button that puts it away.
    pub put_away: &'static str,
}

/// The end of a session in three sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedOutHere {
    /// That it is over.
    pub done: &'static str,
    /// What became of the tokens at LinkedIn.
    pub tokens: &'static str,
    /// That signing out here does not sign out of linkedin.com.
    pub linkedin: &'static str,
}

/// What went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Failures {
    /// The sign-in failed.
    pub sign_in: &'static str,
    /// Going to LinkedIn for a permission or a renewal failed.
    pub asking_for_more: &'static str,
    /// Beneath it: that the session goes on.
    pub signed_in_as_before: &'static str,
    /// Nobody could say who is signed in.
    pub check: &'static str,
    /// The same, with a member who was signed in. Nobody knows whether they still are.
    pub check_known: &'static str,
    /// Beneath it: what the page shows meanwhile.
    pub last_known: &'static str,
    /// The sign-out failed, and the member is still signed in.
    pub sign_out: &'static str,
    /// The answer to the sign-out got lost, so nobody knows whether it happened.
    pub sign_out_unconfirmed: &'static str,
    /// The kind in words.
    pub kind: fn(Kind) -> FailureWords,
    /// Whose side it is on.
    pub side: fn(Side) -> &'static str,
    /// Before the reference.
    pub reference: &'static str,
    /// The one action.
    pub try_again: &'static str,
    /// The same where it happens without it, but later.
    pub try_now: &'static str,
    /// In how long the next try comes by itself.
    pub next_in: fn(Duration) -> String,
    /// At what time of day it comes, as the member's browser writes it.
    pub next_at: fn(time: &str) -> String,
    /// It comes by itself once the device has a network.
    pub when_online: &'static str,
    /// It has come.
    pub trying_now: &'static str,
    /// Beside it after a failed sign-out: leave it at that.
    pub stay: &'static str,
    /// The same where nobody knows whether the member is signed in.
    pub leave_it: &'static str,
    /// The action while it is under way.
    pub trying: &'static str,
    /// Opens what is known of a failure.
    pub details: &'static str,
    /// Puts it on the clipboard.
    pub copy: &'static str,
    /// It is there.
    pub copied: &'static str,
    /// The browser does not allow it.
    pub not_copied: &'static str,
    /// Saves it as a file.
    pub save: &'static str,
    /// Before the addresses to turn to when LinkedIn goes on failing.
    pub goes_on: &'static str,
    /// Whether LinkedIn's APIs work.
    pub status_page: &'static str,
    /// LinkedIn's support for developers.
    pub support_page: &'static str,
}

/// The page of failures.
#[derive(Clone, Copy, Debug)]
pub struct Diagnostics {
    /// Title of the window, and of links to the page.
    pub window_title: &'static str,
    /// The link at the foot of every page.
    pub link: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// What is kept, and until when.
    pub lead: &'static str,
    /// Where there is nothing.
    pub empty: &'static str,
    /// Erases everything.
    pub clear: &'static str,
}

/// A kind of failure in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailureWords {
    /// What happened, plainly.
    pub explanation: &'static str,
    /// Whose side it is on.
    pub side: Side,
}

/// Whose side a failure is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The member's device.
    Device,
    /// The way between the browser and the BFF.
    Between,
    /// LinkedIn.
    LinkedIn,
    /// The session.
    Session,
    /// What the member consented to.
    Consent,
    /// The request as it was made.
    Request,
    /// Whoever runs the application.
    Operator,
    /// Nobody can tell.
    Nobody,
}

/// A permission in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// What it shows or allows.
    pub what: &'static str,
    /// What the application does with it.
    pub why: &'static str,
}

/// The texts that an application provided above, or English.
pub fn use_texts() -> &'static Texts {
    use_context().unwrap_or(&ENGLISH)
}

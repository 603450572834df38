//! English.

mod share;

use std::time::Duration;

use lapel_wire::{Kind, Revocation, SignedOutReason};

use crate::texts::length::Length;
use crate::texts::{
    Account, Badge, Diagnostics, Direction, FailureWords, Failures, Frame, Home, NotFound, Notices,
    Permission, SessionEnd, Side, SignedOutHere, Texts,
};

/// English texts.
pub static ENGLISH: Texts = Texts {
    language: "en",
    direction: Direction::LeftToRight,
    frame: Frame {
        brand: "Lapel",
        skip: "Skip to the content",
        foot: "Lapel is not made or endorsed by LinkedIn. It asks LinkedIn who you are, and posts only \
               what you send.",
    },
    badge: Badge {
        sign_in: "Sign in with LinkedIn",
        sign_in_short: "Sign in",
        signing_in: "Going to LinkedIn…",
        checking: "Looking whether you are signed in…",
        signed_in_as: |name| format!("Signed in as \u{2068}{name}\u{2069}."),
        menu_button: ", your account",
        menu: "Your account",
        account: "Account",
        sign_out: "Sign out",
        signing_out: "Signing out…",
        out_of_reach: "Out of reach just now",
    },
    home: Home {
        window_title: "Lapel: your name, pinned where you can see it",
        heading: "Your name, pinned where you can see it.",
        lead: "Sign in once with LinkedIn. From then on every page shows who you are signed in \
               as, and the way out is always one step away.",
        welcome: "Welcome,",
        welcome_lead: "You are signed in. Your badge stays in the corner of every page until you \
                       take it off.",
        to_account: "See what this app knows",
        nobody: "Your name",
        badge_caption: "Signed in with LinkedIn",
        empty_caption: "Nobody is signed in",
        unknown_caption: "Not known just now",
        asked: "What LinkedIn will ask you",
        asked_lead: "LinkedIn shows you this list and waits for your yes:",
        asked_unknown: "LinkedIn shows you exactly what would be shared, and waits for your yes.",
        kept: "What is kept",
        kept_points: &[
            "Your session lives in a sealed cookie that no script on this page can read.",
            "This browser remembers your name, portrait and permissions until you sign out. \
             It never holds a key to your LinkedIn account.",
            "Nothing is posted but what you write and send yourself, and nothing is shared with \
             anyone else.",
        ],
        leaving: "How to leave",
        leaving_points: &[
            "Sign out from your badge, on any page. It works in every tab at once.",
            "To take back the permission itself, remove this app from the services that you \
             permitted at LinkedIn.",
        ],
        permitted_services: "Permitted services at LinkedIn",
    },
    account: Account {
        window_title: "Your account · Lapel",
        heading: "Your account",
        sign_in_to_see: "Sign in to see your account. You come straight back to this page.",
        name: "Name",
        email: "E-mail",
        no_email: "Not shared",
        permissions: "What you allowed",
        no_permissions: "Nothing beyond signing in.",
        ends: "Session",
        ends_in: |left| format!("Ends in {left}, unless you sign out first."),
        ends_on: |date| format!("That is {date}."),
        ends_unknown: "The server is out of reach, so its end is not known just now.",
        has_ended: "Has ended. This page is as it was.",
        renew_lead: "LinkedIn asks you at most for a click, and you come back here.",
        held: "What is held",
        held_points: &[
            "This browser: your session in a sealed cookie that no script can read; your name, \
             portrait and permissions, for when the server is out of reach; a post that you are \
             writing, until it is sent.",
            "The server: nothing that outlives your session. The key to your LinkedIn account \
             travels inside the sealed cookie.",
        ],
        leave: "How to leave",
        sign_out_lead: "Ends the session in every tab of this browser.",
        forget: "Forget this browser",
        forget_lead: "Erases what the pages of this app have kept here. You stay signed in.",
        forgotten: |things| {
            if things.is_empty() {
                "Nothing was kept in this browser.".to_owned()
            } else {
                format!("Erased: {}.", things.join(", "))
            }
        },
        kept_thing,
        withdraw_lead: "Takes the permission back at LinkedIn itself.",
    },
    share: share::SHARE,
    diagnostics: Diagnostics {
        window_title: "Diagnostics · Lapel",
        link: "Diagnostics",
        heading: "What went wrong here",
        lead: "This browser remembers the last failures of this app, so that you can show them to \
               someone who helps. It keeps when, what, and under which reference; never a key, \
               and nothing that you wrote. Signing out erases it.",
        empty: "Nothing has gone wrong in this browser, as far as it remembers.",
        clear: "Erase",
    },
    not_found: NotFound {
        window_title: "Nothing here · Lapel",
        heading: "There is nothing at this address.",
        lead: "The link may be old, or a letter may be missing.",
        to_home: "Go to the start page",
    },
    notices: Notices {
        cancelled: "You cancelled at LinkedIn. Nothing was shared with this app.",
        start_again: "This sign-in took too long, or was begun in another browser or tab. Nothing \
                      was shared; you can simply start again.",
        said: signed_out_said,
        signed_out: signed_out_here,
        elsewhere: "You are signed out: it was done in another tab, or this browser's data was \
                    cleared.",
        cookies_blocked: "This browser seems to block cookies for this site. Without them it cannot \
                          know you when you come back from LinkedIn. Allow cookies for this site, or \
                          open it in your usual browser, and sign in again.",
        switched: |name| {
            format!("The account has changed: you are now signed in as \u{2068}{name}\u{2069}.")
        },
        nothing_changed: "You cancelled at LinkedIn. Nothing has changed: you are signed in as before.",
        ends_soon: |left| {
            format!("Your session ends in {left}. One click at LinkedIn starts a new one.")
        },
        renew: "Renew the session",
        reading_on: "Your session has ended. This page is as it was; sign in to go on.",
        dismiss: "Close this notice",
        end: SessionEnd {
            title: "Please sign in again",
            stays: "You come back to this place. You can also put this away first, to read or copy \
                    what is on the page.",
            put_away: "Not now",
        },
    },
    failures: Failures {
        sign_in: "The sign-in did not finish",
        asking_for_more: "Asking LinkedIn did not work",
        signed_in_as_before: "You are signed in as before.",
        check: "We could not see whether you are signed in",
        check_known: "We have lost contact",
        last_known: "This is what we last knew.",
        sign_out: "You are still signed in",
        sign_out_unconfirmed: "We could not confirm that you are signed out",
        kind: failure,
        side: whose_side,
        reference: "Reference",
        try_again: "Try again",
        try_now: "Try now",
        next_in,
        next_at: |time| format!("The next try comes by itself at {time}."),
        when_online: "It goes on by itself as soon as your device has a network.",
        trying_now: "Trying now.",
        stay: "Stay signed in",
        leave_it: "Not now",
        trying: "Trying…",
        details: "Details",
        copy: "Copy",
        copied: "Copied.",
        not_copied: "Your browser does not allow it. Select the text and copy it by hand.",
        save: "Download as JSON",
        goes_on: "If it goes on like this:",
        status_page: "LinkedIn's status page",
        support_page: "LinkedIn's support for developers",
    },
    permission,
    duration,
};

fn kept_thing(name: &str) -> &'static str {
    match name {
        "lapel.last-known.1" => "your name, portrait and permissions",
        "lapel.renewal.1" => "whether you are reminded to renew",
        "lapel.place.1" => "where on a page you were",
        "lapel.failures.1" => "what went wrong here",
        "lapel.unknown-sign-ins.1" => "how often a sign-in did not work",
        // What follows is whose.
        draft if draft.starts_with("lapel.draft.1.") => "a post that was being written",
        _ => "what a page had kept",
    }
}

fn signed_out_said(reason: SignedOutReason) -> Option<&'static str> {
    match reason {
        SignedOutReason::NoSession => None,
        SignedOutReason::Expired => Some("Your session has reached its end. Sign in to go on."),
        SignedOutReason::Revoked => {
            Some("LinkedIn no longer lets this application act for you. Sign in to allow it again.")
        }
        SignedOutReason::Unreadable => {
            Some("Your session can no longer be opened. Sign in to start a new one.")
        }
    }
}

fn signed_out_here(revocation: Option<Revocation>) -> SignedOutHere {
    SignedOutHere {
        done: "You are signed out, in every tab of this browser.",
        tokens: match revocation {
            Some(Revocation::NothingToRevoke) => {
                "There was no access left to give back to LinkedIn."
            }
            Some(Revocation::Confirmed) => "LinkedIn confirmed that this app's access has ended.",
            Some(Revocation::NotConfirmed) => {
                "This app has forgotten its access; LinkedIn did not confirm the end of it, so it \
                 runs out by itself."
            }
            None => {
                "This app has forgotten its access; the answer that says whether LinkedIn confirmed \
                 the end of it got lost. It runs out by itself at the latest."
            }
        },
        linkedin: "You may still be signed in at linkedin.com: signing out here does not sign you \
                   out there.",
    }
}

fn failure(kind: Kind) -> FailureWords {
    let (explanation, side) = match kind {
        Kind::Offline => ("Your device has no network at the moment.", Side::Device),
        Kind::Unreachable => (
            "Your browser did not get through to this app's server. If you are on a wireless \
             network that wants you to log in first, do that.",
            Side::Between,
        ),
        Kind::Timeout => ("This app's server did not answer in time.", Side::Between),
        Kind::LinkedinDown => ("LinkedIn did not give a proper answer.", Side::LinkedIn),
        Kind::RateLimited => (
            "LinkedIn has had enough questions from this app for now. It takes new ones after \
             midnight UTC at the latest.",
            Side::LinkedIn,
        ),
        Kind::SignInNeeded => ("Your session has ended.", Side::Session),
        Kind::ScopeMissing => ("A permission that this needs was not given.", Side::Consent),
        Kind::Rejected => (
            "LinkedIn refused this request, and would refuse it again unchanged.",
            Side::Request,
        ),
        Kind::OutcomeUnknown => (
            "The answer got lost, so it may or may not have happened. Have a look before you \
             repeat it.",
            Side::Nobody,
        ),
        Kind::NotConfigured => ("This app is not set up completely.", Side::Operator),
        Kind::Contract => (
            "An answer came that this app does not understand.",
            Side::Operator,
        ),
    };
    FailureWords { explanation, side }
}

fn whose_side(side: Side) -> &'static str {
    match side {
        Side::Device => "This is on your device's side.",
        Side::Between => "This is somewhere between your browser and this app.",
        Side::LinkedIn => "This is on LinkedIn's side. You did nothing wrong.",
        Side::Session => "Nothing is broken. Signing in starts a new session.",
        Side::Consent => "It is your choice: LinkedIn asks you again.",
        Side::Request => "This is about the request, not about you.",
        Side::Operator => "This is for the people who run this app. You did nothing wrong.",
        Side::Nobody => "Nobody can tell from here.",
    }
}

fn permission(scope: &str) -> Option<Permission> {
    let (what, why) = match scope {
        "openid" => (
            "That it is you",
            "as a code that means nothing to any other app",
        ),
        "profile" => ("Your name and portrait", "for your badge"),
        "email" => (
            "Your primary e-mail address",
            "shown to you on the account page",
        ),
        "w_member_social" => (
            "Posting in your name",
            "only what you write and send yourself",
        ),
        _ => return None,
    };
    Some(Permission { what, why })
}

fn duration(left: Duration) -> String {
    Length::of(left).map_or_else(
        || "less than a minute".to_owned(),
        |length| length.in_language("en"),
    )
}

fn next_in(wait: Duration) -> String {
    let left = Length::until(wait).in_language("en");
    format!("The next try comes by itself in {left}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_of_its_own() {
        let words: std::collections::HashSet<_> = Kind::ALL
            .into_iter()
            .map(|kind| failure(kind).explanation)
            .collect();
        assert_eq!(words.len(), Kind::ALL.len());
    }
}

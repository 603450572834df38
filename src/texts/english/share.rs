//! English, for the page for posting.

use crate::texts::{Share, ShareConsent, ShareUnknown};

pub(super) const SHARE: Share = Share {
    window_title: "Write a post · Lapel",
    link_here: "Write a post",
    heading: "Write a post",
    lead: "It appears on LinkedIn in your name, when you press the button and not before.",
    sign_in_to_write: "Sign in to write a post. LinkedIn then also asks whether this app may post in your name; it \
                       posts only what you write and send yourself.",
    text: "What do you want to say?",
    count: |is, most| format!("{is} of {most}"),
    how_counted: "Counted as LinkedIn does: emoji and signs such as # ( ) _ count twice or more.",
    link: "Link (optional)",
    visibility: "Who can see it",
    public: "Anyone",
    connections: "Your connections only",
    preview: "Preview",
    preview_empty: "What you write appears here as LinkedIn will show it.",
    kept: "This browser keeps your draft until you post it or sign out.",
    not_kept: "This browser does not keep your draft: it is gone when you leave this page.",
    post: "Post on LinkedIn",
    posting: "Posting…",
    consent: ShareConsent {
        heading: "LinkedIn has to ask you first",
        lead: "Posting needs one more permission. LinkedIn asks for it once, together with what you allowed before; \
               then you come back here, and your draft is as you left it. Saying no costs you nothing else.",
        ask: "Continue at LinkedIn",
        not_honoured: "You allowed posting, but LinkedIn does not act on it yet. That can take up to five minutes; \
                       then try again.",
        ask_again: "Have LinkedIn ask again",
    },
    back: "You are back, and so is your post. Nothing has been posted yet: read it once more, then press the button.",
    not_allowed: "LinkedIn has not given the permission, so nothing was posted. Your draft is here, and everything \
                  else works as before.",
    gone: "This draft was posted or erased meanwhile.",
    waiting: "Another tab is posting this.",
    tried: "An earlier try of this may have arrived. If LinkedIn refuses it now as a duplicate, it did.",
    empty: "Write something first.",
    too_long: "This is longer than LinkedIn takes. Shorten it.",
    duplicate: "You posted the same on LinkedIn in the last day or two, and LinkedIn does not take it twice. Change \
                the text, or leave it at that.",
    see_duplicate: "See that post",
    no_address: "This is no web address. It looks like https://example.org.",
    not_posted: "Nothing was posted",
    linkedin_says: "LinkedIn's words:",
    possible_at: |time| format!("LinkedIn takes posts again at {time}. Your draft stays here."),
    unknown: ShareUnknown {
        title: "It may have been posted",
        lead: "Nothing is sent again unless you say so.",
        look: "Look at your posts on LinkedIn",
        is_there: "It is there",
        again: "It is not there: post it again",
        take_back: "Back to the draft",
    },
    posted: "It is posted.",
    posted_before: "It is posted: LinkedIn refused this try as a duplicate, so the earlier one had arrived.",
    posted_seen: "Good, then it is posted, and the draft is erased.",
    see: "See it on LinkedIn",
    another: "Write another post",
};

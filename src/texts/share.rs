//! What the page for posting says.

/// The page for posting on LinkedIn.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Title of the window.
    pub window_title: &'static str,
    /// The link on the start page.
    pub link_here: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// What the page is for.
    pub lead: &'static str,
    /// For someone who is signed out: what signing in here asks for.
    pub sign_in_to_write: &'static str,
    /// Label of the text.
    pub text: &'static str,
    /// How long the text is, and how long it may be, as LinkedIn counts.
    pub count: fn(is: usize, most: usize) -> String,
    /// What is odd about LinkedIn's count.
    pub how_counted: &'static str,
    /// Label of the link.
    pub link: &'static str,
    /// Label of who may read it.
    pub visibility: &'static str,
    /// Anyone may.
    pub public: &'static str,
    /// The member's connections may.
    pub connections: &'static str,
    /// Heading over the preview.
    pub preview: &'static str,
    /// In it, where nothing is written yet.
    pub preview_empty: &'static str,
    /// Where and how long the draft is kept.
    pub kept: &'static str,
    /// Where it is not.
    pub not_kept: &'static str,
    /// The button.
    pub post: &'static str,
    /// The same while it is under way.
    pub posting: &'static str,
    /// Asking for the permission.
    pub consent: ShareConsent,
    /// Someone is back from LinkedIn and may post now; nothing has been posted yet.
    pub back: &'static str,
    /// Someone is back from LinkedIn and may not.
    pub not_allowed: &'static str,
    /// The draft was posted or erased meanwhile, in another tab as a rule.
    pub gone: &'static str,
    /// Another tab is posting it.
    pub waiting: &'static str,
    /// An earlier try may have arrived.
    pub tried: &'static str,
    /// There is no text.
    pub empty: &'static str,
    /// The text is too long.
    pub too_long: &'static str,
    /// LinkedIn has the same already.
    pub duplicate: &'static str,
    /// Link to that post.
    pub see_duplicate: &'static str,
    /// The link is no address.
    pub no_address: &'static str,
    /// Title of what says why nothing was posted.
    pub not_posted: &'static str,
    /// Before LinkedIn's own reason, which is in English.
    pub linkedin_says: &'static str,
    /// At what time LinkedIn takes posts again, as the member's browser writes it.
    pub possible_at: fn(time: &str) -> String,
    /// What became of a post of which nobody knows, and what to do.
    pub unknown: ShareUnknown,
    /// It is on LinkedIn, as LinkedIn's answer says.
    pub posted: &'static str,
    /// The same, as LinkedIn's refusal of the second try proves.
    pub posted_before: &'static str,
    /// The same, as the member says.
    pub posted_seen: &'static str,
    /// Link to the post.
    pub see: &'static str,
    /// Begins another one.
    pub another: &'static str,
}

/// Asking for the permission to post.
#[derive(Clone, Copy, Debug)]
pub struct ShareConsent {
    /// Heading.
    pub heading: &'static str,
    /// What LinkedIn asks, once, that the draft is there afterwards, and that one may say no.
    pub lead: &'static str,
    /// Link to LinkedIn.
    pub ask: &'static str,
    /// Where the member has allowed it and LinkedIn does not honour it.
    pub not_honoured: &'static str,
    /// Link to LinkedIn, to be asked once more.
    pub ask_again: &'static str,
}

/// A post of which nobody knows whether it arrived.
#[derive(Clone, Copy, Debug)]
pub struct ShareUnknown {
    /// Title.
    pub title: &'static str,
    /// That nothing is sent again by itself.
    pub lead: &'static str,
    /// Link to the member's posts on LinkedIn.
    pub look: &'static str,
    /// It is there.
    pub is_there: &'static str,
    /// It is not: send it again.
    pub again: &'static str,
    /// Leave it as a draft.
    pub take_back: &'static str,
}

//! Posting on LinkedIn: a post that is being written, kept, and sent at most once. As with the session, every event is
//! one transition, nothing here acts, and [`runtime`] performs what transitions ask for.
//!
//! What keeps a post from being sent twice, from near to far: a composer that is sending hears no second press; tabs of
//! one browser take turns, and whoever comes second sees that the draft is gone; an answer that was lost is told as that,
//! and only the member sends it again; and LinkedIn refuses what it has already, which then proves that it arrived.

mod body;
mod kept;
mod link;
pub(crate) mod runtime;
mod transitions;
mod turns;

pub use transitions::Readiness;

use crate::failure::Failure;

/// A post that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub text: String,
    /// An address that it leads to, as the member typed it; empty for none.
    pub link: String,
    /// Who may read it.
    pub visibility: Visibility,
}

/// Who may read a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Anyone.
    #[default]
    Public,
    /// Who is connected with the member on LinkedIn.
    Connections,
}

impl Visibility {
    /// Every one, the default first.
    pub const ALL: [Self; 2] = [Self::Public, Self::Connections];

    /// LinkedIn's name (LinkedIn reference §9.2).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Connections => "CONNECTIONS",
        }
    }
}

/// The draft, and what is happening to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composer {
    /// What is being written.
    pub draft: Draft,
    /// What there is to remember of it beyond this page's life.
    pub mark: Mark,
    /// Whether this browser keeps it.
    pub kept: bool,
    /// What is happening to it.
    pub stage: Stage,
}

/// What there is to remember of a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    #[default]
    Fresh,
    /// The member wanted to post it, and had to leave for LinkedIn first.
    Wanted,
    /// It was sent, and nobody has said what became of it.
    Sent,
    /// Likewise, and the member, who knows of it, wanted the draft back.
    Tried,
}

/// What is happening to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The member writes, with something to be said about it perhaps.
    Writing(Option<Hint>),
    /// The member wants it to be posted; other tabs are asked to wait.
    Claiming,
    /// It is on its way.
    Sending,
    /// Another tab is sending it.
    Waiting,
    /// It was not posted, and why.
    Unsent(Trouble),
    /// It was sent, and the answer got lost. What is known of that, where this page saw it.
    Unknown(Option<Box<Failure>>),
    /// It is on LinkedIn.
    Posted(Posted),
}

/// What there is to say to someone who comes to their draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// They wanted it to be posted, left for LinkedIn, and are back. Nothing was posted without them; whether they may post
    /// now is the session's to say.
    Back,
    /// The draft was posted or erased meanwhile, in another tab as a rule.
    Gone,
}

/// Why something was not posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong with the text.
    pub text: Option<TextTrouble>,
    /// Whether the link is none.
    pub link: bool,
    /// What else went wrong.
    pub failure: Option<Box<Failure>>,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTrouble {
    /// There is none.
    Empty,
    /// It is longer than LinkedIn takes.
    TooLong,
    /// The member posted the same a day or two ago at most.
    Duplicate {
        /// Name of that post, where LinkedIn says it.
        of: Option<String>,
    },
}

/// A post that is on LinkedIn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its name, as `urn:li:share:7000000000000000000`, where LinkedIn says it.
    pub urn: Option<String>,
    /// How it is known.
    pub witness: Witness,
}

/// How it is known that a post is on LinkedIn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// LinkedIn's answer says so.
    Answer,
    /// LinkedIn refused the second try as a duplicate: the first one arrived.
    Duplicate,
    /// The member has seen it there.
    Member,
}

impl Posted {
    /// Where it can be read (LinkedIn reference §9.4). None for a name that could mean something else in an address.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        address(self.urn.as_deref()?)
    }
}

/// Where a post of that name can be read.
pub(crate) fn address(urn: &str) -> Option<String> {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || letter == b':';
    let is_name = urn.starts_with("urn:li:") && urn.bytes().all(plain);
    is_name.then(|| ["https://www.linkedin.com/feed/update/", urn, "/"].concat())
}

/// Something to be done next. Only the runtime does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Keep the draft in Web Storage.
    Keep,
    /// Erase it there.
    Erase,
    /// Send it, unless another tab is at it.
    Send,
    /// Wait until no tab is sending, and look what became of the draft.
    Await,
    /// Ask the BFF who is signed in, and with which permissions: what is known of it may be old.
    AskSession,
    /// Note a failure in this browser's log.
    Record(Box<Failure>),
}

/// A transition's result: what is the case now, and what is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Turn {
    /// What is the case now.
    pub composer: Composer,
    /// What is to be done, in this order.
    pub errands: Vec<Errand>,
}

impl Turn {
    const fn to(composer: Composer) -> Self {
        Self {
            composer,
            errands: Vec::new(),
        }
    }

    fn then(mut self, errand: Errand) -> Self {
        self.errands.push(errand);
        self
    }
}

impl Default for Composer {
    fn default() -> Self {
        Self {
            draft: Draft::default(),
            mark: Mark::Fresh,
            kept: false,
            stage: Stage::Writing(None),
        }
    }
}

//! What members have shared through applications.

pub(crate) mod little;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::clock::later;
use crate::grants::Owner;
use crate::linkedin::next_midnight;
use crate::lock::lock;

/// Longest text of a post (LinkedIn reference §9.3).
pub(crate) const LONGEST_TEXT: usize = 3000;

/// Posts remembered; older ones are forgotten first.
const MOST: usize = 10_000;

/// A post, as its readers see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// `urn:li:share:…`.
    pub urn: String,
    /// The author's slug.
    pub author: String,
    /// The application that posted it.
    pub client: String,
    /// The text as LinkedIn shows it.
    pub text: String,
    /// The text as the application sent it, escapes and all.
    pub sent: String,
    /// `PUBLIC`, `CONNECTIONS` and so on, as the application sent it.
    pub visibility: String,
    /// What else the application attached, as it sent it: `content` or `media`.
    pub content: Option<Value>,
    /// When it was posted.
    pub created_at: Timestamp,
    /// When its author deleted it through an application.
    pub deleted_at: Option<Timestamp>,
}

/// A post that is not made yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) author: String,
    pub(crate) client: String,
    pub(crate) text: String,
    pub(crate) sent: String,
    pub(crate) visibility: String,
    pub(crate) content: Option<Value>,
}

/// The author posted the same not long ago.
#[derive(Clone, Debug)]
pub(crate) struct Duplicate {
    pub(crate) of: String,
}

/// What became of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Done,
    NotYours,
    Unknown,
}

/// The posts of a running emulator. Clones are handles to the same list.
#[derive(Clone, Debug, Default)]
pub struct Posts(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    made: u64,
    posts: VecDeque<Post>,
}

impl Posts {
    /// The last ten thousand posts, oldest first, deleted ones included.
    pub fn all(&self) -> Vec<Post> {
        lock(&self.0).posts.iter().cloned().collect()
    }

    /// The posts of one member that are still there, oldest first.
    pub fn of(&self, member: &str) -> Vec<Post> {
        self.all()
            .into_iter()
            .filter(|post| post.author == member && post.deleted_at.is_none())
            .collect()
    }

    /// Forgets every post.
    pub fn clear(&self) {
        *lock(&self.0) = Book::default();
    }

    /// Adds a post and returns its name. A deleted one still counts as the original of a duplicate.
    pub(crate) fn publish(&self, draft: Draft, now: Timestamp) -> Result<String, Duplicate> {
        let mut book = lock(&self.0);
        let original = book.posts.iter().rev().find(|post| {
            post.author == draft.author
                && post.sent == draft.sent
                && post.content == draft.content
                && now < last_of_duplicates(post.created_at)
        });
        if let Some(post) = original {
            return Err(Duplicate {
                of: post.urn.clone(),
            });
        }
        let urn = book.name(now);
        if book.posts.len() == MOST {
            book.posts.pop_front();
        }
        book.posts.push_back(Post {
            urn: urn.clone(),
            author: draft.author,
            client: draft.client,
            text: draft.text,
            sent: draft.sent,
            visibility: draft.visibility,
            content: draft.content,
            created_at: now,
            deleted_at: None,
        });
        Ok(urn)
    }

    /// Deletes a post of its author, through whichever application.
    pub(crate) fn end(&self, urn: &str, by: &Owner, now: Timestamp) -> Ending {
        let mut book = lock(&self.0);
        match book.posts.iter_mut().find(|post| post.urn == urn) {
            None => Ending::Unknown,
            Some(post) if post.author != by.member => Ending::NotYours,
            Some(post) => {
                post.deleted_at.get_or_insert(now);
                Ending::Done
            }
        }
    }
}

impl Book {
    /// Nineteen digits that begin with a 7 and grow with time: milliseconds, and a count below them.
    fn name(&mut self, now: Timestamp) -> String {
        const BELOW: u64 = 22;
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
        let count = self.made & ((1 << BELOW) - 1);
        self.made += 1;
        format!("urn:li:share:{}", (milliseconds << BELOW) | count)
    }
}

/// Until when the same text is a duplicate. LinkedIn was seen to hold it for 24 to 48 hours; that it is until the end of
/// the following day, UTC, is an assumption.
fn last_of_duplicates(created_at: Timestamp) -> Timestamp {
    next_midnight(later(created_at, SignedDuration::from_hours(24)))
}

/// Characters as LinkedIn's limit counts them: UTF-16 units of the text as sent, the strictest of the possible counts; an
/// assumption.
pub(crate) fn length(sent: &str) -> usize {
    sent.encode_utf16().count()
}

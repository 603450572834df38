//! Web Storage. It may be blocked, full, or hold anything: then the page simply remembers nobody.

use web_sys::Storage;

use super::{Account, browser};
use crate::failure::Failure;
use crate::session::{Doing, FailureLog, Renewal, failure_log, memory, place, renewal};

/// What this application keeps begins with it.
const OURS: &str = "lapel.";

/// There where the member did not want to be remembered. It is the wish itself, and knows nobody.
const NOTHING: &str = "lapel.remember-nothing.1";

/// A draft is kept under this and the identifier of whoever writes it, so that nobody else is shown it.
const DRAFT: &str = "lapel.draft.1.";

/// How many sign-ins in a row came back to a browser that did not know of them, in this tab.
const UNKNOWN: &str = "lapel.unknown-sign-ins.1";

/// Who this browser remembers. What is over, or cannot be read, is erased.
pub(super) fn recall() -> Option<Account> {
    let text = get(local(), memory::KEY)?;
    let remembered = memory::read(&text, browser::device_time());
    if remembered.is_none() {
        forget();
    }
    remembered
}

/// Keeps who is signed in. What was kept before goes first: storage that takes nothing new must not keep somebody else.
pub(super) fn remember(account: &Account) {
    remove(local(), memory::KEY);
    remove(session(), UNKNOWN);
    if let Some(text) = memory::write(account, browser::now(), browser::device_time()) {
        set(lasting(), memory::KEY, &text);
    }
}

/// Erases it, and what was kept of the session.
pub(super) fn forget() {
    for key in [memory::KEY, renewal::KEY, NOTHING] {
        remove(local(), key);
    }
}

/// The failures that this browser remembers.
pub(super) fn failures() -> FailureLog {
    let text = get(local(), failure_log::KEY);
    text.map(|text| FailureLog::read(&text)).unwrap_or_default()
}

/// Adds one. Other tabs keep the same log, so it is read each time.
pub(super) fn record(doing: Doing, failure: &Failure) {
    let mut log = failures();
    log.add(doing, failure, &browser::device_time_in_words());
    set(lasting(), failure_log::KEY, &log.json());
}

/// Erases them.
pub(super) fn forget_failures() {
    remove(local(), failure_log::KEY);
}

/// The draft of a member, as it was kept.
pub(crate) fn draft(author: &str) -> Option<String> {
    get(local(), &draft_of(author))
}

/// Keeps a member's draft. False where the browser does not, because it cannot or because the member wants nothing kept.
pub(crate) fn keep_draft(author: &str, text: &str) -> bool {
    set(lasting(), &draft_of(author), text);
    let kept = draft(author).as_deref() == Some(text);
    if !kept {
        // Storage that takes nothing new must not keep an older one.
        remove(local(), &draft_of(author));
    }
    kept
}

/// Erases it.
pub(crate) fn erase_draft(author: &str) {
    remove(local(), &draft_of(author));
}

/// Whether this name in Web Storage is that of the member's draft.
pub(crate) fn is_draft(name: &str, author: &str) -> bool {
    name.strip_prefix(DRAFT) == Some(author)
}

/// Erases everybody's: whoever signs out leaves the device, perhaps to somebody else.
pub(super) fn forget_drafts() {
    if let Some(storage) = local() {
        erase(&storage, DRAFT, |_| {});
    }
}

fn draft_of(author: &str) -> String {
    [DRAFT, author].concat()
}

/// Erases all that this application keeps, and remembers nobody any more until the session is over. Gives back the names of
/// what was erased.
pub(super) fn forget_everything() -> Vec<String> {
    let mut erased: Vec<String> = Vec::new();
    for storage in [local(), session()] {
        let Some(storage) = storage else { continue };
        erase(&storage, OURS, |name| {
            if name != NOTHING {
                // Each browser has an order of its own. A sort would be two kilobytes of the page, for a handful of names.
                let at = erased.iter().position(|other| *other > name);
                erased.insert(at.unwrap_or(erased.len()), name);
            }
        });
    }
    set(local(), NOTHING, "1");
    erased
}

/// Erases everything whose name begins so, and tells each name.
fn erase(storage: &Storage, beginning: &str, mut told: impl FnMut(String)) {
    // From the last to the first: erasing moves those behind.
    for at in (0..storage.length().unwrap_or_default()).rev() {
        if let Ok(Some(name)) = storage.key(at)
            && name.starts_with(beginning)
        {
            drop(storage.remove_item(&name));
            told(name);
        }
    }
}

/// What the browser remembers of the session's last days, now that they have come.
pub(super) fn renewal() -> Renewal {
    Renewal::recalled(get(local(), renewal::KEY).as_deref())
}

/// Keeps that for them.
pub(super) fn keep_renewal(renewal: Renewal) {
    if let Some(word) = renewal.kept() {
        set(lasting(), renewal::KEY, word);
    }
}

/// Keeps a place, for this tab.
pub(super) fn keep_place(text: &str) {
    set(session(), place::KEY, text);
}

/// The place, which is needed once.
pub(super) fn take_place() -> Option<String> {
    let text = get(session(), place::KEY);
    remove(session(), place::KEY);
    text
}

/// How many sign-ins in a row came back unknown, one more where another just did. Kept as so many strokes.
pub(super) fn count_unknown(one_more: bool) -> usize {
    let mut strokes = get(session(), UNKNOWN).unwrap_or_default();
    if one_more {
        strokes.push('|');
        set(session(), UNKNOWN, &strokes);
    }
    strokes.len()
}

fn get(storage: Option<Storage>, key: &str) -> Option<String> {
    storage?.get_item(key).ok()?
}

/// Full or forbidden storage costs a comfort, nothing else.
#[inline(never)]
fn set(storage: Option<Storage>, key: &str, text: &str) {
    if let Some(storage) = storage {
        drop(storage.set_item(key, text));
    }
}

/// Where it is kept who is signed in, unless the member wanted none of that.
fn lasting() -> Option<Storage> {
    let storage = local()?;
    get(Some(storage.clone()), NOTHING)
        .is_none()
        .then_some(storage)
}

#[inline(never)]
fn remove(storage: Option<Storage>, key: &str) {
    if let Some(storage) = storage {
        drop(storage.remove_item(key));
    }
}

/// Reading the property already throws where the member has blocked site data. (gloo-storage turns that into a panic.)
fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

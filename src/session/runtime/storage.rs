//! Web Storage. It may be blocked, full, or hold anything: then the page simply remembers nobody.

use web_sys::Storage;

use super::{Account, browser};
use crate::failure::Failure;
use crate::session::{Doing, FailureLog, failure_log, memory};

/// Who this browser remembers. What is over, or cannot be read, is erased.
pub(super) fn recall() -> Option<Account> {
    let text = storage()?.get_item(memory::KEY).ok()??;
    let remembered = memory::read(&text, browser::device_time());
    if remembered.is_none() {
        forget();
    }
    remembered
}

/// Keeps who is signed in. What was kept before goes first: storage that takes nothing new must not keep somebody else.
pub(super) fn remember(account: &Account) {
    forget();
    let text = memory::write(account, browser::now(), browser::device_time());
    if let (Some(storage), Some(text)) = (storage(), text) {
        // Full or forbidden storage costs a comfort, nothing else.
        drop(storage.set_item(memory::KEY, &text));
    }
}

/// Erases it.
pub(super) fn forget() {
    erase(memory::KEY);
}

/// The failures that this browser remembers.
pub(super) fn failures() -> FailureLog {
    let text = storage().and_then(|storage| storage.get_item(failure_log::KEY).ok()?);
    text.map(|text| FailureLog::read(&text)).unwrap_or_default()
}

/// Adds one. Other tabs keep the same log, so it is read each time.
pub(super) fn record(doing: Doing, failure: &Failure) {
    let mut log = failures();
    log.add(doing, failure, &browser::device_time_in_words());
    if let Some(storage) = storage() {
        drop(storage.set_item(failure_log::KEY, &log.json()));
    }
}

/// Erases them.
pub(super) fn forget_failures() {
    erase(failure_log::KEY);
}

fn erase(key: &str) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(key));
    }
}

/// Reading the property already throws where the member has blocked site data. (gloo-storage turns that into a panic.)
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

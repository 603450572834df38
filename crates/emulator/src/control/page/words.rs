//! Times and lengths of time, for people.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

/// `2026-03-01 12:00:00`, with the exact instant for programs. All times of the page are UTC, as it says once.
pub(super) fn instant(at: Timestamp) -> Markup {
    html! { time datetime=(at) { (at.strftime("%Y-%m-%d %H:%M:%S").to_string()) } }
}

/// `12:00:00`, likewise.
pub(super) fn time_of_day(at: Timestamp) -> Markup {
    html! { time datetime=(at) title=(at) { (at.strftime("%H:%M:%S").to_string()) } }
}

/// `in 59 days`, `5 minutes ago`: one unit, rounded down, so that it does not change all the time.
pub(super) fn from_now(at: Timestamp, now: Timestamp) -> String {
    let distance = at.duration_since(now);
    let length = roughly(distance);
    if distance.is_negative() {
        format!("{length} ago")
    } else {
        format!("in {length}")
    }
}

fn roughly(length: SignedDuration) -> String {
    let seconds = length.unsigned_abs().as_secs();
    let units = [("day", 86_400), ("hour", 3_600), ("minute", 60)];
    let fit = units.into_iter().find(|(_, size)| seconds >= 2 * size);
    match fit {
        Some((name, size)) => format!("{} {name}s", seconds / size),
        None => "less than 2 minutes".to_owned(),
    }
}

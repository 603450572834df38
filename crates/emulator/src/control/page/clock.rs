//! The emulator's time, and moving it.

use maud::{Markup, html};

use super::forms::Act;
use super::words;
use crate::control::api::ClockView;

/// Steps that are often needed: a code's life, a day, and more than an access token's life.
const STEPS: [(&str, &str); 4] = [
    ("30m", "30 minutes"),
    ("1h", "1 hour"),
    ("1d", "1 day"),
    ("61d", "61 days"),
];

pub(super) fn section(clock: &ClockView) -> Markup {
    let ahead = clock
        .ahead
        .filter(|ahead| ahead.0.unsigned_abs().as_secs() > 0);
    html! {
        section #clock aria-labelledby="clock-title" {
            h2 #clock-title { "Clock" }
            p.now {
                span #now data-now=(clock.now.as_millisecond()) data-paused=(clock.paused) { (words::instant(clock.now)) }
                " UTC"
            }
            p.hint {
                @if clock.paused { "Stands still. " }
                @else if let Some(ahead) = ahead { "Runs, " (ahead) " from the machine’s time. " }
                @else { "Runs with the machine’s time. " }
                "Codes, tokens and quotas end by this clock."
            }
            div.row {
                @if clock.paused {
                    form method="post" action=(Act::Resume.address()) { button { "Resume" } }
                } @else {
                    form method="post" action=(Act::Pause.address()) { button { "Pause" } }
                }
            }
            form method="post" action=(Act::Advance.address()) {
                fieldset.row {
                    legend { "Advance by" }
                    @for (by, words) in STEPS { button name="by" value=(by) { (words) } }
                }
            }
            form.row.joined method="post" action=(Act::Advance.address()) {
                label for="by" { "Another length of time" }
                input #by name="by" required placeholder="1h 30m" autocomplete="off" spellcheck="false";
                button { "Advance" }
            }
            form.row.joined method="post" action=(Act::SetClock.address()) {
                label for="instant" { "An instant" }
                input #instant name="now" required placeholder="2026-03-01T12:00:00Z" autocomplete="off" spellcheck="false";
                button { "Set" }
            }
        }
    }
}

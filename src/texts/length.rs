//! Lengths of time, as exact as anyone wants to know, in the words that the browser has for them: `Intl` knows how each
//! language counts.

use std::time::Duration;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A whole number of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    count: u64,
    unit: &'static str,
}

impl Length {
    /// The largest unit that fits, rounded down. None for less than a minute.
    pub(super) const fn of(time: Duration) -> Option<Self> {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        let seconds = time.as_secs();
        let (count, unit) = match seconds {
            0..MINUTE => return None,
            MINUTE..HOUR => (seconds / MINUTE, "minute"),
            HOUR..DAY => (seconds / HOUR, "hour"),
            _ => (seconds / DAY, "day"),
        };
        Some(Self { count, unit })
    }

    /// What a countdown shows: seconds, and from two minutes on minutes, rounded up. Never none: that is now.
    pub(super) fn until(wait: Duration) -> Self {
        let begun = u64::from(wait.subsec_nanos() > 0);
        let seconds = wait.as_secs().saturating_add(begun).max(1);
        let (count, unit) = if seconds < 120 {
            (seconds, "second")
        } else {
            (seconds.div_ceil(60), "minute")
        };
        Self { count, unit }
    }

    /// "60 days", "يومان", as the browser writes it in the language of that tag. A browser without `Intl`'s units writes
    /// the number alone with the unit's English name.
    pub(super) fn in_language(self, language: &str) -> String {
        self.written(language)
            .unwrap_or_else(|_| format!("{} {}", self.count, self.unit))
    }

    /// A list of one number writes it as the number would be, and its method can be had: js-sys hands no options to a
    /// number's own, and its `Intl.NumberFormat` would end the page where the browser knows no units.
    fn written(self, language: &str) -> Result<String, JsValue> {
        let options = Object::new();
        for (name, value) in [
            ("style", "unit"),
            ("unit", self.unit),
            ("unitDisplay", "long"),
        ] {
            Reflect::set(&options, &name.into(), &value.into())?;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "days beyond 2^53 are told inexactly"
        )]
        let counts = Array::of1(&JsValue::from_f64(self.count as f64));
        let write: Function = Reflect::get(&counts, &"toLocaleString".into())?.dyn_into()?;
        let written = write.call2(&counts, &language.into(), &options)?;
        written.as_string().ok_or(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_as_exact_as_anyone_wants_to_know() {
        let length = |seconds| {
            let Length { count, unit } = Length::of(Duration::from_secs(seconds))?;
            Some((count, unit))
        };
        for (seconds, expected) in [
            (0, None),
            (59, None),
            (60, Some((1, "minute"))),
            (3_599, Some((59, "minute"))),
            (3_600, Some((1, "hour"))),
            (86_399, Some((23, "hour"))),
            (86_400, Some((1, "day"))),
            (5_184_000, Some((60, "day"))),
        ] {
            assert_eq!(length(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn a_countdown_ends_at_one() {
        for (milliseconds, count, unit) in [
            (0, 1, "second"),
            (1, 1, "second"),
            (1_000, 1, "second"),
            (1_001, 2, "second"),
            (119_000, 119, "second"),
            (119_001, 2, "minute"),
            (121_000, 3, "minute"),
        ] {
            let left = Length::until(Duration::from_millis(milliseconds));
            assert_eq!(left, Length { count, unit }, "{milliseconds}");
        }
    }
}

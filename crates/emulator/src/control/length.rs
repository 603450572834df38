//! Lengths of time as people write them: `61d`, `1h 30m`, `-2 days`.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length of time. Days have 24 hours, weeks seven days; months and years, which differ, are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Length(pub(crate) SignedDuration);

/// What is accepted as a [`Length`].
pub(crate) const EXAMPLES: &str =
    "a number and a unit, such as `90s`, `30m`, `1h 30m`, `61d`, `2w`, or `-1h`";

/// The text is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a length of time; accepted is {EXAMPLES}")]
pub(crate) struct NoLength(String);

impl FromStr for Length {
    type Err = NoLength;

    fn from_str(text: &str) -> Result<Self, NoLength> {
        let no_length = |_| NoLength(text.to_owned());
        let span: Span = text.trim().parse().map_err(no_length)?;
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours());
        duration.map(Self).map_err(no_length)
    }
}

/// `61d 1h 30m`: what [`Length::from_str`] reads back to the nanosecond.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [(&str, u64); 4] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];
        let whole = self.0.unsigned_abs();
        if whole.is_zero() {
            return f.write_str("0s");
        }
        let mut parts = Vec::new();
        let mut rest = whole.as_secs();
        for (name, seconds) in NAMES {
            if rest >= seconds {
                parts.push(format!("{}{name}", rest / seconds));
                rest %= seconds;
            }
        }
        if whole.subsec_nanos() > 0 {
            parts.push(format!("{}ns", whole.subsec_nanos()));
        }
        let sign = if self.0.is_negative() { "-" } else { "" };
        write!(f, "{sign}{}", parts.join(" "))
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, seconds) in [
            ("61d", 61 * 86_400),
            ("1h 30m", 5_400),
            ("2 weeks", 14 * 86_400),
            ("-1 hour", -3_600),
            ("P1DT1H", 90_000),
            ("0s", 0),
        ] {
            assert_eq!(text.parse(), Ok(Length(SignedDuration::from_secs(seconds))));
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in ["", "61", "1 month", "1y", "soon", "9999999999999999d"] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for nanos in [0, 1, -1, 86_400_000_000_000, -5_270_461_000_000_007] {
            let length = Length(SignedDuration::from_nanos(nanos));
            assert_eq!(length.to_string().parse(), Ok(length), "{length}");
        }
    }
}

//! `LinkedIn-Version`: monthly versions of `/rest/*`, each for about a year (LinkedIn reference §8.2, §9.2).

use axum::http::{HeaderMap, HeaderName};
use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use crate::linkedin::LinkedIn;

const HEADER: HeaderName = HeaderName::from_static("linkedin-version");

/// The versions of `/rest/*` that are active; others are answered 426.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ApiVersions {
    /// The month of the emulator's clock and the twelve before it: LinkedIn supports each for at least a year.
    #[default]
    Rolling,
    /// These, whatever the clock says; both ends as `YYYYMM` and included.
    Between {
        /// The oldest, such as 202508.
        oldest: u32,
        /// The newest.
        newest: u32,
    },
}

/// A version that is active, as `20260701`: what LinkedIn calls it in its messages.
#[derive(Clone, Debug)]
pub(super) struct Version(String);

impl Version {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// # Errors
    /// 400 without the header, 426 for every version that is not active. That a version which is no month is answered
    /// like one of the past is an assumption.
    pub(super) fn read(linkedin: &LinkedIn, headers: &HeaderMap) -> Result<Self, ApiError> {
        let asked = headers
            .get(HEADER)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
            .filter(|version| !version.is_empty())
            .ok_or(ApiError::VersionMissing)?;
        let month = asked.parse().ok().filter(|_| asked.len() == 6);
        let name = match month {
            Some(_) => format!("{asked}01"),
            None => asked.to_owned(),
        };
        let now = linkedin.clock.now();
        if month.is_some_and(|month| linkedin.api_versions.has(month, now)) {
            Ok(Self(name))
        } else {
            Err(ApiError::NonexistentVersion(name))
        }
    }
}

impl ApiVersions {
    fn has(self, month: u32, now: Timestamp) -> bool {
        let (oldest, newest) = match self {
            Self::Between { oldest, newest } => (oldest, newest),
            Self::Rolling => {
                let newest = year_and_month(Offset::UTC.to_datetime(now).date());
                // The same month of the year before.
                (newest - 100, newest)
            }
        };
        (oldest..=newest).contains(&month) && (1..=12).contains(&(month % 100))
    }
}

fn year_and_month(date: civil::Date) -> u32 {
    let year = u32::try_from(date.year()).unwrap_or_default();
    let month = u32::from(date.month().unsigned_abs());
    // A clock that was turned back before the year 1 has no versions; one in the year 1 keeps the subtraction sound.
    year.max(1) * 100 + month
}

//! How a journey fails.

use std::error::Error;
use std::fmt;
use std::io;

use thirtyfour::error::WebDriverError;

/// What a journey, and every part of it, ends with.
pub type Outcome<T = ()> = Result<T, Mishap>;

/// Why a journey could not go on, as one text for whoever reads the test's output.
pub struct Mishap(String);

impl Mishap {
    /// A mishap in the harness's or a journey's own words.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A mishap with its causes, outermost first.
    pub(crate) fn caused(doing: &str, cause: &dyn Error) -> Self {
        let mut text = format!("{doing}: {cause}");
        let mut deeper = cause.source();
        while let Some(cause) = deeper {
            text = format!("{text}: {cause}");
            deeper = cause.source();
        }
        Self(text)
    }
}

/// As the test runner prints what a test returned.
impl fmt::Debug for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<WebDriverError> for Mishap {
    fn from(cause: WebDriverError) -> Self {
        Self::caused("the browser", &cause)
    }
}

impl From<io::Error> for Mishap {
    fn from(cause: io::Error) -> Self {
        Self::caused("the machine", &cause)
    }
}

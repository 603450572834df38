//! How a journey fails.

use std::error::Error;
use std::fmt;
use std::io;

use thirtyfour::error::{WebDriverError, WebDriverErrorInner};

use crate::engine::Engine;

/// What a journey, and every part of it, ends with.
pub type Outcome<T = ()> = Result<T, Mishap>;

/// Why a journey could not go on, as one text for whoever reads the test's output.
pub struct Mishap {
    text: String,
    /// Whether it is only that the engine's driver cannot do it.
    omission: bool,
    /// Whether it is only that the page was redrawn, or another came, under whoever looked.
    redrawn: bool,
}

impl Mishap {
    /// A mishap in the harness's or a journey's own words.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            omission: false,
            redrawn: false,
        }
    }

    /// What an engine's driver cannot do. The journey ends there, and says so.
    pub(crate) fn omission(engine: Engine, what: &str) -> Self {
        Self {
            text: format!("{engine:?}'s driver {what}"),
            omission: true,
            redrawn: false,
        }
    }

    pub(crate) fn is_omission(&self) -> bool {
        self.omission
    }

    pub(crate) fn is_redrawn(&self) -> bool {
        self.redrawn
    }

    /// A mishap with its causes, outermost first.
    pub(crate) fn caused(doing: &str, cause: &dyn Error) -> Self {
        let mut text = format!("{doing}: {cause}");
        let mut deeper = cause.source();
        while let Some(cause) = deeper {
            text = format!("{text}: {cause}");
            deeper = cause.source();
        }
        Self::new(text)
    }
}

/// As the test runner prints what a test returned.
impl fmt::Debug for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<WebDriverError> for Mishap {
    fn from(cause: WebDriverError) -> Self {
        let redrawn = matches!(
            cause.as_inner(),
            // The latter is what WebKit's driver says where a page goes while it is asked.
            WebDriverErrorInner::StaleElementReference(_) | WebDriverErrorInner::NoSuchFrame(_)
        );
        Self {
            redrawn,
            ..Self::caused("the browser", &cause)
        }
    }
}

impl From<io::Error> for Mishap {
    fn from(cause: io::Error) -> Self {
        Self::caused("the machine", &cause)
    }
}

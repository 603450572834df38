//! The browser's console. An error in it, or a violation of the content security policy, fails the journey, unless the
//! journey said that it would come.

use std::sync::{Mutex, PoisonError};

use thirtyfour::WebDriver;

use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

/// What a journey expects to find in the console.
#[derive(Default)]
pub(crate) struct Console {
    expected: Mutex<Vec<String>>,
}

impl Console {
    pub(crate) fn expect(&self, part: &str) {
        self.expected
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(part.to_owned());
    }

    /// Reads what has come since the last time.
    pub(crate) async fn check(&self, engine: Engine, driver: &WebDriver) -> Outcome {
        match engine {
            Engine::Chromium => {}
            // Their drivers know no console; the page is the same, and Chromium has looked.
            Engine::Firefox | Engine::WebKit => return Ok(()),
        }
        let entries = driver.browser_log().await?;
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let complaints: Vec<_> = entries
            .iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message.as_str())
            .filter(|message| !expected.iter().any(|part| message.contains(part)))
            .collect();
        if complaints.is_empty() {
            return Ok(());
        }
        Err(Mishap::new(format!(
            "the console has complaints:\n  {}",
            complaints.join("\n  ")
        )))
    }
}

//! The browser's console. An error in it, or a violation of the content security policy, fails the journey, unless the
//! journey said that it would come.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;
use thirtyfour::{BrowserLogEntry, WebDriver};

use crate::devtools::devtools;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};
use crate::planted::Planted;

const LAST_WORD: &str = "end2end: so far";

/// How long the console may take to be complete.
const PATIENCE: Duration = Duration::from_secs(15);

/// Writes every report of a violated policy: where script catches the error, the browser itself writes nothing.
const REPORTS: &str = "addEventListener('securitypolicyviolation', it => \
    console.error(`Content Security Policy: ${it.effectiveDirective} refuses ${it.blockedURI}`))";

/// What a journey expects to find in the console.
#[derive(Default)]
pub(crate) struct Console {
    expected: Mutex<Vec<String>>,
}

/// Lets every page that loads from now on write into its console what must not be missed there.
pub(crate) async fn is_complete(engine: Engine, driver: &WebDriver, planted: &Planted) -> Outcome {
    match engine {
        Engine::Chromium => {
            let source = json!({ "source": REPORTS });
            devtools(driver, "Page.addScriptToEvaluateOnNewDocument", source).await
        }
        // Their drivers know no console; what the page itself can hear of it, it brings to the world.
        Engine::Firefox | Engine::WebKit => {
            planted.put("reports", REPORTS);
            Ok(())
        }
    }
}

impl Console {
    pub(crate) fn expect(&self, part: &str) {
        self.expected
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(part.to_owned());
    }

    /// Reads what has come since the last time.
    pub(crate) async fn check(
        &self,
        engine: Engine,
        driver: &WebDriver,
        planted: &Planted,
    ) -> Outcome {
        let errors = match engine {
            Engine::Chromium => errors(driver).await?,
            Engine::Firefox | Engine::WebKit => planted.heard(),
        };
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let complaints: Vec<_> = errors
            .iter()
            .map(String::as_str)
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

/// Chromium's errors.
async fn errors(driver: &WebDriver) -> Outcome<Vec<String>> {
    let entries = entries(driver).await?.into_iter();
    let errors = entries.filter(|entry| entry.level == "SEVERE");
    Ok(errors.map(|entry| entry.message).collect())
}

/// All that has been written until now. What the browser writes by itself arrives a little later than what caused it, so a
/// last word is written after it, and waited for.
async fn entries(driver: &WebDriver) -> Outcome<Vec<BrowserLogEntry>> {
    driver
        .execute(format!("console.info('{LAST_WORD}')"), Vec::new())
        .await?;
    let reading = async {
        let mut found = Vec::new();
        while !found
            .iter()
            .any(|it: &BrowserLogEntry| it.message.contains(LAST_WORD))
        {
            found.extend(driver.browser_log().await?);
        }
        Ok(found)
    };
    tokio::time::timeout(PATIENCE, reading)
        .await
        .map_err(|_| Mishap::new("the console could not be read to its end"))?
}

//! What a person's device and settings are like: without script, without a network, with other colours.

use std::sync::atomic::Ordering;

use serde_json::json;

use crate::browser::Browser;
use crate::devtools::devtools;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

impl Browser {
    /// Pages that load from now on run no script, as where a person has switched it off.
    ///
    /// # Errors
    /// When the engine cannot.
    pub async fn runs_no_script(&self) -> Outcome {
        self.only_chromium("switches no script off")?;
        self.runs_script.store(false, Ordering::SeqCst);
        let value = json!({ "value": true });
        devtools(&self.driver, "Emulation.setScriptExecutionDisabled", value).await
    }

    /// Whether the device has a network, which the page in front notices.
    ///
    /// # Errors
    /// When the engine cannot be without.
    pub async fn has_a_network(&self, network: bool) -> Outcome {
        self.only_chromium("takes no network away")?;
        let conditions = json!({
            "offline": !network, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        devtools(&self.driver, "Network.enable", json!({})).await?;
        devtools(&self.driver, "Network.emulateNetworkConditions", conditions).await
    }

    /// The process of the page in front ends in the middle of what it does. Its tab is of no use any more.
    ///
    /// # Errors
    /// When the engine does not do it on request.
    pub async fn crashes(&self) -> Outcome {
        self.only_chromium("does not crash on request")?;
        // That nobody answers any more is what was asked for.
        drop(self.driver.goto("chrome://crash").await);
        match self.driver.execute("return 1", Vec::new()).await {
            Ok(_) => Err(Mishap::new("the page lives on")),
            Err(_) => Ok(()),
        }
    }

    /// Pages are shown with this media feature, such as `prefers-reduced-motion` as `reduce`.
    ///
    /// # Errors
    /// When the engine cannot.
    pub async fn prefers(&self, feature: &str, value: &str) -> Outcome {
        self.only_chromium("changes no setting while it runs")?;
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        devtools(&self.driver, "Emulation.setEmulatedMedia", features).await
    }

    /// Pages are shown as on paper.
    ///
    /// # Errors
    /// When the engine cannot.
    pub async fn shows_paper(&self) -> Outcome {
        self.only_chromium("shows no page as on paper")?;
        let features = json!([{ "name": "forced-colors", "value": "none" }]);
        let paper = json!({ "media": "print", "features": features });
        devtools(&self.driver, "Emulation.setEmulatedMedia", paper).await
    }

    fn only_chromium(&self, what: &str) -> Outcome {
        match self.engine {
            Engine::Chromium => Ok(()),
            Engine::Firefox | Engine::WebKit => Err(Mishap::omission(self.engine, what)),
        }
    }
}

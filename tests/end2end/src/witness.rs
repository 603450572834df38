//! A witness in every page: it sees what is shown for a moment only, which whoever asks afterwards does not.

use serde_json::json;
use thirtyfour::WebDriver;

use crate::devtools::devtools;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

/// Looks when the page comes up, before the page's own scripts, and whenever something changes. What it saw before the
/// page was left is not its business when the back button brings the page up again.
const WITNESS: &str = "(texts => {
    const seen = new Set();
    let away = false;
    const look = () => {
        const shown = document.body ? document.body.innerText : '';
        texts.filter(it => !away && shown.includes(it)).forEach(it => seen.add(it));
    };
    addEventListener('pagehide', () => { away = true; seen.clear(); }, true);
    addEventListener('pageshow', () => { away = false; look(); }, true);
    new MutationObserver(look).observe(
        document, { subtree: true, childList: true, characterData: true, attributes: true });
    globalThis.end2endSeen = seen;
})";

/// Puts a witness who looks for these texts into every page that loads from now on.
pub(crate) async fn watches(engine: Engine, driver: &WebDriver, texts: &[&str]) -> Outcome {
    match engine {
        Engine::Chromium => {
            let source = json!({ "source": format!("{WITNESS}({})", json!(texts)) });
            devtools(driver, "Page.addScriptToEvaluateOnNewDocument", source).await
        }
        Engine::Firefox | Engine::WebKit => Err(Mishap::new(format!(
            "{engine:?}'s driver puts nothing into a page before it loads"
        ))),
    }
}

/// Which of the texts the page in front has shown since it came up.
pub(crate) async fn seen(driver: &WebDriver) -> Outcome<Vec<String>> {
    let script = "return globalThis.end2endSeen ? [...end2endSeen] : null";
    let seen = driver.execute(script, Vec::new()).await?;
    let Some(seen) = seen.json().as_array() else {
        return Err(Mishap::new("nobody watched this page"));
    };
    Ok(seen
        .iter()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect())
}

//! A witness in every page: it sees what is shown for a moment only, which whoever asks afterwards does not.

use serde_json::json;
use thirtyfour::WebDriver;

use crate::devtools::devtools;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};
use crate::planted::Planted;

/// Looks when the page comes up, before the page's own scripts, and whenever something changes. What it saw before the
/// page was left is not its business when the back button brings the page up again.
const WITNESS: &str = "(texts => {
    const seen = new Set();
    // Of several in one page the last one tells; they would only contradict each other.
    globalThis.end2endWitness = seen;
    let away = false;
    // In the document, where every driver finds it: some run scripts of theirs in a world of their own.
    const tell = () => {
        if (globalThis.end2endWitness !== seen) return;
        const root = document.documentElement;
        const told = JSON.stringify([...seen]);
        if (root && root.dataset.end2endSeen !== told) root.dataset.end2endSeen = told;
    };
    const look = () => {
        const shown = document.body ? document.body.innerText : '';
        texts.filter(it => !away && shown.includes(it)).forEach(it => seen.add(it));
        tell();
    };
    addEventListener('pagehide', () => { away = true; seen.clear(); tell(); }, true);
    addEventListener('pageshow', () => { away = false; look(); }, true);
    new MutationObserver(look).observe(
        document, { subtree: true, childList: true, characterData: true, attributes: true });
})";

/// Puts a witness who looks for these texts into every page that loads from now on.
pub(crate) async fn watches(
    engine: Engine,
    driver: &WebDriver,
    planted: &Planted,
    texts: &[&str],
) -> Outcome {
    let script = format!("{WITNESS}({});", json!(texts));
    match engine {
        Engine::Chromium => {
            let source = json!({ "source": script });
            devtools(driver, "Page.addScriptToEvaluateOnNewDocument", source).await
        }
        // Their drivers put nothing into a page before it loads; the world does.
        Engine::Firefox | Engine::WebKit => {
            planted.put("witness", &script);
            Ok(())
        }
    }
}

/// Which of the texts the page in front has shown since it came up.
pub(crate) async fn seen(driver: &WebDriver) -> Outcome<Vec<String>> {
    let script = "return JSON.parse(document.documentElement.dataset.end2endSeen || 'null')";
    let seen = driver.execute(script, Vec::new()).await?;
    let Some(seen) = seen.json().as_array() else {
        return Err(Mishap::new("nobody watched this page"));
    };
    Ok(seen
        .iter()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect())
}

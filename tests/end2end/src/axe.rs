//! axe-core's look at a page: what would keep people out (WCAG 2.2, A and AA).

use std::fs;
use std::sync::OnceLock;

use serde_json::Value;
use thirtyfour::WebDriver;

use crate::environment::variable;
use crate::mishap::{Mishap, Outcome};

/// Looks for violations and says each in a line. Frames are other people's documents.
const LOOK: &str = r"
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], iframes: false }).then(
    found => done(found.violations.flatMap(it => it.nodes.map(node =>
        `${it.id}: ${it.help}: ${node.target.join(' ')}: ${node.failureSummary}`))),
    error => done([`axe failed: ${error}`]));
";

/// Holds the page in front to it.
pub(crate) async fn finds_nothing(driver: &WebDriver, what: &str) -> Outcome {
    let there = driver.execute("return 'axe' in window", Vec::new()).await?;
    if there.json() != true {
        driver.execute(source()?, Vec::new()).await?;
    }
    let found = driver.execute_async(LOOK, Vec::new()).await?;
    let found = found.json().as_array().cloned().unwrap_or_default();
    let lines: Vec<_> = found.iter().filter_map(Value::as_str).collect();
    if lines.is_empty() {
        return Ok(());
    }
    Err(Mishap::new(format!(
        "axe finds, in {what}:\n  {}",
        lines.join("\n  ")
    )))
}

/// `END2END_AXE`: the script, as npm's axe-core has it.
fn source() -> Outcome<&'static str> {
    static SOURCE: OnceLock<String> = OnceLock::new();
    if let Some(source) = SOURCE.get() {
        return Ok(source);
    }
    let Some(file) = variable("END2END_AXE") else {
        return Err(Mishap::new(
            "there is no axe; `cargo xtask test --only journeys` brings it",
        ));
    };
    let text = fs::read_to_string(file)?;
    Ok(SOURCE.get_or_init(|| text))
}

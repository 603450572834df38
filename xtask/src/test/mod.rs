//! `cargo xtask test`: every check there is, one after the other, and a table of what came of them.

mod checks;
mod in_browsers;
mod openapi;
mod size;
pub(crate) mod steps;

pub(crate) use in_browsers::page;
pub(crate) use size::files;
pub(crate) use steps::tools;

use std::time::Duration;

use crate::console::say;
use crate::flags::TestFlags;
use crate::stopwatch::{Stopwatch, Took};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

use steps::{Name, STEPS, Step};

/// What came of a step.
enum Outcome {
    Passed(Option<String>),
    Failed(Trouble),
    /// A step that it needs did not pass. That counts as failed: what was not looked at is not known to work.
    NotRun(Name),
}

struct Finding {
    name: Name,
    outcome: Outcome,
    took: Duration,
}

impl Finding {
    fn passed(&self) -> bool {
        matches!(self.outcome, Outcome::Passed(_))
    }
}

pub(crate) fn test(workspace: &Workspace, flags: &TestFlags) -> Result<(), Trouble> {
    let mut results: Vec<Finding> = Vec::new();
    for step in chosen(&flags.only) {
        say(format_args!("\n=== {}: {}", step.name, step.about));
        let since = Stopwatch::start();
        let lacking = step.needs.iter().find(|need| {
            !results
                .iter()
                .any(|result| result.name == **need && result.passed())
        });
        let outcome = match lacking {
            Some(need) => Outcome::NotRun(*need),
            None => (step.run)(workspace).map_or_else(Outcome::Failed, Outcome::Passed),
        };
        let result = Finding {
            name: step.name,
            outcome,
            took: since.elapsed(),
        };
        say(format_args!("=== {}", summary(&result)));
        results.push(result);
    }
    report(&results)
}

/// All steps, or the wanted ones and what they need, in the order of the table.
fn chosen(only: &[Name]) -> impl Iterator<Item = &'static Step> {
    let mut wanted = only.to_vec();
    // From the last to the first, since a step needs only earlier ones.
    for step in STEPS.iter().rev() {
        if wanted.contains(&step.name) {
            wanted.extend(step.needs);
        }
    }
    STEPS
        .iter()
        .filter(move |step| wanted.is_empty() || wanted.contains(&step.name))
}

fn report(results: &[Finding]) -> Result<(), Trouble> {
    say("\n=== Summary");
    for result in results {
        say(summary(result));
    }
    let failed: Vec<_> = results.iter().filter(|result| !result.passed()).collect();
    for result in &failed {
        if let Outcome::Failed(trouble) = &result.outcome {
            say(format_args!("\n{}: {trouble}", result.name));
        }
    }
    say(format_args!(
        "\n{} passed, {} failed",
        results.len() - failed.len(),
        failed.len()
    ));
    if failed.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = failed
        .iter()
        .map(|result| result.name.to_string())
        .collect();
    Err(
        Trouble::new(format!("Failed: {}.", names.join(", "))).run(format!(
            "cargo xtask test --only {}",
            names.first().map_or("", String::as_str)
        )),
    )
}

fn summary(result: &Finding) -> String {
    let (word, remark) = match &result.outcome {
        Outcome::Passed(remark) => ("passed", remark.clone().unwrap_or_default()),
        Outcome::Failed(_) => ("FAILED", String::new()),
        Outcome::NotRun(need) => ("FAILED", format!("not run, since {need} failed")),
    };
    format!(
        "{word}  {:<14} {:>12}  {remark}",
        result.name.to_string(),
        Took(result.took).to_string()
    )
    .trim_end()
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: &[Name]) -> Vec<Name> {
        chosen(only).map(|step| step.name).collect()
    }

    #[test]
    fn without_a_choice_every_step_runs() {
        assert_eq!(names(&[]).len(), STEPS.len());
    }

    #[test]
    fn a_chosen_step_brings_what_it_needs_before_it() {
        assert_eq!(names(&[Name::Size]), [Name::Tools, Name::Page, Name::Size]);
        assert_eq!(names(&[Name::Fmt]), [Name::Fmt]);
    }
}

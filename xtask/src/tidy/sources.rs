//! Rules for single files: their length, what is left undone in them, and the style that belongs to a component.

use std::collections::BTreeSet;

use super::Source;
use crate::console::say;

/// From here on a file wants to be two.
const LONG: usize = 400;
/// Beyond this it must be.
const TOO_LONG: usize = 500;
/// Spelt so that this file does not break its own rule.
const UNDONE: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

pub(super) fn faults(file: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = file.text.lines().count();
    if (file.is("rs") || file.is("css")) && lines > LONG {
        if lines > TOO_LONG {
            faults.push(format!(
                "{}: {lines} lines; {TOO_LONG} are the most",
                file.path
            ));
        } else {
            say(format_args!(
                "note: {}: {lines} lines; beyond {LONG} a file wants to be two",
                file.path
            ));
        }
    }
    for (number, line) in file.text.lines().enumerate() {
        if let Some(word) = UNDONE.iter().find(|word| line.contains(*word)) {
            faults.push(format!(
                "{}:{}: {word}: do it, or file an issue",
                file.path,
                number + 1
            ));
        }
    }
    faults
}

/// Components without a stylesheet of their own.
pub(super) fn unstyled(files: &[Source]) -> Vec<String> {
    let components: BTreeSet<_> = files
        .iter()
        .filter_map(|file| component(&file.path))
        .collect();
    components
        .into_iter()
        .filter(|component| {
            let style = format!("style/ui/{component}.css");
            !files.iter().any(|file| file.path == style)
        })
        .map(|component| format!("src/ui/{component}: style/ui/{component}.css is missing"))
        .collect()
}

/// `src/ui/<component>/…`; a file beside the folders is what components share.
fn component(path: &str) -> Option<&str> {
    let (component, _) = path.strip_prefix("src/ui/")?.split_once('/')?;
    Some(component)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_file_of_more_than_five_hundred_lines_is_refused() {
        assert!(faults(&source("src/a.rs", &"x\n".repeat(500))).is_empty());
        assert_eq!(faults(&source("src/a.rs", &"x\n".repeat(501))).len(), 1);
        assert!(faults(&source("Cargo.toml", &"x\n".repeat(501))).is_empty());
    }

    #[test]
    fn what_is_left_undone_is_refused_with_its_line() {
        let text = format!("a\n// {}: later\n", UNDONE[0]);
        assert!(faults(&source("src/a.rs", &text))[0].starts_with("src/a.rs:2:"));
    }

    #[test]
    fn every_component_has_a_stylesheet() {
        let files = [
            source("src/ui/mod.rs", ""),
            source("src/ui/focus.rs", ""),
            source("src/ui/badge/mod.rs", ""),
            source("src/ui/badge/initials.rs", ""),
            source("src/ui/busy/mod.rs", ""),
            source("style/ui/badge.css", ""),
        ];
        assert_eq!(
            unstyled(&files),
            ["src/ui/busy: style/ui/busy.css is missing"]
        );
    }
}

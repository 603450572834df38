//! Tests that the threat model names and that are not there.

use std::collections::HashSet;

use super::Source;

/// The document whose names are promises.
const DOCUMENT: &str = "docs/threat-model.md";

/// A name in backticks with at least this many words is a test's; types and codes are shorter.
const FEWEST_WORDS: usize = 3;

pub(super) fn faults(files: &[Source]) -> Vec<String> {
    let Some(document) = files.iter().find(|file| file.path == DOCUMENT) else {
        return vec![format!("{DOCUMENT} is not there")];
    };
    let there: HashSet<&str> = files
        .iter()
        .filter(|file| file.is("rs"))
        .flat_map(|file| functions(&file.text))
        .collect();
    (1..)
        .zip(document.text.lines())
        .flat_map(|(number, line)| names(line).into_iter().map(move |name| (number, name)))
        .filter(|(_, name)| !there.contains(name))
        .map(|(number, name)| format!("{DOCUMENT}:{number}: there is no test `{name}`"))
        .collect()
}

fn functions(text: &str) -> impl Iterator<Item = &str> {
    text.split("fn ")
        .skip(1)
        .filter_map(|rest| rest.split('(').next())
}

fn names(line: &str) -> Vec<&str> {
    line.split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| {
            name.split('_').count() >= FEWEST_WORDS
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_not_there_is_found_with_its_line() {
        let file = |path: &str, text: &str| Source {
            path: path.into(),
            text: text.into(),
        };
        let code = file("a.rs", "#[test]\nfn it_does_not_break() {}");
        let document = file(
            DOCUMENT,
            "| 1 | `it_does_not_break`, `session::rotation` |\n| 2 | `it_was_never_written` |",
        );
        let faults = faults(&[code, document]);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].ends_with(":2: there is no test `it_was_never_written`"));
    }
}

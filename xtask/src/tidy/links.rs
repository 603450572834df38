//! Links of the documentation that lead nowhere.

use std::path::{Path, PathBuf};

use super::Source;

/// Relative links to what is not there; `exists` is asked for paths from the root.
pub(super) fn faults(file: &Source, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    if !file.is("md") {
        return vec![];
    }
    targets(&file.text)
        .into_iter()
        .filter(|(_, target)| !exists(&from_root(&file.path, target)))
        .map(|(number, target)| format!("{}:{number}: {target} is not there", file.path))
        .collect()
}

/// A link as a path from the root: from the folder that the file is in, or from the root where it begins with `/`.
fn from_root(file: &str, target: &str) -> PathBuf {
    match target.strip_prefix('/') {
        Some(absolute) => PathBuf::from(absolute),
        None => Path::new(file)
            .parent()
            .unwrap_or_else(|| Path::new(""))
            .join(target),
    }
}

/// Every path of this repository that a text links to, with its line. What is code is no link.
fn targets(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut is_code = false;
    for (number, line) in (1..).zip(text.lines()) {
        let begin = line.trim_start();
        if begin.starts_with("```") || begin.starts_with("~~~") {
            is_code = !is_code;
        }
        if !is_code {
            let paths = links(line).into_iter().filter_map(path);
            found.extend(paths.map(|path| (number, path)));
        }
    }
    found
}

/// `[text](target "title")`, pictures too; `[name]: target`; and `src="target"` and `href="target"` of HTML.
fn links(line: &str) -> Vec<&str> {
    // Within code there is an odd number of backticks before a link and behind it.
    let is_even = |text: &str| text.matches('`').count().is_multiple_of(2);
    let mut found = Vec::new();
    for (begin, end) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
        for (at, mark) in line.match_indices(begin) {
            let rest = &line[at + mark.len()..];
            if is_even(&line[..at]) || is_even(rest) {
                found.extend(rest.split(end).next());
            }
        }
    }
    if line.starts_with('[') && !line.starts_with("[^") {
        found.extend(line.split_once("]: ").map(|(_, target)| target));
    }
    found
}

/// The path that a link names, without its title and the place in the file. None for another place's address, and for
/// a place in the same file.
fn path(target: &str) -> Option<&str> {
    let target = target.split_whitespace().next()?;
    let target = target.trim_start_matches('<').trim_end_matches('>');
    let path = target.split(['#', '?']).next()?;
    let elsewhere = target.contains("://") || target.starts_with("mailto:");
    (!elsewhere && !path.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_there_is_found_from_the_files_own_folder() {
        let text =
            "See [one](one.md), [two](../two.md#part \"Two\")\nand ![three](/img/three.png).";
        let file = Source {
            path: "docs/index.md".to_owned(),
            text: text.to_owned(),
        };
        let there = ["docs/one.md"].map(PathBuf::from);
        assert_eq!(
            faults(&file, |path| there.iter().any(|known| known == path)),
            [
                "docs/index.md:1: ../two.md is not there",
                "docs/index.md:2: /img/three.png is not there"
            ]
        );
    }

    #[test]
    fn addresses_places_and_code_are_no_paths() {
        let text = "[a](https://a.example/b) [c](#c) [d](mailto:d@a.example) `[e](e.md)`\n\
                    ```\n[f](f.md)\n```\n[^1]: note\n";
        assert!(targets(text).is_empty());
    }

    #[test]
    fn every_way_to_write_a_link_is_read() {
        let text = "`x` [a](<a.md>) <img src=\"b.png\"> [`c`](c.md)\n[d]: d.md";
        assert_eq!(
            targets(text),
            [(1, "a.md"), (1, "c.md"), (1, "b.png"), (2, "d.md")]
        );
    }
}

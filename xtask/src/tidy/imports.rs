//! Data flows one way: `pages → session → api` in the page, with `ui` knowing none of them, and
//! `http → session → linkedin` in the BFF.

use super::Source;

/// What the files of a folder must not import from their own crate.
struct Rule {
    folder: &'static str,
    forbidden: &'static [&'static str],
}

const RULES: [Rule; 8] = [
    Rule {
        folder: "src/element",
        forbidden: &["pages", "parts", "share", "session", "api", "ui"],
    },
    Rule {
        folder: "src/json",
        forbidden: &["pages", "parts", "share", "session", "api", "ui"],
    },
    Rule {
        folder: "src/ui",
        forbidden: &["pages", "parts", "share", "session", "api"],
    },
    Rule {
        folder: "src/api",
        forbidden: &["pages", "parts", "share", "session", "ui"],
    },
    Rule {
        folder: "src/session",
        forbidden: &["pages", "parts", "share", "ui"],
    },
    Rule {
        folder: "src/share",
        forbidden: &["pages", "parts", "ui"],
    },
    Rule {
        folder: "crates/bff/src/linkedin",
        forbidden: &["http", "session"],
    },
    Rule {
        folder: "crates/bff/src/session",
        forbidden: &["http"],
    },
];

pub(super) fn faults(file: &Source) -> Vec<String> {
    let Some(rule) = RULES.iter().find(|rule| is_of(rule.folder, &file.path)) else {
        return vec![];
    };
    let mut faults = Vec::new();
    for (number, module) in modules(&file.text) {
        if rule.forbidden.contains(&module.as_str()) {
            faults.push(format!(
                "{}:{number}: {} must not import `{module}`: data flows the other way",
                file.path, rule.folder
            ));
        }
    }
    faults
}

/// The folder itself, or the module file of its name.
fn is_of(folder: &str, path: &str) -> bool {
    let Some(module) = path
        .strip_suffix(".rs")
        .and_then(|module| module.strip_prefix(folder))
    else {
        return false;
    };
    module.is_empty() || module.starts_with('/')
}

/// Every module that `crate::…` names, with its line; also those of `crate::{…, …}`.
fn modules(text: &str) -> Vec<(usize, String)> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(line))
        .fold(String::new(), |code, line| code + line + "\n");
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let number = code[..at].matches('\n').count() + 1;
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(first_words(group).into_iter().map(|word| (number, word))),
            None => found.push((number, word(rest))),
        }
    }
    found
}

/// The first word of each member of a group, up to the brace that closes it.
fn first_words(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut words = vec![word(group.trim_start())];
    for (at, symbol) in group.char_indices() {
        match symbol {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => words.push(word(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    words
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|symbol| symbol.is_alphanumeric() || *symbol == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(path: &str, text: &str) -> usize {
        faults(&Source {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn an_arrow_that_points_up_is_found_however_it_is_written() {
        assert_eq!(
            faults_of("src/ui/badge/mod.rs", "use crate::session::Session;"),
            1
        );
        assert_eq!(
            faults_of(
                "src/ui/badge/mod.rs",
                "use crate::{\n    texts::{A, B},\n    api::Client,\n};"
            ),
            1
        );
        assert_eq!(
            faults_of(
                "crates/bff/src/linkedin/token.rs",
                "fn f() { crate::http::cookies::clear() }"
            ),
            1
        );
        assert_eq!(
            faults_of("crates/bff/src/linkedin.rs", "use crate::session::Session;"),
            1
        );
    }

    #[test]
    fn the_way_down_is_open_and_words_in_comments_are_no_imports() {
        assert_eq!(
            faults_of(
                "src/pages/home.rs",
                "use crate::{session::Session, ui::Badge};"
            ),
            0
        );
        assert_eq!(
            faults_of("src/session/runtime.rs", "use crate::api::BffClient;"),
            0
        );
        assert_eq!(
            faults_of(
                "src/ui/badge/mod.rs",
                "// not crate::session\nuse crate::texts::{session};"
            ),
            0
        );
    }
}

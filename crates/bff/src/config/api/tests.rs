//! The allowlist as a file.

use std::time::Duration;

use super::file::parse;
use super::{Call, usual_calls};

fn faults(text: &str) -> Vec<String> {
    parse(text)
        .expect_err("refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn one(text: &str) -> Call {
    let calls = parse(&format!("[[call]]\n{text}")).expect("accepted");
    <[Call; 1]>::try_from(calls)
        .expect("one call")
        .into_iter()
        .next()
        .expect("one call")
}

#[test]
fn the_example_is_accepted_and_begins_with_what_holds_without_a_file() {
    let calls = parse(include_str!("../../../../../api.example.toml")).expect("accepted");
    assert_eq!(calls.len(), 5);
    for (example, usual) in calls.iter().zip(usual_calls()) {
        assert_eq!(format!("{example:?}"), format!("{usual:?}"));
    }
}

#[test]
fn an_empty_file_opens_nothing() {
    assert!(parse("# nothing").expect("accepted").is_empty());
}

#[test]
fn what_an_entry_does_not_say_is_as_usual() {
    let call = one("method = 'PUT'\npath = '/rest/x/{id}'\nscopes = []");
    assert_eq!(
        (call.request_limit, call.answer_limit),
        (64 * 1024, 1024 * 1024)
    );
    assert_eq!(call.timeout, Duration::from_secs(10));
    assert!(call.idempotent && call.query.is_empty() && call.restli_methods.is_empty());
    assert!(!one("method = 'PATCH'\npath = '/x'\nscopes = []").idempotent);
    assert!(!one("method = 'PUT'\npath = '/x'\nscopes = []\nidempotent = false").idempotent);
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = "\
[[call]]
method = 'HEAD'
path = '/rest/../x'
scopes = ['a b']
quer = ['q']

[[call]]
path = 7
request_limit = -1
answer_limit = 99999999999
timeout = 'soon'
query = ['a&b', 'ok']

[[call]]
method = 'POST'
path = '/rest/posts/{urn}'
scopes = []
idempotent = true
timeout = '10min'
restli_methods = ['partial']

[[call]]
method = 'POST'
path = '/rest/posts/{id}'
scopes = []

[limits]
";
    let faults = faults(text);
    for (line, about) in [
        (2, "`method` must be one of GET, POST, PUT, PATCH, DELETE"),
        (3, "`path`: segments are"),
        (4, "`scopes`: \"a b\""),
        (5, "unknown field `quer`"),
        (8, "expected a string"),
        (9, "expected usize"),
        (10, "`answer_limit` must be at most"),
        (11, "`timeout`: "),
        (12, "`query`: \"a&b\""),
        (14, "a POST is never repeated by itself"),
        (19, "between `100ms` and `2min`"),
        (20, "`restli_methods`: \"partial\""),
        (22, "POST /rest/posts/{id} is there twice"),
        (27, "unknown field `limits`"),
    ] {
        let begin = format!("line {line}: ");
        assert!(
            faults
                .iter()
                .any(|fault| fault.starts_with(&begin) && fault.contains(about)),
            "{line} {about}: {faults:#?}"
        );
    }
    assert!(faults.is_sorted_by_key(|fault| {
        fault[5..]
            .split(':')
            .next()
            .and_then(|it| it.parse::<u32>().ok())
    }));
}

#[test]
fn an_entry_without_method_path_and_scopes_lacks_all_three() {
    let faults = faults("\n[[call]]\n");
    assert_eq!(
        faults,
        [
            "line 2: `method` is missing",
            "line 2: `path` is missing",
            "line 2: `scopes` is missing"
        ]
    );
}

#[test]
fn what_is_no_toml_and_no_list_is_refused() {
    assert!(faults("[[call]]\nmethod = GET")[0].starts_with("line 2: "));
    assert!(faults("call = 1")[0].contains("list of tables"));
    assert!(faults("call = [1]")[0].contains("list of tables"));
    assert!(faults("[call]\nmethod = 'GET'")[0].contains("list of tables"));
}

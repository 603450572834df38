//! The failures that this browser remembers: bounds, secrets, and whatever somebody else wrote.

use lapel::{Doing, Failure, FailureLog, Kind, Reference, SupportRecord};
use proptest::prelude::*;
use serde_json::{Value, json};

const THEN: &str = "2027-01-01T08:00:00.000Z";
const CANARY: &str = "AQX-canary-token";

fn failed(digits: &str) -> Failure {
    Failure {
        reference: Reference::parse(digits),
        ..Failure::from(Kind::LinkedinDown)
    }
}

fn entries(log: &FailureLog) -> Vec<Value> {
    serde_json::from_str(&log.json()).unwrap()
}

#[test]
fn the_newest_failures_are_kept() {
    let mut log = FailureLog::default();
    assert!(log.is_empty());
    for number in 0..25 {
        log.add(Doing::Checking, &failed(&format!("{number:012x}")), THEN);
    }
    let kept = entries(&log);
    assert_eq!(kept.len(), 20);
    assert_eq!(kept[0]["reference"], "000000000005");
    let newest = log.newest_first().next().unwrap();
    assert_eq!(newest.0, Kind::LinkedinDown);
    assert_eq!(newest.1.get(SupportRecord::REFERENCE), Some("000000000018"));
    assert_eq!(newest.1.get("noticed"), Some(THEN));
}

#[test]
fn the_same_failure_again_is_counted() {
    let mut log = FailureLog::default();
    for _ in 0..3 {
        log.add(Doing::Checking, &Kind::Timeout.into(), THEN);
    }
    log.add(Doing::SigningOut, &Kind::Timeout.into(), THEN);
    log.add(Doing::SigningOut, &failed("7f3a00c1d2e4"), THEN);
    log.add(Doing::SigningOut, &failed("7f3a00c1d2e5"), THEN);
    let kept = entries(&log);
    assert_eq!(kept.len(), 4);
    assert_eq!(kept[0]["times"], "3");
    assert!(kept[1..].iter().all(|entry| entry.get("times").is_none()));
}

#[test]
fn what_may_hold_a_secret_is_not_kept() {
    let record = SupportRecord::default()
        .with(SupportRecord::REFERENCE, Some("7f3a00c1d2e4"))
        .with(
            SupportRecord::URL,
            Some(format!(
                "https://api.linkedin.com/v2/me?code={CANARY}#{CANARY}"
            )),
        )
        .with(
            SupportRecord::REQUEST_HEADERS,
            Some(format!("authorization: Bearer {CANARY}")),
        )
        .with(SupportRecord::REQUEST_BODY, Some(CANARY))
        .with(SupportRecord::RESPONSE_BODY, Some(CANARY))
        .with("detail", Some(CANARY))
        .with("access_token", Some(CANARY))
        .with(SupportRecord::X_LI_UUID, Some("AAY"));
    let failure = Failure {
        record,
        ..failed("7f3a00c1d2e4")
    };
    let mut log = FailureLog::default();
    log.add(Doing::Checking, &failure, THEN);
    assert!(!log.json().contains("canary"), "{}", log.json());
    assert_eq!(entries(&log)[0]["url"], "https://api.linkedin.com/v2/me");
    assert_eq!(entries(&log)[0]["x-li-uuid"], "AAY");
    assert_eq!(log.json().matches("7f3a00c1d2e4").count(), 1);
}

#[test]
fn what_somebody_else_wrote_is_read_with_the_same_care() {
    let text = json!([
        { "noticed": THEN, "kind": "timeout", "doing": "checking", "request_body": CANARY,
          "url": format!("/x?{CANARY}"), "failure": "x".repeat(1_000) },
        { "kind": "no such kind", "doing": "checking" },
        { "kind": "timeout", "doing": "dancing" },
        { "kind": "timeout", "doing": "checking", "failure": 7 },
        null, 7, "text", [], {},
    ]);
    let log = FailureLog::read(&text.to_string());
    let kept = entries(&log);
    assert_eq!(kept.len(), 1);
    assert!(!log.json().contains("canary"));
    assert_eq!(kept[0]["failure"].as_str().unwrap().len(), 300);
}

#[test]
fn what_cannot_be_read_is_nothing() {
    let huge = format!("[{}]", vec!["{}"; 100_000].join(","));
    let deep = "[".repeat(10_000);
    for text in ["", "null", "7", "{}", "[", "<html>", "[]", &huge, &deep] {
        assert_eq!(FailureLog::read(text), FailureLog::default());
    }
}

/// Any JSON that somebody might leave in a browser.
fn anything() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(
        &[
            "kind",
            "doing",
            "noticed",
            "times",
            "url",
            "reference",
            "failure",
            "request_body",
            "__proto__",
            "x",
        ][..],
    );
    let texts = prop_oneof![
        Just("timeout".to_owned()),
        Just("checking".to_owned()),
        "\\PC{0,400}",
        Just("\u{0}\u{2028}\"\\".repeat(200)),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 200, 30, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..30).prop_map(Value::from),
            prop::collection::hash_map(names.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_kept_stays_in_its_bounds(
        found in anything(),
        texts in prop::collection::vec("\\PC{0,800}", 1..40),
    ) {
        let mut log = FailureLog::read(&found.to_string());
        for text in texts {
            let record = SupportRecord::default()
                .with(SupportRecord::FAILURE, Some(&*text))
                .with(SupportRecord::URL, Some(&*text))
                .with(SupportRecord::REQUEST_BODY, Some(CANARY));
            let failure = Failure { record, ..Failure::from(Kind::Contract) };
            log.add(Doing::SigningIn, &failure, THEN);
        }
        let kept = log.json();
        prop_assert!(kept.len() <= 16_000, "{} bytes", kept.len());
        prop_assert!(entries(&log).len() <= 20);
        prop_assert!(!kept.contains(CANARY));
        prop_assert_eq!(entries(&FailureLog::read(&kept)), entries(&log));
    }
}

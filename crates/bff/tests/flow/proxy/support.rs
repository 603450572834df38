//! The support record: what LinkedIn asks to be recorded of a failed call.

use std::time::Duration;

use axum::http::Method;
use lapel_emulator::{Endpoint, Fault, Outage};
use lapel_wire::{Kind, SupportRecord};

use super::{POSTS, post, who};
use crate::world::World;
use crate::world::log::Log;

#[tokio::test]
async fn a_failed_call_is_recorded_whole_but_for_the_token() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    world.wait(1);
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Posts));
    let answer = post(&mut browser, "Hello <world>").await;
    let problem = answer.problem();
    let record = *problem.support.expect("a record");
    let entries = world.emulator.ledger().entries_of(Endpoint::Posts);
    let entry = &entries[0];
    let said = |name| record.get(name).unwrap_or_default();
    assert_eq!(said(SupportRecord::REFERENCE), problem.reference);
    assert_eq!(said(SupportRecord::MOMENT), "2026-11-23T09:00:01Z");
    assert_eq!(said(SupportRecord::CLIENT_ID), world.emulator.client().id);
    assert_eq!(said(SupportRecord::METHOD), "POST");
    assert_eq!(said(SupportRecord::STATUS), "500");
    assert_eq!(said(SupportRecord::ATTEMPTS), "1");
    assert!(said(SupportRecord::DURATION_MS).parse::<u64>().is_ok());
    let url = format!("{}{POSTS}", world.emulator.url());
    assert_eq!(said(SupportRecord::URL), url);
    let failure = "LinkedIn answered 500 Internal Server Error";
    assert_eq!(said(SupportRecord::FAILURE), failure);
    assert_eq!(
        record.get(SupportRecord::X_LI_UUID),
        entry.li_uuid.as_deref()
    );
    assert_ne!(said(SupportRecord::X_LI_FABRIC), "");
    assert_ne!(said(SupportRecord::X_LI_REQUEST_ID), "");
    assert!(said(SupportRecord::REQUEST_BODY).contains("Hello <world>"));
    assert!(said(SupportRecord::RESPONSE_BODY).contains("Internal Server Error"));
    let print = entry.header("authorization").expect("a token");
    let print = print.replace("redacted:", "sha256:");
    let headers = said(SupportRecord::REQUEST_HEADERS);
    assert!(headers.contains(&format!("authorization: {print}")));
    assert!(headers.contains("linkedin-version: 202610"));
    assert!(!headers.contains("cookie"));
    assert!(!answer.body.contains("AQX"));
}

#[tokio::test]
async fn the_same_record_is_in_the_log_once_however_often_the_call_was_made() {
    let log = Log::default();
    let _listening = log.listen();
    let world = World::with(|linkedin| linkedin.deadlines.retry = Duration::from_millis(1)).await;
    let mut browser = world.sharing("ada").await;
    let quiet = log.lines().len();
    world.breaks(Fault::next_calls(Outage::Http503, 2).at(Endpoint::Userinfo));
    who(&mut browser).await;
    let told = |from: usize| -> Vec<String> {
        let lines = log.lines().into_iter().skip(from);
        lines
            .filter(|line| line.contains("LinkedIn gave no usable answer"))
            .collect()
    };
    assert!(
        told(quiet).is_empty(),
        "a call that succeeds in the end is no failure"
    );
    world.breaks(Fault::next_calls(Outage::Http503, 3).at(Endpoint::Userinfo));
    let problem = who(&mut browser).await.problem();
    let lines = told(quiet);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let record = problem.support.expect("a record");
    for part in [
        &*problem.reference,
        record.get(SupportRecord::URL).expect("an address"),
        record
            .get(SupportRecord::X_LI_UUID)
            .expect("named by LinkedIn"),
        record.get(SupportRecord::MOMENT).expect("a moment"),
        "attempts=\"3\"",
        "kind=\"linkedin_down\"",
    ] {
        assert!(lines[0].contains(part), "{part} in {}", lines[0]);
    }
}

#[tokio::test]
async fn what_linkedin_says_cannot_write_lines_into_the_log() {
    let log = Log::default();
    let _listening = log.listen();
    let reply = crate::world::counterpart::json(
        "500 Internal Server Error",
        "{\"a\":\"\u{1b}[31m\r\n2026 INFO forged\"}",
    );
    let linkedin = crate::world::counterpart::Counterpart::saying(reply).await;
    let world = World::with(|settings| {
        linkedin.replaces(settings);
        settings.deadlines.retry = Duration::from_millis(1);
    })
    .await;
    who(&mut world.signed_in("ada").await).await;
    let lines = log.lines();
    assert!(
        lines.iter().any(|line| line.contains("forged")),
        "it is recorded"
    );
    assert!(
        lines
            .iter()
            .all(|line| !line.starts_with("2026 INFO forged") && !line.contains('\u{1b}'))
    );
}

#[tokio::test]
async fn the_third_failure_in_a_row_says_where_to_turn_to() {
    let world = World::with(|linkedin| linkedin.deadlines.retry = Duration::from_millis(1)).await;
    let mut browser = world.sharing("ada").await;
    world.breaks(Fault::until_removed(Outage::Http500).at(Endpoint::Posts));
    for failure in 1..=3 {
        let problem = post(&mut browser, "Hello").await.problem();
        assert_eq!(problem.kind, Kind::LinkedinDown);
        assert_eq!(problem.links.is_some(), failure == 3, "{failure}");
    }
    let links = post(&mut browser, "Hello")
        .await
        .problem()
        .links
        .expect("it persists");
    assert_eq!(links.support, "https://developer.linkedin.com/support");
    assert_eq!(links.status, "https://www.linkedin-apistatus.com/");
    world.emulator.faults().clear();
    post(&mut browser, "Hello").await;
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Posts));
    assert!(
        post(&mut browser, "again").await.problem().links.is_none(),
        "it was over"
    );
}

#[tokio::test]
async fn a_call_of_our_own_that_fails_is_recorded_in_the_same_way_without_its_secrets() {
    let log = Log::default();
    let _listening = log.listen();
    let world = World::new().await;
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Token));
    world.sign_in(&mut world.browser(), "ada").await;
    let lines = log.lines();
    let told: Vec<_> = lines
        .iter()
        .filter(|line| line.contains("LinkedIn gave no usable answer"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    for part in [
        "accessToken",
        "POST",
        "x_li_uuid=Some",
        "request.body=None",
        "response.body=None",
    ] {
        assert!(told[0].contains(part), "{part} in {}", told[0]);
    }
    assert!(!told[0].contains("client_secret") && !told[0].contains("code="));
    let mut browser = world.signed_in("ada").await;
    browser
        .calls_linkedin(Method::GET, "/v2/userinfo", &[], "")
        .await;
}

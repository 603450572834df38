//! How long sessions last, and how LinkedIn is asked whether a token is alive.

use std::time::Duration;

use lapel_bff::session::Lifetimes;
use lapel_emulator::{
    AccessDefect, Endpoint, ExpiresIn, Fault, IntrospectionDefect, Outage, RefreshDefect,
};
use lapel_wire::SignedOutReason;
use serde_json::json;

use crate::world::counterpart::{Counterpart, json as saying};
use crate::world::impostor::{Impostor, honest};
use crate::world::{Plan, World};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// A plan whose sessions are bounded like this.
fn bounded(idle: u64, absolute: u64) -> Plan {
    Plan {
        lifetimes: Lifetimes {
            idle: Duration::from_secs(idle),
            absolute: Duration::from_secs(absolute),
            ..Lifetimes::default()
        },
        ..Plan::default()
    }
}

#[tokio::test]
async fn without_a_refresh_token_the_access_token_is_used_to_its_last_second_and_then_sign_in_is_needed()
 {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(60 * DAY - 1);
    let told = browser.member().await;
    assert_eq!(told.expires_in, 1);
    let now = world.emulator.clock().now().as_second();
    assert_eq!(told.ends_at, u64::try_from(now + 1).ok());
    world.wait(1);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Token),
        1,
        "one token call in sixty days"
    );
}

#[tokio::test]
async fn with_a_refresh_token_the_session_outlives_the_access_token_and_the_member_does_nothing() {
    let world = World::of_a_partner().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(59 * DAY);
    assert_eq!(browser.visit("/bff/login").await.location(), "/", "a use");
    world.wait(2 * DAY);
    browser.member().await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 2);
    assert_eq!(world.emulator.ledger().count(Endpoint::Authorization), 1);
}

#[tokio::test]
async fn the_refresh_tokens_end_is_honoured_to_the_second_however_often_it_was_used() {
    let mut plan = Plan::default();
    plan.emulator.refresh_tokens = true;
    plan.lifetimes.idle = Duration::from_secs(400 * DAY.unsigned_abs());
    plan.lifetimes.absolute = plan.lifetimes.idle;
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    for _ in 0..6 {
        world.wait(60 * DAY);
        browser.member().await;
    }
    world.wait(5 * DAY - 1);
    assert_eq!(browser.member().await.expires_in, 1);
    world.wait(1);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
}

#[tokio::test]
async fn a_session_ends_when_its_member_does_nothing_on_the_second() {
    let world = World::planned(bounded(10 * 60, 24 * 3600), |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    world.wait(10 * 60 - 1);
    assert_eq!(browser.member().await.expires_in, 1);
    world.wait(1);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
}

#[tokio::test]
async fn a_use_keeps_a_session_alive_up_to_its_longest_life() {
    let world = World::planned(bounded(10 * 60, 30 * 60), |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    for _ in 0..3 {
        world.wait(9 * 60);
        assert_eq!(browser.visit("/bff/login").await.location(), "/");
    }
    world.wait(3 * 60 - 1);
    assert_eq!(browser.member().await.expires_in, 1);
    world.wait(1);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
}

#[tokio::test]
async fn a_page_that_asks_every_minute_for_a_week_keeps_nothing_alive() {
    let world = World::planned(bounded(7 * 24 * 3600, 365 * 24 * 3600), |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    let mut left = browser.member().await.expires_in;
    for _ in 0..7 * 24 * 60 - 1 {
        world.wait(60);
        let now = browser.member().await.expires_in;
        assert_eq!(now, left - 60, "asking never slides the end");
        left = now;
    }
    world.wait(60);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
}

#[tokio::test]
async fn sixty_days_are_sixty_days_however_linkedin_writes_them() {
    for written in [
        ExpiresIn::Seconds,
        ExpiresIn::OneSecondLess,
        ExpiresIn::Text,
        ExpiresIn::Milliseconds,
    ] {
        let mut plan = Plan::default();
        plan.emulator.quirks.expires_in = written;
        let world = World::planned(plan, |_| {}).await;
        let left = world.signed_in("ada").await.member().await.expires_in;
        let sixty_days = (60 * DAY).unsigned_abs();
        assert!(
            (sixty_days - 1..=sixty_days).contains(&left),
            "{written:?}: {left}"
        );
    }
}

#[tokio::test]
async fn a_token_is_introspected_when_its_last_proof_of_life_is_older_than_the_policy_says() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let asked = || world.emulator.ledger().count(Endpoint::Introspection);
    world.wait(HOUR - 1);
    browser.member().await;
    assert_eq!(asked(), 0, "the sign-in is proof enough");
    world.wait(1);
    browser.member().await;
    browser.member().await;
    assert_eq!(asked(), 1, "once");
    world.wait(HOUR);
    browser.member().await;
    assert_eq!(asked(), 2);
}

#[tokio::test]
async fn an_operator_who_wants_no_introspection_gets_none() {
    let mut plan = Plan::default();
    plan.lifetimes.validate_every = Duration::ZERO;
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    world.wait(30 * DAY);
    browser.member().await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Introspection), 0);
}

#[tokio::test]
async fn a_member_who_removes_the_application_at_linkedin_is_told_so() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let client = world.emulator.client().id;
    world.emulator.tokens().remove_app("ada", &client);
    world.wait(HOUR);
    assert_eq!(browser.signed_out().await, SignedOutReason::Revoked);
    assert_eq!(
        browser.signed_out().await,
        SignedOutReason::Revoked,
        "and again without asking"
    );
    assert_eq!(world.emulator.ledger().count(Endpoint::Introspection), 1);
    world.sign_in(&mut browser, "ada").await;
    browser.member().await;
}

#[tokio::test]
async fn an_access_token_that_linkedin_ended_early_is_refreshed_where_it_can_be() {
    for defect in [AccessDefect::Revoked, AccessDefect::Expired] {
        let world = World::of_a_partner().await;
        let mut browser = world.signed_in("ada").await;
        world.breaks(Fault::next(defect).at(Endpoint::Introspection));
        world.wait(HOUR);
        browser.member().await;
        assert_eq!(
            world.emulator.ledger().count(Endpoint::Token),
            2,
            "{defect:?}"
        );
    }
}

#[tokio::test]
async fn introspection_answered_400_or_not_at_all_means_unknown_and_not_revoked() {
    for fault in [
        Fault::next(IntrospectionDefect::BadRequest),
        Fault::next(Outage::Http500),
        Fault::next(Outage::HtmlInsteadOfJson),
    ] {
        let world = World::new().await;
        let mut browser = world.signed_in("ada").await;
        world.breaks(fault.clone().at(Endpoint::Introspection));
        world.wait(HOUR);
        browser.member().await;
        browser.member().await;
        assert_eq!(
            world.emulator.ledger().count(Endpoint::Introspection),
            1,
            "not again at once: {fault:?}"
        );
        world.wait(60);
        browser.member().await;
        assert_eq!(world.emulator.ledger().count(Endpoint::Introspection), 2);
    }
}

#[tokio::test]
async fn a_refused_refresh_ends_the_grant_and_an_outage_keeps_it() {
    let world = World::of_a_partner().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(59 * DAY);
    browser.visit("/bff/login").await;
    world.breaks(Fault::until_removed(Outage::Http503).at(Endpoint::Token));
    world.wait(2 * DAY);
    browser.member().await;
    let calls = world.emulator.ledger().count(Endpoint::Token);
    browser.member().await;
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Token),
        calls,
        "not again at once"
    );
    world.emulator.faults().clear();
    world.wait(60);
    world.breaks(Fault::next(RefreshDefect::Refused));
    assert_eq!(browser.signed_out().await, SignedOutReason::Revoked);
}

#[tokio::test]
async fn what_userinfo_did_not_say_at_the_sign_in_follows_later() {
    let mut plan = Plan::default();
    plan.emulator.quirks.claims_as_strings = true;
    let world = World::planned(plan, |_| {}).await;
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Userinfo));
    let mut browser = world.signed_in("ada").await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Userinfo), 1);
    let before = browser.cookies.clone();
    browser.member().await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Userinfo), 2);
    assert_ne!(
        browser.cookies, before,
        "the browser has the whole session now"
    );
    browser.member().await;
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Userinfo),
        2,
        "and nobody asks again"
    );
}

#[tokio::test]
async fn userinfo_that_says_no_is_not_asked_each_minute() {
    let no = saying("403 Forbidden", r#"{"status":403}"#);
    let userinfo = Counterpart::saying(no).await;
    let world = World::with(|linkedin| linkedin.endpoints.userinfo = userinfo.address()).await;
    let mut browser = world.signed_in("ada").await;
    let before = userinfo.heard().len();
    for _ in 0..10 {
        world.wait(61);
        browser.member().await;
    }
    assert_eq!(userinfo.heard().len(), before + 1);
    world.wait(3600);
    browser.member().await;
    assert_eq!(
        userinfo.heard().len(),
        before + 2,
        "it may say otherwise by now"
    );
}

#[tokio::test]
async fn a_life_that_is_missing_zero_negative_or_no_number_does_no_harm() {
    for told in [
        json!(null),
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!("soon"),
        json!(1e300),
        json!([]),
    ] {
        let world = World::new().await;
        let answer = |issuer: &str| {
            let mut answers = honest(issuer);
            answers.token["expires_in"] = told.clone();
            answers
        };
        let issuer = format!("{}/oauth", world.emulator.url());
        let impostor = Impostor::start(answer(&issuer)).await;
        let mut browser = world.browser_with(|linkedin| impostor.replaces(linkedin));
        let answer = world.sign_in(&mut browser, "ada").await;
        assert_eq!(answer.location(), "/", "{told}");
        let left = browser.member().await.expires_in;
        assert!(
            (1..=60 * DAY.unsigned_abs()).contains(&left),
            "{told}: {left}"
        );
    }
}

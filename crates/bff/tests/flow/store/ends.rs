//! What ends on one instance has ended on all.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use lapel_emulator::{Endpoint, Fault, Latency};
use lapel_wire::{Kind, Problem, Reach, Revocation, SignedOutReason, paths};
use tokio::time::Instant;

use super::{DAY, Shared, eventually, everywhere, found, report};
use crate::world::World;

/// Long enough for every answer.
fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

#[tokio::test]
async fn a_sign_out_is_known_to_every_instance_and_after_a_restart() {
    let mut shared = Shared::new(|_, _| {}).await;
    let mut stolen = shared.elsewhere();
    stolen.member().await;
    let (report, _) = shared.browser.clone().sign_out().await;
    assert_eq!(report.reach, Reach::EveryInstance);
    assert_eq!(report.revocation, Revocation::Confirmed);
    assert_eq!(stolen.signed_out().await, SignedOutReason::NoSession);
    assert_eq!(
        shared.elsewhere().signed_out().await,
        SignedOutReason::NoSession,
        "an instance that was not there"
    );
    shared.world.sign_in(&mut shared.browser, "ada").await;
    shared.elsewhere().member().await;
}

#[tokio::test]
async fn a_sign_out_with_the_old_cookie_ends_the_tokens_of_another_instances_refresh() {
    let mut shared = Shared::tired(|_, _| {}).await;
    let mut old = shared.elsewhere();
    shared.browser.member().await;
    old.sign_out().await;
    assert_eq!(shared.world.emulator.tokens().live(), []);
}

#[tokio::test]
async fn a_sign_out_that_another_instances_refresh_overtakes_ends_its_tokens_too() {
    let shared = Shared::tired(|_, _| {}).await;
    let leaving = shared.sessions();
    let carried = found(&leaving, &shared.browser).await;
    let refreshed = shared.sessions().usable(&carried).await;
    let refreshed = refreshed.expect("new tokens").tokens;
    assert_ne!(refreshed.access.expose(), carried.tokens.access.expose());
    let report = leaving.sign_out(&carried, soon()).await;
    assert_eq!(report.revocation, Revocation::Confirmed);
    assert_eq!(shared.world.emulator.tokens().live(), []);
}

#[tokio::test]
async fn tokens_that_come_after_another_instances_sign_out_are_given_back() {
    let shared = Shared::tired(|_, _| {}).await;
    shared
        .world
        .breaks(Fault::next(Latency::Second).at(Endpoint::Token));
    let (refreshing, carried) = (shared.sessions(), shared.browser.clone());
    let carried = found(&refreshing, &carried).await;
    let refresh = tokio::spawn(async move { refreshing.usable(&carried).await });
    shared.asked(2).await;
    shared.elsewhere().sign_out().await;
    let refused = refresh.await.expect("it ends");
    assert_eq!(
        refused.expect_err("no session").to_string(),
        "the session has ended (NoSession)"
    );
    eventually(async || shared.world.emulator.tokens().live().is_empty()).await;
}

#[tokio::test]
async fn all_sessions_of_a_member_end_and_nobody_elses() {
    let mut shared = Shared::new(|_, _| {}).await;
    let mut other = shared.world.signed_in("ada").await;
    let mut bystander = shared.world.signed_in("single-name").await;
    let ended = report(&everywhere(&mut shared.browser).await);
    assert_eq!(ended.reach, Reach::AllSessions);
    assert_eq!(ended.revocation, Revocation::Confirmed);
    assert!(!shared.browser.carries_a_session());
    assert_eq!(other.signed_out().await, SignedOutReason::NoSession);
    let restarted = shared.world.instance(&shared.store);
    let mut other = other.before(&restarted);
    assert_eq!(other.signed_out().await, SignedOutReason::NoSession);
    bystander.before(&restarted).member().await;
    bystander.member().await;
    // At the very same second.
    shared.world.sign_in(&mut other, "ada").await;
    other.before(&restarted).member().await;
    report(&everywhere(&mut other).await);
    assert_eq!(other.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn without_a_store_a_sign_out_reaches_this_instance_and_everywhere_signs_nobody_out() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let refused = everywhere(&mut browser).await;
    assert_eq!(refused.status, StatusCode::NOT_IMPLEMENTED);
    let problem: Problem = serde_json::from_str(&refused.body).expect("a problem");
    assert_eq!(problem.kind, Kind::NotConfigured);
    browser.member().await;
    assert_eq!(browser.sign_out().await.0.reach, Reach::ThisInstance);
}

#[tokio::test]
async fn who_says_everywhere_otherwise_is_told_so_and_stays_signed_in() {
    let mut shared = Shared::new(|_, _| {}).await;
    for query in [
        "everywhere",
        "everywhere=",
        "everywhere=true",
        "everywhere=0",
        "everywhere=1&everywhere=1",
        "everywhere=0&everywhere=1",
    ] {
        let address = format!("{}?{query}", paths::LOGOUT);
        let refused = shared.browser.call(Method::POST, &address).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}");
        let problem: Problem = serde_json::from_str(&refused.body).expect("a problem");
        assert_eq!(problem.kind, Kind::Rejected);
        shared.browser.member().await;
    }
}

#[tokio::test]
async fn who_cannot_wait_for_linkedin_is_told_that_nothing_is_confirmed_and_linkedin_is_asked_still()
 {
    let shared = Shared::new(|_, _| {}).await;
    let sessions = shared.sessions();
    let carried = found(&sessions, &shared.browser).await;
    let report = sessions.sign_out(&carried, Instant::now()).await;
    assert_eq!(report.revocation, Revocation::NotConfirmed);
    assert_eq!(report.reach, Reach::EveryInstance);
    eventually(async || shared.world.emulator.tokens().live().is_empty()).await;
}

#[tokio::test]
async fn what_was_said_first_of_an_end_stays() {
    let mut shared = Shared::tired(|_, _| {}).await;
    let late = shared.sessions();
    let carried = found(&late, &shared.browser).await;
    let client = shared.world.emulator.client().id;
    shared.world.emulator.tokens().remove_app("ada", &client);
    assert_eq!(shared.browser.signed_out().await, SignedOutReason::Revoked);
    eventually(async || {
        let known = shared.redis.everything();
        known.iter().any(|(key, _)| key.contains("ended"))
    })
    .await;
    late.sign_out(&carried, soon()).await;
    assert_eq!(
        shared.elsewhere().signed_out().await,
        SignedOutReason::Revoked
    );
}

#[tokio::test]
async fn a_clock_that_is_behind_brings_no_session_back_that_has_ended_with_all() {
    let shared = Shared::new(|_, _| {}).await;
    let (ahead, behind) = (shared.sessions(), shared.sessions());
    let first = found(&ahead, &shared.browser).await;
    let other = shared.world.signed_in("ada").await;
    let second = found(&behind, &other).await;
    shared.world.wait(DAY);
    let third = shared.world.signed_in("ada").await;
    let everywhere = ahead.sign_out_everywhere(&first, soon()).await;
    assert_eq!(everywhere.expect("told").reach, Reach::AllSessions);
    shared.world.wait(-DAY);
    let everywhere = behind.sign_out_everywhere(&second, soon()).await;
    assert_eq!(everywhere.expect("told").reach, Reach::AllSessions);
    let mut third = third.before(&shared.elsewhere());
    assert_eq!(third.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn an_answer_to_a_sign_in_is_taken_once_by_all_instances_together() {
    let mut shared = Shared::new(|_, _| {}).await;
    let mut browser = shared.world.browser();
    let callback = shared
        .world
        .allowed(&mut browser, "/bff/login", "single-name")
        .await;
    let mut hoarder = browser.before(&shared.elsewhere());
    assert_eq!(browser.is_sent_to(&callback).await.location(), "/");
    let calls = shared.token_calls();
    assert_eq!(
        hoarder.is_sent_to(&callback).await.location(),
        "/?lapel_outcome=start_again"
    );
    assert_eq!(
        shared.token_calls(),
        calls,
        "the code is not exchanged again"
    );
    shared.redis.stop();
    let callback = {
        let mut browser = shared.world.browser();
        let callback = shared
            .world
            .allowed(&mut browser, "/bff/login", "single-name")
            .await;
        hoarder = browser;
        callback
    };
    assert_eq!(
        hoarder.is_sent_to(&callback).await.location(),
        "/?lapel_outcome=unreachable",
        "nobody can say whether it was taken"
    );
    assert_eq!(shared.token_calls(), calls);
}

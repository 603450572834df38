//! Calls with a token that LinkedIn no longer takes, or does not take yet.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use lapel_bff::config::LinkedIn;
use lapel_emulator::{AccessDefect, Endpoint, Fault, Outage, RefreshDefect};
use lapel_wire::{Kind, Retry, SignedOutReason};

use super::{post, who};
use crate::world::{Plan, World};

const DAY: i64 = 24 * 3600;

fn hasty(linkedin: &mut LinkedIn) {
    linkedin.deadlines.retry = Duration::from_millis(1);
    linkedin.deadlines.fresh_token = [Duration::from_millis(1); 4];
}

/// A world whose LinkedIn gives refresh tokens.
async fn partner() -> World {
    let mut plan = Plan::default();
    plan.emulator.refresh_tokens = true;
    World::planned(plan, hasty).await
}

fn refreshes(world: &World) -> usize {
    let tokens = world.emulator.ledger().entries_of(Endpoint::Token);
    tokens
        .iter()
        .filter(|entry| entry.field("grant_type") == Some("refresh_token"))
        .count()
}

fn count(world: &World, endpoint: Endpoint) -> usize {
    world.emulator.ledger().count(endpoint)
}

#[tokio::test]
async fn a_token_whose_time_is_over_is_renewed_before_linkedin_is_asked() {
    let mut plan = Plan::default();
    plan.emulator.refresh_tokens = true;
    plan.lifetimes.idle = Duration::from_hours(24 * 90);
    let world = World::planned(plan, hasty).await;
    let mut browser = world.sharing("ada").await;
    let id = browser.member().await.member.id;
    world.wait(61 * DAY);
    let body = super::post_by(&id, "Hello");
    let answer = browser
        .calls_linkedin(Method::POST, super::POSTS, &[], body)
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert!(answer.header("set-cookie").starts_with("__Host-lapel="));
    assert_eq!(
        count(&world, Endpoint::Posts),
        1,
        "not with the old one first"
    );
    assert_eq!(refreshes(&world), 1);
}

#[tokio::test]
async fn a_question_whose_token_linkedin_refuses_is_asked_again_with_a_new_one() {
    for defect in [AccessDefect::Expired, AccessDefect::Revoked] {
        let world = partner().await;
        let mut browser = world.signed_in("ada").await;
        world.wait(3600);
        let before = browser.cookies["__Host-lapel"].clone();
        world.breaks(Fault::next(defect).at(Endpoint::Userinfo));
        let asked = count(&world, Endpoint::Userinfo);
        let answer = who(&mut browser).await;
        assert_eq!(answer.status, StatusCode::OK, "{defect:?}: {}", answer.body);
        assert_eq!(count(&world, Endpoint::Userinfo) - asked, 2);
        assert_eq!(refreshes(&world), 1);
        assert_ne!(
            browser.cookies["__Host-lapel"], before,
            "the browser has the new one"
        );
        assert_eq!(who(&mut browser).await.status, StatusCode::OK);
        assert_eq!(refreshes(&world), 1);
    }
}

#[tokio::test]
async fn a_post_whose_token_linkedin_refuses_is_left_to_the_member() {
    let world = partner().await;
    let mut browser = world.sharing("ada").await;
    world.wait(3600);
    world.breaks(Fault::next(AccessDefect::Expired).at(Endpoint::Posts));
    let answer = post(&mut browser, "Hello").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::ByHand)
    );
    assert_eq!((count(&world, Endpoint::Posts), refreshes(&world)), (1, 1));
    assert!(
        answer.header("set-cookie").starts_with("__Host-lapel="),
        "the new token is kept"
    );
    assert!(world.emulator.posts().all().is_empty());
    assert_eq!(
        post(&mut browser, "Hello").await.status,
        StatusCode::CREATED
    );
    assert_eq!((count(&world, Endpoint::Posts), refreshes(&world)), (2, 1));
}

#[tokio::test]
async fn without_a_refresh_token_a_refused_token_ends_the_session_with_its_reason() {
    for (defect, reason) in [
        (AccessDefect::Expired, SignedOutReason::Expired),
        (AccessDefect::Revoked, SignedOutReason::Revoked),
    ] {
        let world = World::with(hasty).await;
        let mut browser = world.sharing("ada").await;
        world.wait(3600);
        world.breaks(Fault::next(defect).at(Endpoint::Posts));
        let answer = post(&mut browser, "Hello").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let problem = answer.problem();
        assert_eq!(
            (problem.kind, problem.retry),
            (Kind::SignInNeeded, Retry::Never)
        );
        assert!(problem.support.is_some(), "LinkedIn had a part in it");
        assert_eq!(browser.signed_out().await, reason);
        assert_eq!(who(&mut browser).await.problem().kind, Kind::SignInNeeded);
        assert_eq!(count(&world, Endpoint::Posts), 1);
    }
}

#[tokio::test]
async fn an_outage_while_a_token_is_renewed_signs_nobody_out() {
    let world = partner().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(3600);
    world.breaks(Fault::next(AccessDefect::Expired).at(Endpoint::Userinfo));
    world.breaks(Fault::until_removed(Outage::Http503).at(Endpoint::Token));
    let answer = who(&mut browser).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let problem = answer.problem();
    assert_eq!(problem.kind, Kind::LinkedinDown);
    assert!(
        matches!(problem.retry, Retry::After { seconds: 1.. }),
        "{:?}",
        problem.retry
    );
    assert_eq!(browser.member().await.member.name, "Ada Example");
    world.emulator.faults().clear();
    world.wait(600);
    assert_eq!(who(&mut browser).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refused_refresh_ends_the_session_also_for_a_call() {
    let world = partner().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(3600);
    world.breaks(Fault::next(AccessDefect::Revoked).at(Endpoint::Userinfo));
    world.breaks(Fault::next(RefreshDefect::Refused));
    assert_eq!(who(&mut browser).await.problem().kind, Kind::SignInNeeded);
    assert_eq!(browser.signed_out().await, SignedOutReason::Revoked);
}

#[tokio::test]
async fn a_fresh_token_that_linkedin_does_not_know_yet_is_tried_again_for_a_question() {
    let world = World::with(hasty).await;
    let mut browser = world.signed_in("ada").await;
    world.breaks(Fault::next_calls(AccessDefect::FreshTokenRefused, 3).at(Endpoint::Userinfo));
    let asked = count(&world, Endpoint::Userinfo);
    assert_eq!(who(&mut browser).await.status, StatusCode::OK);
    assert_eq!(count(&world, Endpoint::Userinfo) - asked, 4);
}

#[tokio::test]
async fn a_fresh_token_that_stays_unknown_signs_nobody_out() {
    let world = World::with(hasty).await;
    let mut browser = world.sharing("ada").await;
    world.breaks(Fault::until_removed(AccessDefect::FreshTokenRefused));
    let asked = count(&world, Endpoint::Userinfo);
    let problem = who(&mut browser).await.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::After { seconds: 2 })
    );
    assert_eq!(
        count(&world, Endpoint::Userinfo) - asked,
        5,
        "five times, and then no more"
    );
    let problem = post(&mut browser, "Hello").await.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::ByHand)
    );
    assert_eq!(count(&world, Endpoint::Posts), 1, "a post never by itself");
    assert_eq!(browser.member().await.member.name, "Ada Example");
    world.emulator.faults().clear();
    assert_eq!(
        post(&mut browser, "Hello").await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn after_half_a_minute_revoked_means_revoked() {
    let world = World::with(hasty).await;
    let mut browser = world.signed_in("ada").await;
    world.wait(30);
    world.breaks(Fault::next(AccessDefect::FreshTokenRefused).at(Endpoint::Userinfo));
    assert_eq!(who(&mut browser).await.problem().kind, Kind::SignInNeeded);
    assert_eq!(browser.signed_out().await, SignedOutReason::Revoked);
}

#[tokio::test]
async fn an_answer_of_the_api_proves_the_token_and_spares_a_question() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    for _ in 0..10 {
        world.wait(3000);
        assert_eq!(who(&mut browser).await.status, StatusCode::OK);
        browser.member().await;
    }
    assert_eq!(count(&world, Endpoint::Introspection), 0);
    world.wait(3700);
    browser.member().await;
    assert_eq!(count(&world, Endpoint::Introspection), 1);
}

//! One refresh for all who need it, whatever order answers arrive in, at a provider that rotates refresh tokens and at
//! LinkedIn, which does not.

use axum::http::{Method, StatusCode};
use lapel_emulator::{Endpoint, Fault, Outage, RefreshDefect};
use lapel_wire::{SignedOutReason, paths};
use tokio::task::JoinSet;

use crate::world::counterpart::{Counterpart, json as saying};
use crate::world::{Browser, Plan, World};

const DAY: i64 = 24 * 60 * 60;

/// A call of LinkedIn's API on the member's behalf.
const CALL: &str = "/bff/linkedin/v2/userinfo";

/// A world of a provider that gives refresh tokens, and a browser in it whose access token has ended.
async fn tired(rotating: bool) -> (World, Browser) {
    let mut plan = Plan::default();
    plan.emulator.refresh_tokens = true;
    plan.emulator.quirks.refresh_token_kept = !rotating;
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    world.wait(59 * DAY);
    browser.visit("/bff/login").await;
    world.wait(2 * DAY);
    (world, browser)
}

fn token_calls(world: &World) -> usize {
    world.emulator.ledger().count(Endpoint::Token)
}

#[tokio::test]
async fn fifty_calls_at_once_with_an_expired_token_make_one_token_call_and_all_succeed() {
    for rotating in [true, false] {
        let (world, browser) = tired(rotating).await;
        let mut calls = JoinSet::new();
        for _ in 0..50 {
            let mut tab = browser.clone();
            calls.spawn(async move { tab.call(Method::GET, CALL).await.status });
        }
        assert_eq!(calls.join_all().await, [StatusCode::OK; 50]);
        assert_eq!(token_calls(&world), 2, "rotating: {rotating}");
        let mut late = browser.clone();
        assert_eq!(late.call(Method::GET, CALL).await.status, StatusCode::OK);
        assert_ne!(late.cookies, browser.cookies, "it is brought up to date");
        assert_eq!(token_calls(&world), 2, "rotating: {rotating}");
    }
}

#[tokio::test]
async fn a_request_that_still_carries_the_old_cookie_is_served_from_memory() {
    for rotating in [true, false] {
        let (world, mut browser) = tired(rotating).await;
        let mut late = browser.clone();
        browser.member().await;
        assert_eq!(token_calls(&world), 2);
        let answer = late.call(Method::GET, paths::SESSION).await;
        assert!(
            answer.headers.contains_key("set-cookie"),
            "it is brought up to date"
        );
        late.member().await;
        assert_eq!(token_calls(&world), 2, "rotating: {rotating}");
    }
}

#[tokio::test]
async fn answers_out_of_order_never_leave_the_older_tokens_for_good() {
    let (world, mut browser) = tired(true).await;
    let oldest = browser.cookies.clone();
    browser.member().await;
    let newer = browser.cookies.clone();
    assert_ne!(oldest, newer);
    // An answer from before the refresh arrives last.
    browser.cookies.clone_from(&oldest);
    browser.member().await;
    assert_ne!(browser.cookies, oldest, "the next answer puts it right");
    browser.visit("/bff/login").await;
    world.wait(59 * DAY);
    browser.visit("/bff/login").await;
    world.wait(2 * DAY);
    browser.member().await;
    assert_eq!(token_calls(&world), 3);
}

#[tokio::test]
async fn the_answer_to_a_request_whose_browser_went_away_is_kept() {
    for rotating in [true, false] {
        let (world, mut browser) = tired(rotating).await;
        let mut gone = browser.clone();
        {
            // The browser leaves as soon as LinkedIn has been asked.
            tokio::select! {
                _ = gone.call(Method::GET, paths::SESSION) => {}
                () = world.comes_to("LinkedIn is asked", |world| token_calls(world) == 2) => {}
            }
        }
        browser.member().await;
        browser.member().await;
        assert_eq!(token_calls(&world), 2, "rotating: {rotating}");
    }
}

#[tokio::test]
async fn an_answer_that_got_lost_is_asked_for_once_more_and_then_a_sign_in_is_needed() {
    for (rotating, survives) in [(false, true), (true, false)] {
        let (world, mut browser) = tired(rotating).await;
        world.breaks(Fault::next(RefreshDefect::AnswerLost));
        browser.member().await;
        assert_eq!(
            token_calls(&world),
            2,
            "not known yet, so nobody is signed out"
        );
        world.wait(60);
        if survives {
            browser.member().await;
        } else {
            assert_eq!(browser.signed_out().await, SignedOutReason::Revoked);
        }
        assert_eq!(token_calls(&world), 3, "rotating: {rotating}");
    }
}

#[tokio::test]
async fn an_outage_of_hours_is_asked_about_less_and_less() {
    let (world, mut browser) = tired(false).await;
    world.breaks(Fault::until_removed(Outage::Http500).at(Endpoint::Token));
    for _ in 0..60 {
        world.wait(60);
        browser.member().await;
    }
    let asked = token_calls(&world) - 1;
    assert!((10..=25).contains(&asked), "{asked} questions in an hour");
    world.emulator.faults().clear();
    world.wait(300);
    let before = browser.cookies.clone();
    browser.member().await;
    assert_ne!(browser.cookies, before, "and then it goes on");
}

#[tokio::test]
async fn new_tokens_that_no_cookie_holds_end_the_session_and_are_given_back() {
    let (world, browser) = tired(false).await;
    let answer = format!(
        r#"{{"access_token":"{}","expires_in":3600}}"#,
        "A".repeat(9_000)
    );
    let linkedin = Counterpart::saying(saying("200 OK", &answer)).await;
    let other = world.browser_with(|settings| settings.endpoints.token = linkedin.address());
    let mut browser = browser.before(&other);
    let answered = browser.call(Method::GET, paths::SESSION).await;
    assert_eq!(answered.header("set-cookie"), "", "nothing is cut");
    assert_eq!(browser.signed_out().await, SignedOutReason::Unreadable);
    world
        .comes_to("the tokens are given back", |world| {
            world.emulator.ledger().count(Endpoint::Revocation) == 2
        })
        .await;
    assert_eq!(linkedin.heard().len(), 1, "and nobody asks again");
}

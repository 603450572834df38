//! `GET /bff/session`.

use axum::http::{Method, StatusCode};
use lapel_bff::session::seal::KeyRing;
use lapel_wire::{SessionView, SignedOutReason};
use serde_json::json;

use crate::world::World;
use crate::world::impostor::{Impostor, honest};

#[tokio::test]
async fn nobody_is_an_answer_and_says_what_a_sign_in_would_ask_for() {
    let world = World::new().await;
    let SessionView::SignedOut(signed_out) = world.browser().session().await else {
        panic!("signed in")
    };
    assert_eq!(signed_out.reason, SignedOutReason::NoSession);
    assert_eq!(signed_out.asks, ["openid", "profile", "email"]);
}

#[tokio::test]
async fn a_session_ends_with_its_token_and_asking_does_not_prolong_it() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let day = 24 * 3600;
    for days_left in (1_u64..60).rev() {
        world.wait(day);
        let answer = browser.call(Method::GET, "/bff/session").await;
        assert_eq!(answer.header("set-cookie"), "", "reading sets no cookie");
        assert_eq!(
            browser.member().await.expires_in,
            days_left * day.unsigned_abs()
        );
    }
    world.wait(day - 1);
    assert_eq!(browser.member().await.expires_in, 1);
    world.wait(1);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
    world.wait(6 * day);
    assert_eq!(
        browser.signed_out().await,
        SignedOutReason::Expired,
        "who comes back after a few days is still told why"
    );
    world.wait(day);
    assert_eq!(
        browser.signed_out().await,
        SignedOutReason::NoSession,
        "and in the end the browser forgets"
    );
}

#[tokio::test]
async fn a_restart_with_the_same_keys_signs_nobody_out() {
    let world = World::new().await;
    let browser = world.signed_in("ada").await;
    let mut restarted = world.another_bff(world.keys.clone());
    restarted.cookies = browser.cookies;
    assert_eq!(restarted.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn a_session_of_another_ring_is_no_session_and_its_cookie_goes() {
    let world = World::new().await;
    let browser = world.signed_in("ada").await;
    let mut other = world.another_bff(KeyRing::random());
    other.cookies = browser.cookies;
    assert_eq!(other.signed_out().await, SignedOutReason::Unreadable);
    assert!(other.cookies.is_empty());
}

#[tokio::test]
async fn a_damaged_doubled_or_foreign_cookie_is_no_session_and_no_500() {
    let world = World::new().await;
    let signed_in = world.signed_in("ada").await;
    let good = signed_in.cookies.get("__Host-lapel").expect("a session");
    let mut pending = world.browser();
    pending.visit("/bff/login").await;
    let pending = pending.cookies.pop_first().expect("a pending sign-in").1;
    for cookie in [
        format!("__Host-lapel={}", &good[..good.len() - 1]),
        format!("__Host-lapel={good}A"),
        format!("__Host-lapel={good}; __Host-lapel={good}"),
        format!("__Host-lapel=1.{pending}"),
        format!("__Host-lapel=3{}", &good[1..]),
        "__Host-lapel=1.".to_owned(),
        format!("__Host-lapel=99999999.{}", "A".repeat(6000)),
    ] {
        let mut browser = world.browser();
        let answer = browser
            .call_with(Method::GET, "/bff/session", &[("cookie", &cookie)])
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.body.contains("\"unreadable\""),
            "{cookie}: {}",
            answer.body
        );
        assert!(
            answer.header("set-cookie").contains("Max-Age=0"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn only_the_applications_own_page_learns_who_is_signed_in() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    for headers in [
        &[("x-lapel", "")][..],
        &[("x-lapel", "2")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://sub.app.example")],
        &[("origin", "http://app.example")],
        &[("origin", "https://app.example:8443")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
    ] {
        let answer = browser
            .call_with(Method::GET, "/bff/session", headers)
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(!answer.body.contains("Ada"), "{headers:?}");
    }
}

#[tokio::test]
async fn pieces_of_two_sessions_are_no_session() {
    let world = World::new().await;
    let issuer = format!("{}/oauth", world.emulator.url());
    let mut answers = honest(&issuer);
    // Too long for one cookie.
    answers.token["access_token"] = json!("A".repeat(3_000));
    let impostor = Impostor::start(answers).await;
    let mut browsers = Vec::new();
    for _ in 0..2 {
        let mut browser = world.browser_with(|linkedin| impostor.replaces(linkedin));
        assert_eq!(world.sign_in(&mut browser, "ada").await.location(), "/");
        browser.member().await;
        browsers.push(browser);
    }
    let other = browsers[1].cookies["__Host-lapel-1"].clone();
    let mut mixed = browsers.swap_remove(0);
    mixed.cookies.insert("__Host-lapel-1".to_owned(), other);
    assert_eq!(mixed.signed_out().await, SignedOutReason::Unreadable);
}

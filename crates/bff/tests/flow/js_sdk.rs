//! `POST /bff/session/js-sdk`: a member whom LinkedIn's JavaScript SDK has signed in is taken over.

use axum::Json;
use axum::http::{Method, StatusCode, header};
use axum::routing::any;
use lapel_emulator::{
    Client, Endpoint, Fault, JsSdkExchange, Latency, Outage, Throttle, UserinfoDefect,
};
use lapel_wire::{Kind, Problem, SessionView, SignedIn, SignedOutReason, paths};
use serde_json::json;
use tokio::net::TcpListener;

use crate::world::{Answer, Browser, ORIGIN, Plan, World};

/// A world in which LinkedIn exchanges the SDK's tokens, and the operator takes its members.
async fn world() -> World {
    world_with(JsSdkExchange::OAuth1AndOAuth2).await
}

async fn world_with(exchange: JsSdkExchange) -> World {
    let mut plan = Plan::default();
    plan.emulator.js_sdk = exchange;
    plan.emulator.clients.push(Client {
        id: "another".to_owned(),
        secret: "another secret".to_owned(),
        ..Client::default()
    });
    World::planned(plan, |linkedin| linkedin.js_sdk = true).await
}

/// The SDK's cookie, as its script leaves it in a browser.
fn minted(world: &World, member: &str) -> (String, String) {
    let client = world.emulator.client();
    let cookie = world.emulator.js_sdk().mint(&client.id, member);
    let cookie = cookie.expect("a cookie");
    (cookie.name, cookie.value)
}

/// A browser in which the SDK has signed a member in.
fn browser_of(world: &World, member: &str) -> Browser {
    let mut browser = world.browser();
    bring_cookie(world, &mut browser, member);
    browser
}

/// Leaves the SDK's cookie in a browser.
pub(crate) fn bring_cookie(world: &World, browser: &mut Browser, member: &str) {
    let (name, value) = minted(world, member);
    browser.cookies.insert(name, value);
}

async fn hand_over(browser: &mut Browser) -> Answer {
    browser
        .call_with(Method::POST, paths::JS_SDK, &[("origin", ORIGIN)])
        .await
}

async fn taken_over(browser: &mut Browser) -> SignedIn {
    let answer = hand_over(browser).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    match serde_json::from_str(&answer.body).expect("a session view") {
        SessionView::SignedIn(signed_in) => signed_in,
        SessionView::SignedOut(signed_out) => panic!("{signed_out:?}"),
    }
}

async fn refused(browser: &mut Browser) -> (StatusCode, Kind) {
    let answer = hand_over(browser).await;
    let problem: Problem = serde_json::from_str(&answer.body).expect("a problem");
    assert_eq!(answer.header("content-type"), Problem::MEDIA_TYPE);
    assert!(
        !answer.headers.contains_key(header::SET_COOKIE),
        "what was there stays"
    );
    (answer.status, problem.kind)
}

/// The SDK's cookie with this put in place of that.
fn tampered(browser: &mut Browser, this: &str, that: &str) {
    let mut cookies = browser.cookies.iter_mut();
    let (_, value) = cookies
        .find(|(name, _)| name.starts_with("linkedin_oauth_"))
        .expect("a cookie");
    assert!(value.contains(this), "{this} in {value}");
    *value = value.replacen(this, that, 1);
}

/// A world in which each answer of the route was given once.
pub(crate) async fn every_answer() -> World {
    let world = world().await;
    hand_over(&mut world.browser()).await;
    hand_over(&mut world.browser_with(|_| {})).await;
    let mut browser = browser_of(&world, "ada");
    for defect in [
        Fault::next(Outage::Http500),
        Fault::next(Throttle::TooManyRequests),
    ] {
        world.breaks(defect.at(Endpoint::Token));
        hand_over(&mut browser).await;
    }
    hand_over(&mut browser).await;
    browser
        .call_with(Method::POST, paths::JS_SDK, &[("x-lapel", "")])
        .await;
    tampered(&mut browser, "HMAC-SHA1", "HMAC-SHA2");
    hand_over(&mut browser).await;
    world
}

#[tokio::test]
async fn a_member_of_the_sdk_is_signed_in_without_the_authorization_flow() {
    let world = world().await;
    let mut browser = browser_of(&world, "ada");
    let sdk = browser.cookies.clone();
    let signed_in = taken_over(&mut browser).await;
    assert_eq!(signed_in.member.name, "Ada Example");
    assert!(signed_in.member.email.is_some());
    assert_eq!(browser.member().await.member, signed_in.member);
    for (name, value) in sdk {
        assert_eq!(browser.cookies.get(&name), Some(&value), "it is the SDK's");
    }
    assert!(browser.carries_a_session());

    let ledger = world.emulator.ledger();
    assert_eq!(ledger.count(Endpoint::Authorization), 0);
    let exchanges = ledger.entries_of(Endpoint::Token);
    let [exchange] = exchanges.as_slice() else {
        panic!("one exchange: {exchanges:?}")
    };
    assert_eq!(
        exchange.field("grant_type"),
        Some("urn:ietf:params:oauth:grant-type:token-exchange")
    );
    assert_eq!(exchange.field("scope"), Some("openid profile email"));
    assert_eq!(ledger.count(Endpoint::Userinfo), 1);
}

#[tokio::test]
async fn every_seed_member_can_be_taken_over() {
    let world = world().await;
    for member in lapel_emulator::Member::built_in() {
        let signed_in = taken_over(&mut browser_of(&world, &member.slug)).await;
        assert!(!signed_in.member.name.trim().is_empty(), "{}", member.slug);
    }
}

#[tokio::test]
async fn a_live_session_of_the_same_member_answers_without_an_exchange() {
    let world = world().await;
    let mut browser = browser_of(&world, "ada");
    taken_over(&mut browser).await;
    let before = browser.cookies.clone();
    taken_over(&mut browser).await;
    assert_eq!(browser.cookies, before);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 1);

    let mut by_the_flow = world.signed_in("ada").await;
    let (name, value) = minted(&world, "ada");
    by_the_flow.cookies.insert(name, value);
    taken_over(&mut by_the_flow).await;
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Token),
        2,
        "one for the code"
    );
}

#[tokio::test]
async fn a_session_that_has_ended_is_replaced() {
    let world = world().await;
    let mut browser = browser_of(&world, "ada");
    taken_over(&mut browser).await;
    world.wait(61 * 24 * 3600);
    assert_eq!(browser.signed_out().await, SignedOutReason::Expired);
    let (name, value) = minted(&world, "ada");
    browser.cookies.insert(name, value);
    taken_over(&mut browser).await;
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn another_member_of_the_sdk_replaces_the_session_that_was_there() {
    let world = world().await;
    let mut browser = world.signed_in("single-name").await;
    let stolen = browser.clone();
    let (name, value) = minted(&world, "ada");
    browser.cookies.insert(name, value);
    assert_eq!(taken_over(&mut browser).await.member.name, "Ada Example");
    assert_eq!(browser.member().await.member.name, "Ada Example");
    assert_ne!(
        browser.cookies.get("__Host-lapel"),
        stolen.cookies.get("__Host-lapel")
    );
    world.has_ended_tokens_of("single-name").await;
    assert_eq!(
        stolen.clone().signed_out().await,
        SignedOutReason::NoSession,
        "and is over"
    );
}

#[tokio::test]
async fn a_hand_over_that_fails_leaves_the_session_that_was_there() {
    let world = world().await;
    let mut browser = world.signed_in("single-name").await;
    let (name, value) = minted(&world, "ada");
    browser.cookies.insert(name, value);
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Token));
    assert_eq!(refused(&mut browser).await.1, Kind::LinkedinDown);
    assert_ne!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn a_cookie_that_was_changed_is_rejected_and_linkedin_is_not_asked() {
    let world = world().await;
    // As the cookie writes them, URL-encoded.
    for (this, that) in [
        ("signature_version%22%3A%221", "signature_version%22%3A%222"),
        ("HMAC-SHA1", "HMAC-SHA2"),
        ("%22member_id%22%5D", "%22x%22%5D"),
        ("AQJ", "AQK"),
        ("member_id%22%3A%22", "member_id%22%3A%22x"),
        ("%22signature%22%3A%22", "%22signature%22%3A%22AAAA"),
        ("%7B", ""),
        ("%7B", "%FF"),
    ] {
        let mut browser = browser_of(&world, "ada");
        tampered(&mut browser, this, that);
        let refused = refused(&mut browser).await;
        assert_eq!(
            refused,
            (StatusCode::BAD_REQUEST, Kind::Rejected),
            "{this} -> {that}"
        );
        assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    }
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn a_cookie_that_was_signed_for_another_application_is_rejected() {
    let world = world().await;
    let foreign = world.emulator.js_sdk().mint("another", "ada");
    let (name, _) = minted(&world, "ada");
    let mut browser = world.browser();
    browser
        .cookies
        .insert(name, foreign.expect("a cookie").value);
    assert_eq!(
        refused(&mut browser).await,
        (StatusCode::BAD_REQUEST, Kind::Rejected)
    );
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn a_cookie_that_comes_twice_is_rejected() {
    let world = world().await;
    let (name, value) = minted(&world, "ada");
    let (_, other) = minted(&world, "single-name");
    let twice = format!("{name}={value}; {name}={other}");
    let mut browser = world.browser();
    let headers = [("origin", ORIGIN), ("cookie", &twice)];
    let answer = browser
        .call_with(Method::POST, paths::JS_SDK, &headers)
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn without_the_sdks_cookie_a_sign_in_is_needed() {
    let world = world().await;
    for mut browser in [world.browser(), world.signed_in("ada").await] {
        assert_eq!(
            refused(&mut browser).await,
            (StatusCode::UNAUTHORIZED, Kind::SignInNeeded)
        );
    }
}

#[tokio::test]
async fn a_token_that_linkedin_does_not_exchange_needs_a_sign_in() {
    let needed = (StatusCode::UNAUTHORIZED, Kind::SignInNeeded);
    let world = world().await;
    let mut browser = browser_of(&world, "ada");
    world.wait(31 * 60);
    assert_eq!(refused(&mut browser).await, needed, "half an hour later");

    for exchange in [JsSdkExchange::SwitchedOff, JsSdkExchange::OAuth1] {
        let world = world_with(exchange).await;
        let mut browser = browser_of(&world, "ada");
        assert_eq!(refused(&mut browser).await, needed, "{exchange:?}");
    }
}

#[tokio::test]
async fn linkedins_bad_days_are_linkedins_side() {
    for (fault, at, expected) in [
        (
            Fault::next(Outage::Http500),
            Endpoint::Token,
            (StatusCode::BAD_GATEWAY, Kind::LinkedinDown),
        ),
        (
            Fault::next(Outage::HtmlInsteadOfJson),
            Endpoint::Token,
            (StatusCode::BAD_GATEWAY, Kind::LinkedinDown),
        ),
        (
            Fault::next(Throttle::TooManyRequests),
            Endpoint::Token,
            (StatusCode::TOO_MANY_REQUESTS, Kind::RateLimited),
        ),
        (
            Fault::next(Outage::Http503),
            Endpoint::Userinfo,
            (StatusCode::BAD_GATEWAY, Kind::LinkedinDown),
        ),
        (
            Fault::next(UserinfoDefect::SubMismatch),
            Endpoint::Userinfo,
            (StatusCode::BAD_GATEWAY, Kind::Contract),
        ),
    ] {
        let world = world().await;
        world.breaks(fault.clone().at(at));
        let mut browser = browser_of(&world, "ada");
        assert_eq!(refused(&mut browser).await, expected, "{fault:?}");
        assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
        assert!(
            world.emulator.tokens().live().is_empty(),
            "what was granted is given back: {fault:?}"
        );
    }
}

#[tokio::test]
async fn an_application_that_linkedin_does_not_know_is_the_operators() {
    let answer = (
        StatusCode::UNAUTHORIZED,
        Json(json!({"error": "invalid_client"})),
    );
    let app = axum::Router::new().fallback(any(move || async move { answer }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });

    let world = world().await;
    let mut browser = world.browser_with(|linkedin| {
        linkedin.js_sdk = true;
        linkedin.endpoints.token = address.parse().expect("an address");
    });
    let (name, value) = minted(&world, "ada");
    browser.cookies.insert(name, value);
    assert_eq!(
        refused(&mut browser).await,
        (StatusCode::BAD_GATEWAY, Kind::NotConfigured)
    );
}

#[tokio::test]
async fn unless_it_is_switched_on_there_is_no_such_route() {
    let world = world().await;
    let mut browser = world.browser_with(|_| {});
    let (name, value) = minted(&world, "ada");
    browser.cookies.insert(name, value);
    for headers in [&[("origin", ORIGIN)][..], &[("x-lapel", "")]] {
        let answer = browser
            .call_with(Method::POST, paths::JS_SDK, headers)
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn only_the_applications_own_page_hands_a_member_over() {
    let world = world().await;
    let mut browser = browser_of(&world, "ada");
    for forged in [
        ("x-lapel", ""),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = browser
            .call_with(Method::POST, paths::JS_SDK, &[forged])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{forged:?}");
    }
    let answer = browser.call(Method::GET, paths::JS_SDK).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn a_browser_that_leaves_leaves_no_tokens_behind() {
    let world = world().await;
    let mut leaving = browser_of(&world, "ada");
    world.breaks(Fault::next(Latency::Tenth).at(Endpoint::Token));
    tokio::select! {
        _ = hand_over(&mut leaving) => panic!("it was answered"),
        () = world.comes_to("LinkedIn is asked", |world| {
            world.emulator.ledger().count(Endpoint::Token) == 1
        }) => {}
    }
    world
        .comes_to("the token is given back", |world| {
            world.emulator.ledger().count(Endpoint::Revocation) == 1
        })
        .await;
    world.has_ended_tokens_of("ada").await;
}

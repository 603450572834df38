//! LinkedIn's bad days during a sign-in: typed, never a 500, and never the end of a session that was there.

use std::time::Duration;

use lapel_bff::config::{Deadlines, Endpoints};
use lapel_emulator::{AccessDefect, BodyDefect, Endpoint, Fault, Outage, Throttle, Transport};
use lapel_wire::{Revocation, SignedOutReason};
use url::Url;

use crate::world::World;

/// Where a sign-in ends while LinkedIn is broken like this.
async fn ends_at(fault: Fault) -> String {
    let world = World::new().await;
    world.breaks(fault);
    let mut browser = world.browser();
    let answer = world.sign_in(&mut browser, "ada").await;
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    answer.location().to_owned()
}

#[tokio::test]
async fn linkedin_failing_html_or_silent_is_linkedins_side() {
    for endpoint in [Endpoint::Token, Endpoint::Keys] {
        for fault in [
            Fault::next(Outage::Http500),
            Fault::next(Outage::Http503),
            Fault::next(Outage::Http504),
            Fault::next(Outage::HtmlInsteadOfJson),
            Fault::next_calls(Transport::ConnectionClosed, 8),
        ] {
            let end = ends_at(fault.clone().at(endpoint)).await;
            assert!(
                end.starts_with("/?lapel_outcome=linkedin_down&"),
                "{fault:?}: {end}"
            );
        }
    }
}

#[tokio::test]
async fn a_sign_in_completes_from_the_id_token_while_userinfo_cannot_be_had() {
    for fault in [
        Fault::next(Outage::Http500),
        Fault::next(Outage::HtmlInsteadOfJson),
        Fault::next(Throttle::TooManyRequests),
        Fault::next_calls(Transport::ConnectionClosed, 8),
        Fault::next_calls(AccessDefect::FreshTokenRefused, 5),
        Fault::next(BodyDefect::WrongTypes),
    ] {
        let world = World::with(|linkedin| {
            linkedin.deadlines.fresh_token = [Duration::from_millis(1); 4];
        })
        .await;
        world.breaks(fault.clone().at(Endpoint::Userinfo));
        let mut browser = world.browser();
        let answer = world.sign_in(&mut browser, "ada").await;
        assert_eq!(answer.location(), "/", "{fault:?}");
        assert_eq!(browser.member().await.member.name, "Ada Example");
    }
}

#[tokio::test]
async fn a_fresh_token_that_linkedin_calls_revoked_is_tried_again_a_few_times() {
    let world = World::with(|linkedin| {
        linkedin.deadlines.fresh_token = [Duration::from_millis(1); 4];
    })
    .await;
    world.breaks(Fault::next_calls(AccessDefect::FreshTokenRefused, 3).at(Endpoint::Userinfo));
    world.signed_in("ada").await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Userinfo), 4);
    world.breaks(Fault::until_removed(AccessDefect::FreshTokenRefused).at(Endpoint::Userinfo));
    world.signed_in("ada").await;
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Userinfo),
        9,
        "five times, and then no more"
    );
}

#[tokio::test]
async fn a_spent_quota_is_told_as_such() {
    let end = ends_at(Fault::next(Throttle::TooManyRequests).at(Endpoint::Token)).await;
    assert!(end.starts_with("/?lapel_outcome=rate_limited&"), "{end}");
}

#[tokio::test]
async fn nobody_listening_is_linkedins_side() {
    let world = World::with(|linkedin| {
        linkedin.endpoints.token = "http://127.0.0.1:1/".parse().expect("an address");
    })
    .await;
    let answer = world.sign_in(&mut world.browser(), "ada").await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=linkedin_down&")
    );
}

#[tokio::test]
async fn the_next_try_works_after_the_outage() {
    let world = World::new().await;
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Token));
    let mut browser = world.browser();
    world.sign_in(&mut browser, "ada").await;
    assert_eq!(world.sign_in(&mut browser, "ada").await.location(), "/");
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn an_outage_signs_nobody_out_who_is_signed_in() {
    let world = World::new().await;
    let mut browser = world.browser();
    let first = world.allowed(&mut browser, "/bff/login", "ada").await;
    let second = world.allowed(&mut browser, "/bff/login", "ada").await;
    browser.is_sent_to(&first).await;
    world.breaks(Fault::until_removed(Outage::Http500));
    let answer = browser.is_sent_to(&second).await;
    assert!(answer.location().contains("linkedin_down"));
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn a_failed_sign_in_comes_back_to_its_page_with_query_and_reference() {
    let world = World::new().await;
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Token));
    let mut browser = world.browser();
    let callback = world
        .allowed(&mut browser, "/bff/login?return_to=/a%3Fb=1", "ada")
        .await;
    let answer = browser.is_sent_to(&callback).await;
    let (before, reference) = answer
        .location()
        .split_once("&lapel_reference=")
        .expect("both");
    assert_eq!(before, "/a?b=1&lapel_outcome=linkedin_down");
    assert_eq!(reference.len(), 12);
    assert!(reference.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

/// Replaces one of LinkedIn's endpoints.
type Silencing = fn(&mut Endpoints, Url);

/// Somebody who takes every connection and never says a word.
async fn silence() -> (tokio::net::TcpListener, Url) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    // Whoever connects waits in the listener's queue for as long as it is kept.
    (listener, address.parse().expect("an address"))
}

#[tokio::test]
async fn linkedin_not_saying_a_word_is_linkedins_side() {
    let endpoints: [(&str, Silencing); 2] = [
        ("token", |at, silent| at.token = silent),
        ("keys", |at, silent| at.jwks = silent),
    ];
    for (name, silence_at) in endpoints {
        let (_listener, address) = silence().await;
        let world = World::with(|linkedin| {
            linkedin.deadlines.answer = Duration::from_millis(100);
            silence_at(&mut linkedin.endpoints, address);
        })
        .await;
        let mut browser = world.browser();
        let answer = world.sign_in(&mut browser, "ada").await;
        let end = answer.location();
        assert!(
            end.starts_with("/?lapel_outcome=linkedin_down&"),
            "{name}: {end}"
        );
        assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    }
}

#[tokio::test]
async fn a_sign_in_as_a_whole_has_an_end_too() {
    let (_listener, address) = silence().await;
    let world = World::with(|linkedin| {
        linkedin.deadlines.sign_in = Duration::from_millis(300);
        linkedin.endpoints.jwks = address;
    })
    .await;
    let answer = world.sign_in(&mut world.browser(), "ada").await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=linkedin_down&")
    );
    assert!(
        world.emulator.tokens().live().is_empty(),
        "what was granted is given back"
    );
}

#[tokio::test]
async fn linkedin_not_saying_a_word_does_not_hold_up_a_sign_out() {
    let (_listener, address) = silence().await;
    let world = World::with(|linkedin| {
        linkedin.deadlines.revocation = Duration::from_millis(100);
        linkedin.endpoints.revocation = Some(address);
    })
    .await;
    let mut browser = world.signed_in("ada").await;
    assert_eq!(
        browser.sign_out().await.0.revocation,
        Revocation::NotConfirmed
    );
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
}

#[test]
fn the_deadlines_keep_what_the_interface_promises() {
    let deadlines = Deadlines::default();
    assert!(
        deadlines.revocation < Duration::from_secs(2),
        "sign-out answers within two seconds"
    );
    assert!(deadlines.answer < deadlines.sign_in);
}

#[tokio::test]
async fn those_who_wait_for_keys_that_do_not_come_ask_once() {
    let world = World::new().await;
    world.breaks(Fault::until_removed(Outage::Http503).at(Endpoint::Keys));
    for _ in 0..5 {
        let answer = world.sign_in(&mut world.browser(), "ada").await;
        assert!(answer.location().contains("linkedin_down"));
    }
    assert_eq!(world.emulator.ledger().count(Endpoint::Keys), 1);
    world.emulator.faults().clear();
    world.wait(2);
    world.signed_in("ada").await;
}

#[tokio::test]
async fn known_keys_go_on_counting_while_linkedin_cannot_be_asked_for_them() {
    let world = World::new().await;
    world.signed_in("ada").await;
    world.wait(25 * 3600);
    world.breaks(Fault::until_removed(Outage::Http503).at(Endpoint::Keys));
    world.signed_in("ada").await;
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Keys),
        2,
        "asked again after a day"
    );
}

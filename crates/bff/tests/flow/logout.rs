//! `POST /bff/logout`.

use axum::http::{Method, StatusCode};
use lapel_emulator::{Endpoint, Fault, Outage, Transport};
use lapel_wire::{Revocation, SignedOutReason};

use crate::world::World;

#[tokio::test]
async fn signing_out_ends_the_session_here_and_the_tokens_at_linkedin() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    assert_eq!(world.emulator.tokens().live().len(), 1);
    let (report, answer) = browser.sign_out().await;
    assert_eq!(report.revocation, Revocation::Confirmed);
    assert!(!browser.carries_a_session());
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    assert!(world.emulator.tokens().live().is_empty());
    assert_eq!(answer.header("clear-site-data"), "\"storage\"");
}

#[tokio::test]
async fn signing_out_twice_or_without_a_session_is_a_success() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    browser.sign_out().await;
    assert_eq!(
        browser.sign_out().await.0.revocation,
        Revocation::NothingToRevoke
    );
    assert_eq!(
        world.browser().sign_out().await.0.revocation,
        Revocation::NothingToRevoke
    );
    assert_eq!(world.emulator.ledger().count(Endpoint::Revocation), 1);
}

#[tokio::test]
async fn linkedin_failing_to_revoke_does_not_keep_anyone_signed_in() {
    for fault in [
        Fault::until_removed(Outage::Http500),
        Fault::until_removed(Outage::HtmlInsteadOfJson),
        Fault::until_removed(Transport::ConnectionClosed),
    ] {
        let world = World::new().await;
        let mut browser = world.signed_in("ada").await;
        world.breaks(fault.clone().at(Endpoint::Revocation));
        assert_eq!(
            browser.sign_out().await.0.revocation,
            Revocation::NotConfirmed,
            "{fault:?}"
        );
        assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    }
}

#[tokio::test]
async fn without_a_revocation_endpoint_the_tokens_are_forgotten_and_it_is_said() {
    let world = World::with(|linkedin| linkedin.endpoints.revocation = None).await;
    let mut browser = world.signed_in("ada").await;
    assert_eq!(
        browser.sign_out().await.0.revocation,
        Revocation::NotConfirmed
    );
    assert!(!browser.carries_a_session());
}

#[tokio::test]
async fn signing_out_forgets_sign_ins_that_are_under_way() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    browser.sign_out().await;
    assert!(
        browser
            .is_sent_to(&callback)
            .await
            .location()
            .contains("start_again")
    );
}

/// A page that asked before the sign-out is answered after it: the answer must not bring the cookie back.
#[tokio::test]
async fn a_late_read_does_not_undo_a_sign_out() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let mut late = browser.clone();
    browser.sign_out().await;
    let answer = late.call(Method::GET, "/bff/session").await;
    assert_eq!(answer.header("set-cookie"), "");
    // Not even a browser that still carries it has a session.
    assert_eq!(late.signed_out().await, SignedOutReason::NoSession);
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn no_other_site_can_sign_a_member_out() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    for headers in [
        &[("x-lapel", ""), ("content-type", "text/plain")][..],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
    ] {
        let answer = browser
            .call_with(Method::POST, "/bff/logout", headers)
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        let answer = browser.call(method.clone(), "/bff/logout").await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

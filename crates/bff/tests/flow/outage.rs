//! LinkedIn's bad days during a sign-in: typed, never a 500, and never the end of a session that was there.

use lapel_emulator::{Endpoint, Fault, Outage, Throttle, Transport};
use lapel_wire::SignedOutReason;

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
    for endpoint in [Endpoint::Token, Endpoint::Keys, Endpoint::Userinfo] {
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
async fn a_spent_quota_is_told_as_such() {
    let end = ends_at(Fault::next(Throttle::TooManyRequests).at(Endpoint::Userinfo)).await;
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
    browser.visit(&first).await;
    world.breaks(Fault::until_removed(Outage::Http500));
    let answer = browser.visit(&second).await;
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
    let answer = browser.visit(&callback).await;
    let (before, reference) = answer
        .location()
        .split_once("&lapel_reference=")
        .expect("both");
    assert_eq!(before, "/a?b=1&lapel_outcome=linkedin_down");
    assert_eq!(reference.len(), 12);
    assert!(reference.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

//! What is made again, and what is left alone.

use std::time::Duration;

use axum::http::StatusCode;
use lapel_bff::config::LinkedIn;
use lapel_emulator::{Endpoint, Fault, Latency, Outage, Transport};
use lapel_wire::{Kind, Retry};

use super::{Count, attempts, post, who};
use crate::world::counterpart::{Counterpart, Reply, answering, json};
use crate::world::{Browser, World};

/// Pauses that a test can wait for.
fn hasty(linkedin: &mut LinkedIn) {
    linkedin.deadlines.retry = Duration::from_millis(1);
    linkedin.deadlines.fresh_token = [Duration::from_millis(1); 4];
}

#[tokio::test]
async fn a_question_is_asked_again_where_linkedin_fails_for_a_moment() {
    for fault in [
        Fault::next_calls(Outage::Http500, 2),
        Fault::next_calls(Outage::Http503, 2),
        Fault::next_calls(Outage::Http504, 2),
        Fault::next_calls(Outage::HtmlInsteadOfJson, 2),
        Fault::next_calls(Transport::ConnectionClosed, 2),
        Fault::next_calls(Transport::AnswerLost, 2),
    ] {
        let world = World::with(hasty).await;
        let mut browser = world.signed_in("ada").await;
        let count = Count::from_now(&world);
        world.breaks(fault.clone().at(Endpoint::Userinfo));
        let answer = who(&mut browser).await;
        assert_eq!(answer.status, StatusCode::OK, "{fault:?}: {}", answer.body);
        assert_eq!(count.since(), 3, "{fault:?}");
    }
}

#[tokio::test]
async fn a_question_is_asked_three_times_at_most() {
    let world = World::with(hasty).await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    world.breaks(Fault::until_removed(Outage::Http503).at(Endpoint::Userinfo));
    let answer = who(&mut browser).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::After { seconds: 2 })
    );
    assert_eq!(attempts(&problem), 3);
    assert_eq!(count.since(), 3);
}

#[tokio::test]
async fn when_many_questions_fail_few_are_asked_again() {
    let world = World::with(hasty).await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    let calls = 60;
    for _ in 0..calls / 2 {
        world.breaks(Fault::next_calls(Outage::Http503, 3).at(Endpoint::Userinfo));
        who(&mut browser).await;
        world.emulator.faults().clear();
        // In between one that succeeds, so that LinkedIn is not left alone.
        assert_eq!(who(&mut browser).await.status, StatusCode::OK);
    }
    let repeated = count.since() - calls;
    assert!((10..calls).contains(&repeated), "{repeated}");
}

#[tokio::test]
async fn a_post_is_never_made_again_whatever_happens_to_it() {
    let by_hand = |kind| (kind, Retry::ByHand);
    for (fault, told, made) in [
        (Fault::next(Outage::Http500), by_hand(Kind::LinkedinDown), 0),
        (Fault::next(Outage::Http503), by_hand(Kind::LinkedinDown), 0),
        (
            Fault::next(Outage::Http504),
            by_hand(Kind::OutcomeUnknown),
            0,
        ),
        (
            Fault::next(Transport::ConnectionClosed),
            by_hand(Kind::OutcomeUnknown),
            0,
        ),
        (
            Fault::next(Transport::AnswerLost),
            by_hand(Kind::OutcomeUnknown),
            1,
        ),
        (
            Fault::next(Transport::ClosedMidAnswer),
            by_hand(Kind::OutcomeUnknown),
            1,
        ),
        (
            Fault::next(Latency::HalfMinute),
            by_hand(Kind::OutcomeUnknown),
            1,
        ),
    ] {
        let world = World::with(|linkedin| {
            hasty(linkedin);
            if fault.defect == Latency::HalfMinute.into() {
                linkedin.api.calls[1].timeout = Duration::from_millis(500);
            }
        })
        .await;
        let mut browser = world.sharing("ada").await;
        world.breaks(fault.clone().at(Endpoint::Posts));
        let problem = post(&mut browser, "Hello").await.problem();
        assert_eq!((problem.kind, problem.retry), told, "{fault:?}");
        assert_eq!(attempts(&problem), 1);
        assert_eq!(world.emulator.posts().of("ada").len(), made, "{fault:?}");
        assert_eq!(
            world.emulator.ledger().count(Endpoint::Posts),
            1,
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_page_in_the_place_of_a_posts_answer_leaves_open_whether_it_happened() {
    for (reply, kind) in [
        (
            answering("200 OK", &["content-type: text/html"], "<p>"),
            Kind::OutcomeUnknown,
        ),
        (
            answering(
                "201 Created",
                &["content-type: application/json", "content-encoding: br"],
                "x",
            ),
            Kind::OutcomeUnknown,
        ),
        (
            answering("403 Forbidden", &["content-type: text/html"], "<p>"),
            Kind::LinkedinDown,
        ),
        (
            answering("502 Bad Gateway", &["content-type: text/html"], "<p>"),
            Kind::OutcomeUnknown,
        ),
        (answering("302 Found", &["location: /"], ""), Kind::Contract),
        (
            json("201 Created", &"x".repeat(300_000)),
            Kind::OutcomeUnknown,
        ),
    ] {
        let linkedin = Counterpart::saying(reply).await;
        let world = World::with(|settings| linkedin.replaces(settings)).await;
        let problem = post(&mut world.sharing("ada").await, "Hello")
            .await
            .problem();
        assert_eq!(
            (problem.kind, problem.retry),
            (kind, Retry::ByHand),
            "{:?}",
            problem.detail
        );
        assert_eq!(linkedin.heard().len(), 1);
    }
}

#[tokio::test]
async fn a_post_that_was_not_sent_has_not_happened() {
    let world = World::with(|linkedin| {
        linkedin.api.base = "http://127.0.0.1:1".parse().expect("an address");
    })
    .await;
    let problem = post(&mut world.sharing("ada").await, "Hello")
        .await
        .problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::ByHand)
    );
    let detail = problem.detail.expect("a reason");
    assert!(detail.contains("Connection refused"), "{detail}");
}

#[tokio::test]
async fn linkedin_not_saying_a_word_ends_with_the_calls_deadline() {
    let linkedin = Counterpart::saying(Reply::Silence).await;
    let world = World::with(|settings| {
        linkedin.replaces(settings);
        for call in &mut settings.api.calls {
            call.timeout = Duration::from_millis(100);
        }
    })
    .await;
    let mut browser = world.sharing("ada").await;
    let answer = who(&mut browser).await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::After { seconds: 2 })
    );
    assert_eq!(linkedin.heard().len(), 1, "its time was over");
    assert_eq!(
        post(&mut browser, "Hello").await.problem().kind,
        Kind::OutcomeUnknown
    );
}

/// Five questions that LinkedIn does not answer.
async fn five_failures(world: &World, browser: &mut Browser) {
    world.breaks(Fault::until_removed(Outage::Http503).at(Endpoint::Userinfo));
    for _ in 0..5 {
        assert_eq!(who(browser).await.status, StatusCode::BAD_GATEWAY);
    }
}

#[tokio::test]
async fn a_linkedin_that_goes_on_failing_is_left_alone_and_then_tried_by_one() {
    let world = World::with(hasty).await;
    let mut browser = world.sharing("ada").await;
    five_failures(&world, &mut browser).await;
    let count = Count::from_now(&world);
    let answer = who(&mut browser).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::After { seconds: 5 })
    );
    assert!(problem.links.is_some());
    assert_eq!(attempts(&problem), 0);
    let problem = post(&mut browser, "Hello").await.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::LinkedinDown, Retry::ByHand),
        "it was not sent"
    );
    assert_eq!(count.since(), 0);
    world.wait(5);
    assert_eq!(who(&mut browser).await.status, StatusCode::BAD_GATEWAY);
    assert_eq!(count.since(), 1, "a try is made once");
    assert_eq!(
        who(&mut browser).await.problem().retry,
        Retry::After { seconds: 10 }
    );
    world.emulator.faults().clear();
    world.wait(10);
    assert_eq!(who(&mut browser).await.status, StatusCode::OK);
    assert_eq!(
        post(&mut browser, "Hello").await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn a_failing_api_keeps_nobody_from_signing_in_and_nobody_signed_in_from_being_told_so() {
    let world = World::with(hasty).await;
    let mut browser = world.signed_in("ada").await;
    five_failures(&world, &mut browser).await;
    assert_eq!(browser.member().await.member.name, "Ada Example");
    // Userinfo is the API's, so its word is missing; the id_token's stands in.
    let mut other = world.signed_in("emoji").await;
    assert!(!other.member().await.member.name.is_empty());
}

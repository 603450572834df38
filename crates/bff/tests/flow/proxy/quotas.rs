//! LinkedIn has been asked too often.

use axum::http::StatusCode;
use lapel_emulator::{Endpoint, Fault, Throttle};
use lapel_wire::{Kind, Problem, Retry};

use super::{Count, answered, attempts, post, who};
use crate::world::counterpart::{Counterpart, answering};
use crate::world::{Browser, World};

/// From the world's beginning, nine in the morning, to midnight UTC.
const UNTIL_MIDNIGHT: u64 = 15 * 3600;

async fn throttled(browser: &mut Browser) -> (u64, Problem) {
    let answer = who(browser).await;
    assert_eq!(
        answer.status,
        StatusCode::TOO_MANY_REQUESTS,
        "{}",
        answer.body
    );
    let problem = answer.problem();
    assert_eq!(problem.kind, Kind::RateLimited);
    let Retry::After { seconds } = problem.retry else {
        panic!("it says until when")
    };
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    (seconds, problem)
}

#[tokio::test]
async fn one_refusal_is_a_moments_and_linkedin_is_not_asked_meanwhile() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.breaks(Fault::next(Throttle::TooManyRequests).at(Endpoint::Userinfo));
    let count = Count::from_now(&world);
    let (seconds, problem) = throttled(&mut browser).await;
    assert_eq!(seconds, 60);
    assert_eq!(answered(&problem), "429");
    assert_eq!(count.since(), 1, "it is not asked again by itself");
    world.wait(20);
    let (seconds, problem) = throttled(&mut browser).await;
    assert_eq!(seconds, 40);
    assert_eq!(attempts(&problem), 0);
    assert_eq!(count.since(), 1);
    world.wait(40);
    assert_eq!(who(&mut browser).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refusal_that_comes_again_is_the_days_and_ends_at_midnight() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.breaks(Fault::next(Throttle::QuotaSpent).at(Endpoint::Userinfo));
    assert_eq!(throttled(&mut browser).await.0, 60);
    world.wait(60);
    assert_eq!(throttled(&mut browser).await.0, UNTIL_MIDNIGHT - 60);
    world.wait(i64::try_from(UNTIL_MIDNIGHT).expect("small") - 60);
    assert_eq!(who(&mut browser).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_posts_too_much_silences_nobody_else_and_nothing_else() {
    let mut plan = crate::world::Plan::default();
    plan.emulator.quotas.share_member = 1;
    let world = World::planned(plan, |_| {}).await;
    let mut ada = world.sharing("ada").await;
    let mut zoe = world.sharing("emoji").await;
    assert_eq!(post(&mut ada, "one").await.status, StatusCode::CREATED);
    assert_eq!(
        post(&mut ada, "two").await.problem().kind,
        Kind::RateLimited
    );
    assert_eq!(
        post(&mut ada, "three").await.problem().kind,
        Kind::RateLimited
    );
    assert_eq!(post(&mut zoe, "one").await.status, StatusCode::CREATED);
    assert_eq!(who(&mut ada).await.status, StatusCode::OK);
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Posts),
        3,
        "the third was not asked"
    );
}

#[tokio::test]
async fn what_linkedin_says_itself_about_the_next_try_counts() {
    for (said, seconds) in [
        ("retry-after: 7", 7),
        ("retry-after: Mon, 23 Nov 2026 09:00:30 GMT", 30),
        ("retry-after: soon", 60),
        ("retry-after: 99999999", 86400),
    ] {
        let reply = answering(
            "429 Too Many Requests",
            &["content-type: application/json", said],
            "{}",
        );
        let linkedin = Counterpart::saying(reply).await;
        let world = World::with(|settings| linkedin.replaces(settings)).await;
        let mut browser = world.signed_in("ada").await;
        assert_eq!(throttled(&mut browser).await.0, seconds, "{said}");
        assert_eq!(throttled(&mut browser).await.0, seconds, "{said}");
        assert_eq!(linkedin.heard().len(), 1);
    }
}

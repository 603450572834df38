use lapel_emulator::Clock;
use reqwest::Method;
use serde_json::json;

use crate::world::{START, World, detail};

#[tokio::test]
async fn tokens_end_when_the_clock_is_advanced_by_61_days() {
    let world = World::new().await;
    let ada = world.sign_in("ada").await;
    let (status, clock) = world.post("/clock/advance", json!({ "by": "61d" })).await;
    assert_eq!(status, 200);
    assert_eq!(clock["now"], "2026-05-01T12:00:00Z");
    assert_eq!(world.userinfo(&ada).await, 401);
}

#[tokio::test]
async fn the_clock_can_be_set_paused_and_resumed() {
    let world = World::new().await;
    let (_, clock) = world.ask(Method::POST, "/clock/resume").await;
    assert_eq!(clock["paused"], false);
    let order = json!({ "now": "2030-01-01T00:00:00Z" });
    let (_, clock) = world.send(Method::PUT, "/clock", order).await;
    assert!(
        clock["now"]
            .as_str()
            .unwrap()
            .starts_with("2030-01-01T00:00:0")
    );
    assert!(!clock["ahead"].is_null());
    let (_, clock) = world.ask(Method::POST, "/clock/pause").await;
    assert_eq!(clock["paused"], true);
    assert_eq!(world.get("/clock").await["now"], clock["now"]);
    let order = json!({ "now": START });
    let (_, clock) = world.send(Method::PUT, "/clock", order).await;
    assert_eq!(
        clock,
        json!({ "now": START, "paused": true, "ahead": null })
    );
}

#[tokio::test]
async fn a_length_of_time_that_is_none_is_refused() {
    let world = World::new().await;
    for by in [json!("soon"), json!("1 month"), json!(61), json!(null)] {
        let (status, problem) = world.post("/clock/advance", json!({ "by": by })).await;
        assert_eq!(status, 422, "{by}");
        assert!(problem["accepted"]["by"].as_str().unwrap().contains("61d"));
    }
    let (status, problem) = world
        .send(Method::PUT, "/clock", json!({ "now": "noon" }))
        .await;
    assert_eq!(status, 422);
    assert!(!detail(&problem).is_empty());
    assert_eq!(world.linkedin.clock().now(), START.parse().unwrap());
}

#[test]
fn a_clock_comes_back_from_the_end_of_what_it_can_show() {
    let days = |number: i64| jiff::SignedDuration::from_hours(24 * number);
    for clock in [Clock::system(), Clock::fixed_at(START.parse().unwrap())] {
        let start = clock.now();
        clock.advance(days(3_000_000));
        clock.advance(days(7_000_000));
        assert_eq!(clock.now().as_second(), jiff::Timestamp::MAX.as_second());
        clock.advance(days(-3_000_000));
        assert!(
            clock.now() < start,
            "three million days before the end of time"
        );
    }
}

#[test]
fn a_clock_that_is_set_shows_that_time() {
    let clock = Clock::system();
    clock.set("2030-01-01T00:00:00Z".parse().unwrap());
    let ahead = clock
        .now()
        .duration_since("2030-01-01T00:00:00Z".parse().unwrap());
    assert!(ahead.abs().as_secs() < 60);
    assert!(!clock.is_paused());
}

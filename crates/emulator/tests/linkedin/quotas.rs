//! LinkedIn reference §8.4: daily budgets.

use jiff::SignedDuration;
use lapel_emulator::{Endpoint, Fault, Quotas, Settings, Throttle};

use crate::world::World;

#[tokio::test]
async fn a_budget_is_spent_until_midnight_utc() {
    let world = World::with(Settings {
        quotas: Quotas {
            application: 3,
            member: Some(2),
            ..Quotas::default()
        },
        ..Settings::default()
    })
    .await;
    let (ada, zoe) = (
        world.sign_in("ada").await.access,
        world.sign_in("emoji").await.access,
    );
    let mut statuses = Vec::new();
    for token in [&ada, &ada, &ada, &zoe] {
        statuses.push(world.userinfo(token).await.0);
    }
    // The member's budget ends first, and a call that it refuses still counts for the application.
    assert_eq!(statuses, [200, 200, 429, 429]);
    let answer = world.userinfo_call(&ada).send().await.unwrap();
    assert!(!answer.headers().contains_key("retry-after"));
    // From noon to a second before midnight, and then over it.
    let clock = world.linkedin.clock();
    clock.advance(SignedDuration::from_hours(12) - SignedDuration::from_secs(1));
    assert_eq!(world.userinfo(&ada).await.0, 429);
    clock.advance(SignedDuration::from_secs(1));
    assert_eq!(world.userinfo(&ada).await.0, 200);
}

#[tokio::test]
async fn a_member_shares_a_hundred_and_fifty_times_a_day() {
    let world = World::new().await;
    let page = world.authorization(&[("scope", Some("openid profile w_member_social"))]);
    let token = world.sign_in_with(&page, "ada").await.access;
    let share = |path: &'static str| {
        let call = world.http.post(world.at(path)).bearer_auth(&token);
        async move {
            call.json(&serde_json::json!({}))
                .send()
                .await
                .unwrap()
                .status()
                .as_u16()
        }
    };
    for number in 0..75 {
        assert_eq!(share("/v2/ugcPosts").await, 422, "{number}");
        assert_eq!(share("/rest/posts").await, 400, "{number}");
    }
    assert_eq!(share("/v2/ugcPosts").await, 429);
    assert_eq!(share("/rest/posts").await, 429);
    assert_eq!(world.userinfo(&token).await.0, 200);
}

#[tokio::test]
async fn a_quota_can_be_spent_at_once() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let fault = Fault::next(Throttle::QuotaSpent).at(Endpoint::Userinfo);
    world.linkedin.faults().inject(fault);
    for _ in 0..3 {
        assert_eq!(world.userinfo(&token).await.0, 429);
    }
    assert_eq!(world.introspect(&token).await.0, 200);
    world
        .linkedin
        .clock()
        .advance(SignedDuration::from_hours(12));
    assert_eq!(world.userinfo(&token).await.0, 200);
}

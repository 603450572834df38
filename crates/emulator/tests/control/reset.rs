use lapel_emulator::Endpoint;
use reqwest::Method;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_reset_emulator_is_as_it_was_at_the_start() {
    let world = World::new().await;
    let before = world.get("/state").await;
    let ada = world.sign_in("ada").await;
    world
        .post(
            "/faults",
            json!({ "defect": "http_500", "when": "until_removed" }),
        )
        .await;
    world.post("/clock/advance", json!({ "by": "61d" })).await;
    world.ask(Method::POST, "/clock/resume").await;
    world
        .send(
            Method::PATCH,
            "/switches",
            json!({ "refresh_tokens": true }),
        )
        .await;
    world
        .send(
            Method::PUT,
            "/members/grace",
            json!({ "given_name": "Grace" }),
        )
        .await;
    world
        .send(
            Method::PUT,
            "/members/ada",
            json!({ "given_name": "Changed" }),
        )
        .await;
    let client = world.linkedin.client().id;
    world
        .linkedin
        .register_redirect(&client, "http://localhost:9/callback");
    assert_ne!(world.get("/state").await, before);

    assert_eq!(world.ask(Method::POST, "/reset").await.0, 204);
    assert_eq!(world.get("/state").await, before);
    assert_eq!(world.userinfo(&ada).await, 401);
    // The member is asked again who they are.
    world.sign_in("ada").await;
    assert_eq!(world.linkedin.ledger().count(Endpoint::MemberDecision), 2);
}

#[tokio::test]
async fn a_reset_while_members_sign_in_leaves_a_working_emulator() {
    let world = World::new().await;
    let resets = (0..20).map(|_| {
        let call = world.call(Method::POST, "/reset");
        tokio::spawn(async move { call.send().await.unwrap().status().as_u16() })
    });
    let resets: Vec<_> = resets.collect();
    for _ in 0..20 {
        let call = world.http.get(world.at("/v2/userinfo")).bearer_auth("none");
        assert_eq!(call.send().await.unwrap().status(), 401);
    }
    for reset in resets {
        assert_eq!(reset.await.unwrap(), 204);
    }
    let ada = world.sign_in("ada").await;
    assert_eq!(world.userinfo(&ada).await, 200);
}

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn the_cookie_of_the_javascript_sdk_is_minted_for_a_member() {
    let world = World::new().await;
    let client = world.linkedin.client().id;
    let order = json!({ "client": client, "member": "ada" });
    let (status, cookie) = world.post("/js-sdk/cookies", order).await;
    assert_eq!(status, 201, "{cookie}");
    assert_eq!(cookie["name"], format!("linkedin_oauth_{client}"));
    let member = world.linkedin.members().get("ada").unwrap();
    let value = cookie["value"].as_str().unwrap();
    assert!(value.contains(&member.sub(&client)), "{value}");
}

#[tokio::test]
async fn no_cookie_is_minted_for_nobody() {
    let world = World::new().await;
    let client = world.linkedin.client().id;
    for order in [
        json!({ "client": "none", "member": "ada" }),
        json!({ "client": client, "member": "nobody" }),
        json!({ "client": client }),
        json!({ "client": client, "member": "ada", "scope": "all" }),
    ] {
        let (status, problem) = world.post("/js-sdk/cookies", order.clone()).await;
        assert_eq!(status, 422, "{order}");
        assert!(!problem["accepted"].is_null(), "{order}");
    }
}

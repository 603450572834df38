use lapel_emulator::Settings;
use reqwest::Method;
use serde_json::json;

use crate::world::{World, detail};

#[tokio::test]
async fn tokens_are_listed_without_their_values() {
    let world = World::new().await;
    let ada = world.sign_in("ada").await;
    world.sign_in("emoji").await;
    let listed = world.get("/tokens").await;
    assert_eq!(listed["count"], 2);
    assert_eq!(listed["newest"][0]["member"], "emoji");
    let shown = &listed["newest"][1];
    assert_eq!(shown["status"], "active");
    assert_eq!(shown["scopes"], json!(["email", "openid", "profile"]));
    assert_eq!(shown["expires_at"], "2026-04-30T12:00:00Z");
    assert!(
        !listed
            .to_string()
            .contains(ada["access_token"].as_str().unwrap())
    );
    let one = world.get("/tokens?member=ada&status=active&limit=1").await;
    assert_eq!(one["newest"][0], *shown);
}

#[tokio::test]
async fn a_token_can_be_expired_and_one_revoked_by_fingerprint() {
    let world = World::new().await;
    for (member, verb, status) in [("ada", "expire", "expired"), ("emoji", "revoke", "revoked")] {
        let token = world.sign_in(member).await;
        let listed = world.get(&format!("/tokens?member={member}")).await;
        let fingerprint = listed["newest"][0]["fingerprint"].as_str().unwrap();
        let path = format!("/tokens/{fingerprint}/{verb}");
        let (code, ended) = world.ask(Method::POST, &path).await;
        assert_eq!((code, &ended[0]["status"]), (200, &json!(status)));
        assert_eq!(world.userinfo(&token).await, 401);
    }
    let (status, problem) = world.ask(Method::POST, "/tokens/00000000/expire").await;
    assert_eq!(status, 404);
    assert!(detail(&problem).contains("00000000"));
    assert_eq!(
        problem["accepted"].as_array().unwrap().len(),
        2,
        "{problem}"
    );
}

#[tokio::test]
async fn a_revoked_refresh_token_takes_its_access_token_along() {
    let settings = Settings {
        refresh_tokens: true,
        ..Settings::default()
    };
    let world = World::with(settings).await;
    let ada = world.sign_in("ada").await;
    let listed = world.get("/tokens").await;
    let tokens = listed["newest"].as_array().unwrap();
    let refresh = tokens
        .iter()
        .find(|token| token["kind"] == "refresh")
        .unwrap();
    let path = format!(
        "/tokens/{}/revoke",
        refresh["fingerprint"].as_str().unwrap()
    );
    world.ask(Method::POST, &path).await;
    assert_eq!(world.userinfo(&ada).await, 401);
}

#[tokio::test]
async fn tokens_of_one_member_can_be_revoked_together() {
    let world = World::new().await;
    let (ada, zoe) = (world.sign_in("ada").await, world.sign_in("emoji").await);
    let (_, revoked) = world
        .post("/tokens/revoke", json!({ "member": "ada" }))
        .await;
    assert_eq!(revoked, json!({ "revoked": 1 }));
    assert_eq!(
        (world.userinfo(&ada).await, world.userinfo(&zoe).await),
        (401, 200)
    );
    let (_, revoked) = world.post("/tokens/revoke", json!({})).await;
    assert_eq!(revoked, json!({ "revoked": 1 }));
    let (status, _) = world
        .post("/tokens/revoke", json!({ "member": "nobody" }))
        .await;
    assert_eq!(status, 422);
    let (status, _) = world.post("/tokens/revoke", json!({ "slug": "ada" })).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn a_member_can_remove_the_application() {
    let world = World::new().await;
    let ada = world.sign_in("ada").await;
    let client = world.linkedin.client().id;
    let grants = world.get("/grants").await;
    assert_eq!(grants[0]["live_access_tokens"], 1);
    assert_eq!(grants[0]["client"], client);
    let path = format!("/grants/ada/{client}");
    assert_eq!(world.ask(Method::DELETE, &path).await.0, 204);
    assert_eq!(world.get("/grants").await, json!([]));
    assert_eq!(world.userinfo(&ada).await, 401);
    for path in [
        format!("/grants/nobody/{client}"),
        "/grants/ada/none".to_owned(),
    ] {
        let (status, problem) = world.ask(Method::DELETE, &path).await;
        assert_eq!(status, 404);
        assert!(problem["accepted"].is_array());
    }
}

#[tokio::test]
async fn a_query_that_says_something_unknown_is_refused() {
    let world = World::new().await;
    for query in ["?stauts=active", "?status=dead", "?limit=all"] {
        let (status, problem) = world.ask(Method::GET, &format!("/tokens{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert_eq!(
            problem["accepted"]["status"],
            json!(["active", "expired", "revoked"])
        );
    }
}

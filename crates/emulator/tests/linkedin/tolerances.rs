//! What LinkedIn takes without a word: parameters it ignores, headers it does not need, spellings it allows.

use serde_json::json;

use crate::world::{World, json};

/// LinkedIn reference §1.1.
#[tokio::test]
async fn parameters_that_linkedin_does_not_know_change_nothing() {
    let world = World::new().await;
    for (name, value) in [
        ("prompt", "login"),
        ("max_age", "0"),
        ("login_hint", "ada@example.com"),
        ("nonce", "n"),
        ("code_challenge", "x"),
    ] {
        let page = world.authorization(&[(name, Some(value))]);
        let token = world.sign_in_with(&page, "ada").await.access;
        assert_eq!(world.userinfo(&token).await.0, 200, "{name}");
    }
}

/// LinkedIn reference §5.4.
#[tokio::test]
async fn userinfo_takes_a_projection_and_the_protocol_header_and_needs_neither() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let plain = world.userinfo(&token).await;
    let call = world.http.get(world.at("/v2/userinfo?projection=(sub)"));
    let call = call
        .bearer_auth(&token)
        .header("X-RestLi-Protocol-Version", "2.0.0");
    assert_eq!(json(call.send().await.unwrap()).await, plain);
}

/// LinkedIn reference §8.3 and §8.4.
#[tokio::test]
async fn api_answers_carry_every_header_that_was_seen_and_none_about_budgets() {
    let world = World::new().await;
    let answer = world.userinfo_call("AQXinvented").send().await.unwrap();
    for name in [
        "x-li-uuid",
        "x-li-fabric",
        "x-li-source-fabric",
        "x-li-pop",
        "x-li-proto",
        "x-li-responseorigin",
        "x-li-route-key",
        "x-restli-protocol-version",
        "x-restli-gateway-error",
        "x-restli-error-response",
    ] {
        assert!(answer.headers().contains_key(name), "{name}");
    }
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 2, "bcookie and lidc");
    let budget = |name: &str| name.starts_with("x-ratelimit") || name == "retry-after";
    assert!(!answer.headers().keys().any(|name| budget(name.as_str())));
}

/// LinkedIn reference §9.1 and §9.2.
#[tokio::test]
async fn a_post_for_connections_is_kept_as_one() {
    let world = World::new().await;
    let page = world.authorization(&[("scope", Some("openid profile w_member_social"))]);
    let token = world.sign_in_with(&page, "ada").await.access;
    let sub = world
        .linkedin
        .members()
        .get("ada")
        .unwrap()
        .sub(&world.client().id);
    let call = world
        .http
        .post(world.at("/v2/ugcPosts"))
        .bearer_auth(&token);
    let answer = call
        .json(&json!({
            "author": format!("urn:li:person:{sub}"),
            "lifecycleState": "PUBLISHED",
            "specificContent": { "com.linkedin.ugc.ShareContent": {
                "shareCommentary": { "text": "Among us" }, "shareMediaCategory": "NONE"
            } },
            "visibility": { "com.linkedin.ugc.MemberNetworkVisibility": "CONNECTIONS" }
        }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(
        world.linkedin.posts().of("ada")[0].visibility,
        "CONNECTIONS"
    );
}

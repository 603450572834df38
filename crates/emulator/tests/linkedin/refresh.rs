use lapel_emulator::{Settings, TokenKind};
use serde_json::Value;

use crate::world::{World, days, json};

const REFUSED: &str =
    "The provided authorization grant or refresh token is invalid, expired or revoked";
const DAY: i64 = 86_400;

async fn partner() -> World {
    World::with(Settings {
        refresh_tokens: true,
        ..Settings::default()
    })
    .await
}

async fn refreshed(world: &World, token: &str) -> (u16, Value) {
    json(world.refresh(token, &[]).send().await.unwrap()).await
}

#[tokio::test]
async fn a_refresh_keeps_the_token_and_never_extends_its_life() {
    let world = partner().await;
    let body = world.sign_in("ada").await.body;
    let token = body["refresh_token"].as_str().unwrap();
    assert_eq!(body["refresh_token_expires_in"], 365 * DAY);

    world.linkedin.clock().advance(days(59));
    let (status, body) = refreshed(&world, token).await;
    assert_eq!(status, 200);
    assert_eq!(body["refresh_token"], token);
    assert_eq!(body["refresh_token_expires_in"], 306 * DAY);
    assert_eq!(body["expires_in"], 60 * DAY);
    assert!(body.get("id_token").is_none());
    assert_eq!(
        world
            .userinfo(body["access_token"].as_str().unwrap())
            .await
            .0,
        200
    );

    world.linkedin.clock().advance(days(301));
    let (_, body) = refreshed(&world, token).await;
    assert_eq!(body["refresh_token_expires_in"], 5 * DAY);
    assert_eq!(body["expires_in"], 5 * DAY);

    world.linkedin.clock().advance(days(5));
    let (status, body) = refreshed(&world, token).await;
    assert_eq!(status, 400);
    assert_eq!(body["error"], "invalid_request");
    assert_eq!(body["error_description"], REFUSED);
}

#[tokio::test]
async fn a_refresh_token_of_no_use_is_refused_without_saying_why() {
    let world = partner().await;
    let body = world.sign_in("ada").await.body;
    let token = body["refresh_token"].as_str().unwrap();
    assert_eq!(
        refreshed(&world, "AQTnever-issued").await.1["error_description"],
        REFUSED
    );
    world
        .linkedin
        .tokens()
        .remove_app("ada", &world.client().id);
    assert_eq!(
        refreshed(&world, token).await.1["error_description"],
        REFUSED
    );
    let missing = world
        .refresh(token, &[("refresh_token", None)])
        .send()
        .await
        .unwrap();
    let text = r#"A required parameter "refresh_token" is missing"#;
    assert_eq!(json(missing).await.1["error_description"], text);
}

#[tokio::test]
async fn live_tokens_are_listed_by_member_and_kind() {
    let world = partner().await;
    world.sign_in("ada").await;
    world.sign_in("emoji").await;
    let live = world.linkedin.tokens().live_of("ada");
    let kinds: Vec<TokenKind> = live.iter().map(|token| token.kind).collect();
    assert_eq!(kinds, [TokenKind::Access, TokenKind::Refresh]);
    assert_eq!(live[0].client, world.client().id);
    assert_eq!(live[0].scopes, ["email", "openid", "profile"]);
    world.linkedin.clock().advance(days(60));
    assert_eq!(world.linkedin.tokens().live().len(), 2);
    world.linkedin.tokens().revoke_all();
    assert_eq!(world.linkedin.tokens().live(), []);
}

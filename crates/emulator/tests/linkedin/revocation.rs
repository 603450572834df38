use lapel_emulator::{Endpoint, Settings};
use serde_json::json;

use crate::world::World;

async fn revoke(world: &World, token: &str, secret: &str) -> reqwest::Response {
    let client = world.client();
    let form = [
        ("client_id", &*client.id),
        ("client_secret", secret),
        ("token", token),
    ];
    world
        .http
        .post(world.at("/oauth/v2/revoke"))
        .form(&form)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_revoked_token_is_dead_and_the_ledger_shows_who_asked() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let other = world.sign_in("ada").await.access;
    let answer = revoke(&world, &token, &world.client().secret).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text().await.unwrap(), "");

    let (status, body) = world.userinfo(&token).await;
    let expected = json!({
        "status": 401,
        "serviceErrorCode": 65601,
        "code": "REVOKED_ACCESS_TOKEN",
        "message": "The token used in the request has been revoked by the user",
    });
    assert_eq!((status, body), (401, expected));
    assert_eq!(world.userinfo(&other).await.0, 200);
    let entry = world
        .linkedin
        .ledger()
        .entries_of(Endpoint::Revocation)
        .remove(0);
    assert_eq!(
        (entry.member.as_deref(), entry.status),
        (Some("ada"), Some(200))
    );
}

#[tokio::test]
async fn revoking_a_refresh_token_ends_its_access_tokens() {
    let world = World::with(Settings {
        refresh_tokens: true,
        ..Settings::default()
    })
    .await;
    let tokens = world.sign_in("ada").await;
    let refresh = tokens.body["refresh_token"].as_str().unwrap();
    revoke(&world, refresh, &world.client().secret).await;
    assert_eq!(world.linkedin.tokens().live(), []);
    assert_eq!(world.userinfo(&tokens.access).await.0, 401);
}

#[tokio::test]
async fn a_wrong_secret_revokes_nothing() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    assert_eq!(revoke(&world, &token, "wrong").await.status(), 401);
    assert_eq!(world.userinfo(&token).await.0, 200);
}

#[tokio::test]
async fn switched_off_there_is_no_such_endpoint() {
    let world = World::with(Settings {
        revocation: false,
        ..Settings::default()
    })
    .await;
    let token = world.sign_in("ada").await.access;
    assert_eq!(
        revoke(&world, &token, &world.client().secret)
            .await
            .status(),
        404
    );
    assert_eq!(world.userinfo(&token).await.0, 200);
}

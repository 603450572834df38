use lapel_emulator::{Client, Settings};
use serde_json::json;

use crate::world::{World, days, json};

#[tokio::test]
async fn a_live_token_is_described_in_epoch_seconds_and_commas() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let now = world.linkedin.clock().now().as_second();
    let expected = json!({
        "active": true,
        "client_id": world.client().id,
        "authorized_at": now,
        "created_at": now,
        "status": "active",
        "expires_at": now + 5_184_000,
        "scope": "email,openid,profile",
        "auth_type": "3L",
    });
    assert_eq!(world.introspect(&token).await, (200, expected));
}

#[tokio::test]
async fn expired_and_revoked_are_told_apart() {
    let world = World::new().await;
    let (first, second) = (world.sign_in("ada").await, world.sign_in("emoji").await);
    world
        .linkedin
        .tokens()
        .remove_app("ada", &world.client().id);
    world.linkedin.clock().advance(days(60));
    for (token, status) in [(first, "revoked"), (second, "expired")] {
        let (http, body) = world.introspect(&token.access).await;
        assert_eq!(
            (http, &body["active"], &body["status"]),
            (200, &json!(false), &json!(status))
        );
    }
}

#[tokio::test]
async fn another_applications_token_is_just_not_active() {
    let other = Client {
        id: "other".to_owned(),
        ..Client::default()
    };
    let clients = vec![Client::default(), other.clone()];
    let world = World::with(Settings {
        clients,
        ..Settings::default()
    })
    .await;
    let token = world.sign_in("ada").await.access;
    let form = [
        ("client_id", other.id),
        ("client_secret", other.secret),
        ("token", token),
    ];
    let call = world
        .http
        .post(world.at("/oauth/v2/introspectToken"))
        .form(&form);
    assert_eq!(
        json(call.send().await.unwrap()).await,
        (200, json!({ "active": false }))
    );
}

#[tokio::test]
async fn a_malformed_token_an_unknown_client_and_a_wrong_secret_are_refused() {
    let world = World::new().await;
    let client = world.client();
    assert_eq!(world.introspect("gibberish").await.0, 400);
    for (id, secret, status) in [
        ("nobody", &*client.secret, 400),
        (&*client.id, "wrong", 401),
    ] {
        let form = [
            ("client_id", id),
            ("client_secret", secret),
            ("token", "AQXtoken"),
        ];
        let call = world
            .http
            .post(world.at("/oauth/v2/introspectToken"))
            .form(&form);
        assert_eq!(call.send().await.unwrap().status(), status);
    }
}

use lapel_emulator::Switch;
use reqwest::Method;
use serde_json::json;

use crate::world::{World, detail};

#[tokio::test]
async fn refresh_tokens_come_with_the_switch() {
    let world = World::new().await;
    assert!(world.sign_in("ada").await["refresh_token"].is_null());
    let order = json!({ "refresh_tokens": true });
    let (status, shown) = world.send(Method::PATCH, "/switches", order).await;
    assert_eq!(status, 200);
    assert_eq!(shown.as_array().unwrap().len(), Switch::ALL.len());
    assert!(world.sign_in("emoji").await["refresh_token"].is_string());
}

#[tokio::test]
async fn revocation_goes_with_the_switch() {
    let world = World::new().await;
    let revoke = || world.http.post(world.at("/oauth/v2/revoke"));
    assert_ne!(revoke().send().await.unwrap().status(), 404);
    let order = json!({ "revocation": false });
    world.send(Method::PATCH, "/switches", order).await;
    assert_eq!(revoke().send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_quirks_are_shown_beside_the_switches() {
    let world = World::new().await;
    let shown = world.get("/switches").await;
    assert_eq!(shown["quirks"]["scope_separator"], "comma");
    assert_eq!(shown["switches"][0]["switch"], "revocation");
}

#[tokio::test]
async fn an_unknown_switch_is_refused_with_those_there_are() {
    let world = World::new().await;
    for order in [json!({ "cors": true }), json!({ "revocation": "off" })] {
        let (status, problem) = world.send(Method::PATCH, "/switches", order).await;
        assert_eq!(status, 422);
        assert!(!detail(&problem).is_empty());
        let accepted = problem["accepted"].as_object().unwrap();
        assert_eq!(accepted.len(), Switch::ALL.len());
    }
}

//! LinkedIn reference §6: native applications with PKCE.

use lapel_emulator::{AuthorizationPageError, Client, Settings};
use serde_json::json;

use crate::world::{World, json, query_of};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const LOOPBACK: &str = "http://127.0.0.1:53682/done";

async fn enabled() -> World {
    World::with(Settings {
        native_clients: vec![Client::default().id],
        ..Settings::default()
    })
    .await
}

fn page(world: &World, changes: &[(&str, Option<&str>)]) -> String {
    let mut all = vec![
        ("redirect_uri", Some(LOOPBACK)),
        ("code_challenge", Some(CHALLENGE)),
        ("code_challenge_method", Some("S256")),
    ];
    all.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    all.extend_from_slice(changes);
    world.authorization(&all).replace(
        "/oauth/v2/authorization",
        "/oauth/native-pkce/authorization",
    )
}

fn exchange(
    world: &World,
    code: &str,
    changes: &[(&str, Option<&str>)],
) -> reqwest::RequestBuilder {
    let mut all = vec![
        ("redirect_uri", Some(LOOPBACK)),
        ("client_secret", None),
        ("code_verifier", Some(VERIFIER)),
    ];
    all.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    all.extend_from_slice(changes);
    world.exchange(code, &all)
}

#[tokio::test]
async fn a_verifier_stands_in_place_of_the_secret() {
    let world = enabled().await;
    let code = world.code_for(&page(&world, &[]), "ada").await;
    for wrong in [
        ("code_verifier", Some("another-verifier")),
        ("client_secret", Some(&*world.client().secret)),
        ("code_verifier", None),
    ] {
        let answer = exchange(&world, &code, &[wrong]).send().await.unwrap();
        assert!(answer.status().is_client_error(), "{wrong:?}");
    }
    let (status, body) = json(exchange(&world, &code, &[]).send().await.unwrap()).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        world
            .userinfo(body["access_token"].as_str().unwrap())
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn a_code_of_the_web_flow_still_needs_the_secret() {
    let world = enabled().await;
    let code = world.code("ada").await;
    let call = world.exchange(
        &code,
        &[("client_secret", None), ("code_verifier", Some(VERIFIER))],
    );
    assert_eq!(call.send().await.unwrap().status(), 400);
    let call = world.exchange(&code, &[("client_secret", None)]);
    let text = r#"A required parameter "client_secret" is missing"#;
    assert_eq!(
        json(call.send().await.unwrap()).await.1["error_description"],
        text
    );
}

#[tokio::test]
async fn only_loopback_addresses_are_returned_to() {
    let world = enabled().await;
    for address in ["http://[::1]:7/", "http://127.0.0.1/"] {
        let page = page(&world, &[("redirect_uri", Some(address))]);
        assert!(
            world
                .linkedin
                .allow(&page, "ada")
                .await
                .unwrap()
                .starts_with(address)
        );
    }
    for address in [
        "https://127.0.0.1/",
        "http://localhost:8080/bff/callback",
        "app:/back",
    ] {
        let page = page(&world, &[("redirect_uri", Some(address))]);
        let stayed = world.linkedin.allow(&page, "ada").await;
        assert_eq!(
            stayed,
            Err(AuthorizationPageError::Stayed(200)),
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_challenge_of_the_method_s256_is_needed() {
    let world = enabled().await;
    for change in [
        ("code_challenge", None),
        ("code_challenge_method", Some("plain")),
    ] {
        let back = world
            .linkedin
            .allow(&page(&world, &[change]), "ada")
            .await
            .unwrap();
        assert_eq!(query_of(&back)["error"], "invalid_request");
    }
}

#[tokio::test]
async fn an_application_must_be_enabled() {
    let world = World::new().await;
    let answer = world.http.get(page(&world, &[])).send().await.unwrap();
    let text = answer.text().await.unwrap();
    assert!(
        text.contains("Not enough permissions to access Native PKCE protocol"),
        "{text}"
    );
    let code = world.code("ada").await;
    let (status, body) = json(exchange(&world, &code, &[]).send().await.unwrap()).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_request")));
}

//! LinkedIn reference §7: the JavaScript SDK's cookie and the exchange of its token.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use lapel_emulator::{JsSdkExchange, Settings};
use serde_json::Value;
use url::form_urlencoded::{byte_serialize, parse};

use crate::world::{World, json};

async fn historic(js_sdk: JsSdkExchange) -> World {
    World::with(Settings {
        js_sdk,
        ..Settings::default()
    })
    .await
}

fn hmac_sha1(key: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
        .replace('*', "%2A")
}

fn content(world: &World, member: &str) -> Value {
    let cookie = world
        .linkedin
        .js_sdk()
        .mint(&world.client().id, member)
        .unwrap();
    assert_eq!(cookie.name, format!("linkedin_oauth_{}", world.client().id));
    let (json, _) = parse(cookie.value.as_bytes()).next().unwrap();
    serde_json::from_str(&json).unwrap()
}

/// The exchange, signed by hand as RFC 5849 §3.4 says.
async fn exchange(world: &World, token: &str, secret: &str, nonce: &str) -> (u16, String) {
    let address = world.at("/uas/oauth/accessToken");
    let now = world.linkedin.clock().now().as_second().to_string();
    let consumer = world.client().id;
    let mut parameters = [
        ("oauth_consumer_key", consumer.as_str()),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", &now),
        ("oauth_version", "1.0"),
        ("xoauth_oauth2_access_token", token),
    ];
    parameters.sort_unstable();
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    let base = format!("POST&{}&{}", encoded(&address), encoded(&pairs.join("&")));
    let signature = hmac_sha1(&format!("{}&", encoded(secret)), &base);
    let mut header: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!(r#"{}="{}""#, encoded(name), encoded(value)))
        .collect();
    header.push(format!(r#"oauth_signature="{}""#, encoded(&signature)));
    let call = world
        .http
        .post(address)
        .header("authorization", format!("OAuth {}", header.join(", ")))
        .header("content-length", 0);
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn the_cookie_is_signed_over_the_members_that_it_names() {
    let world = historic(JsSdkExchange::SwitchedOff).await;
    let cookie = content(&world, "ada");
    assert_eq!(cookie["signature_version"], "1");
    assert_eq!(cookie["signature_method"], "HMAC-SHA1");
    let signed: String = cookie["signature_order"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| cookie[name.as_str().unwrap()].as_str().unwrap())
        .collect();
    assert_eq!(
        cookie["signature"],
        hmac_sha1(&world.client().secret, &signed)
    );
    let sub = world
        .linkedin
        .members()
        .get("ada")
        .unwrap()
        .sub(&world.client().id);
    assert_eq!(cookie["member_id"], sub);
    assert_eq!(world.linkedin.js_sdk().mint("nobody", "ada"), None);
    assert_eq!(
        world.linkedin.js_sdk().mint(&world.client().id, "nobody"),
        None
    );
}

#[tokio::test]
async fn the_token_is_exchanged_for_one_of_the_first_oauth() {
    let world = historic(JsSdkExchange::OAuth1).await;
    let secret = world.client().secret;
    let cookie = content(&world, "ada");
    let token = cookie["access_token"].as_str().unwrap();
    let (status, body) = exchange(&world, token, &secret, "n1").await;
    assert_eq!(status, 200, "{body}");
    let names: Vec<String> = parse(body.as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(
        names,
        [
            "oauth_token",
            "oauth_token_secret",
            "oauth_expires_in",
            "oauth_authorization_expires_in"
        ]
    );
    assert!(body.contains("oauth_expires_in=5183999"));
    let told = |problem: &str| (401, format!("oauth_problem={problem}"));
    assert_eq!(
        exchange(&world, token, &secret, "n1").await,
        told("nonce_used")
    );
    assert_eq!(
        exchange(&world, token, "wrong", "n2").await,
        told("signature_invalid")
    );
    assert_eq!(
        exchange(&world, "AQJ-unknown", &secret, "n3").await,
        told("token_rejected")
    );
    world
        .linkedin
        .clock()
        .advance(SignedDuration::from_mins(30));
    assert_eq!(
        exchange(&world, token, &secret, "n4").await,
        told("token_rejected")
    );
}

#[tokio::test]
async fn an_unsigned_exchange_is_told_what_it_lacks() {
    let world = historic(JsSdkExchange::OAuth1).await;
    let call = world
        .http
        .post(world.at("/uas/oauth/accessToken"))
        .form(&[("a", "b")]);
    let answer = call.send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(
        answer.text().await.unwrap(),
        "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_consumer_key"
    );
}

#[tokio::test]
async fn today_there_is_no_exchange() {
    let world = World::new().await;
    let cookie = content(&world, "ada");
    let token = cookie["access_token"].as_str().unwrap();
    assert_eq!(
        exchange(&world, token, &world.client().secret, "n").await.0,
        404
    );
    assert_eq!(second_oauth(&world, token).await.0, 400);
}

async fn second_oauth(world: &World, token: &str) -> (u16, Value) {
    let client = world.client();
    let fields = [
        (
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ),
        ("subject_token", token),
        (
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
        ),
        ("client_id", &client.id),
        ("client_secret", &client.secret),
    ];
    json(world.token_call(&fields, &[]).send().await.unwrap()).await
}

#[tokio::test]
async fn the_token_can_be_exchanged_for_one_of_the_second_oauth_where_that_is_assumed() {
    let world = historic(JsSdkExchange::OAuth1AndOAuth2).await;
    let cookie = content(&world, "ada");
    let token = cookie["access_token"].as_str().unwrap();
    let (status, body) = second_oauth(&world, token).await;
    assert_eq!(
        (status, &body["scope"]),
        (200, &Value::from("email,openid,profile"))
    );
    let (status, userinfo) = world.userinfo(body["access_token"].as_str().unwrap()).await;
    assert_eq!((status, &userinfo["sub"]), (200, &cookie["member_id"]));
    assert_eq!(second_oauth(&world, "AQJ-unknown").await.0, 400);
    let told = format!("{:?}", world.linkedin.ledger().entries());
    assert!(!told.contains(token), "the ledger tells the token");
}

//! LinkedIn reference §8 and §10: refusals, limits, the legacy profile and e-mail address.

use lapel_emulator::{Client, Settings};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::world::{World, json};

/// An application with the products of before 2023.
pub(crate) async fn legacy() -> (World, String) {
    let scopes = ["r_liteprofile", "r_emailaddress", "w_member_social"];
    let client = Client {
        scopes: scopes.map(str::to_owned).into(),
        ..Client::default()
    };
    let world = World::with(Settings {
        clients: vec![client],
        ..Settings::default()
    })
    .await;
    let page = world.authorization(&[("scope", Some(&scopes.join(" ")))]);
    let token = world.sign_in_with(&page, "ada").await.access;
    (world, token)
}

async fn get(world: &World, path: &str, token: &str) -> (u16, Value) {
    let call = world.http.get(world.at(path)).bearer_auth(token);
    json(call.send().await.unwrap()).await
}

#[tokio::test]
async fn the_legacy_profile_is_closed_to_todays_tokens() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    assert_eq!(
        get(&world, "/v2/me", &token).await,
        (
            403,
            json!({
                "status": 403,
                "serviceErrorCode": 100,
                "code": "ACCESS_DENIED",
                "message": "Not enough permissions to access: me.GET.NO_VERSION",
            })
        )
    );
    assert_eq!(
        get(&world, "/v2/emailAddress?q=members", &token).await.0,
        403
    );
}

#[tokio::test]
async fn the_legacy_profile_has_localized_names_and_a_picture_by_name() {
    let (world, token) = legacy().await;
    let (status, me) = get(&world, "/v2/me", &token).await;
    assert_eq!(status, 200);
    assert_eq!(me["localizedFirstName"], "Ada");
    assert_eq!(
        me["lastName"],
        json!({
            "localized": { "en_US": "Example" },
            "preferredLocale": { "country": "US", "language": "en" },
        })
    );
    let sub = world
        .linkedin
        .members()
        .get("ada")
        .unwrap()
        .sub(&world.client().id);
    assert_eq!(me["id"], sub);
    let picture = me["profilePicture"].as_object().unwrap();
    assert_eq!(picture.len(), 1);
    assert!(
        picture["displayImage"]
            .as_str()
            .unwrap()
            .starts_with("urn:li:digitalmediaAsset:")
    );
}

#[tokio::test]
async fn a_projection_picks_fields_and_resolves_the_picture() {
    let (world, token) = legacy().await;
    let path = "/v2/me?projection=(id,profilePicture(displayImage~:playableStreams))";
    let (_, me) = get(&world, path, &token).await;
    assert_eq!(me.as_object().unwrap().len(), 2);
    let element = &me["profilePicture"]["displayImage~"]["elements"][0];
    let address = element["identifiers"][0]["identifier"].as_str().unwrap();
    assert_eq!(world.http.get(address).send().await.unwrap().status(), 200);
    let (status, _) = get(&world, "/v2/me?projection=(id", &token).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn the_legacy_email_address_is_behind_a_handle() {
    let (world, token) = legacy().await;
    let path = "/v2/emailAddress?q=members&projection=(elements*(handle~))";
    let (status, found) = get(&world, path, &token).await;
    assert_eq!(status, 200);
    let element = &found["elements"][0];
    assert_eq!(
        element["handle~"],
        json!({ "emailAddress": "ada@example.com" })
    );
    assert!(
        element["handle"]
            .as_str()
            .unwrap()
            .starts_with("urn:li:emailAddress:")
    );
    let (_, found) = get(&world, "/v2/emailAddress?q=members", &token).await;
    assert!(found["elements"][0].get("handle~").is_none());
    assert_eq!(get(&world, "/v2/emailAddress", &token).await.0, 400);
}

#[tokio::test]
async fn absent_resources_wrong_methods_and_the_first_version_are_told_apart() {
    let (world, token) = legacy().await;
    let (status, body) = get(&world, "/v2/shares", &token).await;
    assert_eq!(
        (status, &body["message"]),
        (404, &json!("Resource shares does not exist"))
    );
    let (status, body) = get(&world, "/v2/ugcPosts", &token).await;
    assert_eq!((status, &body["status"]), (405, &json!(405)));
    let (status, body) = get(&world, "/v1/people/~", &token).await;
    assert_eq!(status, 410);
    assert_eq!(
        body["message"],
        "This resource is no longer available under v1 APIs"
    );
    assert_eq!(body["errorCode"], 0);
    assert_eq!(
        body["timestamp"],
        world.linkedin.clock().now().as_millisecond()
    );
}

#[tokio::test]
async fn a_long_query_needs_the_tunnel() {
    let (world, token) = legacy().await;
    let long = format!("projection=(id)&filling={}", "x".repeat(5000));
    assert_eq!(get(&world, &format!("/v2/me?{long}"), &token).await.0, 414);
    let tunnel = world
        .http
        .post(world.at("/v2/me"))
        .bearer_auth(&token)
        .header("x-http-method-override", "GET")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(long);
    let (status, me) = json(tunnel.send().await.unwrap()).await;
    assert_eq!((status, me.as_object().unwrap().len()), (200, 1));
}

#[tokio::test]
async fn a_post_says_how_long_it_is() {
    let world = World::new().await;
    let mut stream = TcpStream::connect(world.linkedin.address()).await.unwrap();
    let request = "POST /v2/ugcPosts HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 411 "), "{answer}");
}

/// Reading a projection is recursive: without an end to it, one request ends the whole process.
#[tokio::test]
async fn a_projection_that_is_nested_without_end_is_refused() {
    let (world, token) = legacy().await;
    let nested =
        |levels: usize| format!("projection={}{}", "(a".repeat(levels), ")".repeat(levels));
    assert_eq!(
        get(&world, &format!("/v2/me?{}", nested(10)), &token)
            .await
            .0,
        200
    );
    assert_eq!(
        get(&world, &format!("/v2/me?{}", nested(1300)), &token)
            .await
            .0,
        400
    );
    let tunnel = world
        .http
        .post(world.at("/v2/me"))
        .bearer_auth(&token)
        .header("x-http-method-override", "GET")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(nested(15_000));
    assert_eq!(json(tunnel.send().await.unwrap()).await.0, 400);
    assert_eq!(
        get(&world, "/v2/me", &token).await.0,
        200,
        "and still there"
    );
}

#[tokio::test]
async fn a_body_beyond_any_post_is_refused_by_linkedin_and_kept_in_its_ledger() {
    let (world, token) = legacy().await;
    for path in ["/v2/ugcPosts", "/oauth/v2/accessToken"] {
        let call = world.http.post(world.at(path)).bearer_auth(&token);
        let answer = call.body("x".repeat(300 * 1024)).send().await.unwrap();
        assert_eq!(answer.status(), 413, "{path}");
        assert!(answer.headers().contains_key("x-li-uuid"), "{path}");
        let entries = world.linkedin.ledger().entries();
        assert_eq!(entries.last().unwrap().status, Some(413), "{path}");
    }
}

#[tokio::test]
async fn the_ledger_keeps_the_beginning_of_what_is_long() {
    let world = World::new().await;
    let long = "x".repeat(200 * 1024);
    let form = [("grant_type", "authorization_code"), ("filling", &long)];
    let call = world
        .http
        .post(world.at("/oauth/v2/accessToken"))
        .form(&form);
    call.send().await.unwrap();
    let entries = world.linkedin.ledger().entries();
    let kept = entries.last().unwrap().field("filling").unwrap();
    assert!(
        kept.len() < 5000 && kept.ends_with("(204800 bytes)"),
        "{}",
        kept.len()
    );
}

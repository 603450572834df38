use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use lapel_emulator::{Issuer, Lifetimes, Quirks, Settings};
use serde_json::{Value, json};

use crate::world::{World, days, json};

async fn get(world: &World, path: &str) -> (u16, Value) {
    json(world.http.get(world.at(path)).send().await.unwrap()).await
}

fn part(token: &str, index: usize) -> Value {
    let text = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(index).unwrap())
        .unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[tokio::test]
async fn discovery_has_what_linkedins_has_and_nothing_more() {
    let world = World::new().await;
    let (status, document) = get(&world, "/oauth/.well-known/openid-configuration").await;
    let at = |path: &str| world.at(path);
    assert_eq!(status, 200);
    assert_eq!(
        document,
        json!({
            "issuer": at("/oauth"),
            "authorization_endpoint": at("/oauth/v2/authorization"),
            "token_endpoint": at("/oauth/v2/accessToken"),
            "userinfo_endpoint": at("/v2/userinfo"),
            "jwks_uri": at("/oauth/openid/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email"],
            "claims_supported": [
                "iss", "aud", "iat", "exp", "sub", "name", "given_name", "family_name", "picture",
                "email", "email_verified", "locale",
            ],
        })
    );
    for elsewhere in [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ] {
        assert_eq!(
            world.http.get(at(elsewhere)).send().await.unwrap().status(),
            404
        );
    }
}

#[tokio::test]
async fn the_issuer_can_be_the_one_of_old() {
    let quirks = Quirks {
        issuer: Issuer::BeforeApril2024,
        ..Quirks::linkedin()
    };
    let world = World::with(Settings {
        quirks,
        ..Settings::default()
    })
    .await;
    let token = world.sign_in("ada").await.body["id_token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(part(&token, 1)["iss"], world.linkedin.url());
}

#[tokio::test]
async fn the_published_key_verifies_the_id_token_and_says_little_about_itself() {
    let world = World::new().await;
    let (_, set) = get(&world, "/oauth/openid/jwks").await;
    let key = set["keys"][0].as_object().unwrap();
    // Sorted: another crate of a build can ask serde_json to keep the order in which members came.
    let mut members: Vec<&String> = key.keys().collect();
    members.sort();
    assert_eq!(members, ["e", "kid", "kty", "n"]);

    let token = world.sign_in("ada").await.body["id_token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        part(&token, 0),
        json!({ "zip": "RS256", "kid": key["kid"], "alg": "RS256" })
    );
    let (message, signature) = token.rsplit_once('.').unwrap();
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let key = RsaPublicKeyComponents {
        n: bytes(key["n"].as_str().unwrap()),
        e: bytes(key["e"].as_str().unwrap()),
    };
    key.verify(
        &RSA_PKCS1_2048_8192_SHA256,
        message.as_bytes(),
        &bytes(signature),
    )
    .unwrap();
}

#[tokio::test]
async fn the_id_token_has_linkedins_claims_and_types() {
    let world = World::new().await;
    let page = world.authorization(&[("nonce", Some("n-0S6_WzA2Mj"))]);
    let token = world.sign_in_with(&page, "ada").await.body["id_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut claims = part(&token, 1);
    let picture = claims["picture"].take();
    let now = world.linkedin.clock().now().as_second();
    let sub = world
        .linkedin
        .members()
        .get("ada")
        .unwrap()
        .sub(&world.client().id);
    assert_eq!(sub.len(), 10);
    assert_eq!(
        claims,
        json!({
            "iss": world.at("/oauth"),
            "aud": world.client().id,
            "iat": now,
            "exp": now + 3600,
            "sub": sub,
            "name": "Ada Example",
            "given_name": "Ada",
            "family_name": "Example",
            "picture": null,
            "email": "ada@example.com",
            "email_verified": "true",
            "locale": "en_US",
        })
    );
    assert!(
        picture
            .as_str()
            .unwrap()
            .starts_with(&world.at("/dms/image/"))
    );
}

#[tokio::test]
async fn userinfo_says_the_same_in_other_types() {
    let world = World::new().await;
    let tokens = world.sign_in("ada").await;
    let claims = part(tokens.body["id_token"].as_str().unwrap(), 1);
    let (status, userinfo) = world.userinfo(&tokens.access).await;
    assert_eq!(status, 200);
    assert_eq!(
        userinfo,
        json!({
            "sub": claims["sub"],
            "email_verified": true,
            "name": "Ada Example",
            "locale": { "country": "US", "language": "en" },
            "given_name": "Ada",
            "family_name": "Example",
            "email": "ada@example.com",
            "picture": claims["picture"],
        })
    );
}

#[tokio::test]
async fn each_scope_shows_its_own_claims_only() {
    let world = World::new().await;
    for (scope, absent) in [
        ("openid profile", ["email", "email_verified", "email"]),
        ("openid email", ["name", "picture", "locale"]),
    ] {
        let page = world.authorization(&[("scope", Some(scope))]);
        let tokens = world.sign_in_with(&page, "ada").await;
        let claims = part(tokens.body["id_token"].as_str().unwrap(), 1);
        let (_, userinfo) = world.userinfo(&tokens.access).await;
        for name in absent {
            assert!(
                claims.get(name).is_none() && userinfo.get(name).is_none(),
                "{scope}: {name}"
            );
        }
    }
}

#[tokio::test]
async fn userinfo_refuses_each_kind_of_bad_token_in_its_own_words() {
    let lifetimes = Lifetimes {
        fresh_token_refused: SignedDuration::from_secs(5),
        ..Lifetimes::default()
    };
    let world = World::with(Settings {
        lifetimes,
        ..Settings::default()
    })
    .await;
    let token = world.sign_in("ada").await.access;
    let code = |body: &Value| (body["serviceErrorCode"].clone(), body["code"].clone());

    let (status, body) = world.userinfo(&token).await;
    assert_eq!(
        (status, code(&body)),
        (401, (json!(65601), json!("REVOKED_ACCESS_TOKEN")))
    );
    world.linkedin.clock().advance(SignedDuration::from_secs(5));
    assert_eq!(world.userinfo(&token).await.0, 200);
    world.linkedin.clock().advance(days(60));
    let (status, body) = world.userinfo(&token).await;
    assert_eq!(
        (status, code(&body)),
        (401, (json!(65602), json!("EXPIRED_ACCESS_TOKEN")))
    );
    let (status, body) = world.userinfo("AQXnever-issued").await;
    assert_eq!(
        (status, code(&body)),
        (401, (json!(65600), json!("INVALID_ACCESS_TOKEN")))
    );
    let (status, body) = get(&world, "/v2/userinfo").await;
    assert_eq!(
        (status, code(&body)),
        (401, (json!(65604), json!("EMPTY_ACCESS_TOKEN")))
    );
    let basic = world
        .http
        .get(world.at("/v2/userinfo"))
        .basic_auth("a", Some("b"));
    assert_eq!(json(basic.send().await.unwrap()).await.0, 401);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_linkedin_wants_recorded() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    for (method, path, status) in [
        ("GET", "/v2/userinfo", 200),
        ("POST", "/v2/userinfo", 411),
        ("GET", "/oauth/openid/jwks", 200),
        ("DELETE", "/oauth/openid/jwks", 405),
        ("GET", "/oauth/.well-known/openid-configuration", 200),
        ("GET", "/oauth/v2/authorization", 200),
        ("DELETE", "/oauth/v2/authorization", 405),
        ("POST", "/oauth/v2/accessToken", 400),
        ("GET", "/oauth/v2/accessToken", 405),
        ("POST", "/oauth/v2/introspectToken", 400),
        ("POST", "/oauth/v2/revoke", 400),
        ("GET", "/v2/me", 403),
        ("GET", "/v2/nothing", 404),
        ("GET", "/rest/nothing", 404),
        ("GET", "/oauth/v2/nothing", 404),
        ("GET", "/nothing", 404),
    ] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let call = world.http.request(method.clone(), world.at(path));
        let answer = call.bearer_auth(&token).send().await.unwrap();
        assert_eq!(answer.status(), status, "{method} {path}");
        let headers = answer.headers();
        for name in [
            "x-li-uuid",
            "x-li-fabric",
            "x-li-request-id",
            "x-li-pop",
            "x-li-proto",
        ] {
            assert!(headers.contains_key(name), "{method} {path}: {name}");
        }
        assert!(headers.contains_key("cache-control"));
        let entry = world.linkedin.ledger().entries().pop().unwrap();
        assert_eq!(entry.li_uuid.as_deref(), headers["x-li-uuid"].to_str().ok());
    }
    let refused = world
        .http
        .get(world.at("/v2/userinfo"))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.headers()["x-restli-error-response"], "true");
    assert!(refused.headers().contains_key("set-cookie"));
}

#[tokio::test]
async fn pictures_and_addresses_can_be_absent_for_everyone() {
    let quirks = Quirks {
        picture_absent: true,
        email_absent: true,
        ..Quirks::linkedin()
    };
    let world = World::with(Settings {
        quirks,
        ..Settings::default()
    })
    .await;
    let tokens = world.sign_in("ada").await;
    let claims = part(tokens.body["id_token"].as_str().unwrap(), 1);
    let (_, userinfo) = world.userinfo(&tokens.access).await;
    for name in ["picture", "email", "email_verified"] {
        assert!(
            claims.get(name).is_none() && userinfo.get(name).is_none(),
            "{name}"
        );
    }
}

//! What single defects do beyond showing: what stays changed, and what took effect.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_emulator::{
    AccessDefect, BodyDefect, ClockSkew, Endpoint, Fault, IntrospectionDefect, KeysDefect, Latency,
    ProfileDefect, RefreshDefect, RevocationDefect, Settings, Transport,
};
use serde_json::{Value, json};

use crate::member_apis::legacy;
use crate::world::{World, json};

async fn partner() -> World {
    World::with(Settings {
        refresh_tokens: true,
        ..Settings::default()
    })
    .await
}

/// The claims of the id_token in a token answer.
fn claims(body: &Value) -> Value {
    let token = body["id_token"].as_str().unwrap();
    let text = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap());
    serde_json::from_slice(&text.unwrap()).unwrap()
}

async fn keys(world: &World) -> Value {
    let call = world.http.get(world.at("/oauth/openid/jwks"));
    json(call.send().await.unwrap()).await.1["keys"][0].clone()
}

#[tokio::test]
async fn a_lost_answer_leaves_its_effect() {
    let world = partner().await;
    let token = world.sign_in("ada").await.body["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let live = world.linkedin.tokens().live().len();
    let faults = world.linkedin.faults();
    faults.inject(Fault::next(RefreshDefect::AnswerLost));
    // A code exchange is no refresh.
    world.sign_in("emoji").await;
    assert_eq!(faults.active().len(), 1);
    assert!(world.refresh(&token, &[]).send().await.is_err());
    assert_eq!(world.linkedin.tokens().live().len(), live + 3);
    let entry = world.linkedin.ledger().entries().pop().unwrap();
    assert_eq!((entry.endpoint, entry.status), (Endpoint::Token, None));

    faults.inject(Fault::next(Transport::AnswerLost).at(Endpoint::Token));
    let code = world.code("ada").await;
    assert!(world.exchange(&code, &[]).send().await.is_err());
    assert_eq!(
        world.exchange(&code, &[]).send().await.unwrap().status(),
        400
    );
}

#[tokio::test]
async fn a_connection_closed_in_the_middle_has_begun_to_answer() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let whole = world
        .userinfo_call(&token)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    world
        .linkedin
        .faults()
        .inject(Fault::next(Transport::ClosedMidAnswer));
    let mut answer = world.userinfo_call(&token).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.content_length(), Some(whole.len() as u64));
    let begun = answer.chunk().await.unwrap().unwrap();
    assert_eq!(begun, whole[..whole.len() / 2]);
    assert!(answer.chunk().await.is_err());
}

#[tokio::test]
async fn truncated_json_is_whole_as_http() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    world
        .linkedin
        .faults()
        .inject(Fault::next(BodyDefect::Truncated));
    let answer = world.userinfo_call(&token).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body = answer.bytes().await.unwrap();
    assert!(body.starts_with(b"{") && serde_json::from_slice::<Value>(&body).is_err());
}

#[tokio::test]
async fn an_endless_body_ends_at_its_cap() {
    let world = World::new().await;
    world
        .linkedin
        .faults()
        .inject(Fault::next(BodyDefect::Endless));
    let mut answer = world
        .http
        .get(world.at("/oauth/openid/jwks"))
        .send()
        .await
        .unwrap();
    let mut length = 0;
    while let Ok(Some(piece)) = answer.chunk().await {
        length += piece.len();
    }
    let cap = 64 * 1024 * 1024;
    // What was on its way when the connection was cut may be lost.
    assert!((cap - 1024 * 1024..=cap).contains(&length), "{length}");
    // Somebody who leaves is not waited for.
    world
        .linkedin
        .faults()
        .inject(Fault::next(BodyDefect::Endless));
    let answer = world
        .http
        .get(world.at("/oauth/openid/jwks"))
        .send()
        .await
        .unwrap();
    drop(answer);
    assert_eq!(keys(&world).await["kty"], "RSA");
}

#[tokio::test]
async fn members_are_missing_or_of_another_type() {
    let world = World::new().await;
    let faults = world.linkedin.faults();
    let token = world.sign_in("ada").await.access;
    faults.inject(Fault::next(BodyDefect::MissingFields));
    let (_, userinfo) = world.userinfo(&token).await;
    assert!(userinfo.get("sub").is_none() && userinfo["name"] == "Ada Example");
    faults.inject(Fault::next(BodyDefect::WrongTypes));
    let (_, userinfo) = world.userinfo(&token).await;
    assert_eq!(userinfo["sub"], 7);
    assert_eq!(userinfo["email_verified"], json!([true]));
    assert_eq!(userinfo["locale"], "seven");
}

#[tokio::test]
async fn a_late_answer_is_late_after_its_effect() {
    let world = World::new().await;
    let code = world.code("ada").await;
    world
        .linkedin
        .faults()
        .inject(Fault::next(Latency::HalfMinute).at(Endpoint::Token));
    let call = world.exchange(&code, &[]).send();
    assert!(
        tokio::time::timeout(Duration::from_secs(2), call)
            .await
            .is_err()
    );
    assert_eq!(world.linkedin.tokens().live().len(), 1);
    assert_eq!(
        world.linkedin.ledger().entries_of(Endpoint::Token)[0].status,
        Some(200)
    );
}

#[tokio::test]
async fn a_token_that_has_ended_stays_ended() {
    let world = World::new().await;
    for (defect, number, status) in [
        (AccessDefect::Expired, 65602, "expired"),
        (AccessDefect::Revoked, 65601, "revoked"),
        (AccessDefect::FreshTokenRefused, 65601, "active"),
    ] {
        let token = world.sign_in("ada").await.access;
        world
            .linkedin
            .faults()
            .inject(Fault::next(defect).at(Endpoint::Userinfo));
        let (http, body) = world.userinfo(&token).await;
        assert_eq!((http, &body["serviceErrorCode"]), (401, &json!(number)));
        assert_eq!(world.introspect(&token).await.1["status"], status);
        let again = world.userinfo(&token).await.0;
        assert_eq!(again, if status == "active" { 200 } else { 401 });
    }
}

#[tokio::test]
async fn a_refused_refresh_token_is_dead() {
    let world = partner().await;
    let token = world.sign_in("ada").await.body["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .linkedin
        .faults()
        .inject(Fault::next(RefreshDefect::Refused));
    for _ in 0..2 {
        let (status, body) = json(world.refresh(&token, &[]).send().await.unwrap()).await;
        assert_eq!((status, &body["error"]), (400, &json!("invalid_request")));
    }
}

#[tokio::test]
async fn a_rotated_key_stays() {
    let world = World::new().await;
    let first = keys(&world).await;
    let faults = world.linkedin.faults();
    faults.inject(Fault::next(KeysDefect::Rotated).at(Endpoint::Token));
    world.sign_in("ada").await;
    let second = keys(&world).await;
    assert!(second["kid"] != first["kid"] && second["n"] != first["n"]);
    faults.inject(Fault::next(KeysDefect::RotatedUnderOneName).at(Endpoint::Keys));
    let third = keys(&world).await;
    assert!(third["kid"] == second["kid"] && third["n"] != second["n"]);
    world.linkedin.rotate_key().await;
    assert_ne!(keys(&world).await["kid"], third["kid"]);
}

#[tokio::test]
async fn a_skewed_clock_shows_in_the_id_token_only() {
    let world = World::new().await;
    let now = world.linkedin.clock().now().as_second();
    let life = {
        let sound = claims(&world.sign_in("ada").await.body);
        assert_eq!(sound["iat"], now);
        sound["exp"].as_i64().unwrap() - now
    };
    for defect in ClockSkew::ALL {
        let ahead = match defect {
            ClockSkew::AheadHalfMinute => 30,
            ClockSkew::AheadTwoHours => 7200,
            ClockSkew::BehindHalfMinute => -30,
            ClockSkew::BehindTwoHours => -7200,
        };
        world.linkedin.faults().inject(Fault::next(defect));
        let tokens = world.sign_in("ada").await;
        let claims = claims(&tokens.body);
        assert_eq!(claims["iat"], now + ahead, "{defect:?}");
        assert_eq!(claims["exp"], now + ahead + life, "{defect:?}");
        assert_eq!(world.userinfo(&tokens.access).await.0, 200);
        assert_eq!(tokens.body["expires_in"], 5_184_000);
        let (_, told) = world.introspect(&tokens.access).await;
        assert_eq!(told["created_at"], now, "{told}");
    }
}

#[tokio::test]
async fn introspection_and_revocation_fail_without_touching_the_token() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let faults = world.linkedin.faults();
    faults.inject(Fault::next(IntrospectionDefect::BadRequest));
    assert_eq!(world.introspect(&token).await.0, 400);
    let client = world.client();
    for (defect, status) in [
        (RevocationDefect::Unavailable, 503),
        (RevocationDefect::Absent, 404),
    ] {
        faults.inject(Fault::next(defect));
        let call = world.http.post(world.at("/oauth/v2/revoke")).form(&[
            ("client_id", &client.id),
            ("client_secret", &client.secret),
            ("token", &token),
        ]);
        assert_eq!(call.send().await.unwrap().status(), status);
    }
    assert_eq!(world.introspect(&token).await.1["active"], true);
}

#[tokio::test]
async fn a_profile_can_embed_an_error_in_place_of_its_picture() {
    let (world, token) = legacy().await;
    world
        .linkedin
        .faults()
        .inject(Fault::next(ProfileDefect::PictureThrottled));
    let path = "/v2/me?projection=(id,profilePicture(displayImage~:playableStreams))";
    let call = world.http.get(world.at(path)).bearer_auth(&token);
    let (status, me) = json(call.send().await.unwrap()).await;
    assert_eq!(status, 200);
    let error = &me["profilePicture"]["displayImage!"];
    assert_eq!(
        (&error["status"], &error["serviceErrorCode"]),
        (&json!(429), &json!(101))
    );
    assert!(me["profilePicture"].get("displayImage~").is_none());
}

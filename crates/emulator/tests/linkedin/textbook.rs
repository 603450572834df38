//! Textbook mode: a strictly conforming OpenID provider, without LinkedIn's quirks.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use lapel_emulator::{AuthorizationPageError, Settings};
use serde_json::{Value, json};

use crate::world::{CALLBACK, World, json, query_of};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const S256: [(&str, Option<&str>); 2] = [
    ("code_challenge", Some(CHALLENGE)),
    ("code_challenge_method", Some("S256")),
];

async fn textbook() -> World {
    let world = World::with(Settings {
        textbook: true,
        refresh_tokens: true,
        ..Settings::default()
    })
    .await;
    // Redirect addresses are compared to the letter here.
    world
        .linkedin
        .register_redirect(&world.client().id, CALLBACK);
    world
}

async fn document(world: &World) -> Value {
    let path = "/oauth/.well-known/openid-configuration";
    json(world.http.get(world.at(path)).send().await.unwrap())
        .await
        .1
}

fn part(token: &Value, index: usize) -> Value {
    let part = token.as_str().unwrap().split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

async fn sent(call: reqwest::RequestBuilder) -> (u16, Value) {
    json(call.send().await.unwrap()).await
}

#[tokio::test]
async fn discovery_says_all_that_a_client_needs() {
    let world = textbook().await;
    let document = document(&world).await;
    assert_eq!(document["issuer"], world.at("/oauth"));
    assert_eq!(
        document["token_endpoint_auth_methods_supported"],
        json!(["client_secret_basic", "client_secret_post"])
    );
    assert_eq!(
        document["grant_types_supported"],
        json!(["authorization_code", "refresh_token"])
    );
    assert_eq!(
        document["code_challenge_methods_supported"],
        json!(["S256"])
    );
    assert_eq!(
        document["revocation_endpoint"],
        world.at("/oauth/v2/revoke")
    );
    assert_eq!(
        document["introspection_endpoint"],
        world.at("/oauth/v2/introspectToken")
    );
    assert_eq!(
        document["authorization_response_iss_parameter_supported"],
        true
    );
    assert_eq!(document["request_uri_parameter_supported"], false);
    let (_, keys) = sent(world.http.get(document["jwks_uri"].as_str().unwrap())).await;
    assert_eq!(
        (&keys["keys"][0]["use"], &keys["keys"][0]["alg"]),
        (&json!("sig"), &json!("RS256"))
    );
}

#[tokio::test]
async fn what_is_switched_off_is_not_announced() {
    let world = World::with(Settings {
        textbook: true,
        revocation: false,
        ..Settings::default()
    })
    .await;
    let document = document(&world).await;
    assert!(document.get("revocation_endpoint").is_none());
    assert_eq!(
        document["grant_types_supported"],
        json!(["authorization_code"])
    );
}

#[tokio::test]
async fn the_redirect_names_its_issuer_in_good_and_in_bad() {
    let world = textbook().await;
    let back = world
        .linkedin
        .allow(&world.authorization(&[]), "ada")
        .await
        .unwrap();
    assert_eq!(query_of(&back)["iss"], world.at("/oauth"));
    let back = world
        .linkedin
        .cancel_consent(&world.authorization(&[]), "ada")
        .await
        .unwrap();
    assert_eq!(query_of(&back)["iss"], world.at("/oauth"));
    let page = world.authorization(&[("scope", Some("openid admin"))]);
    let back = world.linkedin.allow(&page, "ada").await.unwrap();
    let told = query_of(&back);
    assert_eq!(told["error"], "invalid_scope");
    // RFC 6749 §4.1.2.1.
    assert!(!told["error_description"].contains(['"', '\\']), "{back}");
}

#[tokio::test]
async fn the_id_token_carries_the_nonce_and_types_of_the_standard() {
    let world = textbook().await;
    let page = world.authorization(&[("nonce", Some("n-0S6"))]);
    let tokens = world.sign_in_with(&page, "ada").await;
    assert_eq!(tokens.body["scope"], "email openid profile");
    assert_eq!(tokens.body["token_type"], "Bearer");
    let header = part(&tokens.body["id_token"], 0);
    assert_eq!((header.get("zip"), &header["alg"]), (None, &json!("RS256")));
    let claims = part(&tokens.body["id_token"], 1);
    assert_eq!(claims["nonce"], "n-0S6");
    assert_eq!(claims["email_verified"], true);
    assert_eq!(claims["locale"], "en-US");
    let (_, userinfo) = world.userinfo(&tokens.access).await;
    assert_eq!(
        (&userinfo["locale"], &userinfo["email_verified"]),
        (&json!("en-US"), &json!(true))
    );
    assert_eq!(userinfo["sub"], claims["sub"]);
}

#[tokio::test]
async fn userinfo_answers_post_and_challenges_whoever_has_no_token() {
    let world = textbook().await;
    let token = world.sign_in("ada").await.access;
    let post = world
        .http
        .post(world.at("/v2/userinfo"))
        .bearer_auth(&token);
    assert_eq!(
        post.header("content-length", 0)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    for (token, challenge) in [
        (None, "Bearer"),
        (Some("AQX"), r#"Bearer error="invalid_token""#),
    ] {
        let mut call = world.http.get(world.at("/v2/userinfo"));
        if let Some(token) = token {
            call = call.bearer_auth(token);
        }
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.headers()["www-authenticate"], challenge);
    }
}

#[tokio::test]
async fn openid_alone_is_enough_and_a_form_as_good_as_a_query() {
    let world = textbook().await;
    let page = world.authorization(&[("scope", Some("openid"))]);
    let tokens = world.sign_in_with(&page, "ada").await;
    assert_eq!(tokens.body["scope"], "openid");
    let (address, form) = page.split_once('?').unwrap();
    let call = world.http.post(address).body(form.to_owned());
    let call = call.header("content-type", "application/x-www-form-urlencoded");
    let text = call.send().await.unwrap().text().await.unwrap();
    assert!(text.contains("Sign in to continue"), "{text}");
}

#[tokio::test]
async fn redirect_addresses_are_compared_to_the_letter() {
    let world = textbook().await;
    let address = "http://localhost:8080/bff/callback?via=another";
    let page = world.authorization(&[("redirect_uri", Some(address))]);
    let stayed = world.linkedin.allow(&page, "ada").await;
    assert_eq!(stayed, Err(AuthorizationPageError::Stayed(400)));
}

#[tokio::test]
async fn a_challenge_must_be_met_and_a_verifier_needs_a_challenge() {
    let world = textbook().await;
    let grant_refused = |answer: (u16, Value)| {
        assert_eq!(
            (answer.0, &answer.1["error"]),
            (400, &json!("invalid_grant"))
        );
    };
    let code = world.code_for(&world.authorization(&S256), "ada").await;
    grant_refused(sent(world.exchange(&code, &[])).await);
    grant_refused(sent(world.exchange(&code, &[("code_verifier", Some("wrong"))])).await);
    let right = sent(world.exchange(&code, &[("code_verifier", Some(VERIFIER))])).await;
    assert_eq!(right.0, 200, "{}", right.1);
    // RFC 9700 §2.1.1: a verifier without a challenge is a downgrade.
    let code = world.code("ada").await;
    grant_refused(sent(world.exchange(&code, &[("code_verifier", Some(VERIFIER))])).await);
    for method in [None, Some("plain")] {
        let page = world.authorization(&[S256[0], ("code_challenge_method", method)]);
        let back = world.linkedin.allow(&page, "ada").await.unwrap();
        assert_eq!(query_of(&back)["error"], "invalid_request");
    }
}

#[tokio::test]
async fn a_client_proves_itself_in_the_header_or_in_the_body_but_not_in_both() {
    let world = textbook().await;
    let client = world.client();
    // RFC 6749 §2.3.1: form-encoded before they are joined.
    let encoded =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = |call: reqwest::RequestBuilder, secret: &str| {
        call.basic_auth(encoded(&client.id), Some(encoded(secret)))
    };
    let without = [("client_id", None), ("client_secret", None)];
    let code = world.code("ada").await;
    let answer = basic(world.exchange(&code, &without), "wrong")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
    assert!(
        answer.headers()["www-authenticate"]
            .to_str()
            .unwrap()
            .starts_with("Basic")
    );
    assert_eq!(json(answer).await.1["error"], "invalid_client");
    let both = sent(basic(world.exchange(&code, &[]), &client.secret)).await;
    assert_eq!((both.0, &both.1["error"]), (400, &json!("invalid_request")));
    let neither = sent(world.exchange(&code, &without)).await;
    assert_eq!(
        (neither.0, &neither.1["error"]),
        (401, &json!("invalid_client"))
    );
    let header = sent(basic(world.exchange(&code, &without), &client.secret)).await;
    assert_eq!(header.0, 200, "{}", header.1);
    let code = world.code("ada").await;
    assert_eq!(sent(world.exchange(&code, &[])).await.0, 200);
}

#[tokio::test]
async fn a_code_used_twice_ends_what_it_gave() {
    let world = textbook().await;
    let code = world.code("ada").await;
    let first = sent(world.exchange(&code, &[])).await.1;
    let again = sent(world.exchange(&code, &[])).await;
    assert_eq!((again.0, &again.1["error"]), (400, &json!("invalid_grant")));
    assert_eq!(
        world
            .userinfo(first["access_token"].as_str().unwrap())
            .await
            .0,
        401
    );
    let unknown = sent(world.exchange("AQTunknown", &[])).await;
    assert_eq!(
        (unknown.0, &unknown.1["error"]),
        (400, &json!("invalid_grant"))
    );
}

#[tokio::test]
async fn refresh_tokens_rotate_and_an_old_one_ends_them_all() {
    let world = textbook().await;
    let first = world.sign_in("ada").await.body["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let (status, body) = sent(world.refresh(&first, &[])).await;
    assert_eq!(status, 200);
    let second = body["refresh_token"].as_str().unwrap().to_owned();
    let access = body["access_token"].as_str().unwrap().to_owned();
    assert_ne!(second, first);
    assert_eq!(world.userinfo(&access).await.0, 200);
    let (status, body) = sent(world.refresh(&first, &[])).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
    assert_eq!(sent(world.refresh(&second, &[])).await.0, 400);
    assert_eq!(world.userinfo(&access).await.0, 401);
    assert_eq!(world.linkedin.tokens().live(), []);
}

#[tokio::test]
async fn introspection_is_that_of_the_standard() {
    let world = textbook().await;
    let token = world.sign_in("ada").await.access;
    let now = world.linkedin.clock().now().as_second();
    let (status, body) = world.introspect(&token).await;
    assert_eq!(status, 200);
    let sub = world
        .linkedin
        .members()
        .get("ada")
        .unwrap()
        .sub(&world.client().id);
    assert_eq!(
        body,
        json!({
            "active": true,
            "scope": "email openid profile",
            "client_id": world.client().id,
            "token_type": "Bearer",
            "exp": now + 5_184_000,
            "iat": now,
            "sub": sub,
            "aud": world.client().id,
            "iss": world.at("/oauth"),
        })
    );
    assert_eq!(
        world.introspect("gibberish").await,
        (200, json!({ "active": false }))
    );
    world.linkedin.tokens().revoke_all();
    assert_eq!(
        world.introspect(&token).await,
        (200, json!({ "active": false }))
    );
}

#[tokio::test]
async fn other_grants_are_refused_in_the_standards_words() {
    let world = textbook().await;
    let client = world.client();
    let call = |grant: &'static str| {
        let fields = [
            ("grant_type", grant),
            ("client_id", &*client.id),
            ("client_secret", &*client.secret),
        ];
        sent(world.token_call(&fields, &[]))
    };
    assert_eq!(call("password").await.1["error"], "unsupported_grant_type");
    assert_eq!(
        call("client_credentials").await.1["error"],
        "unauthorized_client"
    );
    let (status, body) = sent(world.token_call(&[], &[])).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_request")));
    assert!(!body["error_description"].as_str().unwrap().contains('"'));
}

#[tokio::test]
async fn token_answers_and_refusals_are_kept_by_nobody() {
    let world = textbook().await;
    let code = world.code("ada").await;
    for status in [200, 400] {
        let answer = world.exchange(&code, &[]).send().await.unwrap();
        assert_eq!(answer.status(), status);
        // RFC 6749 §5.1.
        assert_eq!(answer.headers()["pragma"], "no-cache");
        let cached = answer.headers()["cache-control"].to_str().unwrap();
        assert!(cached.contains("no-store"), "{cached}");
    }
}

#[tokio::test]
async fn an_absent_response_type_is_an_invalid_request() {
    let world = textbook().await;
    for (kind, error) in [
        (None, "invalid_request"),
        (Some("token"), "unsupported_response_type"),
    ] {
        let page = world.authorization(&[("response_type", kind)]);
        let back = world.linkedin.allow(&page, "ada").await.unwrap();
        assert_eq!(query_of(&back)["error"], error);
    }
}

#[tokio::test]
async fn repeated_parameters_are_refused() {
    let world = textbook().await;
    for name in ["scope", "state", "response_type", "unheard_of"] {
        let page = format!("{}&{name}=openid", world.authorization(&[]));
        let page = format!("{page}&{name}=profile");
        let back = world.linkedin.allow(&page, "ada").await.unwrap();
        assert_eq!(query_of(&back)["error"], "invalid_request", "{name}");
    }
    // Whom to send back where is in doubt.
    for (name, value) in [
        ("client_id", world.client().id),
        ("redirect_uri", "http://localhost".to_owned()),
    ] {
        let page = format!("{}&{name}={value}", world.authorization(&[]));
        let stayed = world.linkedin.allow(&page, "ada").await;
        assert_eq!(stayed, Err(AuthorizationPageError::Stayed(400)), "{name}");
    }
    // Without a value it counts as absent, and extensions may let theirs repeat.
    let page = world.authorization(&[]);
    let page = format!("{page}&scope=&resource=a&resource=b");
    let code = world.code_for(&page, "ada").await;
    let twice = world.exchange(&code, &[]).build().unwrap();
    let form = std::str::from_utf8(twice.body().unwrap().as_bytes().unwrap()).unwrap();
    let call = |form: String| {
        let call = world.http.post(world.at("/oauth/v2/accessToken"));
        sent(
            call.header("content-type", "application/x-www-form-urlencoded")
                .body(form),
        )
    };
    let (status, body) = call(format!("{form}&grant_type=refresh_token")).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_request")));
    // The code was not spent.
    assert_eq!(call(format!("{form}&grant_type=")).await.0, 200);
}

#[tokio::test]
async fn request_objects_are_refused_by_name() {
    let world = textbook().await;
    for (name, error) in [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
    ] {
        let page = world.authorization(&[(name, Some("https://client.test/r"))]);
        let back = world.linkedin.allow(&page, "ada").await.unwrap();
        assert_eq!(query_of(&back)["error"], error);
    }
}

#[tokio::test]
async fn prompts_and_the_age_of_a_sign_in_are_obeyed() {
    let world = textbook().await;
    let none = world.authorization(&[("prompt", Some("none"))]);
    let back = |answer: &reqwest::Response| {
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        query_of(&location)
    };
    // Nobody is signed in.
    let answer = world.http.get(&none).send().await.unwrap();
    assert_eq!(back(&answer)["error"], "login_required");
    let mixed = world.authorization(&[("prompt", Some("none login"))]);
    let answer = world.http.get(&mixed).send().await.unwrap();
    assert_eq!(back(&answer)["error"], "invalid_request");

    let page = world.authorization(&[("max_age", Some("600"))]);
    let answer = world.http.get(&page).send().await.unwrap();
    let set = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    let cookie = set.split(';').next().unwrap().to_owned();
    let text = answer.text().await.unwrap();
    let (_, rest) = text.split_once(r#"name="pending" value=""#).unwrap();
    let pending = rest.split('"').next().unwrap().to_owned();
    let post = |step: &str, field: (&'static str, &'static str)| {
        let call = world
            .http
            .post(world.at(&format!("/oauth/v2/authorization/{step}")));
        call.header("cookie", &cookie)
            .form(&[("pending", &*pending), field])
            .send()
    };
    let get = |page: &str| world.http.get(page).header("cookie", &cookie).send();
    post("login", ("member", "ada")).await.unwrap();
    // Somebody is, but has to be asked.
    let answer = get(&none).await.unwrap();
    assert_eq!(back(&answer)["error"], "consent_required");
    let answer = post("consent", ("decision", "allow")).await.unwrap();
    let signed_in_at = world.linkedin.clock().now().as_second();
    let (_, body) = sent(world.exchange(&back(&answer)["code"], &[])).await;
    assert_eq!(part(&body["id_token"], 1)["auth_time"], signed_in_at);
    // Nothing needs to be asked.
    let answer = get(&none).await.unwrap();
    assert!(back(&answer).contains_key("code"));
    // Asked again on demand, or when it was too long ago.
    let text = get(&world.authorization(&[("prompt", Some("consent"))]))
        .await
        .unwrap();
    assert!(text.text().await.unwrap().contains("would like to"));
    world
        .linkedin
        .clock()
        .advance(SignedDuration::from_secs(601));
    let text = get(&page).await.unwrap();
    assert!(text.text().await.unwrap().contains("Sign in to continue"));
}

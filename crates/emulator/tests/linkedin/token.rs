use jiff::SignedDuration;
use lapel_emulator::{
    Client, CodeMismatch, CodeReuse, Endpoint, ExpiresIn, Lifetimes, Quirks, ScopeSeparator,
    Settings,
};
use serde_json::json;

use crate::world::{CALLBACK, World, json};

const MISMATCH: &str = "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. \
     Or authorization code expired. Or external member binding exists";

async fn refused(call: reqwest::RequestBuilder) -> (u16, String, String) {
    let (status, body) = json(call.send().await.unwrap()).await;
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (status, text("error"), text("error_description"))
}

fn refusal(status: u16, error: &str, description: &str) -> (u16, String, String) {
    (status, error.to_owned(), description.to_owned())
}

#[tokio::test]
async fn the_answer_has_linkedins_fields_and_forms() {
    let world = World::new().await;
    let tokens = world.sign_in("ada").await;
    assert!(tokens.access.starts_with("AQX"));
    assert!((350..=500).contains(&tokens.access.len()));
    assert_eq!(tokens.body["expires_in"], 5_184_000);
    assert_eq!(tokens.body["scope"], "email,openid,profile");
    assert_eq!(tokens.body["token_type"], "Bearer");
    assert!(tokens.body["id_token"].is_string());
    assert!(tokens.body.get("refresh_token").is_none());
}

#[tokio::test]
async fn without_openid_there_is_no_id_token() {
    let world = World::new().await;
    let page = world.authorization(&[("scope", Some("w_member_social"))]);
    let tokens = world.sign_in_with(&page, "ada").await;
    assert!(tokens.body.get("id_token").is_none());
    let (status, body) = world.userinfo(&tokens.access).await;
    assert_eq!(status, 403);
    assert_eq!(
        body,
        json!({
            "status": 403,
            "serviceErrorCode": 100,
            "code": "ACCESS_DENIED",
            "message": "Not enough permissions to access: userinfo.GET.NO_VERSION",
        })
    );
}

#[tokio::test]
async fn every_missing_parameter_is_named() {
    let world = World::new().await;
    let code = world.code("ada").await;
    for name in [
        "grant_type",
        "code",
        "redirect_uri",
        "client_id",
        "client_secret",
    ] {
        let text = format!(r#"A required parameter "{name}" is missing"#);
        for value in [None, Some("")] {
            let told = refused(world.exchange(&code, &[(name, value)])).await;
            assert_eq!(told, refusal(400, "invalid_request", &text));
        }
    }
}

#[tokio::test]
async fn basic_authentication_is_as_good_as_none() {
    let world = World::new().await;
    let code = world.code("ada").await;
    let client = world.client();
    let call = world
        .exchange(&code, &[("client_id", None), ("client_secret", None)])
        .basic_auth(&client.id, Some(&client.secret));
    let text = r#"A required parameter "client_id" is missing"#;
    assert_eq!(refused(call).await, refusal(400, "invalid_request", text));
}

#[tokio::test]
async fn parameters_count_in_the_body_only() {
    let world = World::new().await;
    let address = world.at("/oauth/v2/accessToken?grant_type=authorization_code");
    let told = refused(world.http.post(address)).await;
    assert_eq!(told.2, r#"A required parameter "grant_type" is missing"#);
}

#[tokio::test]
async fn a_wrong_secret_an_unknown_client_and_a_code_verifier_are_refused_alike() {
    let world = World::new().await;
    let code = world.code("ada").await;
    let expected = refusal(401, "invalid_client", "Client authentication failed");
    for change in [
        ("client_secret", Some("WPL_AP1.wrong.c2VjcmV0==")),
        ("client_id", Some("nobody")),
        (
            "code_verifier",
            Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ),
    ] {
        assert_eq!(refused(world.exchange(&code, &[change])).await, expected);
    }
    assert!(
        world
            .exchange(&code, &[])
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
}

#[tokio::test]
async fn a_challenge_without_a_verifier_is_forgotten() {
    let world = World::new().await;
    let page = world.authorization(&[
        (
            "code_challenge",
            Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ),
        ("code_challenge_method", Some("S256")),
    ]);
    world.sign_in_with(&page, "ada").await;
}

#[tokio::test]
async fn an_unknown_code_is_not_found() {
    let world = World::new().await;
    let text = "Unable to retrieve access token: authorization code not found";
    let told = refused(world.exchange("AQTnever-issued", &[])).await;
    assert_eq!(told, refusal(401, "invalid_request", text));
}

#[tokio::test]
async fn a_code_fits_one_application_and_one_redirect_address() {
    let other = Client {
        id: "other".to_owned(),
        ..Client::default()
    };
    let clients = vec![Client::default(), other];
    let world = World::with(Settings {
        clients,
        ..Settings::default()
    })
    .await;
    let code = world.code("ada").await;
    let expected = refusal(400, "invalid_redirect_uri", MISMATCH);
    let another = CALLBACK.replace("via=lapel", "via=other");
    for change in [("redirect_uri", another.as_str()), ("client_id", "other")] {
        let change = [(change.0, Some(change.1))];
        assert_eq!(refused(world.exchange(&code, &change)).await, expected);
    }
}

#[tokio::test]
async fn a_code_lives_half_an_hour() {
    let world = World::new().await;
    let (in_time, late) = (world.code("ada").await, world.code("ada").await);
    world
        .linkedin
        .clock()
        .advance(SignedDuration::from_secs(30 * 60 - 1));
    assert!(
        world
            .exchange(&in_time, &[])
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    world.linkedin.clock().advance(SignedDuration::from_secs(1));
    let told = refused(world.exchange(&late, &[])).await;
    assert_eq!(told, refusal(400, "invalid_redirect_uri", MISMATCH));
}

#[tokio::test]
async fn a_code_is_good_once() {
    for (code_reuse, status, text) in [
        (CodeReuse::AsMismatch, 400, MISMATCH),
        (
            CodeReuse::AsUnknown,
            401,
            "Unable to retrieve access token: authorization code not found",
        ),
    ] {
        let quirks = Quirks {
            code_reuse,
            code_mismatch: CodeMismatch::InvalidRequest,
            ..Quirks::linkedin()
        };
        let world = World::with(Settings {
            quirks,
            ..Settings::default()
        })
        .await;
        let code = world.code("ada").await;
        world.exchange(&code, &[]).send().await.unwrap();
        let told = refused(world.exchange(&code, &[])).await;
        assert_eq!(told, refusal(status, "invalid_request", text));
        assert_eq!(world.linkedin.tokens().live().len(), 1);
    }
}

#[tokio::test]
async fn grants_that_no_self_serve_application_has_are_refused() {
    let world = World::new().await;
    let client = world.client();
    let call = |id: &str, secret: &str| {
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_id", id),
            ("client_secret", secret),
        ];
        refused(world.token_call(&fields, &[]))
    };
    let text = "This application is not allowed to create application tokens";
    assert_eq!(
        call(&client.id, &client.secret).await,
        refusal(401, "access_denied", text)
    );
    let text = r#"The passed in client_id is invalid "nobody""#;
    assert_eq!(
        call("nobody", "x").await,
        refusal(400, "invalid_client_id", text)
    );
    let text = "Client authentication failed";
    assert_eq!(
        call(&client.id, "x").await,
        refusal(401, "invalid_client_id", text)
    );
    let told = refused(world.token_call(&[("grant_type", "password")], &[])).await;
    assert_eq!((told.0, &*told.1), (400, "unsupported_grant_type"));
}

#[tokio::test]
async fn the_same_scopes_may_be_granted_twice_and_other_scopes_end_them() {
    let world = World::new().await;
    let first = world.sign_in("ada").await;
    let second = world.sign_in("ada").await;
    let of_another = world.sign_in("emoji").await;
    assert_eq!(world.userinfo(&first.access).await.0, 200);
    let wider = world.authorization(&[("scope", Some("openid profile email w_member_social"))]);
    let third = world.sign_in_with(&wider, "ada").await;
    for ended in [first, second] {
        let (status, body) = world.userinfo(&ended.access).await;
        assert_eq!(
            (status, &body["code"]),
            (401, &json!("REVOKED_ACCESS_TOKEN"))
        );
    }
    for live in [third, of_another] {
        assert_eq!(world.userinfo(&live.access).await.0, 200);
    }
}

#[tokio::test]
async fn a_token_of_other_scopes_can_lag_behind_them() {
    let lifetimes = Lifetimes {
        scope_lag: SignedDuration::from_mins(5),
        ..Lifetimes::default()
    };
    let world = World::with(Settings {
        lifetimes,
        ..Settings::default()
    })
    .await;
    let page = world.authorization(&[("scope", Some("openid profile"))]);
    world.sign_in_with(&page, "ada").await;
    let wider = world.sign_in("ada").await;
    assert_eq!(wider.body["scope"], "email,openid,profile");
    let has_email = async || {
        let (_, userinfo) = world.userinfo(&wider.access).await;
        userinfo.get("email").is_some()
    };
    assert!(!has_email().await);
    world.linkedin.clock().advance(SignedDuration::from_mins(5));
    assert!(has_email().await);
}

#[tokio::test]
async fn the_answer_can_be_written_in_the_other_ways_that_were_seen() {
    for (expires_in, expected) in [
        (ExpiresIn::OneSecondLess, json!(5_183_999)),
        (ExpiresIn::Text, json!("5184000")),
        (ExpiresIn::Milliseconds, json!(5_184_000_000_i64)),
    ] {
        let quirks = Quirks {
            expires_in,
            token_type: false,
            scope_separator: ScopeSeparator::Space,
            ..Quirks::linkedin()
        };
        let world = World::with(Settings {
            quirks,
            ..Settings::default()
        })
        .await;
        let body = world.sign_in("ada").await.body;
        assert_eq!(body["expires_in"], expected);
        assert_eq!(body["scope"], "email openid profile");
        assert!(body.get("token_type").is_none());
    }
}

#[tokio::test]
async fn the_ledger_shows_an_exchange_without_its_secrets() {
    let world = World::new().await;
    let tokens = world.sign_in("ada").await;
    world.userinfo(&tokens.access).await;
    let ledger = world.linkedin.ledger();
    let exchange = &ledger.entries_of(Endpoint::Token)[0];
    assert_eq!(exchange.member.as_deref(), Some("ada"));
    assert_eq!(exchange.status, Some(200));
    assert!(exchange.field("code_verifier").is_none());
    let call = &ledger.entries_of(Endpoint::Userinfo)[0];
    assert!(
        call.header("authorization")
            .unwrap()
            .starts_with("Bearer redacted:")
    );
    assert_eq!(call.member.as_deref(), Some("ada"));
    let everything = format!("{:?}", ledger.entries());
    assert!(!everything.contains(&world.client().secret));
    assert!(!everything.contains(&tokens.access));
}

#[tokio::test]
async fn no_endpoint_of_the_back_channel_speaks_cors() {
    let world = World::new().await;
    let cors = |name: &&reqwest::header::HeaderName| name.as_str().starts_with("access-control");
    for path in [
        "/oauth/v2/accessToken",
        "/v2/userinfo",
        "/oauth/openid/jwks",
    ] {
        let preflight = world
            .http
            .request(reqwest::Method::OPTIONS, world.at(path))
            .header("origin", "http://localhost:8080")
            .header("access-control-request-method", "POST");
        let answer = preflight.send().await.unwrap();
        assert_eq!(answer.status(), 405);
        assert_eq!(answer.headers().keys().find(cors), None);
    }
    let client = world.client();
    let token = world.sign_in("ada").await.access;
    let code = world.code("ada").await;
    let about = [
        ("client_id", &*client.id),
        ("client_secret", &*client.secret),
        ("token", &*token),
    ];
    let get = |path: &str| world.http.get(world.at(path));
    let post = |path: &str| world.http.post(world.at(path)).form(&about);
    for (call, status) in [
        (world.exchange(&code, &[]), 200),
        (world.exchange("AQTunknown", &[]), 401),
        (world.userinfo_call(&token), 200),
        (get("/v2/userinfo"), 401),
        (get("/oauth/openid/jwks"), 200),
        (get("/oauth/.well-known/openid-configuration"), 200),
        (post("/oauth/v2/introspectToken"), 200),
        (post("/oauth/v2/revoke"), 200),
    ] {
        let call = call.header("origin", "http://localhost:8080");
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), status, "{}", answer.url());
        assert_eq!(answer.headers().keys().find(cors), None);
    }
}

//! The whole catalogue of defects, walked through its public interface.

use std::time::Duration;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_emulator::{
    Client, Defect, Endpoint, Evidence, Fault, JsSdkExchange, Outage, RefreshDefect, Settings,
};
use reqwest::RequestBuilder;
use serde_json::{Map, Value, json};

use crate::world::{World, days};

const EVERYTHING: &str = "openid profile email w_member_social r_liteprofile r_emailaddress";

/// A LinkedIn at which every endpoint has a good answer to give.
async fn generous() -> World {
    let client = Client {
        scopes: EVERYTHING.split(' ').map(str::to_owned).collect(),
        ..Client::default()
    };
    World::with(Settings {
        native_clients: vec![client.id.clone()],
        clients: vec![client],
        refresh_tokens: true,
        js_sdk: JsSdkExchange::OAuth1,
        ..Settings::default()
    })
    .await
}

/// What somebody sees of a call, and of LinkedIn afterwards, without what chance alone changes.
#[derive(Debug, PartialEq)]
struct Seen {
    reply: Reply,
    token: Value,
    keys: Value,
}

#[derive(Debug, PartialEq)]
enum Reply {
    Failed,
    Late,
    Endless,
    Answered {
        status: u16,
        headers: Vec<String>,
        body: Value,
    },
}

/// More than any good answer has.
const ENOUGH: usize = 1024 * 1024;

async fn reply(world: &World, call: RequestBuilder, patience: Duration) -> Reply {
    let Ok(answer) = tokio::time::timeout(patience, call.send()).await else {
        return Reply::Late;
    };
    let Ok(mut answer) = answer else {
        return Reply::Failed;
    };
    let status = answer.status().as_u16();
    let mut headers: Vec<String> = answer
        .headers()
        .keys()
        .map(|name| name.as_str().to_owned())
        .collect();
    headers.sort();
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) => body.extend_from_slice(&piece),
            Ok(None) => break,
            Err(_) => return Reply::Failed,
        }
        if body.len() > ENOUGH {
            return Reply::Endless;
        }
    }
    let body = match serde_json::from_slice::<Value>(&body) {
        Ok(body) => scrubbed(world, body).await,
        Err(_) => json!(title(&body)),
    };
    Reply::Answered {
        status,
        headers,
        body,
    }
}

fn title(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    match page.split_once("<title>") {
        Some((_, rest)) => rest.split('<').next().unwrap().to_owned(),
        None => format!("{} bytes", page.len()),
    }
}

/// Chance is the same for all; the id_token is looked into.
async fn scrubbed(world: &World, body: Value) -> Value {
    let Value::Object(members) = body else {
        return body;
    };
    let mut scrubbed = Map::new();
    for (name, value) in members {
        let value = match (name.as_str(), &value) {
            ("access_token" | "refresh_token" | "id", Value::String(_)) => json!("some text"),
            ("value", Value::Object(_)) => json!("some object"),
            ("id_token", Value::String(token)) => opened(world, token).await,
            _ => value,
        };
        scrubbed.insert(name, value);
    }
    Value::Object(scrubbed)
}

async fn opened(world: &World, token: &str) -> Value {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else {
        return json!("no token");
    };
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let keys = keys(world).await;
    let key = RsaPublicKeyComponents {
        n: bytes(keys["keys"][0]["n"].as_str().unwrap()),
        e: bytes(keys["keys"][0]["e"].as_str().unwrap()),
    };
    let message = format!("{header}.{claims}");
    let is_sound = key
        .verify(
            &RSA_PKCS1_2048_8192_SHA256,
            message.as_bytes(),
            &bytes(signature),
        )
        .is_ok();
    let json = |text| serde_json::from_slice::<Value>(&bytes(text)).unwrap();
    json!([json(header), json(claims), is_sound])
}

async fn keys(world: &World) -> Value {
    let answer = world.http.get(world.at("/oauth/openid/jwks")).send().await;
    answer.unwrap().json().await.unwrap()
}

/// A good call to an endpoint, and the token that it concerns.
async fn call(world: &World, endpoint: Endpoint, defect: Defect) -> (RequestBuilder, String) {
    let page = world.authorization(&[("scope", Some(EVERYTHING))]);
    let tokens = world.sign_in_with(&page, "ada").await;
    let client = world.client();
    let http = &world.http;
    let get = |path: &str| http.get(world.at(path)).bearer_auth(&tokens.access);
    let post = |path: &str| http.post(world.at(path)).bearer_auth(&tokens.access);
    let author = format!(
        "urn:li:person:{}",
        world.linkedin.members().get("ada").unwrap().sub(&client.id)
    );
    // A number of its own keeps a post from being a duplicate.
    let text = format!("Post {}", world.linkedin.posts().all().len());
    let about_token = |path: &str| {
        http.post(world.at(path)).form(&[
            ("client_id", &client.id),
            ("client_secret", &client.secret),
            ("token", &tokens.access),
        ])
    };
    let call = match endpoint {
        Endpoint::Authorization => http.get(world.authorization(&[])),
        Endpoint::NativeAuthorization => {
            let page = world
                .authorization(&[
                    ("redirect_uri", Some("http://127.0.0.1:5000/")),
                    (
                        "code_challenge",
                        Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                    ),
                    ("code_challenge_method", Some("S256")),
                ])
                .replace(
                    "/oauth/v2/authorization",
                    "/oauth/native-pkce/authorization",
                );
            http.get(page)
        }
        Endpoint::MemberDecision => http.post(world.at("/oauth/v2/authorization/login")),
        Endpoint::Token if matches!(defect, Defect::Refresh(_)) => {
            world.refresh(tokens.body["refresh_token"].as_str().unwrap(), &[])
        }
        Endpoint::Token => {
            let code = world.code_for(&page, "ada").await;
            world.exchange(&code, &[])
        }
        Endpoint::Introspection => about_token("/oauth/v2/introspectToken"),
        Endpoint::Revocation => about_token("/oauth/v2/revoke"),
        Endpoint::Discovery => http.get(world.at("/oauth/.well-known/openid-configuration")),
        Endpoint::Keys => http.get(world.at("/oauth/openid/jwks")),
        Endpoint::Userinfo => get("/v2/userinfo"),
        Endpoint::Profile => get("/v2/me"),
        Endpoint::EmailAddress => get("/v2/emailAddress?q=members&projection=(elements*(handle~))"),
        Endpoint::Posts => post("/rest/posts")
            .header("linkedin-version", "202603")
            .json(&json!({
                "author": author,
                "commentary": text,
                "visibility": "PUBLIC",
                "distribution": { "feedDistribution": "MAIN_FEED" },
                "lifecycleState": "PUBLISHED",
            })),
        Endpoint::UgcPosts => post("/v2/ugcPosts").json(&json!({
            "author": author,
            "lifecycleState": "PUBLISHED",
            "specificContent": { "com.linkedin.ugc.ShareContent": {
                "shareCommentary": { "text": text },
                "shareMediaCategory": "NONE",
            } },
            "visibility": { "com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC" },
        })),
        Endpoint::Assets => post("/v2/assets?action=registerUpload").json(&json!({
            "registerUploadRequest": {
                "recipes": ["urn:li:digitalmediaRecipe:feedshare-image"],
                "owner": author,
            },
        })),
        Endpoint::AssetUpload => post("/mediaUpload/none/feedshare-uploadedImage/0").body("x"),
        Endpoint::JsSdkToken => post("/uas/oauth/accessToken").form(&[("a", "b")]),
        Endpoint::PermittedServices => http.get(world.at("/psettings/permitted-services")),
        Endpoint::Portrait => {
            let userinfo = world.userinfo(&tokens.access).await.1;
            http.get(userinfo["picture"].as_str().unwrap())
        }
        Endpoint::OtherApi => get("/v2/nothing"),
        Endpoint::Other => http.get(world.at("/nowhere")),
    };
    (call, tokens.access)
}

async fn see(world: &World, endpoint: Endpoint, defect: Defect, fault: Option<Fault>) -> Seen {
    let (call, token) = call(world, endpoint, defect).await;
    let patience = match (defect, &fault) {
        // Every delay of the catalogue is longer; the tests need not wait for the longest.
        (Defect::Latency(_), Some(_)) => Duration::from_millis(90),
        _ => Duration::from_secs(30),
    };
    if let Some(fault) = fault {
        world.linkedin.faults().inject(fault);
    }
    let reply = reply(world, call, patience).await;
    Seen {
        reply,
        token: world.introspect(&token).await.1["status"].clone(),
        keys: keys(world).await,
    }
}

/// Without a fault nothing differs from call to call: whatever differs below is the defect's doing.
#[tokio::test]
async fn chance_alone_does_not_show() {
    let world = generous().await;
    for defect in [Outage::Http500.into(), RefreshDefect::Refused.into()] {
        for endpoint in Endpoint::ALL {
            let once = see(&world, endpoint, defect, None).await;
            let again = see(&world, endpoint, defect, None).await;
            assert_eq!(once, again, "{endpoint}");
        }
    }
}

/// Every defect does something at every endpoint that it says it concerns, and strikes there once.
#[tokio::test]
async fn every_defect_shows_at_every_endpoint_that_it_concerns() {
    let world = generous().await;
    for defect in Defect::ALL {
        let concerned: Vec<Endpoint> = Endpoint::ALL
            .into_iter()
            .filter(|endpoint| defect.concerns(*endpoint))
            .collect();
        assert!(!concerned.is_empty(), "{defect} concerns nothing");
        for endpoint in concerned {
            // A new day: what is spent today is not spent tomorrow.
            world.linkedin.clock().advance(days(1));
            let sound = see(&world, endpoint, defect, None).await;
            let fault = Fault::next(defect).at(endpoint);
            let struck = see(&world, endpoint, defect, Some(fault)).await;
            assert_ne!(sound, struck, "{defect} does not show at {endpoint}");
            assert_eq!(
                world.linkedin.faults().active(),
                [],
                "{defect} at {endpoint}"
            );
        }
        let entries = world.linkedin.ledger().entries();
        assert!(
            entries.iter().any(|entry| entry.defects == [defect]),
            "the ledger does not have {defect}"
        );
        world.linkedin.ledger().clear();
        // Tokens do not outlive a walk of two months.
        world.linkedin.tokens().revoke_all();
    }
}

#[test]
fn every_defect_has_a_name_a_meaning_and_evidence() {
    let mut names: Vec<&str> = Defect::ALL.iter().map(|defect| defect.as_str()).collect();
    for defect in Defect::ALL {
        assert_eq!(defect.as_str().parse(), Ok(defect));
        assert!(defect.meaning().ends_with('.'), "{defect}");
        assert!(["D", "O", "A"].contains(&defect.evidence().as_str()));
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Defect::ALL.len());
    let refused = "no_such_defect".parse::<Defect>().unwrap_err();
    assert_eq!(
        refused.to_string(),
        r#"there is no defect "no_such_defect""#
    );
    assert_eq!(
        Defect::from(RefreshDefect::Refused).evidence(),
        Evidence::Documented
    );
}

#[test]
fn every_endpoint_has_a_name() {
    for endpoint in Endpoint::ALL {
        assert_eq!(endpoint.as_str().parse(), Ok(endpoint));
    }
    assert!("nowhere".parse::<Endpoint>().is_err());
}

#[test]
fn the_readme_lists_every_defect() {
    let readme = include_str!("../../README.md");
    for defect in Defect::ALL {
        let row = readme
            .lines()
            .find(|line| line.contains(&format!("| `{defect}` |")))
            .unwrap_or_else(|| panic!("the README does not list {defect}"));
        let known = format!("| {} |", defect.evidence());
        assert!(row.ends_with(&known), "{row}");
    }
}

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_emulator::{
    AuthorizationPageError, Endpoint, Fault, IdTokenDefect, Outage, Throttle, Transport,
    UserinfoDefect,
};
use serde_json::{Value, json};

use crate::world::{World, json};

async fn id_token_with(world: &World, defect: IdTokenDefect) -> String {
    world.linkedin.faults().inject(Fault::next(defect));
    world.sign_in("ada").await.body["id_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn part(token: &str, index: usize) -> Value {
    let text = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(index).unwrap())
        .unwrap();
    serde_json::from_slice(&text).unwrap()
}

#[tokio::test]
async fn an_outage_answers_with_linkedins_headers_and_does_nothing() {
    let world = World::new().await;
    for (outage, status) in [
        (Outage::Http500, 500),
        (Outage::Http503, 503),
        (Outage::Http504, 504),
    ] {
        let code = world.code("ada").await;
        world
            .linkedin
            .faults()
            .inject(Fault::next(outage).at(Endpoint::Token));
        let answer = world.exchange(&code, &[]).send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert!(answer.headers().contains_key("x-li-uuid"));
        let (_, body) = json(answer).await;
        assert_eq!(body["status"], status);
        // The code was not spent.
        assert_eq!(
            world.exchange(&code, &[]).send().await.unwrap().status(),
            200
        );
    }
}

#[tokio::test]
async fn an_outage_of_the_authorization_page_is_a_page() {
    let world = World::new().await;
    world
        .linkedin
        .faults()
        .inject(Fault::next(Outage::Http500).at(Endpoint::Authorization));
    let stayed = world.linkedin.allow(&world.authorization(&[]), "ada").await;
    assert_eq!(stayed, Err(AuthorizationPageError::Stayed(500)));
}

#[tokio::test]
async fn html_comes_in_place_of_json_and_only_there() {
    let world = World::new().await;
    world
        .linkedin
        .faults()
        .inject(Fault::next(Outage::HtmlInsteadOfJson));
    let code = world.code("ada").await;
    let answer = world.exchange(&code, &[]).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
}

#[tokio::test]
async fn too_many_requests_does_not_say_until_when() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    world
        .linkedin
        .faults()
        .inject(Fault::until_removed(Throttle::TooManyRequests));
    let answer = world.userinfo_call(&token).send().await.unwrap();
    assert_eq!(answer.status(), 429);
    assert!(!answer.headers().contains_key("retry-after"));
    let (_, body) = json(answer).await;
    assert_eq!(body["serviceErrorCode"], 101);
    world.linkedin.faults().clear();
    assert_eq!(world.userinfo(&token).await.0, 200);
}

#[tokio::test]
async fn a_closed_connection_gives_no_answer_at_all() {
    let world = World::new().await;
    let code = world.code("ada").await;
    let fault = Fault::next(Transport::ConnectionClosed).at(Endpoint::Token);
    world.linkedin.faults().inject(fault);
    let error = world.exchange(&code, &[]).send().await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    let entry = world
        .linkedin
        .ledger()
        .entries_of(Endpoint::Token)
        .remove(0);
    assert_eq!(entry.status, None);
    assert_eq!(
        world.exchange(&code, &[]).send().await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn each_defect_of_the_id_token_is_the_one_it_is_named_after() {
    let world = World::new().await;
    let issuer = world.at("/oauth");
    let now = world.linkedin.clock().now().as_second();
    let (_, set) = json(
        world
            .http
            .get(world.at("/oauth/openid/jwks"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    let kid = set["keys"][0]["kid"].clone();

    let token = id_token_with(&world, IdTokenDefect::WrongIssuer).await;
    assert_ne!(part(&token, 1)["iss"], issuer);
    let token = id_token_with(&world, IdTokenDefect::WrongAudience).await;
    assert_ne!(part(&token, 1)["aud"], world.client().id);
    let token = id_token_with(&world, IdTokenDefect::Expired).await;
    assert_eq!(part(&token, 1)["exp"], now - 86_400);
    let token = id_token_with(&world, IdTokenDefect::UnknownKey).await;
    assert_ne!(part(&token, 0)["kid"], kid);
    let token = id_token_with(&world, IdTokenDefect::AlgorithmNone).await;
    assert_eq!(part(&token, 0)["alg"], "none");
    assert!(token.ends_with('.'));
    let token = id_token_with(&world, IdTokenDefect::WrongSignature).await;
    let sound = world.sign_in("ada").await.body["id_token"]
        .as_str()
        .unwrap()
        .to_owned();
    // The clock stands, so the content is the same; only the signature differs.
    assert_eq!(
        token.rsplit_once('.').unwrap().0,
        sound.rsplit_once('.').unwrap().0
    );
    assert_ne!(token, sound);
}

#[tokio::test]
async fn userinfo_can_be_somebody_elses() {
    let world = World::new().await;
    let tokens = world.sign_in("ada").await;
    world
        .linkedin
        .faults()
        .inject(Fault::next(UserinfoDefect::SubMismatch));
    let own = part(tokens.body["id_token"].as_str().unwrap(), 1)["sub"].clone();
    assert_ne!(world.userinfo(&tokens.access).await.1["sub"], own);
    assert_eq!(world.userinfo(&tokens.access).await.1["sub"], own);
}

#[tokio::test]
async fn a_fault_can_be_narrowed_to_a_member_and_to_an_application() {
    let world = World::new().await;
    let (ada, zoe) = (
        world.sign_in("ada").await.access,
        world.sign_in("emoji").await.access,
    );
    let faults = world.linkedin.faults();
    let id = faults.inject(Fault::until_removed(Outage::Http500).for_member("emoji"));
    assert_eq!(world.userinfo(&ada).await.0, 200);
    assert_eq!(world.userinfo(&zoe).await.0, 500);
    faults.remove(id);
    faults.inject(Fault::until_removed(Outage::Http500).for_client("another"));
    assert_eq!(world.userinfo(&zoe).await.0, 200);
    faults.inject(Fault::until_removed(Outage::Http500).for_client(&world.client().id));
    assert_eq!(world.userinfo(&zoe).await.0, 500);
}

#[tokio::test]
async fn a_share_of_calls_is_the_same_share_in_every_run() {
    let struck = |seed| async move {
        let world = World::new().await;
        let token = world.sign_in("ada").await.access;
        let fault = Fault::share(Outage::Http503, 30, seed).at(Endpoint::Userinfo);
        world.linkedin.faults().inject(fault);
        let mut pattern = Vec::new();
        for _ in 0..60 {
            pattern.push(world.userinfo(&token).await.0 == 503);
        }
        pattern
    };
    let (first, again, other) = (struck(7).await, struck(7).await, struck(8).await);
    assert_eq!(first, again);
    assert_ne!(first, other);
    let number = first.iter().filter(|struck| **struck).count();
    assert!((9..=27).contains(&number), "{number} of 60");
}

#[tokio::test]
async fn next_calls_counts_only_the_calls_it_concerns() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let faults = world.linkedin.faults();
    faults.inject(Fault::next_calls(Outage::Http500, 2).at(Endpoint::Userinfo));
    assert_eq!(world.introspect(&token).await.0, 200);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(json!(world.userinfo(&token).await.0));
    }
    assert_eq!(statuses, [500, 500, 200]);
}

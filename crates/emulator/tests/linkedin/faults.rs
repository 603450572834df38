use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
};
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
    let token = world.sign_in("ada").await.access;
    let picture = world.userinfo(&token).await.1["picture"].clone();
    let faults = world.linkedin.faults();
    faults.inject(Fault::until_removed(Outage::HtmlInsteadOfJson));
    // The pages of the sign-in are none of it, or there would be no code.
    let code = world.code("ada").await;
    let kind = |answer: &reqwest::Response| {
        let kind = answer.headers()["content-type"].to_str().unwrap();
        kind.split(';').next().unwrap().to_owned()
    };
    for call in [
        world.exchange(&code, &[]),
        world.userinfo_call(&token),
        world.http.get(world.at("/oauth/openid/jwks")),
        world
            .http
            .get(world.at("/oauth/.well-known/openid-configuration")),
    ] {
        let answer = call.send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &*kind(&answer)),
            (200, "text/html")
        );
    }
    let picture = world.http.get(picture.as_str().unwrap());
    let picture = picture.send().await.unwrap();
    assert!(kind(&picture).starts_with("image/"), "{}", kind(&picture));
    let page = world.http.get(world.authorization(&[]));
    let page = page.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Sign in to continue"), "{page}");
    faults.clear();
    assert_eq!(world.userinfo(&token).await.0, 200);
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
    let now = world.linkedin.clock().now().as_second();
    let set = world.http.get(world.at("/oauth/openid/jwks"));
    let (_, set) = json(set.send().await.unwrap()).await;
    let key = &set["keys"][0];
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let modulus = bytes(key["n"].as_str().unwrap());
    let fits = |token: &str, algorithm: &'static RsaParameters| {
        let (message, signature) = token.rsplit_once('.').unwrap();
        let public = RsaPublicKeyComponents {
            n: modulus.clone(),
            e: bytes(key["e"].as_str().unwrap()),
        };
        let checked = public.verify(algorithm, message.as_bytes(), &bytes(signature));
        checked.is_ok()
    };
    let (rs256, rs512) = (&RSA_PKCS1_2048_8192_SHA256, &RSA_PKCS1_2048_8192_SHA512);
    let sound = world.sign_in("ada").await.body["id_token"].clone();
    let sound = sound.as_str().unwrap();
    assert!(fits(sound, rs256));
    let (header, claims) = (part(sound, 0), part(sound, 1));
    let with = |whole: &Value, name: &str, value: Value| {
        let mut whole = whole.clone();
        whole[name] = value;
        whole
    };
    let without = |name: &str| {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(name).unwrap();
        claims
    };

    for defect in IdTokenDefect::ALL {
        let token = id_token_with(&world, defect).await;
        if defect == IdTokenDefect::Malformed {
            assert!(!token.contains('.'), "{token}");
            continue;
        }
        let (told, said) = (part(&token, 0), part(&token, 1));
        // Everything but the one defect is as in the sound token: the clock stands.
        let (mut wanted_header, mut wanted_claims) = (header.clone(), claims.clone());
        let mut signed = fits(&token, rs256);
        match defect {
            IdTokenDefect::WrongIssuer => {
                assert_ne!(said["iss"], claims["iss"]);
                wanted_claims = with(&claims, "iss", said["iss"].clone());
            }
            IdTokenDefect::WrongAudience => {
                assert_ne!(said["aud"], claims["aud"]);
                wanted_claims = with(&claims, "aud", said["aud"].clone());
            }
            IdTokenDefect::Expired => {
                let life = claims["exp"].as_i64().unwrap() - now;
                wanted_claims = with(&claims, "exp", json!(now - 86_400));
                wanted_claims = with(&wanted_claims, "iat", json!(now - 86_400 - life));
            }
            IdTokenDefect::WrongSignature | IdTokenDefect::WrongKey => signed = !signed,
            IdTokenDefect::UnknownKey => {
                assert_ne!(told["kid"], header["kid"]);
                wanted_header = with(&header, "kid", told["kid"].clone());
            }
            IdTokenDefect::AlgorithmNone => {
                wanted_header = with(&header, "alg", json!("none"));
                signed = token.ends_with('.');
            }
            IdTokenDefect::AlgorithmHmac => {
                wanted_header = with(&header, "alg", json!("HS256"));
                let (message, tag) = token.rsplit_once('.').unwrap();
                let secret = hmac::Key::new(hmac::HMAC_SHA256, &modulus);
                signed = hmac::verify(&secret, message.as_bytes(), &bytes(tag)).is_ok();
            }
            IdTokenDefect::AlgorithmRs512 => {
                wanted_header = with(&header, "alg", json!("RS512"));
                signed = fits(&token, rs512);
            }
            IdTokenDefect::NoSubject => wanted_claims = without("sub"),
            IdTokenDefect::NoExpiry => wanted_claims = without("exp"),
            IdTokenDefect::Malformed => {}
        }
        assert_eq!((told, said), (wanted_header, wanted_claims), "{defect:?}");
        assert!(signed, "{defect:?}");
    }
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

//! `GET /bff/login`.

use axum::http::{Method, StatusCode};
use lapel_emulator::Endpoint;

use crate::world::{ORIGIN, World};

#[tokio::test]
async fn a_sign_in_asks_linkedin_for_everything_at_once_and_for_nothing_it_cannot_do() {
    let world = World::new().await;
    let answer = world.browser().visit("/bff/login?return_to=/account").await;
    let url = url::Url::parse(answer.location()).expect("an address");
    let of = |name: &str| {
        url.query_pairs()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    };
    assert!(answer.location().starts_with(world.emulator.url()));
    assert_eq!(of("response_type").as_deref(), Some("code"));
    assert_eq!(
        of("client_id").as_deref(),
        Some(world.emulator.client().id.as_str())
    );
    assert_eq!(
        of("redirect_uri").as_deref(),
        Some(&*format!("{ORIGIN}/bff/callback"))
    );
    assert_eq!(of("scope").as_deref(), Some("openid profile email"));
    assert!(
        of("state").is_some_and(|state| state.len() >= 43),
        "256 bits"
    );
    for absent in [
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "return_to",
    ] {
        assert_eq!(of(absent), None, "{absent}");
    }
    assert!(
        !answer.location().contains("account"),
        "the return address stays here"
    );
}

#[tokio::test]
async fn the_state_is_in_no_cookie_in_the_clear() {
    let world = World::new().await;
    let mut browser = world.browser();
    let answer = browser.visit("/bff/login").await;
    let url = url::Url::parse(answer.location()).expect("an address");
    let state = url
        .query_pairs()
        .find(|(name, _)| name == "state")
        .expect("a state")
        .1;
    let cookies = format!("{:?}", browser.cookies);
    assert_eq!(browser.cookies.len(), 1);
    assert!(!cookies.contains(&*state));
}

#[tokio::test]
async fn a_live_session_goes_straight_back_without_linkedin() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.emulator.ledger().clear();
    let answer = browser.visit("/bff/login?return_to=/account%3Fx=1").await;
    assert_eq!(answer.location(), "/account?x=1");
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn an_expired_session_goes_to_linkedin() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(61 * 24 * 3600);
    assert!(
        browser
            .visit("/bff/login")
            .await
            .location()
            .starts_with(world.emulator.url())
    );
}

#[tokio::test]
async fn only_a_person_going_somewhere_begins_a_sign_in() {
    let world = World::new().await;
    let cases = [
        (
            [("sec-fetch-dest", "image"), ("sec-fetch-mode", "no-cors")],
            StatusCode::FORBIDDEN,
        ),
        (
            [("sec-fetch-dest", "iframe"), ("sec-fetch-mode", "navigate")],
            StatusCode::FORBIDDEN,
        ),
        (
            [("sec-fetch-dest", "empty"), ("sec-fetch-mode", "cors")],
            StatusCode::FORBIDDEN,
        ),
        (
            [
                ("sec-purpose", "prefetch;prerender"),
                ("sec-fetch-dest", "document"),
            ],
            StatusCode::SERVICE_UNAVAILABLE,
        ),
    ];
    for (headers, status) in cases {
        let mut browser = world.browser();
        let answer = browser.visit_with("/bff/login", &headers).await;
        assert_eq!(answer.status, status, "{headers:?}");
        assert!(browser.cookies.is_empty(), "{headers:?}");
    }
}

#[tokio::test]
async fn other_methods_than_get_begin_nothing() {
    let world = World::new().await;
    for method in [
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::TRACE,
        Method::OPTIONS,
    ] {
        for path in ["/bff/login", "/bff/callback?code=c&state=s"] {
            let mut browser = world.browser();
            let answer = browser.call(method.clone(), path).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            assert!(browser.cookies.is_empty());
        }
    }
}

#[tokio::test]
async fn a_hundred_sign_ins_begun_do_not_fill_the_cookie_header() {
    let world = World::new().await;
    let mut browser = world.browser();
    for _ in 0..100 {
        browser
            .visit(&format!("/bff/login?return_to=/{}", "a".repeat(900)))
            .await;
        world.wait(1);
    }
    assert!(browser.cookies.len() >= 2, "parallel tabs still work");
    let header: usize = browser
        .cookies
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    assert!(header <= 4096, "{header}");
}

#[tokio::test]
async fn a_browser_has_four_sign_ins_under_way_at_most() {
    let world = World::new().await;
    let mut browser = world.browser();
    for _ in 0..10 {
        browser.visit("/bff/login").await;
        world.wait(1);
    }
    assert_eq!(browser.cookies.len(), 4);
}

#[tokio::test]
async fn the_newest_of_many_sign_ins_still_works() {
    let world = World::new().await;
    let mut browser = world.browser();
    for _ in 0..10 {
        browser.visit("/bff/login").await;
        world.wait(1);
    }
    assert_eq!(world.sign_in(&mut browser, "ada").await.location(), "/");
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 1);
}

#[tokio::test]
async fn two_tabs_can_sign_in_side_by_side() {
    let world = World::new().await;
    let mut browser = world.browser();
    let one = world
        .allowed(&mut browser, "/bff/login?return_to=/one", "ada")
        .await;
    let two = world
        .allowed(&mut browser, "/bff/login?return_to=/two", "ada")
        .await;
    assert_eq!(browser.is_sent_to(&one).await.location(), "/one");
    assert_eq!(browser.is_sent_to(&two).await.location(), "/two");
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn a_link_on_another_site_finds_the_session_that_is_there() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.emulator.ledger().clear();
    let login = "/bff/login?return_to=/account%3Fa=%2522%26b&feature=share&renew=1";
    let answer = browser.is_sent_once_to(login).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(
        answer.asks_for().expect("a refresh"),
        "/bff/login?return_to=%2Faccount%3Fa%3D%2522%26b&feature=share&renew=1&again=1"
    );
    let login = "/bff/login?return_to=/account%3Fa=%2522%26b";
    assert_eq!(
        browser.is_sent_to(login).await.location(),
        "/account?a=%22&b"
    );
    assert!(world.emulator.ledger().entries().is_empty());
}

#[tokio::test]
async fn a_browser_that_says_another_site_each_time_is_sent_to_linkedin_at_the_second() {
    let world = World::new().await;
    let mut browser = world.browser();
    let address = "/bff/login?return_to=/account&again=1";
    let answer = browser.is_sent_once_to(address).await;
    assert!(answer.location().starts_with(world.emulator.url()));
}

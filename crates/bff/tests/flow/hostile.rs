//! Requests that nobody with good intentions makes.

use axum::http::{Method, StatusCode};
use lapel_emulator::{ClockSkew, Endpoint, Fault};
use lapel_wire::{SignedOutReason, paths};
use url::form_urlencoded::byte_serialize;

use crate::world::World;

/// Addresses that lead elsewhere, in a reader's eyes: a browser's, a proxy's, or a second decoding's.
const ELSEWHERE: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/.%2f/evil.example",
    "/..//evil.example",
    "/./\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\u{b}/evil.example",
    "/\u{c}/evil.example",
    "/\0/evil.example",
    "/\u{a0}/evil.example",
    "/\u{2028}/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://app.example/x",
    "https://app.example@evil.example",
    "https://app.example.evil.example",
    "https://evil.example#@app.example",
    "//app.example\\@evil.example",
    "http://0x7f000001/",
    "http://[::ffff:127.0.0.1]/",
    "/bff/login?return_to=/bff/login",
    "/bff/callback",
    "/bff/logout",
    "/a\r\nSet-Cookie: x=1",
    "/%0d%0aSet-Cookie:x",
    "http://[",
    "/%",
];

/// The address as it is, and percent-encoded once and twice.
fn spellings(address: &str) -> [String; 3] {
    let once: String = byte_serialize(address.as_bytes()).collect();
    let twice: String = byte_serialize(once.as_bytes()).collect();
    let thrice: String = byte_serialize(twice.as_bytes()).collect();
    // As a query's value each is written with one encoding more than is meant.
    [once, twice, thrice]
}

#[tokio::test]
async fn no_spelling_of_a_return_address_leads_off_the_application() {
    let world = World::new().await;
    let mut signed_in = world.signed_in("ada").await;
    for address in ELSEWHERE {
        for spelling in spellings(address) {
            let login = format!("/bff/login?return_to={spelling}");
            let end = signed_in.visit(&login).await.location().to_owned();
            assert_eq!(end, "/", "{address:?} as {spelling}");
        }
    }
    let long = format!("/bff/login?return_to=/{}", "a".repeat(60_000));
    assert_eq!(signed_in.visit(&long).await.location(), "/");
}

#[tokio::test]
async fn a_return_address_is_judged_again_when_it_is_used_and_never_sent_to_linkedin() {
    let world = World::new().await;
    for address in ELSEWHERE.iter().copied().chain(["/mine"]) {
        let mut browser = world.browser();
        let [spelling, ..] = spellings(address);
        let login = format!("/bff/login?return_to={spelling}");
        let authorization = browser.visit(&login).await.location().to_owned();
        assert!(!authorization.contains("evil") && !authorization.contains("mine"));
        // The envelope that holds it is authenticated: one changed character, and there is no sign-in under way.
        let callback = world.allowed(&mut browser, &login, "ada").await;
        let mut tampered = browser.clone();
        for value in tampered.cookies.values_mut() {
            let changed = if value.ends_with('A') { 'B' } else { 'A' };
            value.pop();
            value.push(changed);
        }
        assert_eq!(
            tampered.is_sent_to(&callback).await.location(),
            "/?lapel_outcome=start_again"
        );
        let end = browser.is_sent_to(&callback).await.location().to_owned();
        assert_eq!(end, if address == "/mine" { "/mine" } else { "/" });
    }
}

#[tokio::test]
async fn an_answer_with_both_a_code_and_an_error_is_an_error_and_exchanges_nothing() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let answer = browser
        .is_sent_to(&format!("{callback}&error=server_error"))
        .await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=linkedin_down&")
    );
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn an_error_that_nobody_knows_is_an_answer_that_nobody_understands() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let answer = browser
        .is_sent_to(&format!("{callback}&error=moon_in_wrong_phase"))
        .await;
    assert!(answer.location().starts_with("/?lapel_outcome=contract&"));
    assert!(!answer.everything().contains("moon"));
}

#[tokio::test]
async fn no_call_of_a_script_begins_a_sign_in() {
    let world = World::new().await;
    let mut browser = world.browser();
    for (method, address) in [
        (Method::GET, paths::SESSION),
        (Method::POST, paths::LOGOUT),
        (Method::GET, paths::LOGIN),
        (Method::POST, paths::LOGIN),
        (Method::GET, "/bff/linkedin/v2/userinfo"),
        (Method::GET, "/bff/nothing"),
    ] {
        let answer = browser.call(method, address).await;
        assert!(!answer.status.is_redirection(), "{address}");
        assert!(
            !answer.everything().contains("lapel-pending"),
            "{address}: {}",
            answer.everything()
        );
    }
}

#[tokio::test]
async fn a_callback_is_shown_in_no_frame_and_leads_on_by_303() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let framed = browser
        .visit_with(&callback, &[("sec-fetch-dest", "iframe")])
        .await;
    assert_eq!(framed.status, StatusCode::FORBIDDEN);
    let prefetched = browser
        .visit_with(&callback, &[("sec-purpose", "prefetch")])
        .await;
    assert_eq!(prefetched.status, StatusCode::SERVICE_UNAVAILABLE);
    let answer = browser.is_sent_to(&callback).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "neither spent it");
    assert!(
        answer
            .header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn half_a_minute_between_the_clocks_is_forgiven_and_two_hours_are_not() {
    for (skew, forgiven) in [
        (ClockSkew::AheadHalfMinute, true),
        (ClockSkew::BehindHalfMinute, true),
        (ClockSkew::AheadTwoHours, false),
        (ClockSkew::BehindTwoHours, false),
    ] {
        let world = World::new().await;
        world.breaks(Fault::until_removed(skew));
        let mut browser = world.browser();
        let answer = world.sign_in(&mut browser, "ada").await;
        assert_eq!(answer.location() == "/", forgiven, "{skew:?}");
    }
}

//! A store that cannot be asked: nobody is signed out, and nobody in.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use lapel_bff::session::NoToken;
use lapel_emulator::{Endpoint, JsSdkExchange};
use lapel_wire::{Kind, Reach, Revocation, SessionView, SignedOutReason, paths};

use super::{Shared, eventually, everywhere, found, is_unavailable};
use crate::{first_paint, js_sdk};

#[tokio::test]
async fn a_store_that_is_down_signs_nobody_out_and_nobody_in() {
    let mut shared = Shared::new(|_, _| {}).await;
    let mut nobody = shared.world.browser();
    let callback = shared
        .world
        .allowed(&mut nobody, "/bff/login?return_to=/", "single-name")
        .await;
    shared.redis.stop();
    is_unavailable(&shared.browser.call(Method::GET, paths::SESSION).await);
    is_unavailable(&everywhere(&mut shared.browser).await);
    let login = shared.browser.visit("/bff/login?return_to=/account").await;
    assert_eq!(login.location(), "/account?lapel_outcome=unreachable");
    let answer = nobody.is_sent_to(&callback).await;
    assert!(answer.location().contains("lapel_outcome=unreachable"));
    assert!(!nobody.carries_a_session());
    assert_eq!(
        nobody.signed_out().await,
        SignedOutReason::NoSession,
        "whoever has no session needs no store"
    );
    shared.redis.start_again();
    shared.browser.member().await;
}

#[tokio::test]
async fn the_document_comes_without_the_store_and_says_nothing_of_a_session() {
    let mut shared = Shared::new(|_, _| {}).await;
    shared.redis.stop();
    let document = shared.browser.visit("/account").await;
    assert_eq!(document.status, StatusCode::OK);
    assert!(!document.body.contains("id=\"lapel-session\""));
    assert_eq!(document.header("set-cookie"), "");
    shared.redis.start_again();
    let document = shared.browser.visit("/account").await;
    assert!(document.body.contains("\"state\":\"signed_in\""));
}

#[tokio::test]
async fn a_store_that_says_nothing_is_as_good_as_down() {
    let mut shared = Shared::new(|_, _| {}).await;
    shared.redis.hold();
    is_unavailable(&shared.browser.call(Method::GET, paths::SESSION).await);
    shared.redis.go_on();
    shared.browser.member().await;
}

#[tokio::test]
async fn a_sign_out_while_the_store_is_down_ends_here_and_reaches_the_others_later() {
    let mut shared = Shared::new(|_, _| {}).await;
    let mut stolen = shared.elsewhere();
    shared.redis.stop();
    let (report, _) = shared.browser.sign_out().await;
    assert_eq!(report.reach, Reach::NotConfirmed);
    assert_eq!(report.revocation, Revocation::Confirmed);
    assert!(!shared.browser.carries_a_session());
    assert_eq!(
        shared.browser.signed_out().await,
        SignedOutReason::NoSession
    );
    shared.redis.start_again();
    let known = || shared.redis.everything();
    eventually(async || known().iter().any(|(key, _)| key.contains("ended"))).await;
    assert_eq!(stolen.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn no_call_to_linkedin_is_made_while_the_store_cannot_be_asked() {
    let mut shared = Shared::new(|_, _| {}).await;
    let asked = shared.world.emulator.ledger().count(Endpoint::Userinfo);
    shared.redis.stop();
    for (method, path) in [(Method::GET, "/v2/userinfo"), (Method::POST, "/rest/posts")] {
        let browser = &mut shared.browser;
        is_unavailable(&browser.calls_linkedin(method, path, &[], "{}").await);
    }
    let ledger = shared.world.emulator.ledger();
    assert_eq!(ledger.count(Endpoint::Userinfo), asked);
    assert_eq!(ledger.count(Endpoint::Posts), 0);
    shared.redis.start_again();
    let path = "/v2/userinfo";
    let answer = shared
        .browser
        .calls_linkedin(Method::GET, path, &[], "")
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn the_document_does_not_say_who_is_signed_in_while_the_store_cannot_be_asked() {
    let mut shared = Shared::new(|_, _| {}).await;
    shared.redis.stop();
    let document = shared.browser.visit("/").await;
    assert_eq!(document.status, StatusCode::OK);
    assert_eq!(document.header("set-cookie"), "");
    assert!(first_paint::told(&document).is_none(), "{}", document.body);
    shared.redis.start_again();
    let document = shared.browser.visit("/").await;
    let (view, _) = first_paint::told(&document).expect("told");
    assert_eq!(view, shared.browser.session().await);
    assert!(matches!(view, SessionView::SignedIn(_)));
}

#[tokio::test]
async fn a_store_that_goes_down_just_before_a_refresh_ends_no_session() {
    let mut shared = Shared::tired(|_, _| {}).await;
    let sessions = shared.sessions();
    let carried = found(&sessions, &shared.browser).await;
    let calls = shared.token_calls();
    shared.redis.stop();
    let refused = sessions.usable(&carried).await.expect_err("no store");
    assert!(
        matches!(
            &refused,
            NoToken::CouldNotAsk {
                kind: Kind::Unreachable,
                ..
            }
        ),
        "{refused:?}"
    );
    assert_eq!(shared.token_calls(), calls, "LinkedIn was not asked");
    shared.redis.start_again();
    shared.world.wait(120);
    let renewed = sessions.usable(&carried).await.expect("the session lives");
    assert_ne!(
        renewed.tokens.access.expose(),
        carried.tokens.access.expose()
    );
}

/// Everything that is answered only with a store, or while it is down.
pub(crate) async fn every_answer() -> BTreeSet<String> {
    let mut shared = Shared::new(|plan, _| {
        plan.emulator.js_sdk = JsSdkExchange::OAuth1AndOAuth2;
    })
    .await;
    let asked = shared.token_calls();
    js_sdk::bring_cookie(&shared.world, &mut shared.browser, "ada");
    shared.redis.stop();
    for (method, path) in [
        (Method::GET, paths::SESSION),
        (Method::POST, paths::JS_SDK),
        (Method::GET, "/bff/linkedin/v2/userinfo"),
    ] {
        is_unavailable(&shared.browser.call(method, path).await);
    }
    is_unavailable(&everywhere(&mut shared.browser).await);
    assert_eq!(shared.token_calls(), asked);
    shared.world.seen()
}

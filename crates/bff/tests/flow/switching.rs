//! A sign-in while somebody is signed in: another account, another permission, a renewal. And what a sign-out must outlive.

use axum::http::Method;
use lapel_emulator::{Endpoint, Fault, Latency};
use lapel_wire::{Revocation, SignedOutReason, paths};

use crate::world::{Browser, ORIGIN, World};

/// Goes to LinkedIn although somebody is signed in, and comes back as this member.
async fn renews(world: &World, browser: &mut Browser, member: &str) -> String {
    let callback = world
        .allowed(browser, "/bff/login?renew=1&return_to=/account", member)
        .await;
    browser.is_sent_to(&callback).await.location().to_owned()
}

#[tokio::test]
async fn another_member_gets_a_new_session_and_it_is_said_and_the_first_ones_tokens_end() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let stolen = browser.cookies.clone();
    let location = renews(&world, &mut browser, "emoji").await;
    assert_eq!(location, "/account?lapel_outcome=account_changed");
    assert_ne!(browser.member().await.member.name, "Ada Example");
    let mut thief = world.browser();
    thief.cookies = stolen;
    assert_eq!(
        thief.signed_out().await,
        SignedOutReason::NoSession,
        "the old session is over"
    );
    world.has_ended_tokens_of("ada").await;
    assert_eq!(world.emulator.tokens().live_of("emoji").len(), 1);
}

#[tokio::test]
async fn the_same_member_again_is_a_renewal_and_nothing_to_speak_of() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(50 * 24 * 3600);
    assert_eq!(renews(&world, &mut browser, "ada").await, "/account");
    assert_eq!(browser.member().await.expires_in, 60 * 24 * 3600);
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Revocation),
        0,
        "LinkedIn might end the new token with the old one"
    );
}

#[tokio::test]
async fn nothing_but_a_renewal_leads_to_linkedin_while_the_session_suffices() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    for login in [
        "/bff/login",
        "/bff/login?renew=0",
        "/bff/login?feature=unknown",
    ] {
        assert_eq!(browser.visit(login).await.location(), "/", "{login}");
    }
    assert_eq!(world.emulator.ledger().count(Endpoint::Authorization), 1);
}

#[tokio::test]
async fn a_feature_asks_once_for_the_union_of_permissions() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let login = "/bff/login?feature=share&return_to=/share";
    let authorization = browser.visit(login).await.location().to_owned();
    assert!(
        authorization.contains("scope=openid+profile+email+w_member_social"),
        "{authorization}"
    );
    let callback = world.allowed(&mut browser, login, "ada").await;
    assert_eq!(browser.is_sent_to(&callback).await.location(), "/share");
    let granted = browser.member().await.permissions;
    assert!(
        granted.contains(&"w_member_social".to_owned()),
        "{granted:?}"
    );
    assert!(granted.contains(&"email".to_owned()), "{granted:?}");
    assert_eq!(
        browser.visit(login).await.location(),
        "/share",
        "and never again"
    );
    assert_eq!(browser.visit("/bff/login").await.location(), "/");
}

#[tokio::test]
async fn a_feature_that_was_cancelled_leaves_the_session_as_it_was() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let login = "/bff/login?feature=share&return_to=/share";
    let authorization = browser.visit(login).await.location().to_owned();
    let cancelled = world.emulator.cancel_consent(&authorization, "ada").await;
    let callback = cancelled.expect("cancelled");
    let path = callback.split_once("/bff").expect("our callback").1;
    let answer = browser.is_sent_to(&format!("/bff{path}")).await;
    assert_eq!(answer.location(), "/share?lapel_outcome=cancelled");
    assert_eq!(browser.member().await.permissions.len(), 3);
}

#[tokio::test]
async fn a_session_that_was_signed_out_is_refused_also_from_a_stolen_cookie() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let stolen = browser.cookies.clone();
    browser.sign_out().await;
    let mut thief = world.browser();
    thief.cookies = stolen;
    assert_eq!(thief.signed_out().await, SignedOutReason::NoSession);
    let (report, _) = thief.sign_out().await;
    assert_eq!(report.revocation, Revocation::NothingToRevoke);
}

#[tokio::test]
async fn an_answer_that_was_under_way_cannot_bring_the_session_back() {
    let world = World::of_a_partner().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(59 * 24 * 3600);
    browser.visit("/bff/login").await;
    world.wait(2 * 24 * 3600);
    // A poll finds the access token at its end, and LinkedIn takes its time with a new one.
    world.breaks(Fault::next(Latency::Tenth).at(Endpoint::Token));
    let mut poll = browser.clone();
    let (polled, _) = tokio::join!(poll.call(Method::GET, paths::SESSION), async {
        world
            .comes_to("LinkedIn is asked", |world| {
                world.emulator.ledger().count(Endpoint::Token) == 2
            })
            .await;
        browser.sign_out().await
    });
    assert!(
        !polled.headers.contains_key("set-cookie"),
        "{:?}",
        polled.headers
    );
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    // The token that came too late is given back.
    world.has_ended_tokens_of("ada").await;
}

#[tokio::test]
async fn two_tabs_that_sign_in_as_two_members_know_of_each_other() {
    let world = World::new().await;
    let mut browser = world.browser();
    let first = world.allowed(&mut browser, "/bff/login", "ada").await;
    let second = world.allowed(&mut browser, "/bff/login", "emoji").await;
    assert_eq!(browser.is_sent_to(&first).await.location(), "/");
    assert_eq!(
        browser.is_sent_to(&second).await.location(),
        "/?lapel_outcome=account_changed"
    );
    world.has_ended_tokens_of("ada").await;
    assert_ne!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn a_use_counts_in_whatever_order_answers_arrive() {
    let world = World::of_a_partner().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(59 * 24 * 3600);
    // A poll that began before the member's visit, and whose answer arrives last.
    let mut poll = browser.clone();
    browser.visit("/bff/login").await;
    world.wait(24 * 3600 - 30);
    let left = poll.member().await.expires_in;
    assert!(left > 58 * 24 * 3600, "{left}");
    world.wait(24 * 3600);
    poll.member().await;
}

#[tokio::test]
async fn a_second_sign_out_does_not_forget_the_first() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let first = browser.cookies.clone();
    browser.sign_out().await;
    world.sign_in(&mut browser, "ada").await;
    browser.sign_out().await;
    let mut restarted = world.another_bff(world.keys.clone());
    restarted.cookies = browser.cookies.clone();
    restarted.cookies.extend(first);
    world.wait(24 * 3600);
    assert_eq!(restarted.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn a_cookie_that_comes_back_after_the_sign_out_is_worth_nothing_even_to_a_new_process() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let session = browser.cookies.clone();
    browser.sign_out().await;
    // As if an answer from before the sign-out had arrived after it.
    let mut restarted = world.another_bff(world.keys.clone());
    restarted.cookies = session;
    restarted.member().await;
    restarted.cookies.extend(browser.cookies);
    assert_eq!(restarted.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn a_switch_is_known_to_a_process_that_did_not_begin_it() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let stolen = browser.cookies.clone();
    let callback = world
        .allowed(&mut browser, "/bff/login?renew=1", "emoji")
        .await;
    let mut restarted = browser.before(&world.another_bff(world.keys.clone()));
    assert_eq!(
        restarted.is_sent_to(&callback).await.location(),
        "/?lapel_outcome=account_changed"
    );
    world.has_ended_tokens_of("ada").await;
    restarted.cookies = stolen;
    assert_eq!(restarted.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn no_link_of_another_site_hides_a_session_from_a_switch() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    // As if it were the second look already.
    let sent_to = browser.is_sent_once_to("/bff/login?again=1").await;
    let sent_to = sent_to.location().to_owned();
    let back = world.emulator.allow(&sent_to, "emoji").await;
    let back = back.expect("allowed");
    let callback = back.strip_prefix(ORIGIN).expect("our callback");
    assert_eq!(
        browser.is_sent_to(callback).await.location(),
        "/?lapel_outcome=account_changed"
    );
    world.has_ended_tokens_of("ada").await;
}

#[tokio::test]
async fn a_browser_that_leaves_during_its_renewal_keeps_the_session_it_has() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let callback = world
        .allowed(&mut browser, "/bff/login?renew=1", "ada")
        .await;
    world.breaks(Fault::next(Latency::Tenth).at(Endpoint::Userinfo));
    let mut leaving = browser.clone();
    tokio::select! {
        _ = leaving.is_sent_to(&callback) => panic!("it was answered"),
        () = world.comes_to("LinkedIn gave tokens", |world| {
            world.emulator.tokens().live_of("ada").len() == 2
        }) => {}
    }
    world
        .comes_to("the sign-in is over", |world| {
            world.emulator.ledger().count(Endpoint::Userinfo) == 2
        })
        .await;
    browser.member().await;
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Revocation),
        0,
        "LinkedIn might end both tokens"
    );
}

//! Another OpenID provider in LinkedIn's place, known by nothing but its issuer: a strictly conforming one.

use lapel_bff::linkedin::SecretIn;
use lapel_emulator::Endpoint;
use lapel_wire::{Revocation, SignedOutReason};

use crate::world::provider::{discovered, issuer, textbook, textbook_browser, value};
use crate::world::{Browser, ORIGIN, Plan, World};

const START_AGAIN: &str = "/?lapel_outcome=start_again";
const CONTRACT: &str = "/?lapel_outcome=contract&";

/// An address with another value of a parameter; nothing takes it out.
fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let (before, query) = address.split_once('?').expect("a query");
    let mut changed = url::form_urlencoded::Serializer::new(String::new());
    for (known, old) in url::form_urlencoded::parse(query.as_bytes()) {
        match value {
            Some(value) if known == name => changed.append_pair(name, value),
            None if known == name => continue,
            Some(_) | None => changed.append_pair(&known, &old),
        };
    }
    format!("{before}?{}", changed.finish())
}

/// What the member's browser brings back after somebody has changed where it was sent.
async fn answered(
    world: &World,
    browser: &mut Browser,
    change: impl FnOnce(&str) -> String,
) -> String {
    let sent_to = browser.visit("/bff/login").await.location().to_owned();
    let back = world.emulator.allow(&change(&sent_to), "ada").await;
    let back = back.expect("sent back");
    back.strip_prefix(ORIGIN).expect("our callback").to_owned()
}

async fn allowed(world: &World, browser: &mut Browser) -> String {
    answered(world, browser, str::to_owned).await
}

#[tokio::test]
async fn a_member_signs_in_with_nonce_pkce_and_issuer_and_signs_out() {
    let (world, mut browser) = textbook_browser().await;
    let sent_to = browser.visit("/bff/login").await.location().to_owned();
    assert_eq!(value(&sent_to, "code_challenge_method"), "S256");
    assert_eq!(value(&sent_to, "code_challenge").len(), 43);
    assert!(value(&sent_to, "nonce").len() >= 43, "256 bits");
    let cookies = format!("{:?}", browser.cookies);
    assert!(!cookies.contains(&value(&sent_to, "nonce")), "sealed");

    let back = world
        .emulator
        .allow(&sent_to, "ada")
        .await
        .expect("allowed");
    assert_eq!(value(&back, "iss"), issuer(&world));
    let callback = back.strip_prefix(ORIGIN).expect("our callback");
    assert_eq!(browser.is_sent_to(callback).await.location(), "/");
    let signed_in = browser.member().await;
    assert_eq!(signed_in.member.name, "Ada Example");
    assert!(signed_in.member.email.is_some());

    let exchanges = world.emulator.ledger().entries_of(Endpoint::Token);
    let [exchange] = exchanges.as_slice() else {
        panic!("one exchange: {exchanges:?}")
    };
    assert!(exchange.field("code_verifier").is_some());
    assert_eq!(exchange.field("client_secret"), None);
    let header = exchange.header("authorization").expect("a header");
    assert!(header.starts_with("Basic "), "{header}");

    let (report, _) = browser.sign_out().await;
    assert_eq!(report.revocation, Revocation::Confirmed);
    assert!(world.emulator.tokens().live().is_empty());
}

#[tokio::test]
async fn a_provider_that_wants_the_secret_in_the_body_gets_it_there() {
    let world = textbook().await;
    let mut provider = discovered(&world).await;
    provider.dialect.secret = SecretIn::Body;
    let mut browser = world.browser_with(|linkedin| *linkedin = provider);
    assert_eq!(world.sign_in(&mut browser, "ada").await.location(), "/");
    let exchanges = world.emulator.ledger().entries_of(Endpoint::Token);
    assert!(exchanges[0].field("client_secret").is_some());
    assert_eq!(exchanges[0].header("authorization"), None);
}

#[tokio::test]
async fn a_secret_of_any_characters_arrives_in_the_header_as_it_is() {
    let mut plan = Plan::default();
    plan.emulator.textbook = true;
    plan.emulator.clients[0].secret = "a:b %é+=&".to_owned();
    let world = World::planned(plan, |_| {}).await;
    let provider = discovered(&world).await;
    let mut browser = world.browser_with(|linkedin| *linkedin = provider);
    assert_eq!(world.sign_in(&mut browser, "ada").await.location(), "/");
}

#[tokio::test]
async fn an_id_token_with_another_nonce_or_without_one_signs_nobody_in() {
    for nonce in [Some("planted"), None] {
        let (world, mut browser) = textbook_browser().await;
        let callback = answered(&world, &mut browser, |sent_to| {
            with(sent_to, "nonce", nonce)
        });
        let callback = callback.await;
        let answer = browser.is_sent_to(&callback).await;
        assert!(answer.location().starts_with(CONTRACT), "{nonce:?}");
        assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
        assert!(
            world.emulator.tokens().live().is_empty(),
            "what was granted is given back"
        );
    }
}

#[tokio::test]
async fn an_answer_that_names_another_issuer_or_none_is_refused_unexchanged() {
    for named in [Some("https://evil.example"), Some(""), None] {
        let (world, mut browser) = textbook_browser().await;
        let callback = with(&allowed(&world, &mut browser).await, "iss", named);
        let answer = browser.is_sent_to(&callback).await;
        if named == Some("") {
            assert_eq!(answer.status, 400, "a parameter without a value");
        } else {
            assert!(answer.location().starts_with(CONTRACT), "{named:?}");
        }
        assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
        assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
    }
}

#[tokio::test]
async fn a_refusal_must_name_its_issuer_too() {
    let (world, mut browser) = textbook_browser().await;
    let sent_to = browser.visit("/bff/login").await.location().to_owned();
    let back = world.emulator.cancel_login(&sent_to).await.expect("back");
    let back = back.strip_prefix(ORIGIN).expect("our callback");
    let answer = browser.is_sent_to(&with(back, "iss", None)).await;
    assert!(answer.location().starts_with(CONTRACT));

    let sent_to = browser.visit("/bff/login").await.location().to_owned();
    let back = world.emulator.cancel_login(&sent_to).await.expect("back");
    let back = back.strip_prefix(ORIGIN).expect("our callback");
    let answer = browser.is_sent_to(back).await;
    assert_eq!(answer.location(), "/?lapel_outcome=cancelled");
}

#[tokio::test]
async fn a_provider_that_announces_no_issuer_in_answers_need_not_name_it() {
    let world = textbook().await;
    let mut provider = discovered(&world).await;
    provider.dialect.names_issuer = false;
    let mut browser = world.browser_with(|linkedin| *linkedin = provider);
    let callback = allowed(&world, &mut browser).await;
    let wrong = with(&callback, "iss", Some("https://evil.example"));
    let answer = browser.clone().is_sent_to(&wrong).await;
    assert!(
        answer.location().starts_with(CONTRACT),
        "a wrong one counts"
    );
    let callback = with(&allowed(&world, &mut browser).await, "iss", None);
    assert_eq!(browser.is_sent_to(&callback).await.location(), "/");
}

/// An attacker's code, put into the answer to somebody else's sign-in.
#[tokio::test]
async fn a_code_of_another_sign_in_is_worth_nothing() {
    let (world, mut victim) = textbook_browser().await;
    let mut attacker = victim.clone();
    let stolen = value(&allowed(&world, &mut attacker).await, "code");
    let callback = with(&allowed(&world, &mut victim).await, "code", Some(&stolen));
    let answer = victim.is_sent_to(&callback).await;
    assert!(answer.location().starts_with(START_AGAIN));
    assert_eq!(victim.signed_out().await, SignedOutReason::NoSession);
    assert!(world.emulator.tokens().live().is_empty());
}

/// The provider refuses a verifier where there was no challenge (RFC 9700 §4.8.2), and the BFF always sends one.
#[tokio::test]
async fn a_challenge_that_was_taken_out_on_the_way_is_noticed() {
    let (world, mut browser) = textbook_browser().await;
    let stripped = answered(&world, &mut browser, |sent_to| {
        let stripped = with(sent_to, "code_challenge", None);
        with(&stripped, "code_challenge_method", None)
    });
    let stripped = stripped.await;
    let answer = browser.is_sent_to(&stripped).await;
    assert!(answer.location().starts_with(START_AGAIN));
    let plain = answered(&world, &mut browser, |sent_to| {
        with(sent_to, "code_challenge_method", Some("plain"))
    });
    let plain = plain.await;
    let answer = browser.is_sent_to(&plain).await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=not_configured&"),
        "{}",
        answer.location()
    );
    assert!(world.emulator.tokens().live().is_empty());
}

/// After a change of the provider: what is sealed for one opens for no other, so nobody is shown another one's tokens.
#[tokio::test]
async fn sign_ins_and_sessions_of_one_provider_are_nothing_to_another() {
    let (world, mut browser) = textbook_browser().await;
    let callback = allowed(&world, &mut browser).await;
    let mut linkedin = world.browser();
    linkedin.cookies.clone_from(&browser.cookies);
    assert_eq!(linkedin.is_sent_to(&callback).await.location(), START_AGAIN);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);

    assert_eq!(browser.is_sent_to(&callback).await.location(), "/");
    world.wait(2 * 3600);
    linkedin.cookies.clone_from(&browser.cookies);
    assert_eq!(linkedin.signed_out().await, SignedOutReason::Unreadable);
    assert_eq!(world.emulator.ledger().count(Endpoint::Introspection), 0);
    assert_eq!(browser.member().await.member.name, "Ada Example");

    let mut moved = discovered(&world).await;
    moved.sealed_for = Some("https://id.example".to_owned());
    let mut elsewhere = world.browser_with(|linkedin| *linkedin = moved);
    elsewhere.cookies.clone_from(&browser.cookies);
    assert_eq!(elsewhere.signed_out().await, SignedOutReason::Unreadable);
}

#[tokio::test]
async fn tokens_are_refreshed_and_rotated_and_a_member_whose_grant_has_ended_signs_in_again() {
    let (world, mut browser) = textbook_browser().await;
    world.sign_in(&mut browser, "ada").await;
    for calls in [2, 3] {
        browser.visit("/bff/login").await;
        world.wait(59 * 24 * 3600);
        browser.visit("/bff/login").await;
        world.wait(2 * 24 * 3600);
        assert_eq!(browser.member().await.member.name, "Ada Example");
        assert_eq!(world.emulator.ledger().count(Endpoint::Token), calls);
    }
    world.emulator.tokens().revoke_all();
    world.wait(2 * 3600);
    assert_eq!(browser.signed_out().await, SignedOutReason::Revoked);
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_about_tokens_is_not_asked() {
    let world = textbook().await;
    let mut provider = discovered(&world).await;
    provider.endpoints.introspection = None;
    provider.endpoints.revocation = None;
    let mut browser = world.browser_with(|linkedin| *linkedin = provider);
    world.sign_in(&mut browser, "ada").await;
    world.wait(2 * 3600);
    assert_eq!(browser.member().await.member.name, "Ada Example");
    let (report, _) = browser.sign_out().await;
    assert_eq!(report.revocation, Revocation::NotConfirmed);
    assert_eq!(world.emulator.ledger().count(Endpoint::Introspection), 0);
}

//! `GET /bff/callback`.

use axum::http::{Method, StatusCode};
use lapel_emulator::{Endpoint, Fault, Latency};
use lapel_wire::SignedOutReason;

use crate::world::{ORIGIN, World};

const START_AGAIN: &str = "/?lapel_outcome=start_again";

/// The callback with another value of a parameter.
fn with(callback: &str, name: &str, value: &str) -> String {
    let url = url::Url::parse(&format!("{ORIGIN}{callback}")).expect("an address");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (known, old) in url.query_pairs() {
        query.append_pair(&known, if known == name { value } else { &old });
    }
    format!("{}?{}", url.path(), query.finish())
}

#[tokio::test]
async fn a_member_who_allows_is_signed_in_where_they_were() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world
        .allowed(&mut browser, "/bff/login?return_to=/account%3Ftab=1", "ada")
        .await;
    let answer = browser.is_sent_to(&callback).await;
    assert_eq!(answer.location(), "/account?tab=1");
    let signed_in = browser.member().await;
    assert_eq!(signed_in.member.name, "Ada Example");
    assert!(signed_in.member.picture.is_some());
    assert!(signed_in.member.email.is_some());
    assert_eq!(signed_in.expires_in, 60 * 24 * 3600);
    let mut permissions = signed_in.permissions;
    permissions.sort();
    assert_eq!(
        permissions,
        ["email", "openid", "profile"],
        "LinkedIn writes commas"
    );
}

#[tokio::test]
async fn the_exchange_is_what_linkedin_takes() {
    let world = World::new().await;
    world.signed_in("ada").await;
    let exchanges = world.emulator.ledger().entries_of(Endpoint::Token);
    let [exchange] = exchanges.as_slice() else {
        panic!("one exchange: {exchanges:?}")
    };
    assert_eq!(exchange.field("grant_type"), Some("authorization_code"));
    assert_eq!(
        exchange.field("redirect_uri"),
        Some(&*format!("{ORIGIN}/bff/callback"))
    );
    assert!(exchange.field("client_secret").is_some(), "in the body");
    assert_eq!(
        exchange.header("authorization"),
        None,
        "and not in a header"
    );
    assert_eq!(exchange.field("code_verifier"), None);
}

#[tokio::test]
async fn every_seed_member_can_sign_in() {
    let world = World::new().await;
    for member in lapel_emulator::Member::built_in() {
        let signed_in = world.signed_in(&member.slug).await.member().await;
        assert!(!signed_in.member.name.trim().is_empty(), "{}", member.slug);
    }
}

#[tokio::test]
async fn a_sign_in_leaves_no_pending_cookie_behind() {
    let world = World::new().await;
    let browser = world.signed_in("ada").await;
    assert_eq!(
        browser.cookies.keys().collect::<Vec<_>>(),
        ["__Host-lapel", "__Host-lapel-here"]
    );
}

#[tokio::test]
async fn tokens_and_codes_reach_the_browser_only_sealed() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let answer = browser.is_sent_to(&callback).await;
    let view = browser.call(Method::GET, "/bff/session").await;
    for said in [answer.everything(), view.everything()] {
        // What is sealed looks like anything now and then.
        let sealed = browser.cookies.values();
        let said = sealed.fold(said, |said, value| said.replace(value, ""));
        for beginning in ["AQX", "AQT", "eyJ", "WPL_AP1"] {
            assert!(!said.contains(beginning), "{beginning} in {said}");
        }
    }
}

#[tokio::test]
async fn cancelling_is_calm_at_login_and_at_consent() {
    let world = World::new().await;
    let mut browser = world.browser();
    let at = browser
        .visit("/bff/login?return_to=/account")
        .await
        .location()
        .to_owned();
    let login = world.emulator.cancel_login(&at).await.expect("cancelled");
    let at = browser
        .visit("/bff/login?return_to=/account")
        .await
        .location()
        .to_owned();
    let consent = world
        .emulator
        .cancel_consent(&at, "ada")
        .await
        .expect("cancelled");
    for callback in [login, consent] {
        let answer = browser
            .visit(callback.strip_prefix(ORIGIN).expect("ours"))
            .await;
        assert_eq!(answer.location(), "/account?lapel_outcome=cancelled");
    }
    assert!(browser.cookies.is_empty(), "nothing is left of them");
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
}

#[tokio::test]
async fn cancelling_leaves_a_member_signed_in_who_was() {
    let world = World::new().await;
    let mut browser = world.browser();
    let first = world.allowed(&mut browser, "/bff/login", "ada").await;
    let at = browser.visit("/bff/login").await.location().to_owned();
    browser.is_sent_to(&first).await;
    let cancelled = world
        .emulator
        .cancel_consent(&at, "ada")
        .await
        .expect("cancelled");
    browser
        .visit(cancelled.strip_prefix(ORIGIN).expect("ours"))
        .await;
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

/// Login CSRF: an attacker's own answer, planted in somebody else's browser, would sign the victim in as the attacker.
#[tokio::test]
async fn an_answer_to_another_browsers_sign_in_is_refused_unexchanged() {
    let world = World::new().await;
    let planted = world
        .allowed(&mut world.browser(), "/bff/login", "ada")
        .await;
    let mut victim = world.browser();
    victim.visit("/bff/login").await;
    assert_eq!(victim.visit(&planted).await.location(), START_AGAIN);
    assert_eq!(victim.signed_out().await, SignedOutReason::NoSession);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
}

#[tokio::test]
async fn a_forged_state_is_refused_unexchanged() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let answer = browser.visit(&with(&callback, "state", "forged")).await;
    assert_eq!(answer.location(), START_AGAIN);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
    assert_eq!(
        browser.is_sent_to(&callback).await.location(),
        "/",
        "the real answer still counts"
    );
}

/// A pending cookie that was renamed to fit a state opens, but holds another state.
#[tokio::test]
async fn a_pending_sign_in_under_another_ones_name_is_refused() {
    let world = World::new().await;
    let mut browser = world.browser();
    world.allowed(&mut browser, "/bff/login", "ada").await;
    let (_, envelope) = browser.cookies.pop_first().expect("a pending sign-in");
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    browser
        .cookies
        .values_mut()
        .for_each(|value| value.clone_from(&envelope));
    assert_eq!(browser.is_sent_to(&callback).await.location(), START_AGAIN);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
}

#[tokio::test]
async fn a_replayed_callback_is_refused_and_the_session_stays() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let kept = browser.cookies.clone();
    assert_eq!(browser.is_sent_to(&callback).await.location(), "/");
    assert_eq!(
        browser.is_sent_to(&callback).await.location(),
        "/",
        "who is sent there again is signed in, and goes home"
    );
    assert_eq!(
        browser.visit(&callback).await.location(),
        "/",
        "and who reloads the address"
    );
    assert_eq!(browser.member().await.member.name, "Ada Example");

    let mut hoarder = world.browser();
    hoarder.cookies = kept;
    assert_eq!(
        hoarder.is_sent_to(&callback).await.location(),
        START_AGAIN,
        "with the cookie kept"
    );
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Token),
        1,
        "a code is exchanged once"
    );
}

#[tokio::test]
async fn two_answers_at_once_exchange_the_code_once() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let mut twin = browser.clone();
    let (one, two) = tokio::join!(browser.is_sent_to(&callback), twin.is_sent_to(&callback));
    let mut ends = [one.location().to_owned(), two.location().to_owned()];
    ends.sort();
    assert_eq!(ends, ["/", START_AGAIN]);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 1);
}

#[tokio::test]
async fn an_answer_after_ten_minutes_is_refused_unexchanged() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    world.wait(600);
    assert_eq!(browser.is_sent_to(&callback).await.location(), START_AGAIN);
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
}

#[tokio::test]
async fn an_answer_in_the_last_second_counts() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    world.wait(599);
    assert_eq!(browser.is_sent_to(&callback).await.location(), "/");
}

#[tokio::test]
async fn a_malformed_answer_is_400_with_a_way_home_and_touches_nothing() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    for query in [
        "",
        "code=a&code=b&state=s",
        "code=c",
        "state=s",
        "code[]=c&state=s",
    ] {
        let answer = browser.visit(&format!("/bff/callback?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(answer.body.contains("href=\"/\""), "{query}");
    }
    assert_eq!(browser.member().await.member.name, "Ada Example");
}

#[tokio::test]
async fn a_description_with_markup_never_reaches_the_page() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let attack = with(&callback, "code", "x") + "&error=x&error_description=%3Cscript%3E";
    let answer = browser.visit(&attack).await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=contract&lapel_reference=")
    );
    assert!(!answer.everything().contains("script"));
}

#[tokio::test]
async fn a_missing_product_in_the_portal_is_the_operators() {
    let world = World::with(|linkedin| linkedin.scopes.push("r_liteprofile".to_owned())).await;
    let mut browser = world.browser();
    let at = browser.visit("/bff/login").await.location().to_owned();
    let back = world.emulator.allow(&at, "ada").await.expect("sent back");
    let answer = browser
        .visit(back.strip_prefix(ORIGIN).expect("ours"))
        .await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=not_configured&"),
        "{}",
        answer.location()
    );
}

#[tokio::test]
async fn a_wrong_secret_is_the_operators() {
    let world = World::with(|linkedin| {
        linkedin.client_secret = lapel_bff::secret::ClientSecret::new("wrong");
    })
    .await;
    let answer = world.sign_in(&mut world.browser(), "ada").await;
    assert!(
        answer
            .location()
            .starts_with("/?lapel_outcome=not_configured&"),
        "{}",
        answer.location()
    );
}

#[tokio::test]
async fn an_issuer_that_is_named_must_be_linkedin() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let answer = browser
        .visit(&format!("{callback}&iss=https%3A%2F%2Fevil.example"))
        .await;
    assert!(answer.location().starts_with("/?lapel_outcome=contract&"));
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 0);
}

/// Session fixation: what an attacker put into the browser before the sign-in is worthless after it.
#[tokio::test]
async fn a_sign_in_replaces_a_session_that_was_there() {
    let world = World::new().await;
    let mut browser = world.signed_in("single-name").await;
    let before = browser.cookies.clone();
    let mut other = world.browser();
    let callback = world.allowed(&mut other, "/bff/login", "ada").await;
    browser.cookies.extend(other.cookies);
    browser.is_sent_to(&callback).await;
    assert_eq!(browser.member().await.member.name, "Ada Example");
    let mut attacker = world.browser();
    attacker.cookies = before;
    assert_eq!(attacker.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn a_description_decides_nothing() {
    let world = World::new().await;
    for description in ["", &"x".repeat(5000)] {
        let mut browser = world.browser();
        let at = browser.visit("/bff/login").await.location().to_owned();
        let at = world.emulator.cancel_login(&at).await.expect("cancelled");
        let state = with(
            at.strip_prefix(ORIGIN).expect("ours"),
            "error_description",
            description,
        );
        assert_eq!(
            browser.visit(&state).await.location(),
            "/?lapel_outcome=cancelled"
        );
    }
}

#[tokio::test]
async fn tokens_of_a_browser_that_left_during_its_sign_in_are_given_back() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    // Tokens are there, and LinkedIn takes its time with the rest.
    world.breaks(Fault::next(Latency::Tenth).at(Endpoint::Userinfo));
    tokio::select! {
        answer = browser.is_sent_to(&callback) => panic!("answered: {}", answer.everything()),
        () = world.comes_to("there are tokens", |world| !world.emulator.tokens().live().is_empty()) => {}
    }
    world.has_ended_tokens_of("ada").await;
    assert!(!browser.carries_a_session());
    // And nothing stands in the way of the next try.
    assert_eq!(world.sign_in(&mut browser, "ada").await.location(), "/");
}

#[tokio::test]
async fn the_way_back_looks_twice_only_where_there_may_be_a_session() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    assert_eq!(browser.is_sent_once_to(&callback).await.location(), "/");

    let callback = world
        .allowed(&mut browser, "/bff/login?renew=1&return_to=/account", "ada")
        .await;
    let page = browser.is_sent_once_to(&callback).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("set-cookie"), "", "nothing is spent yet");
    assert_eq!(world.emulator.ledger().count(Endpoint::Token), 1);
    let again = page.asks_for().expect("an address");
    assert_eq!(browser.visit(&again).await.location(), "/account");

    let at = browser
        .visit("/bff/login?renew=1")
        .await
        .location()
        .to_owned();
    let cancelled = world.emulator.cancel_login(&at).await.expect("cancelled");
    let cancelled = cancelled.strip_prefix(ORIGIN).expect("ours");
    assert_eq!(
        browser.is_sent_once_to(cancelled).await.location(),
        "/?lapel_outcome=cancelled",
        "who did not allow keeps what there is"
    );
}

#[tokio::test]
async fn a_browser_that_shows_no_session_at_the_second_look_either_is_taken_at_its_word() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let callback = world
        .allowed(&mut browser, "/bff/login?renew=1", "ada")
        .await;
    let again = browser.is_sent_once_to(&callback).await.asks_for();
    let again = again.expect("an address");
    assert_eq!(browser.is_sent_once_to(&again).await.location(), "/");
    let nothing = browser.is_sent_once_to(&again).await;
    assert_eq!(nothing.location(), START_AGAIN, "and there is no third");
}

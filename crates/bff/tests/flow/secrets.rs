//! Nothing secret reaches the log, whatever happens.

use std::time::Duration;

use axum::http::Method;
use http_body_util::BodyExt as _;
use lapel_bff::session::Session;
use lapel_bff::session::seal::KeyRing;
use lapel_emulator::{AccessDefect, Defect, Endpoint, Fault, JsSdkExchange, Outage};
use lapel_wire::paths;

use crate::world::log::Log;
use crate::world::provider::{issuer, textbook_browser};
use crate::world::store::RedisServer;
use crate::world::{Browser, ORIGIN, Plan, World};

/// Whether a word is a token or code of LinkedIn's. Shorter ones come about by chance, in a session's name for instance.
fn is_token(word: &str) -> bool {
    let beginnings = ["AQX", "AQT", "AQJ", "AQK", "eyJ"];
    word.len() > 16 && beginnings.iter().any(|it| word.starts_with(it))
}

fn is_of_a_token(symbol: char) -> bool {
    symbol.is_ascii_alphanumeric() || "-_".contains(symbol)
}

#[tokio::test]
async fn no_token_code_state_name_or_address_reaches_the_log() {
    let log = Log::default();
    let _listening = log.listen();

    let mut secrets: Vec<String> = ["WPL_AP1", "AQTx", "Ada Example", "ada@example.com"]
        .map(str::to_owned)
        .into();
    for defect in std::iter::once(None).chain(Defect::ALL.map(Some)) {
        let world = World::with(|linkedin| {
            // Some defects keep LinkedIn from ever answering whole.
            if defect.is_some() {
                linkedin.deadlines.answer = Duration::from_millis(500);
                for call in &mut linkedin.api.calls {
                    call.timeout = Duration::from_millis(500);
                }
            }
        })
        .await;
        let mut browser = world.browser();
        let callback = world
            .allowed(&mut browser, "/bff/login?feature=share", "ada")
            .await;
        let state = callback.split("state=").nth(1).expect("a state");
        secrets.push(state.split('&').next().unwrap_or_default().to_owned());
        secrets.extend(browser.cookies.values().cloned());
        if let Some(defect) = defect {
            for endpoint in [Endpoint::Token, Endpoint::Keys, Endpoint::Userinfo] {
                world.breaks(Fault::next(defect).at(endpoint));
            }
        }
        browser.is_sent_to(&callback).await;
        secrets.extend(browser.cookies.values().cloned());
        for (method, path, endpoint) in [
            (Method::GET, "/v2/userinfo", Endpoint::Userinfo),
            (Method::POST, "/rest/posts", Endpoint::Posts),
        ] {
            if let Some(defect) = defect {
                world.breaks(Fault::next(defect).at(endpoint));
            }
            let body = if method == Method::POST { "{}" } else { "" };
            let answer = browser
                .begins_to_call_linkedin(method, path, &[], body)
                .await;
            // Some break off, which is logged as well.
            let _ = answer.into_body().collect().await;
            secrets.extend(browser.cookies.values().cloned());
        }
        browser.session().await;
        browser
            .visit("/bff/callback?code=AQTx&state=s&error=%1b[31m&error_description=AQTx")
            .await;
        browser.sign_out().await;
    }

    let (world, mut browser) = textbook_browser().await;
    let sent_to = browser.visit("/bff/login").await.location().to_owned();
    for name in ["nonce=", "state="] {
        let value = sent_to.split(name).nth(1).expect("a value");
        secrets.push(value.split('&').next().unwrap_or_default().to_owned());
    }
    secrets.push("Basic ".to_owned());
    secrets.extend(browser.cookies.values().cloned());
    let back = world.emulator.allow(&sent_to, "ada").await.expect("back");
    let callback = back.strip_prefix(ORIGIN).expect("our callback");
    assert_eq!(browser.is_sent_to(callback).await.location(), "/");
    secrets.extend(browser.cookies.values().cloned());
    browser.sign_out().await;

    let mut plan = Plan::default();
    plan.emulator.js_sdk = JsSdkExchange::OAuth1AndOAuth2;
    let world = World::planned(plan, |linkedin| linkedin.js_sdk = true).await;
    let sdk = world.emulator.js_sdk();
    let cookie = sdk.mint(&world.emulator.client().id, "ada");
    let cookie = cookie.expect("a cookie");
    for value in [cookie.value.clone(), cookie.value.replace("AQJ", "AQK")] {
        let mut browser = world.browser();
        browser.cookies.insert(cookie.name.clone(), value);
        browser.call(Method::POST, paths::JS_SDK).await;
        secrets.extend(browser.cookies.values().cloned());
    }

    secrets.push(cookie.value);

    let lines = log.lines();
    assert!(
        lines.iter().any(|line| line.contains("signed_in")),
        "the log was read"
    );
    for outcome in ["taken over", "not signed for this application"] {
        assert!(lines.iter().any(|line| line.contains(outcome)), "{outcome}");
    }
    assert!(
        lines.iter().any(|line| line.contains("linkedin_down")),
        "failures too"
    );
    assert!(
        lines.iter().any(|line| line.contains("/rest/posts")),
        "calls of the page too"
    );
    has_none_of(&secrets, &lines);
    for line in lines {
        assert!(
            !line.contains("\u{1b}[31m"),
            "control characters are escaped: {line:?}"
        );
    }
}

fn has_none_of(secrets: &[String], lines: &[String]) {
    // The mark beside a session is a cookie and no secret.
    let secrets: Vec<_> = secrets.iter().filter(|it| it.as_str() != "1").collect();
    for line in lines {
        for secret in &secrets {
            assert!(!line.contains(secret.as_str()), "{secret} in {line}");
        }
        assert!(!line.split(|it| !is_of_a_token(it)).any(is_token), "{line}");
    }
}

/// What a browser carries, sealed and open.
fn carried(browser: &Browser, keys: &KeyRing) -> Vec<String> {
    let session = Session::unseal(&browser.envelope(), keys).expect("a session");
    let refresh = session.tokens.refresh.as_ref().expect("a partner's");
    let mut carried: Vec<String> = browser.cookies.values().cloned().collect();
    carried.push(session.tokens.access.expose().to_owned());
    carried.push(refresh.expose().to_owned());
    carried
}

/// From the sign-in over questions, refreshes and outages to the end; what was secret meanwhile.
async fn lives_through(world: &World, browser: &mut Browser, keys: &KeyRing) -> Vec<String> {
    const DAY: i64 = 24 * 60 * 60;
    let mut secrets = Vec::new();
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Userinfo));
    assert_eq!(world.sign_in(browser, "ada").await.location(), "/");
    secrets.extend(carried(browser, keys));
    // Userinfo comes later.
    browser.member().await;
    secrets.extend(carried(browser, keys));
    for fault in [
        Fault::next(Outage::Http500),
        Fault::next(AccessDefect::Revoked),
    ] {
        world.breaks(fault.at(Endpoint::Introspection));
        world.wait(DAY);
        browser.member().await;
        secrets.extend(carried(browser, keys));
    }
    world.wait(56 * DAY);
    browser.visit("/bff/login").await;
    world.wait(5 * DAY);
    for fault in [Outage::Http500, Outage::HtmlInsteadOfJson] {
        world.breaks(Fault::next(fault).at(Endpoint::Token));
        browser.member().await;
        world.wait(600);
    }
    browser.member().await;
    secrets.extend(carried(browser, keys));
    world.breaks(Fault::next(Outage::Http500).at(Endpoint::Revocation));
    browser.sign_out().await;
    secrets
}

#[tokio::test]
async fn nothing_secret_reaches_the_log_in_the_life_of_a_session() {
    let log = Log::default();
    let _listening = log.listen();

    let key = KeyRing::new_key();
    let mut secrets = vec![key.clone(), "Ada Example".into(), "ada@example.com".into()];
    let keys = KeyRing::parse(&key).expect("a key");
    let world = World::of_a_partner().await;
    let mut browser = world.another_bff(keys.clone());
    secrets.extend(lives_through(&world, &mut browser, &keys).await);

    let redis = RedisServer::start_with_password("canary");
    secrets.push("canary".into());
    let mut plan = Plan::default();
    plan.emulator.refresh_tokens = true;
    plan.emulator.quirks.refresh_token_kept = false;
    plan.store = Some(redis.settings());
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.browser();
    secrets.extend(lives_through(&world, &mut browser, &world.keys).await);

    let (world, mut browser) = textbook_browser().await;
    let keys = world.keys.of_provider(&issuer(&world));
    secrets.extend(lives_through(&world, &mut browser, &keys).await);

    let lines = log.lines();
    for said in [
        "a refresh brought no token",
        "userinfo",
        "whether a token is alive is not known",
        "a session ended",
    ] {
        let times = lines.iter().filter(|line| line.contains(said)).count();
        assert!(times >= 3, "{said}: {times}");
    }
    has_none_of(&secrets, &lines);
}

#[tokio::test]
async fn an_outage_of_the_store_is_one_line_and_never_its_address() {
    let log = Log::default();
    let _listening = log.listen();

    let mut redis = RedisServer::start_with_password("canary");
    let plan = Plan {
        store: Some(redis.settings()),
        ..Plan::default()
    };
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    redis.stop();
    for _ in 0..20 {
        browser.call(Method::GET, paths::SESSION).await;
    }
    redis.start_again();
    browser.member().await;
    browser.member().await;

    let lines = log.lines();
    let said = |text: &str| lines.iter().filter(|line| line.contains(text)).count();
    assert_eq!(said("the store cannot be asked"), 1, "{lines:#?}");
    assert_eq!(said("the store answers again"), 1, "{lines:#?}");
    assert_eq!(said("canary"), 0, "{lines:#?}");
}

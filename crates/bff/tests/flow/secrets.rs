//! Nothing secret reaches the log, whatever happens.

use std::time::Duration;

use axum::http::Method;
use http_body_util::BodyExt as _;
use lapel_emulator::{Defect, Endpoint, Fault, JsSdkExchange};
use lapel_wire::paths;

use crate::world::log::Log;
use crate::world::provider::textbook_browser;
use crate::world::store::RedisServer;
use crate::world::{ORIGIN, Plan, World};

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
    for line in lines {
        for secret in &secrets {
            assert!(!line.contains(secret.as_str()), "{secret} in {line}");
        }
        assert!(!line.split(|it| !is_of_a_token(it)).any(is_token), "{line}");
        assert!(
            !line.contains("\u{1b}[31m"),
            "control characters are escaped: {line:?}"
        );
    }
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

//! Nothing secret reaches the log, whatever happens.

use std::time::Duration;

use axum::http::Method;
use http_body_util::BodyExt as _;
use lapel_emulator::{Defect, Endpoint, Fault};

use crate::world::log::Log;
use crate::world::provider::textbook_browser;
use crate::world::{ORIGIN, World};

#[tokio::test]
async fn no_token_code_state_name_or_address_reaches_the_log() {
    let log = Log::default();
    let _listening = log.listen();

    let mut secrets = vec![
        "AQX".to_owned(),
        "AQT".to_owned(),
        "eyJ".to_owned(),
        "WPL_AP1".to_owned(),
    ];
    secrets.extend(["Ada Example", "ada@example.com"].map(str::to_owned));
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

    let lines = log.lines();
    assert!(
        lines.iter().any(|line| line.contains("signed_in")),
        "the log was read"
    );
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
        assert!(
            !line.contains("\u{1b}[31m"),
            "control characters are escaped: {line:?}"
        );
    }
}

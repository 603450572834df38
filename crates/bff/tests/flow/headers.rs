//! What every answer carries, and what none carries.

use axum::http::{Method, StatusCode};

use crate::world::World;

#[tokio::test]
async fn nothing_under_bff_is_stored_or_leaks_where_it_led() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
    let answers = [
        browser.is_sent_to(&callback).await,
        browser.visit("/bff/login").await,
        browser.visit("/bff/callback").await,
        browser.call(Method::GET, "/bff/session").await,
        browser.call(Method::GET, "/bff/unknown").await,
        browser
            .call_with(Method::GET, "/bff/session", &[("x-lapel", "")])
            .await,
        browser.call(Method::POST, "/bff/logout").await,
        browser.call(Method::TRACE, "/bff/session").await,
    ];
    for answer in answers {
        assert_eq!(
            answer.header("cache-control"),
            "no-store",
            "{}",
            answer.everything()
        );
        assert!(["no-referrer", "same-origin"].contains(&answer.header("referrer-policy")));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("server"), "");
    }
}

#[tokio::test]
async fn a_preflight_of_another_origin_is_told_nothing() {
    let world = World::new().await;
    let headers = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "x-lapel"),
    ];
    let answer = world
        .browser()
        .call_with(Method::OPTIONS, "/bff/logout", &headers)
        .await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(!answer.everything().contains("access-control"));
}

#[tokio::test]
async fn a_path_that_looks_like_a_file_below_a_route_shows_nobody() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    for path in [
        "/bff/session/x.css",
        "/bff/session;.js",
        "/bff//session",
        "/bff/%73ession/",
    ] {
        let answer = browser.call(Method::GET, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("Ada"));
    }
}

#[tokio::test]
async fn a_refusal_is_a_problem_with_a_reference() {
    let world = World::new().await;
    let answer = world.browser().call(Method::GET, "/bff/unknown").await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem: lapel_wire::Problem = serde_json::from_str(&answer.body).expect("a problem");
    assert_eq!(
        (problem.status, problem.kind),
        (404, lapel_wire::Kind::Rejected)
    );
    assert_eq!(problem.reference.len(), 12);
}

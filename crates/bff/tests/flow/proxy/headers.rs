//! What passes between the page and LinkedIn beside the body.

use axum::http::{HeaderName, Method, StatusCode};
use lapel_emulator::Endpoint;
use lapel_wire::{Kind, Retry};

use super::{POSTS, USERINFO, post, who};
use crate::world::World;
use crate::world::counterpart::{Counterpart, answering};

#[tokio::test]
async fn linkedin_sees_the_members_token_and_nothing_that_the_browser_says_of_itself() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let planted = [
        ("authorization", "Bearer planted"),
        (
            "cookie",
            &format!(
                "__Host-lapel={}; other=planted",
                browser.cookies["__Host-lapel"]
            ),
        ),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-forwarded-host", "planted.example"),
        ("x-original-url", "/planted"),
        ("x-restli-protocol-version", "1.0.0"),
        ("linkedin-version", "201901"),
        ("x-http-method-override", "DELETE"),
        ("proxy-authorization", "planted"),
        ("connection", "authorization"),
        ("te", "trailers"),
        ("upgrade", "planted"),
        ("referer", "https://app.example/planted"),
        ("origin", "https://app.example"),
        ("accept-language", "de"),
        ("user-agent", "planted"),
    ];
    let answer = browser
        .calls_linkedin(Method::GET, USERINFO, &planted, "")
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let asked = world.emulator.ledger().entries_of(Endpoint::Userinfo);
    let asked = asked.last().expect("an entry");
    let mut names: Vec<_> = asked
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "accept-encoding",
            "accept-language",
            "authorization",
            "host",
            "user-agent",
            "x-restli-protocol-version"
        ]
    );
    assert_eq!(asked.header("x-restli-protocol-version"), Some("2.0.0"));
    assert_eq!(asked.header("accept-encoding"), Some("identity"));
    assert_eq!(asked.header("accept-language"), Some("de"));
    assert_eq!(
        asked.member.as_deref(),
        Some("ada"),
        "the member's own token"
    );
    assert!(!format!("{:?}", asked.headers).contains("planted"));
}

#[tokio::test]
async fn the_versioned_api_is_told_the_version_and_the_other_is_not() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    who(&mut browser).await;
    post(&mut browser, "Hello").await;
    let version = |endpoint| {
        let entries = world.emulator.ledger().entries_of(endpoint);
        let last = entries.last().expect("an entry");
        last.header("linkedin-version").map(str::to_owned)
    };
    assert_eq!(version(Endpoint::Userinfo), None);
    assert_eq!(
        version(Endpoint::Posts).as_deref(),
        Some("202610"),
        "the month before the emulator's"
    );
}

#[tokio::test]
async fn an_answer_of_linkedins_is_kept_by_nobody_and_cannot_act_on_our_origin() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let answer = who(&mut browser).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'"),
        "{policy}"
    );
    for name in ["x-li-uuid", "x-li-fabric", "x-li-request-id"] {
        assert_ne!(answer.header(name), "", "{name} is for LinkedIn's support");
    }
}

#[tokio::test]
async fn of_linkedins_headers_the_page_sees_a_list_and_no_more() {
    let hostile = answering(
        "200 OK",
        &[
            "content-type: application/vnd.linkedin.mobile+json; charset=utf-8",
            "x-restli-id: urn:li:share:7",
            "x-li-uuid: AAY==",
            "retry-after: 7",
            "set-cookie: __Host-lapel=1.planted; Path=/; Secure",
            "set-cookie: bcookie=planted",
            "access-control-allow-origin: https://evil.example",
            "access-control-allow-credentials: true",
            "clear-site-data: \"*\"",
            "content-security-policy: default-src *",
            "link: </planted>; rel=preload",
            "refresh: 0; url=https://evil.example",
            "location: https://evil.example",
            "cache-control: public, max-age=99",
            "www-authenticate: Basic",
            "x-li-pop: planted",
            "x-frame-options: ALLOWALL",
            "service-worker-allowed: /",
            "cross-origin-resource-policy: cross-origin",
        ],
        "{}",
    );
    let linkedin = Counterpart::saying(hostile).await;
    let world = World::with(|settings| linkedin.replaces(settings)).await;
    let mut browser = world.signed_in("ada").await;
    let before = browser.cookies.clone();
    let answer = who(&mut browser).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let mut names: Vec<_> = answer.headers.keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "cache-control",
            "content-security-policy",
            "content-type",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "referrer-policy",
            "retry-after",
            "vary",
            "x-content-type-options",
            "x-li-uuid",
            "x-restli-id",
        ]
    );
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert!(!answer.everything().contains("planted") && !answer.everything().contains("evil"));
    assert_eq!(browser.cookies, before);
}

#[tokio::test]
async fn a_page_a_picture_a_redirect_and_a_packed_answer_of_linkedins_are_failures() {
    let html = "<!doctype html><script>planted()</script>";
    for (reply, kind) in [
        (
            answering("200 OK", &["content-type: text/html"], html),
            Kind::LinkedinDown,
        ),
        (
            answering("404 Not Found", &["content-type: text/html"], html),
            Kind::LinkedinDown,
        ),
        (
            answering(
                "200 OK",
                &["content-type: image/svg+xml"],
                "<svg onload=planted()/>",
            ),
            Kind::LinkedinDown,
        ),
        (
            answering("200 OK", &["content-type: text/javascript"], "planted()"),
            Kind::LinkedinDown,
        ),
        (answering("200 OK", &[], html), Kind::LinkedinDown),
        (
            answering("302 Found", &["location: http://127.0.0.1:1/planted"], ""),
            Kind::Contract,
        ),
        (
            answering("307 Temporary Redirect", &["location: /planted"], ""),
            Kind::Contract,
        ),
        (answering("304 Not Modified", &[], ""), Kind::Contract),
        (
            answering(
                "200 OK",
                &["content-type: application/json", "content-encoding: gzip"],
                "{}",
            ),
            Kind::Contract,
        ),
    ] {
        let linkedin = Counterpart::saying(reply.clone()).await;
        let world = World::with(|settings| {
            linkedin.replaces(settings);
            settings.deadlines.retry = std::time::Duration::from_millis(1);
        })
        .await;
        let answer = who(&mut world.signed_in("ada").await).await;
        assert_eq!(answer.status, StatusCode::BAD_GATEWAY, "{reply:?}");
        let problem = answer.problem();
        assert_eq!(problem.kind, kind, "{reply:?}");
        assert!(!format!("{:?}", answer.headers).contains("planted"));
        assert!(
            linkedin
                .heard()
                .iter()
                .all(|request| request.starts_with("GET /v2/userinfo ")),
            "not followed"
        );
    }
}

#[tokio::test]
async fn an_answer_without_a_body_needs_no_type() {
    let linkedin = Counterpart::saying(answering(
        "204 No Content",
        &["content-type: text/html"],
        "",
    ))
    .await;
    let world = World::with(|settings| linkedin.replaces(settings)).await;
    let answer = who(&mut world.signed_in("ada").await).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        answer.header("content-type"),
        "",
        "and a type that is not on the list does not pass"
    );
}

#[tokio::test]
async fn a_restli_method_is_told_only_where_the_entry_has_it() {
    let world = World::with(|linkedin| {
        linkedin.api.calls[1].restli_methods = vec!["CREATE".into()];
    })
    .await;
    let mut browser = world.sharing("ada").await;
    for (path, method, said) in [
        (POSTS, Method::POST, "DELETE"),
        (USERINFO, Method::GET, "CREATE"),
    ] {
        let headers = [("x-restli-method", said)];
        let answer = browser.calls_linkedin(method, path, &headers, "").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let problem = answer.problem();
        assert_eq!(
            (problem.kind, problem.retry),
            (Kind::Rejected, Retry::Never)
        );
    }
    assert_eq!(world.emulator.ledger().count(Endpoint::Posts), 0);
    let headers = [("x-restli-method", "CREATE")];
    browser
        .calls_linkedin(Method::POST, POSTS, &headers, "{}")
        .await;
    let entries = world.emulator.ledger().entries_of(Endpoint::Posts);
    assert_eq!(entries[0].header("x-restli-method"), Some("CREATE"));
}

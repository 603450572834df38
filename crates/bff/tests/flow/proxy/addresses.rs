//! Who may call what.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use lapel_bff::config::Call;
use lapel_wire::{Kind, Retry, SignedOutReason};

use tokio::sync::Notify;

use super::{Count, POSTS, USERINFO, post, who};
use crate::world::World;
use crate::world::counterpart::{self, Counterpart, Reply};

#[tokio::test]
async fn a_member_learns_from_linkedin_who_they_are() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let answer = who(&mut browser).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let claims: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(claims["name"], "Ada Example");
    assert_eq!(claims["sub"], browser.member().await.member.id.as_str());
}

#[tokio::test]
async fn a_member_who_allowed_it_posts_once() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    let answer = post(&mut browser, "Hello").await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert!(answer.header("x-restli-id").starts_with("urn:li:share:"));
    let posts = world.emulator.posts().of("ada");
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].text, "Hello");
}

#[tokio::test]
async fn without_a_session_a_sign_in_is_needed_and_linkedin_is_not_asked() {
    let world = World::new().await;
    let count = Count::from_now(&world);
    let answer = who(&mut world.browser()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::SignInNeeded, Retry::Never)
    );
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn a_session_that_has_ended_is_as_good_as_none() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let stolen = browser.clone();
    world.wait(61 * 24 * 3600);
    let mut late = stolen.clone();
    assert_eq!(who(&mut late).await.problem().kind, Kind::SignInNeeded);
    browser.sign_out().await;
    let mut thief = stolen;
    assert_eq!(who(&mut thief).await.problem().kind, Kind::SignInNeeded);
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named_before_linkedin_is_asked() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    let answer = post(&mut browser, "Hello").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let problem = answer.problem();
    assert_eq!(problem.kind, Kind::ScopeMissing);
    assert_eq!(problem.scopes, ["w_member_social"]);
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn only_the_applications_own_page_may_call_by_whatever_method() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    let count = Count::from_now(&world);
    for method in [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::HEAD,
    ] {
        for headers in [
            &[("x-lapel", "")][..],
            &[("x-lapel", "2")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "https://sub.app.example")],
            &[("origin", "http://app.example")],
            &[("origin", "https://app.example:8443")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
        ] {
            for path in [USERINFO, POSTS, "/not/open"] {
                let answer = browser
                    .calls_linkedin(method.clone(), path, headers, "{}")
                    .await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{method} {path} {headers:?}"
                );
                assert!(!answer.everything().contains("access-control"));
            }
        }
    }
    assert_eq!(count.since(), 0);
    assert!(world.emulator.posts().all().is_empty());
}

#[tokio::test]
async fn a_path_that_is_not_open_is_not_there_and_a_method_that_is_not_open_is_told_which_are() {
    let world = World::with(|linkedin| {
        let path = POSTS.parse().expect("a template");
        linkedin.api.calls.push(Call::new(Method::PUT, path, &[]));
    })
    .await;
    let mut browser = world.sharing("ada").await;
    let count = Count::from_now(&world);
    for path in [
        "/v2/me",
        "/v2",
        "/v2/userinfo/x",
        "/rest/posts/urn%3Ali%3Ashare%3A7",
        "/oauth/v2/accessToken",
        "/V2/userinfo",
    ] {
        let answer = browser.calls_linkedin(Method::GET, path, &[], "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (method, path, allow) in [
        (Method::POST, USERINFO, "GET"),
        (Method::DELETE, USERINFO, "GET"),
        (Method::HEAD, USERINFO, "GET"),
        (Method::OPTIONS, USERINFO, "GET"),
        (Method::GET, POSTS, "POST, PUT"),
        (Method::PATCH, POSTS, "POST, PUT"),
    ] {
        let answer = browser.calls_linkedin(method.clone(), path, &[], "").await;
        assert_eq!(
            answer.status,
            StatusCode::METHOD_NOT_ALLOWED,
            "{method} {path}"
        );
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
    for method in [Method::TRACE, Method::CONNECT] {
        let answer = browser.calls_linkedin(method, USERINFO, &[], "").await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn a_preflight_for_linkedins_api_is_told_nothing_and_asks_nobody() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    let headers = [
        ("x-lapel", ""),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "x-lapel"),
    ];
    let answer = browser
        .calls_linkedin(Method::OPTIONS, USERINFO, &headers, "")
        .await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET");
    assert!(!answer.everything().contains("access-control"));
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn no_spelling_of_a_path_leads_anywhere_else() {
    let world = World::with(|linkedin| {
        let path = "/rest/posts/{urn}".parse().expect("a template");
        linkedin.api.calls.push(Call::new(Method::GET, path, &[]));
    })
    .await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    for path in [
        "/",
        "//v2/userinfo",
        "/v2//userinfo",
        "/v2/userinfo/",
        "/v2/./userinfo",
        "/v2/../v2/userinfo",
        "/../v2/userinfo",
        "/../../session",
        "/%2e%2e/v2/userinfo",
        "/v2/%2E/userinfo",
        "/v2%2fuserinfo",
        "/v2%2Fuserinfo",
        "/v2%5cuserinfo",
        "/v2\\userinfo",
        "/v2/userinfo;x",
        "/..;/v2/userinfo",
        "/v2/userinfo%00",
        "/v2/userinfo%0d%0aX-Evil:1",
        "/v2/userinf%6f",
        "/@evil.example/v2/userinfo",
        "@evil.example/v2/userinfo",
        ":80@evil.example/v2/userinfo",
        ".evil.example/v2/userinfo",
        "/https://evil.example/",
        "/rest/posts/urn:li:share:7",
        "/rest/posts/..%252f",
        "/rest/posts/%2e%2e",
        "/rest/posts/a@b",
        "/rest/posts/a%2fb",
        "/rest/posts/%",
        "/rest/posts/%zz",
    ] {
        let answer = browser.calls_linkedin(Method::GET, path, &[], "").await;
        assert!(
            [StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND].contains(&answer.status),
            "{path}: {}",
            answer.everything()
        );
        assert_eq!(answer.problem().kind, Kind::Rejected, "{path}");
    }
    let long = format!("/rest/posts/{}", "a".repeat(4000));
    let answer = browser.calls_linkedin(Method::GET, &long, &[], "").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn a_request_as_to_a_proxy_is_refused_before_anybody_is_looked_for() {
    let world = World::new().await;
    for host in ["evil.example", "app.example", "api.linkedin.com"] {
        let request = Request::builder()
            .uri(format!("http://{host}/bff/linkedin/v2/userinfo"))
            .header("x-lapel", "1")
            .header("cookie", "__Host-lapel=1.x")
            .body(Body::empty())
            .expect("a request");
        let answer = world.serve(request).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{host}");
    }
}

#[tokio::test]
async fn an_escaped_name_reaches_linkedin_as_it_is() {
    let world = World::with(|linkedin| {
        let path = "/rest/posts/{urn}".parse().expect("a template");
        linkedin
            .api
            .calls
            .push(Call::new(Method::DELETE, path, &["w_member_social"]));
    })
    .await;
    let mut browser = world.sharing("ada").await;
    let urn = post(&mut browser, "Hello")
        .await
        .header("x-restli-id")
        .to_owned();
    let path = format!("{POSTS}/{}", urn.replace(':', "%3a"));
    let answer = browser.calls_linkedin(Method::DELETE, &path, &[], "").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert!(world.emulator.posts().of("ada").is_empty());
}

#[tokio::test]
async fn query_parameters_pass_by_name_and_others_are_refused() {
    let world = World::with(|linkedin| {
        linkedin.api.calls[0].query = vec!["projection".into(), "fields".into()];
    })
    .await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    for query in [
        "oauth2_access_token=x",
        "projection=a&projection=b",
        "projection=a%0d",
        "projection=a;b",
        "q",
        "Projection=a",
    ] {
        let path = format!("{USERINFO}?{query}");
        let answer = browser.calls_linkedin(Method::GET, &path, &[], "").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
    }
    assert_eq!(count.since(), 0);
    let path = format!("{USERINFO}?projection=(id,name)&fields=a%2cb");
    let answer = browser.calls_linkedin(Method::GET, &path, &[], "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let ledger = world.emulator.ledger().entries();
    let asked = ledger.last().expect("an entry");
    assert_eq!(asked.field("projection"), Some("(id,name)"));
    assert_eq!(asked.field("fields"), Some("a,b"));
    let path = format!("{USERINFO}?");
    assert_eq!(
        browser
            .calls_linkedin(Method::GET, &path, &[], "")
            .await
            .status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_call_is_a_use_of_the_session() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    assert_eq!(
        who(&mut browser).await.header("set-cookie"),
        "",
        "not each time"
    );
    world.wait(30 * 24 * 3600);
    assert!(
        who(&mut browser)
            .await
            .header("set-cookie")
            .starts_with("__Host-lapel=")
    );
    assert_eq!(
        browser.member().await.expires_in,
        30 * 24 * 3600,
        "as long as the token"
    );
}

#[tokio::test]
async fn a_sign_out_while_a_call_is_under_way_is_not_undone_by_its_answer() {
    let told = Arc::new(Notify::new());
    let reply = counterpart::bytes("200 OK", &["content-type: application/json"], "{}");
    let mut slow = Counterpart::saying(Reply::Held(Arc::clone(&told), reply)).await;
    let world = World::with(|linkedin| slow.replaces(linkedin)).await;
    let mut browser = world.signed_in("ada").await;
    // Long enough that the call's answer would set the session anew.
    world.wait(2 * 3600);
    let mut late = browser.clone();
    let (answer, ()) = tokio::join!(who(&mut late), async {
        slow.is_asked().await;
        browser.sign_out().await;
        told.notify_one();
    });
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
}

//! The OpenAPI document and the code say the same. That no answer is given which the document lacks is looked at in
//! every test here, by the browser itself.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::StreamBody;
use lapel_wire::paths;

use super::js_sdk;
use super::proxy::every_answer_of_linkedins;
use super::store;
use crate::world::counterpart::{Counterpart, Reply, answering, json};
use crate::world::{Answer, World, contract};

#[test]
fn the_kept_document_is_the_one_that_the_code_makes() {
    let kept = include_str!("../../../../docs/openapi.json");
    assert!(
        lapel_bff::openapi() == kept,
        "docs/openapi.json is out of date; look at the difference after\n\
         cargo run -p lapel-bff -- openapi > docs/openapi.json"
    );
}

/// Schemas take their descriptions from the code's comments, where a link may lead to an item of the code.
#[test]
fn descriptions_lead_nowhere_but_into_the_document() {
    for mark in ["](", "`]", "::"] {
        assert!(!lapel_bff::openapi().contains(mark), "{mark}");
    }
}

/// A route that is added is asked for here, so that each of its answers was given once.
#[tokio::test]
async fn every_answer_that_the_document_describes_is_given() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    browser.call(Method::GET, paths::SESSION).await;
    browser
        .call_with(
            Method::GET,
            paths::SESSION,
            &[("cookie", "__Host-lapel=1.x")],
        )
        .await;
    browser.visit("/bff/callback?code=c").await;
    for everywhere in ["1", "0"] {
        let address = format!("{}?{}={everywhere}", paths::LOGOUT, paths::EVERYWHERE);
        browser.call(Method::POST, &address).await;
    }
    browser.sign_out().await;
    for elsewhere in [paths::LOGIN, "/bff/callback?code=c&state=s"] {
        browser.is_sent_once_to(elsewhere).await;
    }
    for route in [paths::LOGIN, paths::CALLBACK] {
        browser
            .visit_with(route, &[("sec-fetch-dest", "image")])
            .await;
        browser
            .visit_with(route, &[("sec-purpose", "prefetch")])
            .await;
    }
    for (method, route) in [(Method::GET, paths::SESSION), (Method::POST, paths::LOGOUT)] {
        browser.call_with(method, route, &[("x-lapel", "")]).await;
    }
    let mut seen = world.seen();
    seen.extend(every_answer_of_linkedins().await);
    seen.extend(js_sdk::every_answer().await.seen());
    seen.extend(store::every_answer().await);
    seen.extend(seen_of_refusals_here().await);
    seen.extend(seen_of_refusals_there().await);
    let mut missing = contract().everything();
    // A defect cannot be had on demand.
    missing.retain(|what| !seen.contains(what) && !what.contains(" 500: "));
    assert!(missing.is_empty(), "nothing gave these: {missing:#?}");
}

/// Calls to LinkedIn that LinkedIn is not asked for.
async fn seen_of_refusals_here() -> BTreeSet<String> {
    let world = World::with(|linkedin| {
        linkedin.api.calls[1].timeout = Duration::from_millis(50);
    })
    .await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let large = "x".repeat(100_000);
    let never = futures_util::stream::pending::<Result<http_body::Frame<Bytes>, io::Error>>();
    let never = Body::new(StreamBody::new(never));
    let mut browser = world.sharing("ada").await;
    for (method, path, headers, body, status) in [
        (Method::GET, "/v2/userinfo", &[][..], "{}".into(), 400),
        (
            Method::GET,
            "/v2/userinfo",
            &[("x-lapel", "")],
            "".into(),
            403,
        ),
        (Method::GET, "/v2/nothing", &[], "".into(), 404),
        (Method::PUT, "/v2/userinfo", &[], "".into(), 405),
        (Method::PATCH, "/v2/userinfo", &[], "".into(), 405),
        (Method::DELETE, "/v2/userinfo", &[], "".into(), 405),
        (Method::POST, "/rest/posts", &[], never, 408),
        (Method::POST, "/rest/posts", &[], large.into(), 413),
        (Method::POST, "/rest/posts", &form, "a=b".into(), 415),
    ] {
        let answer = browser.calls_linkedin(method, path, headers, body).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    browser.sign_out().await;
    let answer = browser.call(Method::GET, "/bff/linkedin/v2/userinfo").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    world.seen()
}

/// Calls to a LinkedIn that refuses or fails in one way only.
async fn seen_of_refusals_there() -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let refusals = [400, 403, 404, 409, 412, 413, 414, 422, 429];
    let refusals = refusals.map(|status| (json(&format!("{status} No"), "{}"), status));
    let others = [
        (answering("204 No Content", &[], ""), 204),
        (json("500 Internal Server Error", "{}"), 502),
        (Reply::Silence, 504),
    ];
    for (reply, status) in refusals.into_iter().chain(others) {
        let linkedin = Counterpart::saying(reply).await;
        let world = World::with(|settings| {
            linkedin.replaces(settings);
            settings.api.calls[0].timeout = Duration::from_millis(500);
        })
        .await;
        let mut browser = world.signed_in("ada").await;
        // A day later, a use is worth noting in the session.
        world.wait(24 * 3600);
        let mut late = browser.clone();
        let answer = browser.call(Method::GET, "/bff/linkedin/v2/userinfo").await;
        assert_eq!(answer.status, status, "{}", answer.body);
        // A LinkedIn that goes on failing is not asked any more.
        if answer.status.is_server_error() {
            for _ in 0..10 {
                browser.call(Method::GET, "/bff/linkedin/v2/userinfo").await;
            }
            late.call(Method::GET, "/bff/linkedin/v2/userinfo").await;
        }
        seen.extend(world.seen());
    }
    seen
}

/// The judge can tell: otherwise every test here would pass whatever the document says.
#[tokio::test]
async fn an_answer_that_the_document_lacks_is_found() {
    let world = World::new().await;
    let good = world
        .signed_in("ada")
        .await
        .call(Method::GET, paths::SESSION)
        .await;
    let judge = |address: &str, status: StatusCode, body: &str, header: Option<&'static str>| {
        let mut headers: HeaderMap = good.headers.clone();
        if let Some(name) = header {
            let name = HeaderName::from_static(name);
            headers.insert(name, HeaderValue::from_static("text/plain"));
        }
        let answer = Answer {
            status,
            headers,
            body: body.to_owned(),
        };
        contract().judge(&Method::GET, address, &answer)
    };
    let body = &*good.body;
    let ok = StatusCode::OK;
    assert_eq!(
        judge(paths::SESSION, ok, body, None),
        Ok(vec!["GET /bff/session 200: application/json".to_owned()])
    );
    for (address, status, body, header) in [
        (paths::SESSION, StatusCode::ACCEPTED, body, None),
        ("/bff/undescribed", ok, body, None),
        (paths::LOGOUT, ok, body, None),
        (paths::SESSION, ok, "{}", None),
        (paths::SESSION, ok, "", None),
        (paths::SESSION, ok, body, Some("x-undescribed")),
        (paths::SESSION, ok, body, Some(CONTENT_TYPE.as_str())),
        (
            paths::SESSION,
            ok,
            &body.replace("\"state\"", "\"x\":1,\"state\""),
            None,
        ),
        (
            paths::SESSION,
            ok,
            &body.replace("\"name\"", "\"x\":1,\"name\""),
            None,
        ),
        (
            paths::SESSION,
            ok,
            &body.replace("\"name\"", "\"nickname\""),
            None,
        ),
        (
            paths::SESSION,
            ok,
            &body.replace("signed_in", "signed_on"),
            None,
        ),
        (
            paths::SESSION,
            ok,
            &body.replace("\"expires_in\":", "\"expires_in\":-"),
            None,
        ),
    ] {
        assert!(
            judge(address, status, body, header).is_err(),
            "{address} {status} {header:?} {body}"
        );
    }
}

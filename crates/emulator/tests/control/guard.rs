use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HOST, ORIGIN};
use serde_json::json;

use crate::world::{World, answer, detail};

#[tokio::test]
async fn a_change_without_the_mark_of_a_program_is_refused() {
    let world = World::new().await;
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let call = world.http.post(world.at("/emulator/api/reset"));
        let (status, problem) = answer(call.header(CONTENT_TYPE, kind)).await;
        assert_eq!(status, 403, "{kind}");
        assert!(detail(&problem).contains("x-emulator-control"), "{problem}");
    }
    let call = world.http.post(world.at("/emulator/api/reset"));
    assert_eq!(answer(call.json(&json!({}))).await.0, 204);
}

#[tokio::test]
async fn another_pages_origin_is_refused_and_its_own_is_not() {
    let world = World::new().await;
    for origin in ["https://evil.example", "http://localhost:8080", "null"] {
        let call = world.call(Method::POST, "/reset").header(ORIGIN, origin);
        assert_eq!(answer(call).await.0, 403, "{origin}");
        let call = world.call(Method::GET, "/state").header(ORIGIN, origin);
        assert_eq!(answer(call).await.0, 403, "{origin}");
    }
    let own = world.at("");
    let call = world.call(Method::POST, "/reset").header(ORIGIN, own);
    assert_eq!(answer(call).await.0, 204);
}

/// DNS rebinding: a page's own name comes to mean 127.0.0.1, and its requests are of the same origin for the browser.
#[tokio::test]
async fn a_name_that_is_not_the_emulators_is_refused() {
    let world = World::new().await;
    for name in [
        "evil.example",
        "evil.example:3001",
        "localhost.evil.example",
        "",
    ] {
        let call = world.call(Method::GET, "/state").header(HOST, name);
        let status = call.send().await.map(|answer| answer.status().as_u16());
        // The empty name does not come as far as this.
        assert!(matches!(status, Ok(400 | 421)), "{name}: {status:?}");
    }
    for name in [
        "localhost:3001",
        "linkedin.localhost",
        "127.0.0.1",
        "[::1]:3001",
    ] {
        let call = world.call(Method::GET, "/clock").header(HOST, name);
        assert_eq!(answer(call).await.0, 200, "{name}");
    }
}

#[tokio::test]
async fn no_answer_has_cors_headers() {
    let world = World::new().await;
    for (method, path) in [
        (Method::OPTIONS, "/emulator/api/reset"),
        (Method::GET, "/emulator/api/state"),
        (Method::OPTIONS, "/emulator/control"),
        (Method::GET, "/emulator/control"),
    ] {
        let call = world.http.request(method, world.at(path));
        let answer = call.send().await.unwrap();
        let names = answer
            .headers()
            .keys()
            .map(reqwest::header::HeaderName::as_str);
        let cors: Vec<&str> = names
            .filter(|name| name.starts_with("access-control"))
            .collect();
        assert!(cors.is_empty(), "{path}: {cors:?}");
        assert_eq!(
            answer.headers()["cross-origin-resource-policy"],
            "same-origin"
        );
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_what_there_is() {
    let world = World::new().await;
    let (status, problem) = world.ask(Method::GET, "/nothing").await;
    assert_eq!(status, 404);
    assert_eq!(problem["accepted"][0]["path"], "/emulator/api");
    let (status, problem) = world.ask(Method::DELETE, "/clock").await;
    assert_eq!(status, 405);
    assert!(problem["accepted"].is_array());
}

#[tokio::test]
async fn every_route_of_the_index_exists() {
    let world = World::new().await;
    let index = world.get("").await;
    for route in index["routes"].as_array().unwrap() {
        let method: Method = route["method"].as_str().unwrap().parse().unwrap();
        let path = route["path"].as_str().unwrap().replace(['{', '}'], "");
        let call = world.http.request(method, world.at(&path));
        let (_, body) = answer(call.header("x-emulator-control", "1")).await;
        let lost = body["detail"] == "there is nothing here" || body["status"] == 405;
        assert!(!lost, "{route}");
    }
}

#[tokio::test]
async fn control_is_not_in_the_ledger_and_no_fault_strikes_it() {
    let world = World::new().await;
    let everywhere = json!({ "defect": "http_500", "when": "until_removed" });
    world.post("/faults", everywhere).await;
    let state = world.get("/state").await;
    assert_eq!(state["ledger"]["count"], 0);
    assert_eq!(state["faults"][0]["calls"], 0);
}

use lapel_emulator::{Defect, Endpoint};
use reqwest::Method;
use serde_json::json;

use crate::world::{World, detail};

#[tokio::test]
async fn every_defect_of_the_catalogue_can_be_injected_by_name() {
    let world = World::new().await;
    for (place, defect) in (1..).zip(Defect::ALL) {
        let (status, fault) = world
            .post("/faults", json!({ "defect": defect.as_str() }))
            .await;
        assert_eq!(status, 201, "{fault}");
        assert_eq!(fault["number"], place);
        assert_eq!(fault["defect"], defect.as_str());
        assert_eq!(fault["when"], json!({ "next_calls": 1 }));
    }
    let active = world.linkedin.faults().active();
    let injected: Vec<Defect> = active.iter().map(|active| active.fault.defect).collect();
    assert_eq!(injected, Defect::ALL);
}

#[tokio::test]
async fn the_catalogue_says_of_each_defect_what_and_where() {
    let world = World::new().await;
    let catalogue = world.get("/faults/catalogue").await;
    let listed = catalogue.as_array().unwrap();
    assert_eq!(listed.len(), Defect::ALL.len());
    for (shown, defect) in listed.iter().zip(Defect::ALL) {
        assert_eq!(shown["meaning"], defect.meaning());
        assert_eq!(shown["evidence"], defect.evidence().as_str());
        let endpoints = Endpoint::ALL.into_iter().filter(|it| defect.concerns(*it));
        let endpoints: Vec<&str> = endpoints.map(Endpoint::as_str).collect();
        assert_eq!(shown["endpoints"], json!(endpoints));
    }
}

#[tokio::test]
async fn a_fault_strikes_whom_it_was_narrowed_to_and_as_often() {
    let world = World::new().await;
    let (ada, zoe) = (world.sign_in("ada").await, world.sign_in("emoji").await);
    let order = json!({
        "defect": "http_503",
        "when": { "next_calls": 2 },
        "endpoint": "userinfo",
        "member": "ada",
        "client": world.linkedin.client().id,
    });
    assert_eq!(world.post("/faults", order).await.0, 201);
    let mut statuses = vec![world.userinfo(&zoe).await];
    for _ in 0..3 {
        statuses.push(world.userinfo(&ada).await);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    assert_eq!(world.get("/faults").await, json!([]));
}

#[tokio::test]
async fn a_share_is_struck_until_it_is_removed() {
    let world = World::new().await;
    let ada = world.sign_in("ada").await;
    let order = json!({ "defect": "http_500", "when": { "share": { "percent": 100, "seed": 7 } } });
    let (_, fault) = world.post("/faults", order).await;
    assert_eq!(world.userinfo(&ada).await, 500);
    assert_eq!(world.userinfo(&ada).await, 500);
    assert_eq!(world.get("/faults").await[0]["struck"], 2);
    let one = format!("/faults/{}", fault["number"]);
    assert_eq!(world.ask(Method::DELETE, &one).await.0, 204);
    assert_eq!(world.userinfo(&ada).await, 200);
    let (status, problem) = world.ask(Method::DELETE, &one).await;
    assert_eq!((status, &problem["accepted"]), (404, &json!([])));
}

#[tokio::test]
async fn all_faults_can_be_removed_at_once() {
    let world = World::new().await;
    for _ in 0..3 {
        let order = json!({ "defect": "http_500", "when": "until_removed" });
        world.post("/faults", order).await;
    }
    assert_eq!(world.ask(Method::DELETE, "/faults").await.0, 204);
    assert_eq!(world.linkedin.faults().active(), []);
}

#[tokio::test]
async fn a_fault_that_could_never_strike_is_refused_with_what_is_accepted() {
    let world = World::new().await;
    for (order, reason, listed) in [
        (json!({}), "missing field `defect`", "defect"),
        (
            json!({ "defect": "http_418" }),
            "no defect \"http_418\"",
            "defect",
        ),
        (
            json!({ "defect": "http_500", "often": 3 }),
            "unknown field `often`",
            "when",
        ),
        (
            json!({ "defect": "http_500", "endpoint": "tokens" }),
            "no endpoint",
            "endpoint",
        ),
        (
            json!({ "defect": "userinfo_sub_mismatch", "endpoint": "token" }),
            "cannot show itself at token",
            "endpoint",
        ),
        (
            json!({ "defect": "http_500", "when": "always" }),
            "unknown variant `always`",
            "when",
        ),
        (
            json!({ "defect": "http_500", "when": { "next_calls": 0 } }),
            "at least 1",
            "when",
        ),
        (
            json!({ "defect": "http_500", "when": { "share": { "percent": 101 } } }),
            "1 to 100",
            "when",
        ),
    ] {
        let (status, problem) = world.post("/faults", order.clone()).await;
        assert_eq!(status, 422, "{order}");
        assert!(detail(&problem).contains(reason), "{order}: {problem}");
        assert!(!problem["accepted"][listed].is_null(), "{order}: {problem}");
    }
    for (order, reason) in [
        (
            json!({ "defect": "http_500", "member": "nobody" }),
            "no member \"nobody\"",
        ),
        (
            json!({ "defect": "http_500", "client": "none" }),
            "no application \"none\"",
        ),
    ] {
        let (status, problem) = world.post("/faults", order.clone()).await;
        assert_eq!(status, 422, "{order}");
        assert!(detail(&problem).contains(reason), "{order}: {problem}");
        assert!(problem["accepted"].is_array(), "{order}: {problem}");
    }
    assert_eq!(world.linkedin.faults().active(), []);
}

#[tokio::test]
async fn what_is_not_json_is_refused_as_unreadable() {
    let world = World::new().await;
    let call = world.call(Method::POST, "/faults").body("{\"defect\":");
    let (status, problem) = crate::world::answer(call).await;
    assert_eq!(status, 400);
    assert_eq!(problem["title"], "Bad Request");
    let order = json!({ "defect": "http_500" });
    let (_, fault) = world.post("/faults", order).await;
    let (status, problem) = world.ask(Method::DELETE, "/faults/first").await;
    assert_eq!(status, 400);
    assert_eq!(problem["accepted"], json!([fault["number"].to_string()]));
}

#[tokio::test]
async fn faults_injected_at_the_same_time_are_all_in_force() {
    let world = World::new().await;
    let order = json!({ "defect": "http_500", "when": "until_removed" });
    let calls = (0..20).map(|_| {
        let call = world.call(Method::POST, "/faults").json(&order);
        tokio::spawn(async move { call.send().await.unwrap().status().as_u16() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), 201);
    }
    let active = world.linkedin.faults().active();
    let mut numbers: Vec<u64> = active.iter().map(|active| active.id.number()).collect();
    numbers.dedup();
    assert_eq!(numbers.len(), 20);
}

use reqwest::Method;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn the_ledger_is_filtered_and_newest_first() {
    let world = World::new().await;
    let ada = world.sign_in("ada").await;
    world.userinfo(&ada).await;
    world.post("/faults", json!({ "defect": "http_500" })).await;
    world.userinfo(&ada).await;
    let all = world.get("/ledger").await;
    let numbers = all["newest"].as_array().unwrap();
    assert_eq!(all["count"], numbers.len());
    assert!(numbers[0]["number"].as_u64() > numbers[1]["number"].as_u64());
    for (query, count) in [
        ("endpoint=userinfo", 2),
        ("endpoint=userinfo&status=500", 1),
        ("defect=http_500", 1),
        ("endpoint=userinfo&member=ada", 2),
        ("endpoint=userinfo&member=emoji", 0),
        ("client=none", 0),
    ] {
        let some = world.get(&format!("/ledger?{query}")).await;
        assert_eq!(some["count"], count, "{query}");
    }
    let last = &numbers[0];
    assert_eq!(last["defects"], json!(["http_500"]));
    assert!(last["li_uuid"].is_string());
    let after = numbers[1]["number"].as_u64().unwrap();
    let newer = world.get(&format!("/ledger?after={after}")).await;
    assert_eq!(newer["newest"], json!([last]));
    let one = world.get("/ledger?limit=1").await;
    assert_eq!(one["newest"], json!([last]));
    assert_eq!(one["count"], all["count"]);
}

#[tokio::test]
async fn the_ledger_can_be_cleared() {
    let world = World::new().await;
    world.sign_in("ada").await;
    assert_eq!(world.ask(Method::DELETE, "/ledger").await.0, 204);
    assert_eq!(world.linkedin.ledger().entries(), []);
}

#[tokio::test]
async fn a_filter_that_is_none_is_refused() {
    let world = World::new().await;
    for query in ["endpoint=tokens", "defect=none", "page=2", "status=ok"] {
        let (status, problem) = world.ask(Method::GET, &format!("/ledger?{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert!(problem["accepted"]["endpoint"].is_array());
    }
}

use reqwest::Method;
use serde_json::json;

use crate::world::{World, detail};

#[tokio::test]
async fn members_are_listed_with_what_applications_call_them() {
    let world = World::new().await;
    let members = world.get("/members").await;
    let client = world.linkedin.client().id;
    assert_eq!(members[0]["slug"], "ada");
    assert_eq!(members[0]["name"], "Ada Example");
    let ada = world.linkedin.members().get("ada").unwrap();
    assert_eq!(members[0]["subs"][&client], ada.sub(&client));
    assert_eq!(world.get("/members/ada").await, members[0]);
}

#[tokio::test]
async fn a_member_can_be_added_and_replaced() {
    let world = World::new().await;
    let grace = json!({ "given_name": "Grace", "email": "grace@example.com", "portrait": "dusk" });
    let (status, shown) = world.send(Method::PUT, "/members/grace", grace).await;
    assert_eq!((status, &shown["name"]), (201, &json!("Grace")));
    assert_eq!(shown["email_verified"], true);
    world.sign_in("grace").await;
    let grace = json!({ "given_name": "Grace", "family_name": "Hopper" });
    let (status, shown) = world.send(Method::PUT, "/members/grace", grace).await;
    assert_eq!((status, &shown["email"]), (200, &json!(null)));
}

#[tokio::test]
async fn a_member_that_cannot_be_is_refused() {
    let world = World::new().await;
    for (slug, profile, reason) in [
        ("grace", json!({}), "missing field `given_name`"),
        ("grace", json!({ "given_name": " " }), "must not be empty"),
        (
            "grace",
            json!({ "given_name": "G", "age": 1 }),
            "unknown field `age`",
        ),
        (
            "grace",
            json!({ "given_name": "G", "portrait": "lime" }),
            "unknown variant `lime`",
        ),
        (
            "Grace%20H",
            json!({ "given_name": "G" }),
            "lower-case letters",
        ),
    ] {
        let path = format!("/members/{slug}");
        let (status, problem) = world.send(Method::PUT, &path, profile).await;
        assert_eq!(status, 422, "{problem}");
        assert!(detail(&problem).contains(reason), "{problem}");
        assert!(problem["accepted"].is_object(), "{problem}");
    }
    let (status, problem) = world.ask(Method::GET, "/members/grace").await;
    assert_eq!((status, &problem["accepted"][0]), (404, &json!("ada")));
}

#[tokio::test]
async fn a_name_that_is_no_text_is_a_problem_like_any_other() {
    let world = World::new().await;
    for path in ["/members/%ff", "/scenarios/%ff"] {
        let answer = world.call(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 400);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert!(problem["accepted"].is_string(), "{problem}");
    }
}

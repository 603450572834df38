use lapel_emulator::{Scenario, Settings, Switch};
use reqwest::Method;
use serde_json::json;

use crate::world::{Folder, World, detail};

async fn world_with(folder: &Folder) -> World {
    let settings = Settings {
        scenarios: Some(folder.0.clone()),
        ..Settings::default()
    };
    World::with(settings).await
}

#[tokio::test]
async fn a_saved_set_up_is_replayed_as_it_was() {
    let folder = Folder::new("round-trip");
    let world = world_with(&folder).await;
    let ada = world.sign_in("ada").await;
    let bad_day =
        json!({ "defect": "http_503", "when": { "next_calls": 3 }, "endpoint": "userinfo" });
    world.post("/faults", bad_day).await;
    let share = json!({ "defect": "http_500", "when": { "share": { "percent": 30, "seed": 7 } }, "member": "emoji" });
    world.post("/faults", share).await;
    world.userinfo(&ada).await;
    world.post("/clock/advance", json!({ "by": "59d" })).await;
    world
        .send(Method::PATCH, "/switches", json!({ "revocation": false }))
        .await;
    world
        .send(
            Method::PUT,
            "/members/grace",
            json!({ "given_name": "Grace" }),
        )
        .await;
    let about = json!({ "description": "A bad day, on the last but one" });
    let (status, saved) = world.send(Method::PUT, "/scenarios/bad-day", about).await;
    assert_eq!(status, 201);
    // One of the three calls was struck already.
    assert_eq!(saved["fault"][0]["when"], json!({ "next_calls": 2 }));
    let before = world.get("/state").await;

    world.ask(Method::POST, "/reset").await;
    let ada = world.sign_in("ada").await;
    let (status, replayed) = world.ask(Method::POST, "/scenarios/bad-day/replay").await;
    assert_eq!((status, &replayed), (200, &saved));
    let after = world.get("/state").await;
    for part in ["clock", "switches", "members"] {
        assert_eq!(after[part], before[part], "{part}");
    }
    // Who is signed in stays signed in, and has the bad day.
    assert_eq!(world.userinfo(&ada).await, 503);
    assert_eq!(world.get("/scenarios/bad-day").await, saved);
    let listed = world.get("/scenarios").await;
    assert_eq!(listed[0]["name"], "bad-day");
    assert_eq!(listed[0]["description"], "A bad day, on the last but one");
}

#[tokio::test]
async fn a_scenario_can_be_in_force_from_the_start_and_again_after_a_reset() {
    let scenario = "[clock]\npaused_at = \"2027-01-01T00:00:00Z\"\n\
                    [switches]\nrefresh_tokens = true\n\
                    [[fault]]\ndefect = \"http_500\"\nwhen = \"until_removed\"\n";
    let world = World::with(Settings {
        scenario: Some(Scenario::parse(scenario).unwrap()),
        ..Settings::default()
    })
    .await;
    for _ in 0..2 {
        let state = world.get("/state").await;
        assert_eq!(state["clock"]["now"], "2027-01-01T00:00:00Z");
        assert_eq!(state["faults"][0]["defect"], "http_500");
        assert_eq!(
            state["switches"][Switch::RefreshTokens as usize]["on"],
            true
        );
        world.ask(Method::DELETE, "/faults").await;
        world.ask(Method::POST, "/reset").await;
    }
}

#[test]
fn a_scenario_that_no_emulator_accepts_is_refused_where_it_is_wrong() {
    for (text, reason) in [
        ("faults = []", "unknown field `faults`"),
        ("\n\n[[fault]]\ndefect = \"none\"", "line 4"),
        (
            "[[fault]]\ndefect = \"none\"",
            "there is no defect \"none\"; there are http_500",
        ),
        (
            "[[fault]]\ndefect = \"http_500\"\nwhen = { next_calls = 0 }",
            "fault 1",
        ),
        ("[clock]\nahead = \"soon\"", "not a length of time"),
        ("[switches]\ncors = true", "there is no switch \"cors\""),
        ("member = []", "no members"),
        ("[[member]]\nslug = \"A\"\ngiven_name = \"A\"", "member 1"),
        (
            "[[member]]\nslug = \"a\"\ngiven_name = \"A\"\n[[member]]\nslug = \"a\"\ngiven_name = \"B\"",
            "two members",
        ),
    ] {
        let error = Scenario::parse(text).unwrap_err().to_string();
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[tokio::test]
async fn a_name_cannot_lead_out_of_the_folder() {
    let folder = Folder::new("names");
    let world = world_with(&folder).await;
    for name in ["..%2Fescaped", "A", "a.b", &"a".repeat(65)] {
        let path = format!("/scenarios/{name}");
        let (status, problem) = world.send(Method::PUT, &path, json!({})).await;
        assert!(matches!(status, 404 | 422), "{name}: {problem}");
    }
    assert!(!folder.0.exists());
}

#[tokio::test]
async fn an_unknown_or_broken_scenario_is_not_replayed() {
    let folder = Folder::new("broken");
    let world = world_with(&folder).await;
    world.send(Method::PUT, "/scenarios/good", json!({})).await;
    std::fs::write(folder.0.join("broken.toml"), "fault = 3").unwrap();
    let (status, problem) = world.ask(Method::POST, "/scenarios/none/replay").await;
    assert_eq!(
        (status, &problem["accepted"]),
        (404, &json!(["broken", "good"]))
    );
    let (status, problem) = world.ask(Method::POST, "/scenarios/broken/replay").await;
    assert_eq!(status, 422);
    assert!(detail(&problem).contains("line 1"), "{problem}");
    let listed = world.get("/scenarios").await;
    assert!(listed[0]["trouble"].is_string());
    assert!(listed[1]["trouble"].is_null());
}

#[tokio::test]
async fn without_a_folder_nothing_is_saved() {
    let world = World::new().await;
    let (status, problem) = world.send(Method::PUT, "/scenarios/any", json!({})).await;
    assert_eq!(status, 404);
    assert!(detail(&problem).contains("--scenarios"));
}

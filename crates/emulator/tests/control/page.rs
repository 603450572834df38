use lapel_emulator::{Defect, Endpoint, Settings, Switch};
use reqwest::header::ORIGIN;
use reqwest::{RequestBuilder, Response};

use crate::world::{Folder, START, World};

impl World {
    fn form(&self, act: &str) -> RequestBuilder {
        let address = self.at(&format!("/emulator/control/{act}"));
        self.http.post(address).header(ORIGIN, self.at(""))
    }

    /// Submits a form that succeeds, and returns the page it leads to.
    async fn submits(&self, act: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.form(act).form(fields).send().await.unwrap();
        let status = answer.status();
        let back = answer.headers().get("location").cloned();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 303, "{act}: {text}");
        let back = back.unwrap();
        self.page(back.to_str().unwrap())
            .await
            .text()
            .await
            .unwrap()
    }

    async fn page(&self, path: &str) -> Response {
        self.http.get(self.at(path)).send().await.unwrap()
    }

    async fn control(&self) -> String {
        self.page("/emulator/control").await.text().await.unwrap()
    }
}

#[tokio::test]
async fn the_page_has_its_parts_and_no_inline_script_or_style() {
    let world = World::new().await;
    let answer = world.page("/emulator/control").await;
    assert_eq!(answer.status(), 200);
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    for rule in [
        "default-src 'none'",
        "script-src 'self';",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    let page = answer.text().await.unwrap();
    for part in [
        "<main",
        "<nav aria-label",
        "role=\"status\"",
        "href=\"#main\"",
        "lang=\"en\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"));
    for (file, kind) in [("style.css", "text/css"), ("script.js", "text/javascript")] {
        let answer = world.page(&format!("/emulator/control/{file}")).await;
        let header = answer.headers()["content-type"].to_str().unwrap();
        assert!(header.starts_with(kind), "{header}");
    }
    let front = world.page("/").await.text().await.unwrap();
    assert!(front.contains("href=\"/emulator/control\""));
}

#[tokio::test]
async fn the_form_offers_every_defect_and_every_endpoint() {
    let world = World::new().await;
    let page = world.control().await;
    for defect in Defect::ALL {
        assert!(
            page.contains(&format!("<option value=\"{defect}\">")),
            "{defect}"
        );
    }
    for endpoint in Endpoint::ALL {
        assert!(
            page.contains(&format!("<option value=\"{endpoint}\">")),
            "{endpoint}"
        );
    }
}

#[tokio::test]
async fn a_fault_is_injected_and_removed_by_forms() {
    let world = World::new().await;
    let fields = [
        ("defect", "http_503"),
        ("when", "share"),
        ("calls", "1"),
        ("percent", "30"),
        ("seed", "7"),
        ("endpoint", "userinfo"),
        ("member", "ada"),
        ("client", ""),
    ];
    let page = world.submits("inject", &fields).await;
    assert!(page.contains("The fault is in force."));
    assert!(
        page.contains("30 of 100 calls (seed 7) at userinfo for ada"),
        "{page}"
    );
    let page = world.submits("remove-fault", &[("number", "1")]).await;
    assert!(page.contains("None in force."));
    world
        .submits(
            "inject",
            &[("defect", "http_500"), ("when", "until_removed")],
        )
        .await;
    world
        .submits("inject", &[("defect", "http_500"), ("calls", "3")])
        .await;
    assert!(world.control().await.contains("the next 3 calls"));
    world.submits("clear-faults", &[]).await;
    assert_eq!(world.linkedin.faults().active(), []);
}

#[tokio::test]
async fn the_clock_is_moved_by_forms() {
    let world = World::new().await;
    let page = world.submits("advance", &[("by", "61d")]).await;
    assert!(page.contains("2026-05-01 12:00:00"), "{page}");
    world.submits("set-clock", &[("now", START)]).await;
    assert_eq!(world.linkedin.clock().now(), START.parse().unwrap());
    assert!(world.submits("resume", &[]).await.contains(">Pause<"));
    assert!(world.submits("pause", &[]).await.contains(">Resume<"));
}

#[tokio::test]
async fn tokens_are_ended_by_forms() {
    let world = World::new().await;
    let client = world.linkedin.client().id;
    for act in ["expire", "revoke", "revoke-all", "remove-app"] {
        let ada = world.sign_in("ada").await;
        let live = world.linkedin.tokens().live_of("ada");
        let fields = [
            ("fingerprint", live[0].fingerprint.as_str()),
            ("member", "ada"),
            ("client", &client),
        ];
        assert!(world.control().await.contains(&live[0].fingerprint));
        world.submits(act, &fields).await;
        assert_eq!(world.userinfo(&ada).await, 401, "{act}");
    }
}

#[tokio::test]
async fn requests_are_shown_filtered_and_forgotten() {
    let world = World::new().await;
    let ada = world.sign_in("ada").await;
    world.userinfo(&ada).await;
    let page = world.control().await;
    assert!(page.contains("<summary>userinfo</summary>"));
    assert!(page.contains("x-li-uuid") && page.contains("Bearer redacted:"));
    assert!(!page.contains(ada["access_token"].as_str().unwrap()));
    let page = world.page("/emulator/control?endpoint=token&member=").await;
    let page = page.text().await.unwrap();
    assert!(page.contains("<summary>token</summary>"));
    assert!(!page.contains("<summary>userinfo</summary>"));
    let page = world.submits("clear-ledger", &[]).await;
    assert!(page.contains("Point an application at the emulator"));
}

#[tokio::test]
async fn members_switches_and_scenarios_have_forms() {
    let folder = Folder::new("page");
    let world = World::with(Settings {
        scenarios: Some(folder.0.clone()),
        ..Settings::default()
    })
    .await;
    let fields = [
        ("slug", "grace"),
        ("given_name", "<b>Grace</b>"),
        ("family_name", ""),
        ("email", "grace@example.com"),
        ("email_unverified", "yes"),
        ("portrait", "dusk"),
    ];
    let page = world.submits("put-member", &fields).await;
    assert!(page.contains("&lt;b&gt;Grace&lt;/b&gt;") && page.contains("(not confirmed)"));
    let grace = world.linkedin.members().get("grace").unwrap();
    assert_eq!((grace.family_name, grace.email_verified), (None, false));

    for switch in Switch::ALL {
        for on in ["true", "false"] {
            let fields = [("switch", switch.as_str()), ("on", on)];
            let page = world.submits("switch", &fields).await;
            let shown = format!("aria-checked=\"{on}\" aria-describedby=\"about-{switch}\"");
            assert!(page.contains(&shown), "{shown}: {page}");
        }
    }

    world
        .submits(
            "inject",
            &[("defect", "http_500"), ("when", "until_removed")],
        )
        .await;
    let fields = [("scenario", "bad-day"), ("description", "Nothing works")];
    assert!(
        world
            .submits("save", &fields)
            .await
            .contains("Nothing works")
    );
    assert!(world.submits("reset", &[]).await.contains("None in force."));
    let page = world.submits("replay", &[("scenario", "bad-day")]).await;
    assert!(page.contains("Remove http_500"));
}

#[tokio::test]
async fn what_cannot_be_done_is_said_on_the_page() {
    let world = World::new().await;
    for (act, fields, status, reason) in [
        (
            "inject",
            vec![("defect", "")],
            422,
            "&quot;defect&quot; is empty",
        ),
        (
            "inject",
            vec![("defect", "none"), ("calls", "1")],
            422,
            "no defect",
        ),
        (
            "inject",
            vec![("defect", "http_500"), ("calls", "many")],
            422,
            "not a number",
        ),
        (
            "inject",
            vec![("defect", "http_500"), ("calls", "0")],
            422,
            "at least 1",
        ),
        ("advance", vec![("by", "soon")], 422, "not a length of time"),
        ("set-clock", vec![("now", "noon")], 422, "not an instant"),
        (
            "remove-fault",
            vec![("number", "9")],
            404,
            "no fault in force",
        ),
        ("expire", vec![("fingerprint", "00000000")], 404, "no token"),
        (
            "switch",
            vec![("switch", "cors"), ("on", "true")],
            422,
            "no switch",
        ),
        (
            "put-member",
            vec![("slug", "A"), ("given_name", "A")],
            422,
            "lower-case",
        ),
        ("save", vec![("scenario", "any")], 404, "without a folder"),
        ("explode", vec![], 404, "no form"),
    ] {
        let answer = world.form(act).form(&fields).send().await.unwrap();
        assert_eq!(answer.status(), status, "{act}");
        let page = answer.text().await.unwrap();
        let refused = page.split("role=\"alert\"").nth(1).unwrap();
        let refused = refused.split("</p>").next().unwrap();
        assert!(refused.contains(reason), "{act}: {refused}");
    }
}

#[tokio::test]
async fn a_form_of_another_page_is_refused() {
    let world = World::new().await;
    for origin in [
        None,
        Some("null"),
        Some("http://evil.example"),
        Some("http://localhost:1"),
    ] {
        let call = world.http.post(world.at("/emulator/control/reset"));
        let call = match origin {
            Some(origin) => call.header(ORIGIN, origin),
            None => call,
        };
        assert_eq!(call.send().await.unwrap().status(), 403, "{origin:?}");
    }
    let call = world.http.get(world.at("/emulator/control"));
    let answer = call.header("host", "evil.example").send().await.unwrap();
    assert_eq!(answer.status(), 421);
}

#[tokio::test]
async fn the_page_is_sent_again_only_when_something_but_the_time_has_changed() {
    let world = World::new().await;
    world.linkedin.clock().resume();
    let tag = world.page("/emulator/control").await.headers()["etag"].clone();
    let again = || {
        let call = world.http.get(world.at("/emulator/control"));
        call.header("if-none-match", &tag).send()
    };
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert_eq!(again().await.unwrap().status(), 304);
    world
        .submits("inject", &[("defect", "http_500"), ("calls", "1")])
        .await;
    assert_eq!(again().await.unwrap().status(), 200);
    world.submits("clear-faults", &[]).await;
    assert_eq!(again().await.unwrap().status(), 304);
    world
        .linkedin
        .clock()
        .advance(jiff::SignedDuration::from_hours(1));
    assert_eq!(again().await.unwrap().status(), 200);
}

//! LinkedIn reference §4: a member removes an application.

use serde_json::json;

use crate::world::World;

/// A browser on the page: its cookie, and the seal of its forms.
struct Browser<'w> {
    world: &'w World,
    cookie: String,
    seal: String,
}

impl<'w> Browser<'w> {
    async fn arrive(world: &'w World) -> Self {
        let answer = world.http.get(page(world)).send().await.unwrap();
        let set = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = set.split(';').next().unwrap().to_owned();
        let text = answer.text().await.unwrap();
        let (_, rest) = text.split_once(r#"name="seal" value=""#).unwrap();
        let seal = rest.split('"').next().unwrap().to_owned();
        Self {
            world,
            cookie,
            seal,
        }
    }

    async fn show(&self) -> String {
        let call = self.world.http.get(page(self.world));
        let answer = call.header("cookie", &self.cookie).send().await.unwrap();
        answer.text().await.unwrap()
    }

    async fn send(&self, seal: &str, name: &str, value: &str) -> reqwest::Response {
        let call = self.world.http.post(page(self.world));
        let call = call.header("cookie", &self.cookie);
        call.form(&[("seal", seal), (name, value)])
            .send()
            .await
            .unwrap()
    }
}

fn page(world: &World) -> String {
    world.at("/psettings/permitted-services")
}

#[tokio::test]
async fn a_member_removes_an_application_and_its_tokens_end() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let of_another = world.sign_in("emoji").await.access;
    let browser = Browser::arrive(&world).await;
    assert_eq!(
        browser.send(&browser.seal, "member", "ada").await.status(),
        303
    );
    let text = browser.show().await;
    assert!(text.contains("Use your name and photo"), "{text}");
    assert!(text.contains(r#"aria-label="Remove Lapel""#), "{text}");
    assert!(text.contains("1 March 2026"), "{text}");

    let id = world.client().id;
    let answer = browser.send(&browser.seal, "remove", &id).await;
    assert_eq!(answer.status(), 303);
    let next = answer.headers()["location"].to_str().unwrap().to_owned();
    let call = world
        .http
        .get(world.at(&next))
        .header("cookie", &browser.cookie);
    let text = call.send().await.unwrap().text().await.unwrap();
    assert!(text.contains(r#"role="status""#), "{text}");
    assert!(text.contains("No application can act for you"), "{text}");

    let (status, body) = world.userinfo(&token).await;
    assert_eq!(
        (status, &body["code"]),
        (401, &json!("REVOKED_ACCESS_TOKEN"))
    );
    assert_eq!(world.userinfo(&of_another).await.0, 200);
}

#[tokio::test]
async fn only_the_pages_own_forms_count() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let browser = Browser::arrive(&world).await;
    let other = Browser::arrive(&world).await;
    browser.send(&browser.seal, "member", "ada").await;
    let id = world.client().id;
    for seal in ["", &other.seal] {
        assert_eq!(browser.send(seal, "remove", &id).await.status(), 403);
    }
    assert_eq!(other.send(&other.seal, "remove", &id).await.status(), 403);
    assert_eq!(
        other.send(&other.seal, "member", "nobody").await.status(),
        400
    );
    assert_eq!(world.userinfo(&token).await.0, 200);
}

#[tokio::test]
async fn a_visitor_can_be_someone_else() {
    let world = World::new().await;
    let browser = Browser::arrive(&world).await;
    browser.send(&browser.seal, "member", "markup").await;
    let text = browser.show().await;
    assert!(
        text.contains("&lt;b&gt;Mark&lt;/b&gt;") && !text.contains("<b>Mark"),
        "{text}"
    );
    browser.send(&browser.seal, "decision", "switch").await;
    assert!(
        browser
            .show()
            .await
            .contains(r#"name="member" value="ada""#)
    );
}

#[tokio::test]
async fn a_code_of_a_removed_application_is_worthless() {
    let world = World::new().await;
    let code = world.code("ada").await;
    world
        .linkedin
        .tokens()
        .remove_app("ada", &world.client().id);
    let answer = world.exchange(&code, &[]).send().await.unwrap();
    assert_eq!(answer.status(), 400);
}

use lapel_emulator::{
    AuthorizationPageError, Client, Endpoint, Quirks, RefusalPageStatus, Settings,
    UnauthorizedScope,
};

use crate::world::{World, days, query_of};

async fn refused(world: &World, changes: &[(&str, Option<&str>)]) -> (String, String) {
    let back = world
        .linkedin
        .allow(&world.authorization(changes), "ada")
        .await
        .unwrap();
    let mut query = query_of(&back);
    assert_eq!(query["state"], "st&te=1");
    assert!(!query.contains_key("code"));
    (
        query.remove("error").unwrap(),
        query.remove("error_description").unwrap(),
    )
}

fn pair(error: &str, description: &str) -> (String, String) {
    (error.to_owned(), description.to_owned())
}

#[tokio::test]
async fn a_member_who_allows_goes_back_with_a_code_and_the_state() {
    let world = World::new().await;
    let back = world
        .linkedin
        .allow(&world.authorization(&[]), "ada")
        .await
        .unwrap();
    let query = query_of(&back);
    assert!(
        back.starts_with("http://localhost:8080/bff/callback?via=lapel&code=AQ"),
        "{back}"
    );
    assert_eq!(query["state"], "st&te=1");
    assert!((150..=215).contains(&query["code"].len()));
}

#[tokio::test]
async fn without_a_state_none_comes_back() {
    let world = World::new().await;
    let back = world
        .linkedin
        .allow(&world.authorization(&[("state", None)]), "ada")
        .await
        .unwrap();
    assert!(!query_of(&back).contains_key("state"));
}

#[tokio::test]
async fn cancelling_the_login_is_not_access_denied() {
    let world = World::new().await;
    let back = world
        .linkedin
        .cancel_login(&world.authorization(&[]))
        .await
        .unwrap();
    assert!(
        back.contains("error_description=The+user+cancelled+LinkedIn+login"),
        "{back}"
    );
    assert_eq!(query_of(&back)["error"], "user_cancelled_login");
    assert_eq!(query_of(&back)["state"], "st&te=1");
}

#[tokio::test]
async fn refusing_consent_is_not_access_denied() {
    let world = World::new().await;
    let back = world
        .linkedin
        .cancel_consent(&world.authorization(&[]), "ada")
        .await
        .unwrap();
    assert_eq!(query_of(&back)["error"], "user_cancelled_authorize");
    assert_eq!(
        query_of(&back)["error_description"],
        "The user cancelled the authorization"
    );
}

#[tokio::test]
async fn a_scope_beyond_the_products_is_named_in_html() {
    let world = World::new().await;
    let changes = [("scope", Some("openid profile r_liteprofile"))];
    let back = world
        .linkedin
        .allow(&world.authorization(&changes), "ada")
        .await
        .unwrap();
    let wire = "error=unauthorized_scope_error&error_description=\
                Scope+%26quot%3Br_liteprofile%26quot%3B+is+not+authorized+for+your+application";
    assert!(back.contains(wire), "{back}");
}

#[tokio::test]
async fn a_scope_beyond_the_products_can_be_refused_in_two_older_ways() {
    for (told, error) in [
        (UnauthorizedScope::Unnamed, "invalid_scope_error"),
        (UnauthorizedScope::Old, "invalid_scope"),
    ] {
        let quirks = Quirks {
            unauthorized_scope: told,
            ..Quirks::linkedin()
        };
        let world = World::with(Settings {
            quirks,
            ..Settings::default()
        })
        .await;
        assert_eq!(
            refused(&world, &[("scope", Some("openid rw_ads"))]).await.0,
            error
        );
    }
}

#[tokio::test]
async fn openid_alone_is_refused() {
    let world = World::new().await;
    let told = refused(&world, &[("scope", Some("openid"))]).await;
    let text = "Include valid openId scopes like profile, email.";
    assert_eq!(told, pair("openid_insufficient_scope_error", text));
}

#[tokio::test]
async fn a_missing_scope_is_an_invalid_request() {
    let world = World::new().await;
    let expected = pair(
        "invalid_request",
        r#"You need to pass the "scope" parameter"#,
    );
    assert_eq!(refused(&world, &[("scope", None)]).await, expected);
    assert_eq!(refused(&world, &[("scope", Some(""))]).await, expected);
}

#[tokio::test]
async fn only_codes_are_given() {
    let world = World::new().await;
    let told = refused(&world, &[("response_type", Some("token"))]).await;
    assert_eq!(told.0, "unsupported_response_type");
}

#[tokio::test]
async fn a_redirect_address_that_is_not_registered_ends_on_a_page() {
    let world = World::new().await;
    for uri in [
        None,
        Some("http://localhost:8080/bff/callbac"),
        Some("http://localhost:8080/bff/callback/"),
        Some("http://localhost:8080/bff/callback#fragment"),
        Some("https://localhost:8080/bff/callback"),
    ] {
        // Scopes are wrong as well: the address is checked first.
        let page = world.authorization(&[("redirect_uri", uri), ("scope", Some("rw_ads"))]);
        let answer = world.http.get(page).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let text = answer.text().await.unwrap();
        assert!(text.contains("Bummer, something went wrong."), "{text}");
        assert!(
            text.contains("The redirect_uri does not match the registered value"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_unknown_client_ends_on_a_page_whose_status_can_be_the_documented_one() {
    let status = RefusalPageStatus::Unauthorized;
    let quirks = Quirks {
        refusal_page_status: status,
        ..Quirks::linkedin()
    };
    let world = World::with(Settings {
        quirks,
        ..Settings::default()
    })
    .await;
    let page = world.authorization(&[("client_id", Some("nobody"))]);
    let stayed = world.linkedin.allow(&page, "ada").await;
    assert_eq!(stayed, Err(AuthorizationPageError::Stayed(401)));
}

#[tokio::test]
async fn a_redirect_address_can_be_registered_later() {
    let world = World::new().await;
    let uri = "http://127.0.0.1:9999/cb";
    assert!(world.linkedin.register_redirect(&world.client().id, uri));
    assert!(!world.linkedin.register_redirect("nobody", uri));
    let page = world.authorization(&[("redirect_uri", Some(uri))]);
    assert!(
        world
            .linkedin
            .allow(&page, "ada")
            .await
            .unwrap()
            .starts_with(uri)
    );
}

#[tokio::test]
async fn errors_can_come_as_a_page_with_a_link_to_browsers_without_a_cookie() {
    let quirks = Quirks {
        error_interstitial: true,
        ..Quirks::linkedin()
    };
    let world = World::with(Settings {
        quirks,
        ..Settings::default()
    })
    .await;
    let page = world.authorization(&[("scope", Some("openid"))]);
    let answer = world.http.get(page).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("error=openid_insufficient_scope_error")
    );
}

/// A browser on the emulator's pages: one cookie, and the request it was asked about.
struct Browser<'w> {
    world: &'w World,
    cookie: String,
}

impl<'w> Browser<'w> {
    async fn arrive(world: &'w World) -> (Self, String) {
        let answer = world
            .http
            .get(world.authorization(&[]))
            .send()
            .await
            .unwrap();
        let set = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(
            set.contains("HttpOnly") && set.contains("SameSite=Lax"),
            "{set}"
        );
        let cookie = set.split(';').next().unwrap().to_owned();
        (
            Self { world, cookie },
            pending_in(&answer.text().await.unwrap()),
        )
    }

    async fn get(&self, address: &str) -> reqwest::Response {
        self.world
            .http
            .get(address)
            .header("cookie", &self.cookie)
            .send()
            .await
            .unwrap()
    }

    async fn post(&self, step: &str, form: &[(&str, &str)]) -> reqwest::Response {
        let address = self.world.at(&format!("/oauth/v2/authorization/{step}"));
        let call = self
            .world
            .http
            .post(address)
            .header("cookie", &self.cookie)
            .form(form);
        call.send().await.unwrap()
    }
}

fn pending_in(page: &str) -> String {
    let (_, rest) = page.split_once(r#"name="pending" value=""#).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn location(answer: &reqwest::Response) -> &str {
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn a_browser_is_asked_who_it_is_once_and_for_consent_once() {
    let world = World::new().await;
    let (browser, pending) = Browser::arrive(&world).await;
    let answer = browser
        .post("login", &[("pending", &pending), ("member", "ada")])
        .await;
    assert_eq!(answer.status(), 303);
    let consent = browser
        .get(&world.at(location(&answer)))
        .await
        .text()
        .await
        .unwrap();
    assert!(consent.contains("Use your name and photo"), "{consent}");
    assert!(consent.contains("Ada Example"));
    let answer = browser
        .post("consent", &[("pending", &pending), ("decision", "allow")])
        .await;
    assert_eq!(answer.status(), 302);
    let code = query_of(location(&answer)).remove("code").unwrap();

    // The code alone is no live token: consent is asked for again, but not who it is.
    let page = browser
        .get(&world.authorization(&[]))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("Not you?"), "{page}");

    world.exchange(&code, &[]).send().await.unwrap();
    let silent = browser.get(&world.authorization(&[])).await;
    assert_eq!(silent.status(), 302);
    assert!(query_of(location(&silent)).contains_key("code"));

    // Another set of scopes asks again, and so does a grant whose tokens have ended.
    let wider = world.authorization(&[("scope", Some("openid profile email w_member_social"))]);
    assert_eq!(browser.get(&wider).await.status(), 200);
    world.linkedin.clock().advance(days(61));
    assert_eq!(browser.get(&world.authorization(&[])).await.status(), 200);
}

#[tokio::test]
async fn not_you_leads_back_to_the_members() {
    let world = World::new().await;
    let (browser, pending) = Browser::arrive(&world).await;
    browser
        .post("login", &[("pending", &pending), ("member", "ada")])
        .await;
    let answer = browser
        .post("consent", &[("pending", &pending), ("decision", "switch")])
        .await;
    let page = browser
        .get(&world.at(location(&answer)))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains(r#"name="member" value="ada""#), "{page}");
}

#[tokio::test]
async fn a_request_is_answered_once_and_by_its_own_browser() {
    let world = World::new().await;
    let (browser, pending) = Browser::arrive(&world).await;
    let (other, _) = Browser::arrive(&world).await;
    let choice = [("pending", &*pending), ("member", "ada")];
    assert_eq!(other.post("login", &choice).await.status(), 400);
    assert_eq!(browser.post("login", &choice).await.status(), 303);
    let allow = [("pending", &*pending), ("decision", "allow")];
    assert_eq!(other.post("consent", &allow).await.status(), 400);
    assert_eq!(browser.post("consent", &allow).await.status(), 302);
    assert_eq!(browser.post("consent", &allow).await.status(), 400);
}

#[tokio::test]
async fn nobody_consents_before_saying_who_they_are() {
    let world = World::new().await;
    let (browser, pending) = Browser::arrive(&world).await;
    let answer = browser
        .post("consent", &[("pending", &pending), ("decision", "allow")])
        .await;
    assert_eq!(answer.status(), 400);
    let answer = browser
        .post("login", &[("pending", &pending), ("member", "nobody")])
        .await;
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn a_request_waits_half_an_hour() {
    let world = World::new().await;
    let (browser, pending) = Browser::arrive(&world).await;
    world
        .linkedin
        .clock()
        .advance(jiff::SignedDuration::from_mins(30));
    let answer = browser
        .post("login", &[("pending", &pending), ("member", "ada")])
        .await;
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn an_application_without_a_product_is_refused_its_scopes() {
    let client = Client {
        scopes: vec!["w_member_social".to_owned()],
        ..Client::default()
    };
    let world = World::with(Settings {
        clients: vec![client],
        ..Settings::default()
    })
    .await;
    assert_eq!(refused(&world, &[]).await.0, "unauthorized_scope_error");
}

#[tokio::test]
async fn the_ledger_tells_who_came_without_telling_the_state() {
    let world = World::new().await;
    world
        .linkedin
        .allow(&world.authorization(&[]), "ada")
        .await
        .unwrap();
    let ledger = world.linkedin.ledger();
    let arrival = &ledger.entries_of(Endpoint::Authorization)[0];
    assert_eq!(arrival.client.as_deref(), Some(&*world.client().id));
    assert_eq!(arrival.status, Some(200));
    assert!(arrival.field("state").unwrap().starts_with("redacted:"));
    let decision = ledger.entries_of(Endpoint::MemberDecision).pop().unwrap();
    assert_eq!(decision.member.as_deref(), Some("ada"));
    assert_eq!(decision.client.as_deref(), Some(&*world.client().id));
    assert_eq!(decision.status, Some(302));
}

#[tokio::test]
async fn a_redirect_address_that_could_break_out_of_a_header_is_refused() {
    let world = World::new().await;
    for address in [
        "http://localhost:8080/bff/callback?via=a\r\nset-cookie: b=c",
        "http://localhost:8080/bff/callback?via=a\nb",
        "http://localhost:8080/bff/callback?via=\u{7f}",
    ] {
        let page = world.authorization(&[("redirect_uri", Some(address))]);
        let answer = world.http.get(&page).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let text = answer.text().await.unwrap();
        assert!(
            text.contains("does not match the registered value"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_redirect_address_with_letters_beyond_ascii_comes_back_encoded() {
    let world = World::new().await;
    let address = "http://localhost:8080/bff/callback?via=zoë and%20co";
    let page = world.authorization(&[("redirect_uri", Some(address))]);
    let back = world.linkedin.allow(&page, "ada").await.unwrap();
    let wire = "http://localhost:8080/bff/callback?via=zo%C3%AB%20and%20co&code=";
    assert!(back.starts_with(wire), "{back}");
    let code = query_of(&back).remove("code").unwrap();
    // The exchange names the address as the application wrote it.
    let answer = world.exchange(&code, &[("redirect_uri", Some(address))]);
    assert_eq!(answer.send().await.unwrap().status(), 200);
}

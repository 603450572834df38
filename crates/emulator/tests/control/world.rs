//! An emulator, somebody who controls it over HTTP, and an application that signs members in.

use std::path::PathBuf;

use lapel_emulator::{Clock, Emulator, Settings};
use reqwest::{Method, RequestBuilder, redirect};
use serde_json::{Value, json};
use url::Url;

pub(crate) const START: &str = "2026-03-01T12:00:00Z";
const CALLBACK: &str = "http://localhost:8080/bff/callback";

pub(crate) struct World {
    pub(crate) linkedin: Emulator,
    pub(crate) http: reqwest::Client,
}

/// A folder that is gone with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let name = format!("lapel-emulator-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    /// The clock stands still.
    pub(crate) async fn with(settings: Settings) -> Self {
        let linkedin = Emulator::start(Settings {
            clock: Clock::fixed_at(START.parse().unwrap()),
            ..settings
        });
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build();
        Self {
            linkedin: linkedin.await.unwrap(),
            http: http.unwrap(),
        }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.linkedin.url())
    }

    /// A call of the control interface, marked as such.
    pub(crate) fn call(&self, method: Method, below: &str) -> RequestBuilder {
        let address = self.at(&format!("/emulator/api{below}"));
        self.http
            .request(method, address)
            .header("x-emulator-control", "1")
    }

    pub(crate) async fn ask(&self, method: Method, below: &str) -> (u16, Value) {
        answer(self.call(method, below)).await
    }

    pub(crate) async fn get(&self, below: &str) -> Value {
        let (status, body) = self.ask(Method::GET, below).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub(crate) async fn send(&self, method: Method, below: &str, body: Value) -> (u16, Value) {
        answer(self.call(method, below).json(&body)).await
    }

    pub(crate) async fn post(&self, below: &str, body: Value) -> (u16, Value) {
        self.send(Method::POST, below, body).await
    }

    pub(crate) async fn sign_in(&self, member: &str) -> Value {
        let client = self.linkedin.client();
        let query = [
            ("response_type", "code"),
            ("client_id", &*client.id),
            ("redirect_uri", CALLBACK),
            ("state", "xyz"),
            ("scope", "openid profile email"),
        ];
        let page = Url::parse_with_params(&self.at("/oauth/v2/authorization"), query).unwrap();
        let back = self.linkedin.allow(page.as_str(), member).await.unwrap();
        let back = Url::parse(&back).unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code").unwrap();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &*code.1),
            ("client_id", &client.id),
            ("client_secret", &client.secret),
            ("redirect_uri", CALLBACK),
        ];
        let call = self.http.post(self.at("/oauth/v2/accessToken"));
        let (status, body) = answer(call.form(&form)).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The status of userinfo for a token.
    pub(crate) async fn userinfo(&self, token: &Value) -> u16 {
        let call = self.http.get(self.at("/v2/userinfo"));
        let call = call.bearer_auth(token["access_token"].as_str().unwrap());
        call.send().await.unwrap().status().as_u16()
    }
}

/// Status and body; `null` where there is none.
pub(crate) async fn answer(call: RequestBuilder) -> (u16, Value) {
    let answer = call.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    let body = if text.is_empty() {
        json!(null)
    } else {
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"))
    };
    (status, body)
}

pub(crate) fn detail(problem: &Value) -> &str {
    problem["detail"]
        .as_str()
        .unwrap_or_else(|| panic!("{problem}"))
}

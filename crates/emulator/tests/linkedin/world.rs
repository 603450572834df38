//! An emulator, an application registered with it, and somebody who talks to both.

use std::collections::HashMap;

use jiff::Timestamp;
use lapel_emulator::{Client, Clock, Emulator, Settings};
use reqwest::{RequestBuilder, Response, redirect};
use serde_json::Value;
use url::Url;

/// A redirect address with a query, so that both separators are tried.
pub(crate) const CALLBACK: &str = "http://localhost:8080/bff/callback?via=lapel";
pub(crate) const SCOPES: &str = "openid profile email";

pub(crate) struct World {
    pub(crate) linkedin: Emulator,
    pub(crate) http: reqwest::Client,
}

/// A token answer, read leniently.
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) body: Value,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    /// The clock stands still unless the settings bring their own.
    pub(crate) async fn with(settings: Settings) -> Self {
        let start: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let settings = Settings {
            clock: Clock::fixed_at(start),
            ..settings
        };
        let linkedin = Emulator::start(settings).await.unwrap();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self { linkedin, http }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.linkedin.url())
    }

    pub(crate) fn client(&self) -> Client {
        self.linkedin.client()
    }

    pub(crate) fn authorization(&self, changes: &[(&str, Option<&str>)]) -> String {
        let client = self.client();
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", &client.id),
            ("redirect_uri", CALLBACK),
            ("state", "st&te=1"),
            ("scope", SCOPES),
        ];
        for (name, value) in changes {
            query.retain(|(known, _)| known != name);
            query.extend(value.map(|value| (*name, value)));
        }
        Url::parse_with_params(&self.at("/oauth/v2/authorization"), query)
            .unwrap()
            .into()
    }

    pub(crate) async fn code(&self, member: &str) -> String {
        self.code_for(&self.authorization(&[]), member).await
    }

    pub(crate) async fn code_for(&self, authorization: &str, member: &str) -> String {
        let back = self.linkedin.allow(authorization, member).await.unwrap();
        query_of(&back)
            .remove("code")
            .unwrap_or_else(|| panic!("no code in {back}"))
    }

    /// The exchange, with parameters changed or (where `None`) left out.
    pub(crate) fn exchange(&self, code: &str, changes: &[(&str, Option<&str>)]) -> RequestBuilder {
        let client = self.client();
        self.token_call(
            &[
                ("grant_type", "authorization_code"),
                ("code", code),
                ("client_id", &client.id),
                ("client_secret", &client.secret),
                ("redirect_uri", CALLBACK),
            ],
            changes,
        )
    }

    pub(crate) fn refresh(&self, token: &str, changes: &[(&str, Option<&str>)]) -> RequestBuilder {
        let client = self.client();
        self.token_call(
            &[
                ("grant_type", "refresh_token"),
                ("refresh_token", token),
                ("client_id", &client.id),
                ("client_secret", &client.secret),
            ],
            changes,
        )
    }

    pub(crate) fn token_call(
        &self,
        fields: &[(&str, &str)],
        changes: &[(&str, Option<&str>)],
    ) -> RequestBuilder {
        let mut form: Vec<(&str, &str)> = fields.to_vec();
        for (name, value) in changes {
            form.retain(|(known, _)| known != name);
            form.extend(value.map(|value| (*name, value)));
        }
        self.http.post(self.at("/oauth/v2/accessToken")).form(&form)
    }

    pub(crate) async fn sign_in(&self, member: &str) -> Tokens {
        self.sign_in_with(&self.authorization(&[]), member).await
    }

    pub(crate) async fn sign_in_with(&self, authorization: &str, member: &str) -> Tokens {
        let code = self.code_for(authorization, member).await;
        let body = json(self.exchange(&code, &[]).send().await.unwrap())
            .await
            .1;
        let access = body["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{body}"))
            .to_owned();
        Tokens { access, body }
    }

    pub(crate) async fn userinfo(&self, token: &str) -> (u16, Value) {
        json(self.userinfo_call(token).send().await.unwrap()).await
    }

    pub(crate) fn userinfo_call(&self, token: &str) -> RequestBuilder {
        self.http.get(self.at("/v2/userinfo")).bearer_auth(token)
    }

    pub(crate) async fn introspect(&self, token: &str) -> (u16, Value) {
        let client = self.client();
        let form = [
            ("client_id", &*client.id),
            ("client_secret", &*client.secret),
            ("token", token),
        ];
        let call = self
            .http
            .post(self.at("/oauth/v2/introspectToken"))
            .form(&form);
        json(call.send().await.unwrap()).await
    }
}

pub(crate) async fn json(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

pub(crate) fn query_of(address: &str) -> HashMap<String, String> {
    Url::parse(address)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

pub(crate) fn days(number: i64) -> jiff::SignedDuration {
    jiff::SignedDuration::from_hours(24 * number)
}

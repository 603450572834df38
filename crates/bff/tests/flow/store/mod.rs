//! Two instances over one store: what one learns, the other knows.

mod contents;
mod ends;
mod outage;
mod refresh;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use lapel_bff::linkedin::LinkedIn;
use lapel_bff::session::{Found, Session, Sessions};
use lapel_bff::{config, embedded};
use lapel_emulator::Endpoint;
use lapel_wire::{Kind, Problem, Retry, SignOutReport, paths};

use crate::world::store::RedisServer;
use crate::world::{Answer, Browser, Plan, World};

pub(super) use outage::every_answer;

const DAY: i64 = 24 * 60 * 60;

/// A store, a world of a provider that gives refresh tokens, and a browser of its first instance.
struct Shared {
    redis: RedisServer,
    store: config::Store,
    world: World,
    browser: Browser,
}

impl Shared {
    async fn new(change: impl FnOnce(&mut Plan, &mut config::Store)) -> Self {
        let redis = RedisServer::start();
        let mut store = redis.settings();
        let mut plan = Plan::default();
        plan.emulator.refresh_tokens = true;
        // As strict as a provider can be: a refresh token works once.
        plan.emulator.quirks.refresh_token_kept = false;
        change(&mut plan, &mut store);
        plan.store = Some(store.clone());
        let world = World::planned(plan, |linkedin| linkedin.js_sdk = true).await;
        let browser = world.signed_in("ada").await;
        Self {
            redis,
            store,
            world,
            browser,
        }
    }

    /// One whose member's access token has ended.
    async fn tired(change: impl FnOnce(&mut Plan, &mut config::Store)) -> Self {
        let mut shared = Self::new(change).await;
        shared.world.wait(59 * DAY);
        shared.browser.visit("/bff/login").await;
        shared.world.wait(2 * DAY);
        shared
    }

    /// The same browser with another instance behind the address, or with the same after a restart.
    fn elsewhere(&self) -> Browser {
        self.browser.before(&self.world.instance(&self.store))
    }

    /// The sessions of an instance, without the routes.
    fn sessions(&self) -> Sessions {
        let emulator = &self.world.emulator;
        let settings = embedded::linkedin(emulator, Vec::new(), config::ApiSettings::default());
        let redirect = "https://app.example/bff/callback".to_owned();
        let linkedin = LinkedIn::new(
            settings.expect("addresses"),
            redirect,
            embedded::clock(emulator),
        );
        let session = config::Session {
            keys: self.world.keys.clone(),
            keys_are_ephemeral: false,
            lifetimes: lapel_bff::session::Lifetimes::default(),
            store: Some(self.store.clone()),
        };
        let linkedin = Arc::new(linkedin.expect("a client"));
        Sessions::new(&session, linkedin, embedded::clock(emulator))
    }

    fn token_calls(&self) -> usize {
        self.world.emulator.ledger().count(Endpoint::Token)
    }

    /// Waits until LinkedIn was asked for tokens so often.
    async fn asked(&self, times: usize) {
        eventually(async || self.token_calls() >= times).await;
    }
}

/// Waits for something that happens by itself.
async fn eventually(happened: impl AsyncFn() -> bool) {
    let waiting = async {
        while !happened().await {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, waiting)
        .await
        .expect("it happens");
}

async fn found(sessions: &Sessions, browser: &Browser) -> Session {
    match sessions.find(&browser.envelope()).await {
        Ok(Found::Alive(held)) => held.session,
        other => panic!("not alive: {other:?}"),
    }
}

fn is_unavailable(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let problem: Problem = serde_json::from_str(&answer.body).expect("a problem");
    assert_eq!(problem.kind, Kind::Unreachable);
    assert!(matches!(problem.retry, Retry::After { .. }));
    assert_eq!(answer.header("set-cookie"), "", "nobody is signed out");
}

async fn everywhere(browser: &mut Browser) -> Answer {
    let address = format!("{}?{}=1", paths::LOGOUT, paths::EVERYWHERE);
    browser.call(Method::POST, &address).await
}

fn report(answer: &Answer) -> SignOutReport {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("a report")
}

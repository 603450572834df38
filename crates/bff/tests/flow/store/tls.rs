//! A store that is spoken to through TLS.

use axum::http::Method;
use lapel_wire::{Reach, paths};

use super::{eventually, is_unavailable};
use crate::world::log::Log;
use crate::world::store::RedisServer;
use crate::world::{Plan, World};

#[tokio::test]
async fn a_store_is_believed_through_tls_whose_authority_is_named() {
    let redis = RedisServer::start_with_tls();
    let plan = Plan {
        store: Some(redis.settings()),
        ..Plan::default()
    };
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    browser.member().await;
    assert_eq!(browser.sign_out().await.0.reach, Reach::EveryInstance);
}

#[tokio::test]
async fn a_store_for_which_nobody_vouches_is_as_good_as_down_and_the_log_says_why() {
    let log = Log::default();
    let _listening = log.listen();
    let redis = RedisServer::start_with_tls();
    let world = World::new().await;
    let browser = world.signed_in("ada").await;
    let instance = world.instance(&redis.settings_without_authority());
    // At its start already, before anybody asks.
    let said = || {
        let lines = log.lines().into_iter();
        lines
            .filter(|line| line.contains("the store cannot be asked"))
            .collect::<Vec<_>>()
    };
    eventually(async || !said().is_empty()).await;
    let mut browser = browser.before(&instance);
    is_unavailable(&browser.call(Method::GET, paths::SESSION).await);
    let said = said();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("invalid peer certificate"), "{said:?}");
}

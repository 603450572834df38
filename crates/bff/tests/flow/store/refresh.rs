//! One refresh for all instances.

use std::time::Duration;

use lapel_bff::session::Found;
use lapel_emulator::{Endpoint, Fault, Latency, Outage};
use tokio::task::JoinSet;

use super::{DAY, Shared, found};

#[tokio::test]
async fn fifty_requests_on_two_instances_make_one_token_call() {
    let shared = Shared::tired(|_, _| {}).await;
    shared
        .world
        .breaks(Fault::next(Latency::Tenth).at(Endpoint::Token));
    let instances = [shared.sessions(), shared.sessions()];
    let carried = found(&instances[0], &shared.browser).await;
    let mut requests = JoinSet::new();
    for at in 0..50 {
        let (instance, carried) = (instances[at % 2].clone(), carried.clone());
        requests.spawn(async move { instance.usable(&carried).await });
    }
    let mut tokens: Vec<String> = Vec::new();
    for session in requests.join_all().await {
        let session = session.expect("a session that works");
        tokens.push(session.tokens.access.expose().to_owned());
    }
    assert_eq!(tokens.len(), 50);
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all have the same token");
    assert_ne!(tokens[0], carried.tokens.access.expose());
    assert_eq!(shared.token_calls(), 2, "the sign-in's, and one more");
}

#[tokio::test]
async fn a_request_with_the_old_cookie_gets_another_instances_tokens() {
    let mut shared = Shared::tired(|_, _| {}).await;
    let mut late = shared.elsewhere();
    shared.browser.member().await;
    let before = late.cookies.clone();
    late.member().await;
    assert_ne!(late.cookies, before, "it is brought up to date");
    assert_eq!(shared.token_calls(), 2);
    let sessions = shared.sessions();
    assert_eq!(
        found(&sessions, &late).await.tokens.access.expose(),
        found(&sessions, &shared.browser)
            .await
            .tokens
            .access
            .expose(),
    );
}

#[tokio::test]
async fn a_refresh_that_takes_longer_than_its_lease_keeps_it() {
    let shared = Shared::tired(|_, store| store.lease = Duration::from_secs(1)).await;
    shared
        .world
        .breaks(Fault::next(Latency::FiveSeconds).at(Endpoint::Token));
    let mut requests = JoinSet::new();
    for mut browser in [shared.elsewhere(), shared.elsewhere()] {
        requests.spawn(async move { browser.member().await });
    }
    requests.join_all().await;
    assert_eq!(shared.token_calls(), 2);
}

#[tokio::test]
async fn another_instance_takes_over_where_the_one_that_asks_dies() {
    let shared = Shared::tired(|plan, store| {
        plan.emulator.quirks.refresh_token_kept = true;
        store.lease = Duration::from_secs(1);
    })
    .await;
    shared
        .world
        .breaks(Fault::next(Latency::HalfMinute).at(Endpoint::Token));
    let mut survivor = shared.elsewhere();
    let mut doomed = shared.browser.clone();
    let machine = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let instance = {
        let _inside = machine.enter();
        shared.world.instance(&shared.store)
    };
    doomed = doomed.before(&instance);
    machine.spawn(async move { doomed.member().await });
    shared.asked(2).await;
    // The kill leaves it no time to give anything back.
    machine.shutdown_background();
    let before = survivor.cookies.clone();
    survivor.member().await;
    assert_ne!(survivor.cookies, before, "it has new tokens");
    assert_eq!(shared.token_calls(), 3);
}

#[tokio::test]
async fn a_lease_is_given_back_whatever_linkedin_said() {
    let mut shared = Shared::tired(|_, _| {}).await;
    let leased = |shared: &Shared| {
        let known = shared.redis.everything();
        known.iter().any(|(key, _)| key.contains("lease"))
    };
    shared
        .world
        .breaks(Fault::next(Outage::Http500).at(Endpoint::Token));
    shared.browser.member().await;
    assert_eq!(shared.token_calls(), 2, "LinkedIn was asked");
    assert!(!leased(&shared), "after an outage");
    shared.world.wait(120);
    shared.browser.member().await;
    assert_eq!(shared.token_calls(), 3);
    assert!(!leased(&shared), "after new tokens");
}

#[tokio::test]
async fn what_came_of_a_refresh_is_kept_for_an_hour_from_the_last_request_that_looked() {
    let mut shared = Shared::tired(|_, _| {}).await;
    shared.browser.member().await;
    shared.redis.keeps_all_for("newest", Duration::from_mins(1));
    shared.browser.member().await;
    let left = shared.redis.keeps("newest");
    assert!(left > Duration::from_mins(59), "{left:?}");
}

#[tokio::test]
async fn a_profile_that_comes_after_another_instances_refresh_goes_on_top_of_it() {
    let mut shared = Shared::new(|_, _| {}).await;
    let mut browser = shared.world.browser();
    shared
        .world
        .breaks(Fault::next(Outage::Http500).at(Endpoint::Userinfo));
    shared.world.sign_in(&mut browser, "single-name").await;
    // The access token's last half minute: it is refreshed, and the old one still answers.
    shared.world.wait(59 * DAY);
    browser.visit("/bff/login").await;
    shared.world.wait(DAY - 30);
    let (refreshing, asking) = (shared.sessions(), shared.sessions());
    let envelope = browser.envelope();
    let Ok(Found::Alive(held)) = asking.find(&envelope).await else {
        panic!("a session")
    };
    assert!(!held.session.identity.complete);
    let carried = found(&refreshing, &browser).await;
    let renewed = refreshing.usable(&carried).await.expect("new tokens");
    assert_ne!(
        renewed.tokens.access.expose(),
        carried.tokens.access.expose()
    );
    asking.checked(held).await.expect("it lives");
    let known = found(&shared.sessions(), &browser).await;
    assert!(known.identity.complete, "the profile is kept");
    assert_eq!(
        known.tokens.access.expose(),
        renewed.tokens.access.expose(),
        "and so are the tokens"
    );
    shared.browser = browser;
}

//! `/bff/linkedin`: LinkedIn's API on the member's behalf.

mod addresses;
mod bodies;
mod failures;
mod headers;
mod quotas;
mod repetition;
mod support;
mod tokens;

use axum::http::Method;
use lapel_emulator::{Emulator, Endpoint};
use serde_json::json;

use crate::world::{Answer, Browser, World};

pub(super) const USERINFO: &str = "/v2/userinfo";
pub(super) const POSTS: &str = "/rest/posts";

/// Asks LinkedIn who the member is.
async fn who(browser: &mut Browser) -> Answer {
    browser.calls_linkedin(Method::GET, USERINFO, &[], "").await
}

/// Posts as the member.
async fn post(browser: &mut Browser, text: &str) -> Answer {
    let id = browser.member().await.member.id;
    browser
        .calls_linkedin(Method::POST, POSTS, &[], post_by(&id, text))
        .await
}

/// A post as LinkedIn wants it (LinkedIn reference §9.2).
fn post_by(id: &str, text: &str) -> String {
    json!({
        "author": format!("urn:li:person:{id}"),
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
    })
    .to_string()
}

/// How often LinkedIn's API was asked for what the page may ask, whatever came of it.
fn asked(emulator: &Emulator) -> usize {
    let ledger = emulator.ledger();
    [
        Endpoint::Userinfo,
        Endpoint::Posts,
        Endpoint::OtherApi,
        Endpoint::Other,
    ]
    .map(|endpoint| ledger.count(endpoint))
    .iter()
    .sum()
}

/// Notes how often LinkedIn has been asked, to say later how often since.
struct Count<'w> {
    world: &'w World,
    before: usize,
}

impl<'w> Count<'w> {
    fn from_now(world: &'w World) -> Self {
        Self {
            world,
            before: asked(&world.emulator),
        }
    }

    fn since(&self) -> usize {
        asked(&self.world.emulator) - self.before
    }
}

//! `/bff/linkedin`: LinkedIn's API on the member's behalf.

mod addresses;
mod bodies;
mod failures;
mod headers;
mod posts;
mod quotas;
mod repetition;
mod support;
mod tokens;

use std::collections::BTreeSet;

use axum::http::Method;
use lapel_bff::config::Call;
use lapel_emulator::{Emulator, Endpoint};
use lapel_wire::{Problem, SupportRecord};
use serde_json::json;

use crate::world::counterpart::{Counterpart, answering};
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

/// How often LinkedIn was asked for what failed in the end, as the record says.
fn attempts(problem: &Problem) -> u32 {
    recorded(problem, SupportRecord::ATTEMPTS)
        .parse()
        .expect("a number")
}

/// The status of LinkedIn's answer, as the record says.
fn answered(problem: &Problem) -> &str {
    recorded(problem, SupportRecord::STATUS)
}

fn recorded<'p>(problem: &'p Problem, name: &str) -> &'p str {
    let record = problem.support.as_deref().expect("a record");
    record.get(name).unwrap_or_default()
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

/// What browsers see of the OpenAPI document when LinkedIn's API is asked by every method, and answers, refuses and fails.
pub(super) async fn every_answer_of_linkedins() -> BTreeSet<String> {
    let json = "content-type: application/json";
    let mut answer: Vec<_> = ["x-restli-id", "x-li-uuid", "x-li-fabric", "x-li-request-id"]
        .map(|name| format!("{name}: 7"))
        .into();
    answer.extend(["retry-after: 7".to_owned(), json.to_owned()]);
    let answer: Vec<_> = answer.iter().map(String::as_str).collect();
    let linkedin = Counterpart::saying_in_turn(vec![
        answering("200 OK", &answer, "{\"any\": [\"thing\"]}"),
        answering("429 Too Many Requests", &[json, "retry-after: 7"], "{}"),
        answering("503 Service Unavailable", &[json], "{}"),
    ])
    .await;
    let methods = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ];
    let world = World::with(|settings| {
        linkedin.replaces(settings);
        settings.api.calls = methods
            .iter()
            .map(|method| Call {
                // One answer for each call.
                idempotent: false,
                ..Call::new(method.clone(), "/v2/any".parse().expect("a template"), &[])
            })
            .collect();
    })
    .await;
    let mut browser = world.signed_in("ada").await;
    for method in methods {
        for _ in 0..3 {
            // So long that the session's use is noted.
            world.wait(2 * 3600);
            browser
                .calls_linkedin(method.clone(), "/v2/any", &[], "")
                .await;
        }
    }
    world.seen()
}

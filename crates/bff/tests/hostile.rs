//! What anyone can send, judged by the judges of the fuzzing: the inputs that it begins with and those that it found
//! something with, so that what was found once stays found; and inputs that are made by rule.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on must fail"
)]

#[path = "../../wire/tests/hostile/mod.rs"]
mod addresses;
#[path = "../../../fuzz/judges/envelope.rs"]
mod envelope;
#[path = "../../../fuzz/judges/reply.rs"]
mod reply;
#[path = "../../../fuzz/judges/return_address.rs"]
mod return_address;

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::header::{ACCEPT, LOCATION};
use axum::http::{Request, Uri};
use lapel_bff::clock::Clock;
use lapel_bff::config::{Settings, Upstream};
use lapel_bff::linkedin::Binding;
use lapel_bff::session::pending::Pending;
use lapel_bff::session::seal::{KeyRing, Purpose};
use lapel_bff::{Bff, router};
use lapel_wire::LocalPath;
use proptest::prelude::*;
use serde_json::{Value, json};
use tower::ServiceExt as _;

fn judge_seeds(target: &str, judge: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(target);
    let files = fs::read_dir(folder).expect("the target's seeds");
    let mut judged = 0;
    for file in files {
        let path = file.expect("a file").path();
        let data = fs::read(&path).expect("its content");
        let held = std::panic::catch_unwind(|| judge(&data));
        assert!(held.is_ok(), "{} (above)", path.display());
        judged += 1;
    }
    assert!(judged > 10, "the seeds of {target} are gone");
}

#[test]
fn no_return_address_that_is_accepted_leads_elsewhere() {
    judge_seeds("return_address", return_address::judge);
}

#[test]
fn no_cookie_is_believed_that_is_not_ours() {
    judge_seeds("envelope", envelope::judge);
}

#[test]
fn an_answer_is_read_as_the_rules_say() {
    judge_seeds("reply", reply::judge);
}

/// An envelope or what is left of one, in the judge's words.
fn piece() -> impl Strategy<Value = String> {
    let how = prop_oneof![
        3 => Just(String::new()),
        2 => (prop::sample::select(vec!['<', '>', '~']), 0..5000_usize)
            .prop_map(|(how, at)| format!("{how}{at}")),
    ];
    let named = ("[ablpqo]", how).prop_map(|(name, how)| format!("{{{name}{how}}}"));
    prop_oneof![4 => named, 1 => "[A-Za-z0-9_.-]{0,8}"]
}

fn cookie() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "lapel",
        "lapel",
        "lapel-1",
        "lapel-2",
        "lapel-ended",
        "lapel-pending-AAAAAAAA",
        "__Host-lapel",
        "theme",
    ]);
    let count = prop::sample::select(vec!["1.", "2.", "", "0.", "01.", "3.", "99999999."]);
    (name, count, piece(), piece(), any::<bool>()).prop_map(|(name, count, one, other, joined)| {
        let count = if name == "lapel-1" { "" } else { count };
        let other = if joined { other } else { String::new() };
        format!("{name}={count}{one}{other}")
    })
}

proptest! {
    /// Whole ones, pieces in every order, doubled and missing ones, of one session or of two, changed ones.
    #[test]
    fn whatever_cookies_are_made_of_only_ours_are_believed(
        mut cookies in prop::collection::vec(cookie(), 0..4),
        long in any::<bool>(),
        at in 0..4000_usize,
    ) {
        if long {
            cookies.push(format!("lapel=2.{{l<{at}}}"));
            cookies.insert(0, format!("lapel-1={{l>{at}}}"));
        }
        envelope::judge(cookies.join("; ").as_bytes());
    }

    #[test]
    fn whatever_pieces_of_envelopes_are_joined_only_whole_ones_open(
        pieces in prop::collection::vec(piece(), 0..4)
    ) {
        envelope::judge(pieces.concat().as_bytes());
    }

    #[test]
    fn whatever_an_answer_is_made_of_it_is_read_as_the_rules_say(
        parts in prop::collection::vec(
            ("(code|state|error|iss|error_description|x)(%5B0%5D|\\[\\])?", "[ -~]{0,12}|c{2047,2050}"),
            0..6,
        )
    ) {
        let parts: Vec<_> = parts.iter().map(|(name, value)| format!("{name}={value}")).collect();
        reply::judge(parts.join("&").as_bytes());
    }
}

/// Even an envelope of our own does not carry an address past the judgement.
#[test]
fn a_return_address_is_judged_again_when_it_is_used() {
    let keys = KeyRing::random();
    let genuine = Pending::begin(LocalPath::home(), Vec::new(), Binding::default(), 0).seal(&keys);
    let plain = keys.open(Purpose::Pending, &genuine).expect("ours");
    let content: Value = serde_json::from_slice(&plain).expect("JSON");
    let with = |address: &str| {
        let mut content = content.clone();
        content["return_to"] = json!(address);
        let plain = content.to_string().into_bytes();
        Pending::unseal(&keys.seal(Purpose::Pending, &plain), &keys)
    };
    assert!(with("/account").is_some());
    for (row, addresses) in addresses::rows() {
        for address in addresses {
            assert!(with(&address).is_none(), "{row}: {address:?}");
        }
    }
}

/// A server that tidies paths up by redirecting (`//evil.example` to `//evil.example/`) leads to another host.
#[tokio::test]
async fn no_path_that_is_asked_for_leads_elsewhere() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("app");
    fs::create_dir_all(folder.join("evil.example")).expect("a folder");
    fs::write(folder.join("index.html"), "<!doctype html>").expect("a shell");
    let variables = [
        ("LAPEL_LINKEDIN_CLIENT_ID", "id"),
        ("LAPEL_LINKEDIN_CLIENT_SECRET", "secret"),
        ("LAPEL_APP_DIR", folder.to_str().expect("text")),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::read(variables).expect("settings");
    let Upstream::LinkedIn(linkedin) = settings.upstream else {
        panic!("LinkedIn is set")
    };
    let bff = Bff::new(settings.http, &settings.session, *linkedin, Clock::system());
    let app = router(bff.expect("a BFF")).expect("routes");
    let mut asked = 0;
    for (row, addresses) in addresses::rows() {
        for address in addresses {
            let Ok(uri) = address.parse::<Uri>() else {
                continue;
            };
            let request = Request::get(uri).header(ACCEPT, "text/html");
            let request = request.body(Body::empty()).expect("a request");
            let answer = app.clone().oneshot(request).await.expect("an answer");
            if let Some(target) = answer.headers().get(LOCATION) {
                let target = target.to_str().expect("text");
                let is_sign_in = target.starts_with("https://www.linkedin.com/oauth/");
                assert!(
                    is_sign_in || LocalPath::parse(target).is_ok(),
                    "{row}: {address:?} leads to {target}"
                );
            }
            asked += 1;
        }
    }
    assert!(asked > 100, "few of them are addresses at all: {asked}");
}

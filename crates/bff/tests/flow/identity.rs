//! Who the member is: the id_token, the keys that sign it, and userinfo.

use jsonwebtoken::jwk::JwkSet;
use lapel_emulator::{Defect, Endpoint, Fault, IdTokenDefect, KeysDefect, UserinfoDefect};
use lapel_wire::{SessionView, SignedOutReason};
use serde_json::{Value, json};

use crate::world::counterpart::{Counterpart, json as refusal};
use crate::world::impostor::{
    Answers, Impostor, KEY_ID, claims, honest, id_token, key_set, token_response,
};
use crate::world::{Plan, World};

#[tokio::test]
async fn an_id_token_that_proves_nothing_signs_nobody_in() {
    let family = |defect: &Defect| matches!(defect, Defect::IdToken(_));
    for defect in Defect::ALL.into_iter().filter(family) {
        let world = World::new().await;
        world.breaks(Fault::until_removed(defect));
        let mut browser = world.browser();
        let answer = world.sign_in(&mut browser, "ada").await;
        assert!(
            answer.location().starts_with("/?lapel_outcome=contract&"),
            "{defect:?}"
        );
        assert_eq!(
            browser.signed_out().await,
            SignedOutReason::NoSession,
            "{defect:?}"
        );
        assert!(
            world.emulator.tokens().live().is_empty(),
            "tokens that nobody will use are given back: {defect:?}"
        );
    }
}

#[tokio::test]
async fn userinfo_of_another_member_signs_nobody_in() {
    let world = World::new().await;
    world.breaks(Fault::next(UserinfoDefect::SubMismatch));
    let mut browser = world.browser();
    let answer = world.sign_in(&mut browser, "ada").await;
    assert!(answer.location().starts_with("/?lapel_outcome=contract&"));
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
    assert!(world.emulator.tokens().live().is_empty(), "given back");
}

#[tokio::test]
async fn tokens_that_make_no_session_are_given_back() {
    type Change = fn(&str) -> Value;
    let answers: [(&str, Change); 2] = [
        ("no id_token", |_| token_response(None)),
        ("more than cookies hold", |issuer| {
            let mut response = token_response(Some(id_token(&claims(issuer), |_| {})));
            response["access_token"] = json!("A".repeat(9_000));
            response
        }),
    ];
    for (what, answer) in answers {
        let world = World::new().await;
        let issuer = format!("{}/oauth", world.emulator.url());
        let token = answer(&issuer);
        let impostor = Impostor::start(Answers {
            token,
            ..honest(&issuer)
        })
        .await;
        let mut browser = world.browser_with(|linkedin| impostor.replaces(linkedin));
        let answer = world.sign_in(&mut browser, "ada").await;
        assert!(answer.location().starts_with(CONTRACT), "{what}");
        assert!(!browser.carries_a_session(), "{what}");
        world
            .comes_to("the tokens are given back", |world| {
                world.emulator.ledger().count(Endpoint::Revocation) == 1
            })
            .await;
    }
}

#[tokio::test]
async fn keys_are_asked_for_once_and_a_storm_of_unknown_ones_asks_once_a_minute() {
    let world = World::new().await;
    world.signed_in("ada").await;
    world.signed_in("ada").await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Keys), 1);
    world.wait(60);
    world.breaks(Fault::until_removed(IdTokenDefect::UnknownKey));
    for _ in 0..5 {
        world.sign_in(&mut world.browser(), "ada").await;
    }
    assert_eq!(world.emulator.ledger().count(Endpoint::Keys), 2);
}

/// Where a sign-in ends at somebody who answers like this in LinkedIn's place, and who is signed in then.
async fn ends_at(answers: impl FnOnce(&str) -> Answers) -> (String, Option<String>) {
    let world = World::new().await;
    let issuer = format!("{}/oauth", world.emulator.url());
    let impostor = Impostor::start(answers(&issuer)).await;
    let mut browser = world.browser_with(|linkedin| impostor.replaces(linkedin));
    let answer = world.sign_in(&mut browser, "ada").await;
    let end = answer.location().split('&').next().unwrap_or_default();
    let end = end.to_owned();
    match browser.session().await {
        SessionView::SignedIn(signed_in) => (end, Some(signed_in.member.id)),
        SessionView::SignedOut(_) => (end, None),
    }
}

/// Claims as LinkedIn makes them, for this application, now.
const CONTRACT: &str = "/?lapel_outcome=contract";

#[tokio::test]
async fn whose_key_is_in_the_configured_key_set_is_believed() {
    assert_eq!(ends_at(honest).await, ("/".into(), Some("m".into())));
}

#[tokio::test]
async fn a_key_that_a_token_brings_along_is_not_looked_at() {
    let (end, member) = ends_at(|issuer| {
        let brings_its_key = id_token(&claims(issuer), |header| {
            header.kid = Some("not-in-the-set".into());
            header.jku = Some("http://127.0.0.1:1/keys".into());
            header.x5u = Some("http://127.0.0.1:1/certificate".into());
            let set: JwkSet = serde_json::from_value(key_set()).expect("a key set");
            header.jwk = set.keys.into_iter().next();
        });
        Answers {
            token: token_response(Some(brings_its_key)),
            ..honest(issuer)
        }
    })
    .await;
    assert_eq!((end.as_str(), member), (CONTRACT, None));
}

#[tokio::test]
async fn a_token_of_another_type_is_no_id_token() {
    for typ in ["at+jwt", "logout+jwt", "dpop+jwt", "jwt-introspection"] {
        let (end, member) = ends_at(|issuer| Answers {
            token: token_response(Some(id_token(&claims(issuer), |header| {
                header.typ = Some(typ.into());
            }))),
            ..honest(issuer)
        })
        .await;
        assert_eq!((end.as_str(), member), (CONTRACT, None), "{typ}");
    }
}

#[tokio::test]
async fn an_answer_without_an_id_token_signs_nobody_in_although_userinfo_would_tell() {
    let (end, member) = ends_at(|issuer| Answers {
        token: token_response(None),
        ..honest(issuer)
    })
    .await;
    assert_eq!((end.as_str(), member), (CONTRACT, None));
}

#[tokio::test]
async fn claims_that_do_not_fit_sign_nobody_in() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 6] = [
        ("another audience", |claims| claims["aud"] = json!("them")),
        ("an audience of two", |claims| {
            claims["aud"] = json!([claims["aud"], "them"]);
        }),
        ("an issuer with a slash", |claims| {
            claims["iss"] = json!(format!("{}/", claims["iss"].as_str().unwrap_or_default()));
        }),
        ("an end in the past", |claims| claims["exp"] = json!(1)),
        ("another access token", |claims| {
            claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
        }),
        ("a subject that is no text", |claims| {
            claims["sub"] = json!({"id": "m"});
        }),
    ];
    for (what, change) in changes {
        let (end, member) = ends_at(|issuer| {
            let mut claims = claims(issuer);
            change(&mut claims);
            Answers {
                token: token_response(Some(id_token(&claims, |_| {}))),
                ..honest(issuer)
            }
        })
        .await;
        assert_eq!((end.as_str(), member), (CONTRACT, None), "{what}");
    }
}

#[tokio::test]
async fn a_key_set_that_is_absurd_signs_nobody_in_and_breaks_nothing() {
    let good = key_set();
    let twice = json!({"keys": [good["keys"][0], good["keys"][0]]});
    let huge = json!({"keys": [], "padding": "x".repeat(5 * 1024 * 1024)});
    for (what, keys) in [
        ("the same key id twice", twice),
        ("five megabytes", huge),
        ("no key set", json!([])),
        (
            "keys of no known kind",
            json!({"keys": [{"kid": KEY_ID, "kty": "oct", "k": "c2VjcmV0"}]}),
        ),
    ] {
        let (end, member) = ends_at(|issuer| Answers {
            keys,
            ..honest(issuer)
        })
        .await;
        assert_eq!((end.as_str(), member), (CONTRACT, None), "{what}");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_redirects_is_not_followed() {
    let world = World::new().await;
    let impostor = Impostor::start(honest("")).await;
    let mut browser = world.browser_with(|linkedin| {
        linkedin.endpoints.token = impostor.at("/elsewhere");
    });
    let answer = world.sign_in(&mut browser, "ada").await;
    assert!(answer.location().starts_with(CONTRACT));
    assert_eq!(browser.signed_out().await, SignedOutReason::NoSession);
}

#[tokio::test]
async fn a_key_that_is_replaced_under_its_name_is_asked_for_once_more() {
    let world = World::new().await;
    world.signed_in("ada").await;
    world.wait(60);
    world.breaks(Fault::next(KeysDefect::RotatedUnderOneName));
    world.signed_in("ada").await;
    assert_eq!(world.emulator.ledger().count(Endpoint::Keys), 2);
}

#[tokio::test]
async fn one_mail_address_makes_nobody_another_member() {
    let mut plan = Plan::default();
    let ada = plan.emulator.members.first().expect("ada").clone();
    let mut twin = ada.clone();
    twin.slug = "twin".into();
    plan.emulator.members = vec![ada, twin];
    let world = World::planned(plan, |_| {}).await;
    let mut browser = world.signed_in("ada").await;
    let before = browser.member().await.member;
    let callback = world
        .allowed(&mut browser, "/bff/login?renew=1", "twin")
        .await;
    let answer = browser.is_sent_to(&callback).await;
    assert_eq!(answer.location(), "/?lapel_outcome=account_changed");
    let after = browser.member().await.member;
    assert_eq!(after.email, before.email);
    assert_ne!(after.id, before.id);
}

#[tokio::test]
async fn an_endpoint_that_refuses_the_question_keeps_nobody_out_and_one_that_refuses_the_token_does()
 {
    for (status, signs_in) in [
        ("400 Bad Request", true),
        ("404 Not Found", true),
        ("426 Upgrade Required", true),
        ("401 Unauthorized", false),
    ] {
        let world = World::new().await;
        let userinfo = Counterpart::saying(refusal(status, r#"{"message":"no"}"#)).await;
        let mut browser = world.browser_with(|linkedin| {
            linkedin.endpoints.userinfo = userinfo.address();
        });
        let answer = world.sign_in(&mut browser, "ada").await;
        if signs_in {
            assert_eq!(answer.location(), "/", "{status}");
            assert_eq!(browser.member().await.member.name, "Ada Example");
        } else {
            assert!(answer.location().starts_with(CONTRACT), "{status}");
            world.has_ended_tokens_of("ada").await;
        }
    }
}

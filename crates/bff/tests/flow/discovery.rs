//! What a provider says of itself, and when the BFF does not start with it.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, header};
use axum::routing::any;
use lapel_bff::linkedin::discover;
use lapel_emulator::{BodyDefect, Endpoint, Fault, Outage, Transport};
use tokio::net::TcpListener;

use crate::world::World;
use crate::world::provider::{clock, issuer, openid, textbook};

#[tokio::test]
async fn linkedins_own_document_does_not_make_it_a_standard_provider() {
    let world = World::new().await;
    let refused = discover(openid(&issuer(&world), &world.emulator), &clock(&world)).await;
    let refused = refused.expect_err("refused").to_string();
    assert!(refused.contains("does not announce S256"), "{refused}");
}

#[tokio::test]
async fn a_document_that_calls_itself_otherwise_is_refused() {
    let world = textbook().await;
    let with_slash = format!("{}/", issuer(&world));
    let refused = discover(openid(&with_slash, &world.emulator), &clock(&world)).await;
    let refused = refused.expect_err("refused").to_string();
    assert!(refused.contains("it calls itself"), "{refused}");
    assert!(refused.contains(&with_slash), "{refused}");
}

#[tokio::test]
async fn a_provider_that_gives_no_document_is_not_used() {
    for fault in [
        Fault::next(Outage::Http500),
        Fault::next(Outage::HtmlInsteadOfJson),
        Fault::next(BodyDefect::Truncated),
        Fault::next(BodyDefect::MissingFields),
        Fault::next(BodyDefect::WrongTypes),
        Fault::next(BodyDefect::Endless),
        Fault::next_calls(Transport::ConnectionClosed, 8),
    ] {
        let world = textbook().await;
        world.breaks(fault.clone().at(Endpoint::Discovery));
        let mut openid = openid(&issuer(&world), &world.emulator);
        openid.deadlines.answer = Duration::from_millis(500);
        let refused = discover(openid, &clock(&world)).await;
        let refused = refused.expect_err("refused").to_string();
        assert!(!refused.contains("LinkedIn"), "{fault:?}: {refused}");
    }
    let world = textbook().await;
    let nowhere = discover(
        openid(world.emulator.url(), &world.emulator),
        &clock(&world),
    )
    .await;
    let refused = nowhere.expect_err("refused").to_string();
    assert!(refused.contains("404"), "{refused}");
}

/// Somebody who answers every request like this.
async fn answering(answer: impl Fn() -> Response<Body> + Clone + Send + Sync + 'static) -> String {
    let app = Router::new().fallback(any(move || {
        let answer = answer();
        async move { answer }
    }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test]
async fn a_document_is_neither_followed_elsewhere_nor_read_without_end() {
    let world = textbook().await;
    let elsewhere = issuer(&world);
    let redirect = answering(move || {
        let to = format!("{elsewhere}/.well-known/openid-configuration");
        let answer = Response::builder().status(302).header(header::LOCATION, to);
        answer.body(Body::empty()).expect("an answer")
    });
    let huge = answering(|| {
        let answer = Response::builder().header(header::CONTENT_TYPE, "application/json");
        let body = format!("{{\"issuer\":\"{}\"}}", "x".repeat(300_000));
        answer.body(Body::from(body)).expect("an answer")
    });
    for (address, why) in [(redirect.await, "redirect"), (huge.await, "too large")] {
        let refused = discover(openid(&address, &world.emulator), &clock(&world)).await;
        let refused = refused.expect_err("refused").to_string();
        assert!(refused.contains(why), "{refused}");
        assert!(refused.contains(&address), "{refused}");
    }
    assert_eq!(world.emulator.ledger().count(Endpoint::Discovery), 0);
}

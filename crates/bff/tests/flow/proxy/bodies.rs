//! Bodies: how large they may be, and that they are not kept.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use http_body_util::{BodyExt as _, StreamBody};
use lapel_emulator::{BodyDefect, Endpoint, Fault, Transport};
use lapel_wire::{Kind, Retry};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::{Count, POSTS, USERINFO, post, post_by, who};
use crate::world::counterpart::{Counterpart, Reply, json};
use crate::world::log::Log;
use crate::world::{Browser, World};

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_announced_or_not() {
    let world = World::with(|linkedin| linkedin.api.calls[1].request_limit = 1000).await;
    let mut browser = world.sharing("ada").await;
    let count = Count::from_now(&world);
    let large = "x".repeat(1001);
    let announced = [("content-length", "1001")];
    let answer = browser
        .calls_linkedin(Method::POST, POSTS, &announced, large.clone())
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let pieces = large.as_bytes().chunks(100).map(Bytes::copy_from_slice);
    let pieces: Vec<_> = pieces
        .map(|piece| Ok::<_, std::io::Error>(http_body::Frame::data(piece)))
        .collect();
    let streamed = Body::new(StreamBody::new(futures_util::stream::iter(pieces)));
    let answer = browser
        .calls_linkedin(Method::POST, POSTS, &[], streamed)
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::Rejected, Retry::Never)
    );
    assert_eq!(count.since(), 0);
    let id = browser.member().await.member.id;
    let fits = post_by(&id, "fits");
    assert!(fits.len() < 1000);
    let answer = browser.calls_linkedin(Method::POST, POSTS, &[], fits).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_sent_in_half() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    let count = Count::from_now(&world);
    let frames = [
        Ok(http_body::Frame::data(Bytes::from("{}"))),
        Err(std::io::Error::other("gone")),
    ];
    let broken = Body::new(StreamBody::new(futures_util::stream::iter(frames)));
    let answer = browser
        .calls_linkedin(Method::POST, POSTS, &[], broken)
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let world = World::with(|linkedin| {
        linkedin.api.calls[1].timeout = Duration::from_millis(50);
    })
    .await;
    let mut browser = world.sharing("ada").await;
    let count = Count::from_now(&world);
    let never = futures_util::stream::pending::<Result<http_body::Frame<Bytes>, std::io::Error>>();
    let answer = browser
        .calls_linkedin(Method::POST, POSTS, &[], Body::new(StreamBody::new(never)))
        .await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn a_question_has_no_body() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let count = Count::from_now(&world);
    let answer = browser
        .calls_linkedin(Method::GET, USERINFO, &[], "{}")
        .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn a_body_that_any_site_could_send_or_that_is_packed_is_refused() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    let count = Count::from_now(&world);
    for headers in [
        [("content-type", "text/plain")],
        [("content-type", "application/x-www-form-urlencoded")],
        [("content-type", "multipart/form-data; boundary=x")],
        [("content-type", "text/plain+json")],
        [("content-type", "")],
        [("content-encoding", "gzip")],
        [("content-encoding", "identity")],
    ] {
        let answer = browser
            .calls_linkedin(Method::POST, POSTS, &headers, "{}")
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{headers:?}"
        );
    }
    assert_eq!(count.since(), 0);
}

#[tokio::test]
async fn an_endless_answer_is_passed_on_as_it_comes_and_ends_in_an_error_at_its_limit() {
    let log = Log::default();
    let _listening = log.listen();
    let limit = 200_000;
    let world = World::with(|linkedin| linkedin.api.calls[0].answer_limit = limit).await;
    let mut browser = world.signed_in("ada").await;
    world.breaks(Fault::next(BodyDefect::Endless).at(Endpoint::Userinfo));
    let answer = browser
        .begins_to_call_linkedin(Method::GET, USERINFO, &[], "")
        .await;
    // It would never have begun, had it been collected first.
    assert_eq!(answer.status(), StatusCode::OK);
    let mut body = answer.into_body();
    let mut passed = 0;
    let broken = loop {
        match body.frame().await {
            Some(Ok(frame)) => passed += frame.data_ref().map_or(0, Bytes::len),
            Some(Err(error)) => break error,
            None => panic!("half an answer looks like a whole one"),
        }
    };
    assert!(
        passed > 0 && passed <= usize::try_from(limit).expect("small"),
        "{passed}"
    );
    assert!(broken.to_string().contains("too large"), "{broken}");
    let told: Vec<_> = log
        .lines()
        .into_iter()
        .filter(|line| line.contains("LinkedIn gave no usable answer"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("too large") && told[0].contains("x_li_uuid"));
    assert_eq!(
        world.emulator.ledger().count(Endpoint::Userinfo),
        2,
        "at the sign-in, and once"
    );
}

#[tokio::test]
async fn an_answer_that_says_beforehand_that_it_is_too_large_does_not_begin() {
    let world = World::with(|linkedin| linkedin.api.calls[0].answer_limit = 10).await;
    let answer = who(&mut world.signed_in("ada").await).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert_eq!(answer.problem().kind, Kind::Contract);
}

#[tokio::test]
async fn a_browser_sees_that_half_an_answer_is_no_answer() {
    for fault in [
        Fault::next(BodyDefect::Endless),
        Fault::next(Transport::ClosedMidAnswer),
    ] {
        let world = World::with(|linkedin| linkedin.api.calls[0].answer_limit = 100_000).await;
        let browser = world.signed_in("ada").await;
        world.breaks(fault.clone().at(Endpoint::Userinfo));
        let wire = over_a_socket(&world, &browser).await;
        let (head, body) = wire.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{fault:?}: {head}");
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse::<usize>()
                .ok()
        });
        match length {
            Some(length) => assert!(body.len() < length, "{fault:?}"),
            // RFC 9112 §7.1: without the last chunk, of length 0, the body is not complete.
            None => assert!(!body.ends_with("0\r\n\r\n"), "{fault:?}"),
        }
    }
}

/// What a browser hears on the wire until the connection ends.
async fn over_a_socket(world: &World, browser: &Browser) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = world.app();
    let serving = tokio::spawn(async move { axum::serve(listener, app).await });
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let request = format!(
        "GET /bff/linkedin{USERINFO} HTTP/1.1\r\nhost: app.example\r\nx-lapel: 1\r\ncookie: __Host-lapel={}\r\n\r\n",
        browser.cookies["__Host-lapel"]
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut heard = Vec::new();
    // Ends where the BFF closes the connection, which it would keep open after a whole answer.
    let _ = stream.read_to_end(&mut heard).await;
    serving.abort();
    String::from_utf8(heard).expect("text")
}

#[tokio::test]
async fn a_write_whose_answer_breaks_off_may_have_happened() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    world.breaks(Fault::next(Transport::ClosedMidAnswer).at(Endpoint::Posts));
    let answer = post(&mut browser, "Hello").await;
    let problem = answer.problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::OutcomeUnknown, Retry::ByHand)
    );
    assert_eq!(world.emulator.posts().of("ada").len(), 1);
}

#[tokio::test]
async fn a_browser_that_leaves_takes_the_call_along() {
    let mut linkedin = Counterpart::saying(Reply::Silence).await;
    let world = Arc::new(World::with(|settings| linkedin.replaces(settings)).await);
    let mut browser = world.signed_in("ada").await;
    let left = Arc::new(Notify::new());
    let leaves = Arc::clone(&left);
    let call = tokio::spawn(async move {
        tokio::select! {
            answer = who(&mut browser) => panic!("answered: {}", answer.everything()),
            () = leaves.notified() => {}
        }
    });
    linkedin.is_asked().await;
    left.notify_one();
    call.await.expect("it left");
    linkedin.is_left().await;
    assert_eq!(linkedin.heard().len(), 1);
}

#[tokio::test]
async fn an_answer_that_stops_in_its_middle_ends_with_its_deadline() {
    let slow = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{\"\r\n";
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let speaking = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("somebody asks");
        let mut buffer = [0; 1024];
        let question = stream.read(&mut buffer).await.expect("a question");
        assert_ne!(question, 0);
        stream.write_all(slow.as_bytes()).await.expect("said");
        // Kept open, in silence.
        while !matches!(stream.read(&mut buffer).await, Ok(0) | Err(_)) {}
    });
    let world = World::with(|linkedin| {
        linkedin.api.base = address.parse().expect("an address");
        linkedin.api.calls[0].timeout = Duration::from_secs(1);
    })
    .await;
    let mut browser = world.signed_in("ada").await;
    let answer = browser
        .begins_to_call_linkedin(Method::GET, USERINFO, &[], "")
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.into_body().collect().await.is_err());
    speaking.await.expect("the connection was closed");
}

#[tokio::test]
async fn a_post_without_a_body_says_that_it_has_none() {
    let linkedin = Counterpart::saying(json("200 OK", "{}")).await;
    let world = World::with(|settings| linkedin.replaces(settings)).await;
    let mut browser = world.sharing("ada").await;
    let answer = browser.calls_linkedin(Method::POST, POSTS, &[], "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        linkedin.heard()[0]
            .to_ascii_lowercase()
            .contains("content-length: 0\r\n")
    );
}

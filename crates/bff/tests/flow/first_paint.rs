//! The app's document, and what it says of the session.

use axum::http::{Method, StatusCode};
use lapel_bff::session::seal::KeyRing;
use lapel_emulator::Endpoint;
use lapel_wire::{SessionView, SignedOutReason};

use crate::world::{Answer, Browser, World};

const OPENING: &str = "<script type=\"application/json\" id=\"lapel-session\"";
const DUE: &str = " data-check-is-due";

/// What the document says of the session, and whether LinkedIn is still to be asked.
pub(crate) fn told(answer: &Answer) -> Option<(SessionView, bool)> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let (_, rest) = answer.body.split_once(OPENING)?;
    let (attributes, rest) = rest.split_once('>').expect("an element");
    let (json, _) = rest.split_once("</script>").expect("its end");
    let view = serde_json::from_str(json).expect("a session view");
    Some((view, attributes == DUE))
}

fn reason(answer: &Answer) -> Option<SignedOutReason> {
    match told(answer)?.0 {
        SessionView::SignedOut(signed_out) => Some(signed_out.reason),
        SessionView::SignedIn(signed_in) => panic!("signed in: {signed_in:?}"),
    }
}

async fn visit_from(browser: &mut Browser, site: &str) -> Answer {
    browser.visit_with("/", &[("sec-fetch-site", site)]).await
}

#[tokio::test]
async fn the_document_says_the_same_as_the_session_route_and_nobody_keeps_it() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let asked_for = world.emulator.ledger().entries().len();
    for path in ["/", "/account", "/index.html", "/account?tab=1"] {
        let answer = browser.visit(path).await;
        let (view, due) = told(&answer).expect("told");
        assert!(!due);
        assert_eq!(view, browser.session().await, "{path}");
        for name in ["cache-control", "cdn-cache-control"] {
            assert_eq!(answer.header(name), "no-store", "{path}");
        }
        assert_eq!(answer.header("vary"), "cookie", "{path}");
        for secret in ["AQX", "AQT", "eyJ", "access", "token"] {
            assert!(!answer.body.contains(secret), "{secret}");
        }
    }
    assert_eq!(
        world.emulator.ledger().entries().len(),
        asked_for,
        "LinkedIn was not asked"
    );
}

#[tokio::test]
async fn the_badge_is_in_the_document_for_members_and_the_way_in_for_visitors() {
    let world = World::new().await;
    let visitor = world.browser().visit("/").await.body;
    let invitation = |hidden: &str| format!("<lapel-visitor{hidden}><a href=\"/bff/login");
    assert!(visitor.contains(&invitation("")), "{visitor}");
    assert!(visitor.contains("<lapel-member hidden>"), "{visitor}");
    assert!(!visitor.contains("{{"), "{visitor}");

    let mut browser = world.signed_in("ada").await;
    let member = browser.visit("/").await.body;
    assert!(member.contains(&invitation(" hidden")), "{member}");
    assert!(member.contains("<lapel-member><i data-tone="), "{member}");
    assert!(member.contains(">AE<img "), "{member}");
    assert!(member.contains("<bdi>Ada&#32;Example</bdi>"), "{member}");
}

#[tokio::test]
async fn whatever_a_member_is_called_is_text_in_the_document() {
    let world = World::new().await;
    let ordinary = world.signed_in("ada").await.visit("/").await.body;
    let elements = |document: &str| document.matches('<').count();
    for name in [
        "</script><script>alert(1)</script>",
        "</ScRiPt ><img src=x onerror=alert(1)>",
        "<!-- <script>",
        "--> ]]> {{name}} {{portrait}}",
        "\" autofocus onfocus=alert(1) x=\"",
        "' ` = & &lt;b&gt;",
        "line\u{2028}and\u{2029}paragraph",
        "</lapel-member><lapel-visitor>",
    ] {
        let mut member = world.emulator.members().get("ada").expect("a member");
        member.given_name = name.to_owned();
        member.family_name = None;
        world.emulator.members().put(member);
        let mut browser = world.signed_in("ada").await;
        let document = browser.visit("/").await;
        let (view, _) = told(&document).expect("told");
        assert_eq!(view, browser.session().await, "{name}");
        let as_it_is = document.body.contains(name);
        assert!(!(as_it_is && name.is_ascii()), "{name}");
        assert_eq!(elements(&document.body), elements(&ordinary), "{name}");
        let (_, json) = document.body.split_once(OPENING).expect("the session");
        assert!(!json.contains(['\u{2028}', '\u{2029}']), "{name}");
    }
}

#[tokio::test]
async fn the_way_back_from_linkedin_says_nothing_rather_than_nobody() {
    let world = World::new().await;
    let mut browser = world.browser();
    let callback = world
        .allowed(&mut browser, "/bff/login?return_to=/account", "ada")
        .await;
    let back = browser.is_sent_to(&callback).await;
    assert_eq!(back.location(), "/account");
    let answer = browser.is_sent_to("/account").await;
    assert_eq!(told(&answer), None, "the browser did not show its cookie");
    assert!(!answer.everything().contains("no_session"));
    let (view, _) = told(&browser.visit("/account").await).expect("told");
    assert_eq!(view, browser.session().await);
}

#[tokio::test]
async fn nobody_is_said_only_where_the_browser_would_have_shown_its_cookie() {
    let world = World::new().await;
    for site in ["same-origin", "same-site", "none"] {
        let answer = visit_from(&mut world.browser(), site).await;
        assert_eq!(reason(&answer), Some(SignedOutReason::NoSession), "{site}");
    }
    for site in ["cross-site", "", "anything"] {
        let answer = visit_from(&mut world.browser(), site).await;
        assert_eq!(told(&answer), None, "{site}");
    }
    let mut browser = world.signed_in("ada").await;
    let answer = visit_from(&mut browser, "").await;
    assert!(
        told(&answer).is_some(),
        "a cookie that is there speaks for itself"
    );
}

#[tokio::test]
async fn a_session_that_is_over_is_said_to_be_and_a_dead_cookie_goes() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let mut stranger = world.another_bff(KeyRing::random());
    stranger.cookies.clone_from(&browser.cookies);
    let answer = stranger.visit("/").await;
    assert_eq!(reason(&answer), Some(SignedOutReason::Unreadable));
    assert!(stranger.cookies.is_empty());

    let mut stolen = browser.clone();
    browser.sign_out().await;
    let answer = stolen.visit("/").await;
    assert_eq!(reason(&answer), Some(SignedOutReason::NoSession));
    assert_eq!(answer.header("set-cookie"), "");

    let mut late = world.signed_in("ada").await;
    world.wait(60 * 24 * 3600);
    let answer = late.visit("/").await;
    assert_eq!(reason(&answer), Some(SignedOutReason::Expired));
}

#[tokio::test]
async fn going_to_a_page_is_a_use_and_looking_ahead_is_none() {
    let world = World::new().await;
    let day = 24 * 3600;
    let mut browser = world.signed_in("ada").await;
    world.wait(2 * day);
    let preview = [
        &[("sec-purpose", "prefetch;prerender")][..],
        &[("sec-purpose", "prefetch")],
        &[("purpose", "prefetch")],
    ];
    for headers in preview {
        let answer = browser.visit_with("/", headers).await;
        assert_eq!(told(&answer), None, "{headers:?}");
        assert_eq!(answer.header("set-cookie"), "", "{headers:?}");
    }
    let navigation = [
        ("sec-fetch-dest", "document"),
        ("sec-fetch-mode", "navigate"),
    ];
    let head = browser.call_with(Method::HEAD, "/", &navigation).await;
    assert_eq!(told(&head), None);
    assert_eq!(head.header("set-cookie"), "");

    let before = browser.cookies.clone();
    let answer = browser.visit("/").await;
    assert!(told(&answer).is_some());
    assert_ne!(browser.cookies, before, "the use is noted");
    let again = browser.visit("/").await;
    assert_eq!(again.header("set-cookie"), "", "and noted once");
}

#[tokio::test]
async fn where_linkedin_is_to_be_asked_the_document_does_not_wait_and_says_so() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    world.wait(2 * 3600);
    let introspections = || world.emulator.ledger().count(Endpoint::Introspection);
    let (view, due) = told(&browser.visit("/").await).expect("told");
    assert!(due && matches!(view, SessionView::SignedIn(_)));
    assert_eq!(introspections(), 0);
    browser.session().await;
    assert_eq!(introspections(), 1);
    let (_, due) = told(&browser.visit("/").await).expect("told");
    assert!(!due, "it was asked just now");
}

#[tokio::test]
async fn the_link_that_works_without_webassembly_comes_back_to_where_the_member_is() {
    let world = World::new().await;
    for (address, link) in [
        ("/", "\"/bff/login?return_to=/\""),
        (
            "/account?tab=1",
            "\"/bff/login?return_to=/account%3Ftab%3D1\"",
        ),
        (
            "/account?lapel_outcome=cancelled",
            "\"/bff/login?return_to=/account\"",
        ),
        ("/a//b", "\"/bff/login?return_to=/\""),
    ] {
        let answer = world.browser().visit(address).await;
        assert!(answer.body.contains(link), "{address}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_file_is_told_sent_in_part_and_not_sent_twice_as_any_static_server_does() {
    let world = World::new().await;
    let mut browser = world.browser();
    let path = "/app-0123456789abcdef.js";
    let whole = browser.call(Method::GET, path).await;
    let length = whole.body.len().to_string();
    assert_eq!(whole.header("content-length"), length);
    assert_eq!(whole.header("accept-ranges"), "bytes");

    let told = browser.call(Method::HEAD, path).await;
    assert_eq!((told.status, told.body.as_str()), (StatusCode::OK, ""));
    for name in ["content-length", "etag", "content-type", "cache-control"] {
        assert_eq!(told.header(name), whole.header(name), "{name}");
    }
    let part = [("range", "bytes=0-3")];
    let part = browser.call_with(Method::GET, path, &part).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.header("content-range"), format!("bytes 0-3/{length}"));
    assert_eq!(Some(part.body.as_str()), whole.body.get(..4));

    let known = [("if-none-match", whole.header("etag"))];
    let again = browser.call_with(Method::GET, path, &known).await;
    assert_eq!(
        (again.status, again.body.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    assert_eq!(again.header("etag"), whole.header("etag"));
}

#[tokio::test]
async fn a_file_is_a_file_and_a_missing_one_is_missing() {
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let file = browser.call(Method::GET, "/app-0123456789abcdef.js").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(
        file.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    for path in [
        "/app-fedcba9876543210.js",
        "/account/x.css",
        "/account;.js",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
    ] {
        let answer = browser.visit(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.everything().contains("Ada"), "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
    let embedded = browser
        .visit_with("/", &[("sec-fetch-dest", "iframe")])
        .await;
    assert_eq!(embedded.status, StatusCode::NOT_FOUND);
    let posted = browser.call(Method::POST, "/account").await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_tool_that_takes_anything_gets_the_start_page_and_no_page_in_a_files_place() {
    let world = World::new().await;
    let mut browser = world.browser();
    for accept in ["*/*", ""] {
        for (path, status) in [
            ("/", StatusCode::OK),
            ("/account", StatusCode::NOT_FOUND),
            ("/gone.js", StatusCode::NOT_FOUND),
        ] {
            let tool = [
                ("sec-fetch-dest", ""),
                ("sec-fetch-mode", ""),
                ("sec-fetch-site", ""),
                ("accept", accept),
            ];
            let answer = browser.visit_with(path, &tool).await;
            assert_eq!(answer.status, status, "{path}, {accept:?}");
        }
    }
}

/// After redirects from another site Firefox says that nobody led here, and keeps the session's cookie back all the same.
#[tokio::test]
async fn a_session_that_the_browser_keeps_back_is_not_taken_for_none_whatever_it_says_of_the_site()
{
    let world = World::new().await;
    let mut browser = world.signed_in("ada").await;
    let everything = browser.cookies.clone();
    browser.cookies.remove("__Host-lapel");
    for site in ["none", "same-site", "cross-site"] {
        assert!(
            told(&visit_from(&mut browser, site).await).is_none(),
            "{site}"
        );
    }
    let login = browser.visit("/bff/login?return_to=/account").await;
    assert!(login.asks_for().is_some(), "a sign-in looks twice too");
    browser.cookies = everything;
    browser.sign_out().await;
    let signed_out = visit_from(&mut browser, "none").await;
    assert_eq!(reason(&signed_out), Some(SignedOutReason::NoSession));
}

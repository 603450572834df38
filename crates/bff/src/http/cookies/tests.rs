//! What a browser is given and brings back.

use super::*;
use proptest::prelude::*;

const SECURE: Cookies = Cookies { secure: true };

/// What a browser sends back after these `Set-Cookie` headers.
fn sent_back(headers: &[HeaderValue]) -> Jar {
    let pairs = headers.iter().filter_map(|value| {
        let (pair, attributes) = value.to_str().expect("ASCII").split_once(';')?;
        (!attributes.contains("Max-Age=0")).then_some(pair)
    });
    let mut map = HeaderMap::new();
    let joined = pairs.collect::<Vec<_>>().join("; ");
    map.insert(COOKIE, HeaderValue::from_str(&joined).expect("a header"));
    Jar::parse(&map)
}

fn jar(text: &str) -> Jar {
    let mut map = HeaderMap::new();
    map.insert(COOKIE, HeaderValue::from_str(text).expect("a header"));
    Jar::parse(&map)
}

#[test]
fn the_session_cookie_is_bound_to_host_https_and_site_and_hidden_from_script() {
    let set = SECURE.set_session("abc", 60).expect("fits");
    let text = set[0].to_str().expect("ASCII");
    assert!(text.starts_with("__Host-lapel=1.abc;"), "{text}");
    for attribute in [
        "HttpOnly",
        "Secure",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=604860",
    ] {
        assert!(text.contains(attribute), "{attribute} in {text}");
    }
    assert!(!text.contains("Domain"), "{text}");
}

#[test]
fn on_plain_http_the_prefix_and_the_flag_are_absent() {
    let set = Cookies::new(false).set_session("abc", 60).expect("fits");
    let text = set[0].to_str().expect("ASCII");
    assert!(
        text.starts_with("lapel=1.abc;") && !text.contains("Secure"),
        "{text}"
    );
}

#[test]
fn the_pending_cookie_survives_the_way_back_from_linkedin() {
    let set = SECURE.set_pending(&State::random(), "abc".into());
    assert!(set.to_str().expect("ASCII").contains("SameSite=Lax"));
}

#[test]
fn a_browser_remembers_which_session_it_ended() {
    let mut jar = jar("");
    for id in [
        "aaaaaaaaaaaa",
        "bbbbbbbbbbbb",
        "cccccccccccc",
        "dddddddddddd",
        "eeeeeeeeeeee",
    ] {
        jar = sent_back(&[SECURE.set_ended(&jar, id, 60)]);
        assert!(jar.has_ended(SECURE, id));
    }
    assert!(jar.has_ended(SECURE, "bbbbbbbbbbbb"));
    assert!(!jar.has_ended(SECURE, "aaaaaaaaaaaa"), "four at most");
    assert!(!jar.has_ended(SECURE, "eeeeeeeeeee"));
}

#[test]
fn no_cookie_is_longer_than_browsers_keep() {
    let longest = "x".repeat(LARGEST_SESSION);
    for cookie in SECURE.set_session(&longest, 60).expect("fits") {
        let pair = cookie
            .to_str()
            .expect("ASCII")
            .split(';')
            .next()
            .expect("a pair")
            .len();
        assert!(pair <= 4096, "{pair}");
    }
    assert!(
        SECURE.set_session(&format!("{longest}x"), 60).is_none(),
        "and never cut"
    );
}

#[test]
fn a_session_that_shrinks_removes_the_cookies_of_the_longer_one() {
    let set = SECURE.set_session("abc", 60).expect("fits");
    let removed = |name: &str| {
        set.iter().any(|value| {
            let text = value.to_str().expect("ASCII");
            text.starts_with(&format!("{name}=;")) && text.contains("Max-Age=0")
        })
    };
    assert!(removed("__Host-lapel-1"));
}

#[test]
fn a_neighbours_cookie_in_another_encoding_hides_none_of_ours() {
    for neighbour in [&b"theme=\xe9t\xe9"[..], "theme=\u{e9}t\u{e9}".as_bytes()] {
        let header = [neighbour, b"; __Host-lapel=1.a; x=\xff"].concat();
        let mut map = HeaderMap::new();
        map.insert(COOKIE, HeaderValue::from_bytes(&header).expect("a header"));
        let carried = Jar::parse(&map).session(SECURE);
        assert_eq!(carried, Carried::Envelope("a".to_owned()));
    }
}

#[test]
fn doubled_missing_and_absurd_chunks_are_no_session() {
    for text in [
        "__Host-lapel=1.a; __Host-lapel=1.b",
        "__Host-lapel=2.a",
        "__Host-lapel=2.a; __Host-lapel-1=b; __Host-lapel-1=c",
        "__Host-lapel=99999999.a",
        "__Host-lapel=0.a",
        "__Host-lapel=01.a",
        "__Host-lapel=abc",
        "__Host-lapel=",
    ] {
        assert_eq!(jar(text).session(SECURE), Carried::Broken, "{text}");
    }
    assert_eq!(jar("other=1; lapel=1.a").session(SECURE), Carried::Nothing);
}

proptest! {
    #[test]
    fn any_session_that_fits_comes_back_whole(length in 0..LARGEST_SESSION) {
        let envelope: String = ('a'..='z').cycle().take(length).collect();
        let jar = sent_back(&SECURE.set_session(&envelope, 60).expect("fits"));
        prop_assert_eq!(jar.session(SECURE), Carried::Envelope(envelope));
    }

    #[test]
    fn no_cookie_header_panics(text in "[ -~]{0,300}") {
        let _ = jar(&text).session(SECURE);
        let _ = jar(&format!("__Host-lapel={text}")).session(SECURE);
    }
}

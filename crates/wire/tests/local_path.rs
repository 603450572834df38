//! Which addresses a redirect may go to. Rows follow the threat list: every spelling of "another site" that a browser,
//! a proxy or a second decoding might understand.

use lapel_wire::{LocalPath, LocalPathError, paths};
use proptest::prelude::*;

#[test]
fn addresses_of_the_application_are_accepted_as_they_are() {
    for address in [
        "/",
        "/account",
        "/a/b/",
        "/share?draft=1&x=%20y",
        "/search?q=//evil.example&u=https://evil.example",
        "/%C3%A9t%C3%A9",
        "/bffalo",
        "/a..b/.well-known/x",
        "/a:b@c;d=e,f",
    ] {
        assert_eq!(
            LocalPath::parse(address).map(String::from),
            Ok(address.to_owned())
        );
    }
}

#[test]
fn everything_that_could_lead_elsewhere_is_refused() {
    use LocalPathError::{ForbiddenByte, NotAbsolute, NotCanonical, Reserved, TooLong};
    let long = format!("/{}", "a".repeat(1024));
    let longer_than_it_looks = format!("/?{}", "'".repeat(341));
    let table: &[(&str, LocalPathError)] = &[
        ("", NotAbsolute),
        ("account", NotAbsolute),
        ("https://evil.example", NotAbsolute),
        ("https:evil.example", NotAbsolute),
        ("javascript:alert(1)", NotAbsolute),
        ("data:text/html,x", NotAbsolute),
        ("\\\\evil.example", NotAbsolute),
        (" /account", NotAbsolute),
        ("//evil.example", NotCanonical),
        ("///evil.example", NotCanonical),
        ("/..//evil.example", NotCanonical),
        ("/a//b", NotCanonical),
        ("/.", NotCanonical),
        ("/..", NotCanonical),
        ("/a/../b", NotCanonical),
        ("/./x", NotCanonical),
        ("/%2e%2e/x", NotCanonical),
        ("/.%2E/x", NotCanonical),
        ("/%2f%2fevil.example", NotCanonical),
        ("/%5cevil.example", NotCanonical),
        ("/.%2f/evil.example", NotCanonical),
        ("/a%00b", NotCanonical),
        ("/a%0d%0aSet-Cookie:x", NotCanonical),
        ("/\\evil.example", ForbiddenByte),
        ("/\t/evil.example", ForbiddenByte),
        ("/\n/evil.example", ForbiddenByte),
        ("/a\r\nSet-Cookie: x", ForbiddenByte),
        ("/a b", ForbiddenByte),
        ("/a\u{a0}b", ForbiddenByte),
        ("/a\u{2028}b", ForbiddenByte),
        ("/été", ForbiddenByte),
        ("/a#fragment", ForbiddenByte),
        ("/a<b>", ForbiddenByte),
        ("/a\"b", ForbiddenByte),
        ("/a%", ForbiddenByte),
        ("/a%2", ForbiddenByte),
        ("/a%zz", ForbiddenByte),
        ("/a%+1", ForbiddenByte),
        ("/bff", Reserved),
        ("/bff/login?return_to=/bff/login", Reserved),
        ("/bff/callback", Reserved),
        ("/bff?x", Reserved),
        ("/%62ff/login", Reserved),
        ("/b%66%66", Reserved),
        (&long, TooLong),
        (&longer_than_it_looks, TooLong),
    ];
    for (address, error) in table {
        assert_eq!(LocalPath::parse(address), Err(*error), "{address:?}");
    }
}

#[test]
fn a_refused_address_does_not_come_in_through_json() {
    assert!(serde_json::from_str::<LocalPath>("\"//evil.example\"").is_err());
    assert!(serde_json::from_str::<LocalPath>("\"/account\"").is_ok());
}

proptest! {
    /// The judge is the URL standard, as an independent library implements it: whatever is accepted resolves to itself
    /// on the same origin, also when a page resolves the result once more.
    #[test]
    fn whatever_is_accepted_stays_on_the_origin(address in "/[ -~]{0,40}|[/\\\\.%25ef:@?# \t\nabc]{0,24}") {
        if let Ok(path) = LocalPath::parse(&address) {
            let base = url::Url::parse("https://app.example/deep/page?x").expect("a base");
            let once = base.join(path.as_str()).expect("resolves");
            prop_assert_eq!(once.origin(), base.origin());
            let again = once.join(once.path()).expect("resolves");
            prop_assert_eq!(again.origin(), base.origin());
            let whole = match once.query() {
                Some(query) => format!("{}?{query}", once.path()),
                None => once.path().to_owned(),
            };
            // The URL standard escapes `'` in queries by itself; nothing else may change.
            prop_assert_eq!(whole.replace("%27", "'"), path.as_str().replace("%27", "'"));
        }
    }

    #[test]
    fn the_sign_in_address_carries_the_return_address_unchanged(address in "/[a-z0-9]{0,8}(\\?[ -~]{0,20})?") {
        if let Ok(path) = LocalPath::parse(&address) {
            let url = url::Url::parse(&format!("https://app.example{}", paths::login(&path))).expect("a URL");
            let carried = url.query_pairs().find(|(name, _)| name == paths::RETURN_TO).map(|(_, value)| value.into_owned());
            prop_assert_eq!(carried.as_deref(), Some(path.as_str()));
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,60}") {
        let _ = LocalPath::parse(&text);
    }
}

//! Another OpenID provider in LinkedIn's place, and where portraits come from.

use super::*;

const OTHER: [(&str, &str); 3] = [
    ("LAPEL_OIDC_ISSUER", "https://id.example/tenant"),
    ("LAPEL_OIDC_CLIENT_ID", "us"),
    ("LAPEL_OIDC_CLIENT_SECRET", "secret-canary"),
];

fn other(more: &[(&str, &str)]) -> OpenId {
    let variables = [&OTHER, more].concat();
    let Upstream::OpenId(openid) = read(&variables).expect("accepted").upstream else {
        panic!("not another provider")
    };
    *openid
}

#[test]
fn an_issuer_and_credentials_lead_to_another_provider() {
    let openid = other(&[]);
    assert_eq!(openid.issuer, "https://id.example/tenant");
    assert_eq!(openid.client_id, "us");
    assert_eq!(openid.scopes, ["openid", "profile", "email"]);
    assert_eq!(
        openid.pictures,
        ["https://id.example"],
        "its own and nobody else's"
    );
    let openid = other(&[
        ("LAPEL_OIDC_SCOPES", "openid offline_access"),
        (
            "LAPEL_PICTURE_SOURCES",
            "https://a.example https://*.b.example",
        ),
    ]);
    assert_eq!(openid.scopes, ["openid", "offline_access"]);
    assert_eq!(
        openid.pictures,
        ["https://a.example", "https://*.b.example"]
    );
    assert!(
        other(&[("LAPEL_PICTURE_SOURCES", "none")])
            .pictures
            .is_empty()
    );
}

#[test]
fn members_sign_in_with_one_provider_and_never_with_two() {
    let faults = faults(&[&OTHER[..], &REAL, &[(TOKEN, "https://x.example")]].concat());
    for name in [
        "LAPEL_LINKEDIN_CLIENT_ID",
        "LAPEL_LINKEDIN_CLIENT_SECRET",
        TOKEN,
    ] {
        let named = |fault: &&String| fault.starts_with(name) && fault.contains("one of the two");
        assert_eq!(faults.iter().filter(named).count(), 1, "{faults:?}");
    }
}

#[test]
fn half_a_provider_is_told_whole() {
    let faults = faults(&[("LAPEL_OIDC_SCOPES", "profile")]);
    assert_eq!(
        faults,
        [
            "LAPEL_OIDC_ISSUER is not set",
            "LAPEL_OIDC_CLIENT_ID is not set",
            "LAPEL_OIDC_CLIENT_SECRET is not set",
            "LAPEL_OIDC_SCOPES: must contain `openid`: without it nobody says who the member is",
        ]
    );
}

#[test]
fn an_issuer_is_an_https_address_and_nothing_more() {
    for issuer in [
        "http://id.example",
        "id.example",
        "ftp://id.example",
        "https://id.example?tenant=1",
        "https://id.example#x",
        "https://user:secret-canary@id.example",
    ] {
        let variables = [&[("LAPEL_OIDC_ISSUER", issuer)], &OTHER[1..]].concat();
        let faults = faults(&variables);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("LAPEL_OIDC_ISSUER: "), "{faults:?}");
        assert!(!faults[0].contains("canary"), "{faults:?}");
    }
    for issuer in [
        "http://localhost:8081/realms/x",
        "http://127.0.0.1:3001/oauth",
    ] {
        read(&[&[("LAPEL_OIDC_ISSUER", issuer)], &OTHER[1..]].concat()).expect("accepted");
    }
}

#[test]
fn portraits_come_from_where_the_operator_says() {
    let pictures = |variables: &[(&str, &str)]| match read(variables).expect("accepted").upstream {
        Upstream::LinkedIn(linkedin) => Some(linkedin.pictures),
        Upstream::Emulator { pictures, .. } => pictures,
        Upstream::OpenId(openid) => Some(openid.pictures),
    };
    let mine = ("LAPEL_PICTURE_SOURCES", "https://media.example");
    assert_eq!(
        pictures(&REAL),
        Some(vec!["https://*.licdn.com".to_owned()])
    );
    assert_eq!(pictures(&[]), None, "the emulator's own");
    for variables in [&[][..], &REAL[..], &OTHER[..]] {
        let mine = pictures(&[variables, &[mine]].concat());
        assert_eq!(mine, Some(vec!["https://media.example".to_owned()]));
    }
    let faults = faults(&[(
        "LAPEL_PICTURE_SOURCES",
        "* https://a.example http://b.example",
    )]);
    assert_eq!(faults.len(), 2, "{faults:?}");
}

#[test]
fn members_of_the_javascript_sdk_are_taken_over_only_when_told_so() {
    let js_sdk = |variables: &[(&str, &str)]| match read(variables).expect("accepted").upstream {
        Upstream::LinkedIn(linkedin) => linkedin.js_sdk,
        Upstream::Emulator { js_sdk, .. } => js_sdk,
        Upstream::OpenId(_) => panic!("another provider"),
    };
    for variables in [&[][..], &REAL[..]] {
        for (said, is_on) in [("", false), ("off", false), ("on", true)] {
            let variables = [variables, &[("LAPEL_JS_SDK", said)]].concat();
            assert_eq!(js_sdk(&variables), is_on, "{said}");
        }
    }
    assert!(faults(&[("LAPEL_JS_SDK", "yes")])[0].contains("must be `on` or `off`"));
    let faults = faults(&[&OTHER[..], &[("LAPEL_JS_SDK", "on")]].concat());
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("is LinkedIn's"), "{faults:?}");
}

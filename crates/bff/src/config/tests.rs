mod providers;

use super::*;
use crate::session::seal::KeyRing;

fn read(variables: &[(&str, &str)]) -> Result<Settings, Faults> {
    Settings::read(
        variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
}

fn faults(variables: &[(&str, &str)]) -> Vec<String> {
    read(variables).expect_err("refused").0
}

const REAL: [(&str, &str); 2] = [
    ("LAPEL_LINKEDIN_CLIENT_ID", "id"),
    ("LAPEL_LINKEDIN_CLIENT_SECRET", "WPL_AP1.x.y=="),
];

#[test]
fn nothing_set_is_development_with_the_emulator_behind_trunk() {
    let settings = read(&[]).expect("accepted");
    assert!(settings.http.development());
    assert_eq!(settings.http.origin(), "http://localhost:8080");
    assert_eq!(
        settings.http.redirect_uri(),
        "http://localhost:8080/bff/callback"
    );
    assert!(settings.session.keys_are_ephemeral);
    assert!(matches!(settings.upstream, Upstream::Emulator { .. }));
}

#[test]
fn a_process_that_serves_the_app_is_reached_at_its_own_port() {
    let settings = read(&[
        ("LAPEL_APP_DIR", "dist"),
        ("LAPEL_LISTEN", "127.0.0.1:4000"),
    ])
    .expect("accepted");
    assert_eq!(settings.http.origin(), "http://localhost:4000");
}

#[test]
fn credentials_alone_lead_to_linkedin_itself() {
    let settings = read(&REAL).expect("accepted");
    let Upstream::LinkedIn(linkedin) = settings.upstream else {
        panic!("not LinkedIn")
    };
    assert_eq!(
        linkedin.endpoints.authorization.as_str(),
        "https://www.linkedin.com/oauth/v2/authorization"
    );
    assert_eq!(
        linkedin.endpoints.token.as_str(),
        "https://www.linkedin.com/oauth/v2/accessToken"
    );
    assert_eq!(
        linkedin.endpoints.userinfo.as_str(),
        "https://api.linkedin.com/v2/userinfo"
    );
    assert_eq!(linkedin.issuers, ["https://www.linkedin.com/oauth"]);
    assert_eq!(linkedin.scopes, ["openid", "profile", "email"]);
}

#[test]
fn every_endpoint_is_configurable() {
    let names = [AUTHORIZATION, TOKEN, JWKS, USERINFO, REVOCATION];
    let mut variables = REAL.to_vec();
    variables.extend(names.map(|name| (name, "https://id.example/x")));
    let Upstream::LinkedIn(linkedin) = read(&variables).expect("accepted").upstream else {
        panic!("not LinkedIn")
    };
    let at = linkedin.endpoints;
    for url in [
        at.authorization,
        at.token,
        at.jwks,
        at.userinfo,
        at.revocation.expect("set"),
    ] {
        assert_eq!(url.as_str(), "https://id.example/x");
    }
    variables.pop();
    variables.push((REVOCATION, "none"));
    let Upstream::LinkedIn(linkedin) = read(&variables).expect("accepted").upstream else {
        panic!("not LinkedIn")
    };
    assert!(linkedin.endpoints.revocation.is_none());
}

const AUTHORIZATION: &str = "LAPEL_LINKEDIN_AUTHORIZATION_ENDPOINT";
const TOKEN: &str = "LAPEL_LINKEDIN_TOKEN_ENDPOINT";
const JWKS: &str = "LAPEL_LINKEDIN_JWKS_URI";
const USERINFO: &str = "LAPEL_LINKEDIN_USERINFO_ENDPOINT";
const REVOCATION: &str = "LAPEL_LINKEDIN_REVOCATION_ENDPOINT";

#[test]
fn off_loopback_every_missing_thing_is_named_at_once() {
    let faults = faults(&[("LAPEL_PUBLIC_URL", "https://app.example")]);
    for name in [
        "LAPEL_SESSION_KEYS",
        "LAPEL_LINKEDIN_CLIENT_ID",
        "LAPEL_LINKEDIN_CLIENT_SECRET",
    ] {
        assert!(
            faults.iter().any(|fault| fault.starts_with(name)),
            "{name} in {faults:?}"
        );
    }
}

#[test]
fn plain_http_off_loopback_is_refused() {
    for address in [
        "http://app.example",
        "http://192.168.0.4:8080",
        "http://localhost.evil.example",
    ] {
        let faults = faults(&[("LAPEL_PUBLIC_URL", address)]);
        assert!(
            faults.iter().any(|fault| fault.contains("loopback only")),
            "{address}: {faults:?}"
        );
    }
}

#[test]
fn a_public_address_is_an_origin() {
    for address in [
        "https://a.example/x",
        "https://a.example/?q",
        "https://u:p@a.example",
        "ftp://a",
    ] {
        assert!(
            !faults(&[("LAPEL_PUBLIC_URL", address)]).is_empty(),
            "{address}"
        );
    }
}

#[test]
fn half_of_the_credentials_and_endpoints_without_credentials_are_refused() {
    assert!(faults(&REAL[..1])[0].contains("LAPEL_LINKEDIN_CLIENT_SECRET is not set"));
    assert!(faults(&REAL[1..])[0].contains("LAPEL_LINKEDIN_CLIENT_ID is not set"));
    assert!(faults(&[(TOKEN, "https://id.example")])[0].contains("CLIENT_ID is not"));
}

#[test]
fn secrets_travel_by_tls_only_and_never_appear_in_a_fault() {
    let mut variables = REAL.to_vec();
    variables.push((TOKEN, "http://id.example/token"));
    variables.push(("LAPEL_SESSION_KEYS", "weak-canary"));
    let text = read(&variables).expect_err("refused").to_string();
    assert!(text.contains(TOKEN), "{text}");
    assert!(
        !text.contains("WPL_AP1") && !text.contains("canary"),
        "{text}"
    );
}

#[test]
fn scopes_that_linkedin_would_refuse_are_refused_at_start() {
    assert!(faults(&[("LAPEL_LINKEDIN_SCOPES", "profile")])[0].contains("openid"));
    assert!(faults(&[("LAPEL_LINKEDIN_SCOPES", "openid")])[0].contains("add `profile`"));
}

#[test]
fn a_misspelt_setting_is_named() {
    let faults = faults(&[("LAPEL_LISTENN", "127.0.0.1:1"), ("OTHER", "x")]);
    assert_eq!(
        faults,
        ["LAPEL_LISTENN is not a setting; `lapel-bff --help` lists them"]
    );
}

#[test]
fn the_emulator_never_listens_off_loopback() {
    assert!(faults(&[("LAPEL_EMULATOR_LISTEN", "0.0.0.0:3001")])[0].contains("loopback"));
}

#[test]
fn forgetting_the_public_address_does_not_open_development_to_others() {
    for listen in ["0.0.0.0:3000", "[::]:3000", "192.168.0.4:3000"] {
        let mut variables = REAL.to_vec();
        variables.push(("LAPEL_LISTEN", listen));
        let faults = faults(&variables);
        assert!(
            faults[0].contains("LAPEL_PUBLIC_URL must be set"),
            "{listen}: {faults:?}"
        );
    }
}

#[test]
fn without_a_file_the_page_may_ask_who_is_signed_in_and_post() {
    let Upstream::LinkedIn(linkedin) = read(&REAL).expect("accepted").upstream else {
        panic!("not LinkedIn")
    };
    assert_eq!(linkedin.api.base.as_str(), "https://api.linkedin.com/");
    assert_eq!(linkedin.api.version, Version::default());
    let calls: Vec<String> = linkedin
        .api
        .calls
        .iter()
        .map(|call| format!("{} {} {:?}", call.method, call.path, call.scopes))
        .collect();
    assert_eq!(
        calls,
        [
            "GET /v2/userinfo [\"openid\"]",
            "POST /rest/posts [\"w_member_social\"]"
        ]
    );
}

#[test]
fn an_allowlist_that_is_not_there_or_not_right_is_told_by_its_name() {
    let missing = faults(&[("LAPEL_LINKEDIN_API", "/nowhere/api.toml")]);
    assert!(
        missing[0].starts_with("LAPEL_LINKEDIN_API: /nowhere/api.toml cannot be read"),
        "{missing:?}"
    );
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let wrong = faults(&[("LAPEL_LINKEDIN_API", manifest)]);
    assert!(
        wrong[0].contains("Cargo.toml, line 1: unknown field `package`"),
        "{wrong:?}"
    );
}

#[test]
fn an_allowlist_is_read_from_its_file() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../api.example.toml");
    let settings = read(&[("LAPEL_LINKEDIN_API", example)]).expect("accepted");
    let Upstream::Emulator { api, .. } = settings.upstream else {
        panic!("not the emulator")
    };
    assert_eq!(api.calls.len(), 5);
}

#[test]
fn a_version_is_a_year_and_a_month() {
    let version = |text| read(&[("LAPEL_LINKEDIN_VERSION", text)]);
    for good in ["202206", "202612", "203001"] {
        let Upstream::Emulator { api, .. } = version(good).expect("accepted").upstream else {
            panic!("not the emulator")
        };
        assert_eq!(api.version.expect("set").as_str(), good);
    }
    for bad in [
        "2026",
        "202613",
        "202600",
        "2026-10",
        "20261001",
        "199912",
        "+20261",
        "２０２６1",
    ] {
        let faults = version(bad).expect_err("refused").0;
        assert!(
            faults[0].contains("a year and a month"),
            "{bad}: {faults:?}"
        );
    }
}

#[test]
fn the_api_is_an_https_origin() {
    for bad in [
        "http://api.example",
        "https://api.example/v2",
        "https://u:p@api.example",
        "https://api.example?q",
        "https://api.example#f",
    ] {
        let mut variables = REAL.to_vec();
        variables.push(("LAPEL_LINKEDIN_API_BASE", bad));
        let faults = faults(&variables);
        assert!(
            faults[0].starts_with("LAPEL_LINKEDIN_API_BASE: must be"),
            "{bad}: {faults:?}"
        );
    }
    assert!(
        faults(&[("LAPEL_LINKEDIN_API_BASE", "https://api.example")])[0]
            .contains("CLIENT_ID is not")
    );
}

#[test]
fn a_store_is_redis_or_valkey_and_its_password_is_never_told() {
    let keys = KeyRing::new_key();
    let read_store = |url: &str| read(&[("LAPEL_SESSION_KEYS", &keys), ("LAPEL_STORE_URL", url)]);
    for url in [
        "redis://localhost",
        "redis://:canary@localhost:6380/2",
        "rediss://user:canary@store.example",
    ] {
        let settings = read_store(url).expect("accepted");
        assert!(!format!("{settings:?}").contains("canary"));
        let store = settings.session.store.expect("read");
        assert!(!store.place().contains("canary"), "{}", store.place());
    }
    for url in [
        "http://:canary@localhost",
        "unix:///run/canary",
        "localhost:canary",
        "redis://",
        "redis://:canary@localhost:port",
        "redis://:canary@localhost/name",
        "rediss://:canary@store.example/#insecure",
    ] {
        let faults = read_store(url).expect_err("refused").0;
        assert_eq!(faults.len(), 1, "{url}");
        assert!(faults[0].starts_with("LAPEL_STORE_URL: "), "{}", faults[0]);
        assert!(!faults[0].contains("canary"), "{}", faults[0]);
    }
}

#[test]
fn instances_that_share_a_store_share_keys() {
    let one = faults(&[("LAPEL_STORE_URL", "redis://localhost")]);
    assert_eq!(one.len(), 1);
    assert!(one[0].starts_with("LAPEL_SESSION_KEYS must be set"));
    let both = faults(&[("LAPEL_STORE_URL", "http://localhost")]);
    assert_eq!(both.len(), 2, "all at once: {both:?}");
}

#[test]
fn what_cannot_be_read_is_repeated_with_what_could_be() {
    for (name, value, form) in [
        ("LAPEL_SESSION_IDLE", "a while", "such as 14d"),
        (
            "LAPEL_PUBLIC_URL",
            "app.example",
            "such as https://app.example",
        ),
        ("LAPEL_LISTEN", "3000", "such as 127.0.0.1:3000"),
    ] {
        let faults = faults(&[(name, value)]);
        let [fault] = faults.as_slice() else {
            panic!("one fault: {faults:?}")
        };
        assert!(fault.starts_with(name), "{fault}");
        assert!(fault.contains(&format!("{value:?}")), "{fault}");
        assert!(fault.contains(form), "{fault}");
    }
}

#[test]
fn who_vouches_for_a_store_is_a_file_of_certificates_and_needs_tls() {
    let keys = KeyRing::new_key();
    let fault = |url: &str, authorities: &str| {
        let variables = [
            ("LAPEL_SESSION_KEYS", keys.as_str()),
            ("LAPEL_STORE_URL", url),
            ("LAPEL_STORE_CA", authorities),
        ];
        let mut faults = read(&variables).expect_err("refused").0;
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.remove(0)
    };
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let tls = "rediss://:canary@store.example";
    assert!(fault(tls, "/nowhere/ca.pem").starts_with("LAPEL_STORE_CA: /nowhere/ca.pem cannot"));
    assert!(fault(tls, manifest).starts_with("LAPEL_STORE_CA: must be a file of certificates"));
    assert_eq!(
        fault("", manifest),
        "LAPEL_STORE_CA is set, and LAPEL_STORE_URL is not"
    );
    let cut = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    assert_eq!(
        Store::trusting(tls, cut).err(),
        Some(StoreUrlError::Authority)
    );
    assert_eq!(
        Store::trusting("redis://store.example", cut).err(),
        Some(StoreUrlError::NoTls)
    );
}

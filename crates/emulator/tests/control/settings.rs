use lapel_emulator::{Emulator, FileFault, Lifetimes, Settings, SettingsFile};

fn parse(text: &str) -> Result<SettingsFile, Vec<(Option<usize>, String)>> {
    let told = |fault: FileFault| (fault.line, fault.message);
    SettingsFile::parse(text, Settings::default())
        .map_err(|error| error.0.into_iter().map(told).collect())
}

#[test]
fn the_example_file_is_accepted_and_says_the_defaults() {
    let file = parse(include_str!("../../settings.example.toml")).unwrap();
    let usual = Settings::default();
    assert_eq!(file.settings.clients, usual.clients);
    assert_eq!(file.settings.lifetimes, Lifetimes::default());
    assert_eq!(file.settings.quirks, usual.quirks);
    assert_eq!(file.settings.quotas, usual.quotas);
    assert_eq!(file.settings.api_versions, usual.api_versions);
    assert_eq!(file.settings.js_sdk, usual.js_sdk);
    assert_eq!(file.settings.key_size, usual.key_size);
    assert_eq!(file.settings.members.len(), usual.members.len() + 1);
}

#[test]
fn an_empty_file_changes_nothing() {
    let file = parse("").unwrap();
    assert_eq!(
        format!("{:?}", file.settings.members),
        format!("{:?}", Settings::default().members)
    );
}

#[test]
fn every_fault_is_listed_with_its_line() {
    let text = "\
lissten = \"127.0.0.1:1\"
key_size = 1024

[lifetimes]
code = \"soon\"
acess_token = \"60d\"

[quirks]
zip_headers = false
issuer = \"new\"

[switches]
revocation = \"off\"

[quotas]
members = 5

[[client]]
id = \"one\"
secret = \"s\"
redirect_uris = [\"/relative\"]

[[client]]
id = \"two\"
";
    let faults = parse(text).unwrap_err();
    let expected = [
        (Some(1), "unknown field `lissten`"),
        (Some(2), "2048 or 4096"),
        (Some(5), "\"soon\" is not a length of time"),
        (Some(6), "unknown field `acess_token`"),
        (Some(9), "unknown field `zip_headers`"),
        (Some(10), "unknown variant `new`"),
        (Some(13), "invalid type"),
        (Some(16), "unknown field `members`"),
    ];
    for ((line, message), (at, part)) in faults.iter().zip(expected) {
        assert_eq!(*line, at, "{message}");
        assert!(message.contains(part), "{message}");
    }
    let rest: Vec<_> = faults.iter().skip(expected.len()).collect();
    assert!(
        rest.iter()
            .any(|(_, message)| message.contains("missing field `secret`")),
        "{rest:?}"
    );
}

#[test]
fn what_does_not_fit_together_is_in_the_same_list() {
    let text = "listen = \"0.0.0.0:0\"\nunknown = 1\n";
    let faults = parse(text).unwrap_err();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[1].1.contains("danger_beyond_loopback"));
}

#[test]
fn what_is_no_toml_is_refused_with_its_line() {
    let faults = parse("listen = \n\ntextbook = maybe\n").unwrap_err();
    assert_eq!(faults[0].0, Some(1), "{faults:?}");
    assert!(
        faults.iter().any(|(line, _)| *line == Some(3)),
        "{faults:?}"
    );
}

#[tokio::test]
async fn settings_that_no_emulator_can_have_are_refused() {
    for (text, part) in [
        ("[lifetimes]\naccess_token = \"-1h\"", "access_token"),
        ("[lifetimes]\ncode = \"0s\"", "code"),
        ("[lifetimes]\nscope_lag = \"-1s\"", "scope_lag"),
        ("built_in_members = false", "no members"),
        ("native_clients = [\"typo\"]", "typo"),
        (
            "[[client]]\nid = \"\"\nsecret = \"s\"\nredirect_uris = []",
            "client id",
        ),
    ] {
        let faults = match parse(text) {
            Err(faults) => format!("{faults:?}"),
            Ok(file) => Emulator::start(file.settings)
                .await
                .unwrap_err()
                .to_string(),
        };
        assert!(faults.contains(part), "{text}: {faults}");
    }
}

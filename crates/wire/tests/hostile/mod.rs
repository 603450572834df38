//! Addresses that lead elsewhere in some reader's eyes: a browser's, a proxy's, or those of a second decoding. Each row
//! is built from all combinations of its parts, so that no spelling is missing because nobody thought of it.

/// The host that every row tries to reach.
const EVIL: &str = "evil.example";

/// What browsers strip from addresses, end lines with, or take for a space, and what looks like it.
const INVISIBLE: [&str; 14] = [
    "\0", "\t", "\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{1b}", " ", "\u{7f}", "\u{85}", "\u{a0}",
    "\u{2028}", "\u{feff}",
];

/// Every row: what it tries, and its addresses. All are to be refused.
pub(crate) fn rows() -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("another host behind slashes", slashes()),
        ("another host behind disguised slashes", disguises()),
        ("what browsers strip or break lines at", invisible()),
        ("a scheme", schemes()),
        ("another authority", authorities()),
        ("the BFF's own addresses", own()),
        ("what is no address at all", malformed()),
        ("more than an address needs", oversized()),
    ]
}

/// `//`, `/\`, `\\\` and so on, up to four.
fn slashes() -> Vec<String> {
    (2..=4)
        .flat_map(|length| words(&["/", "\\"], length))
        .map(|slashes| format!("{slashes}{EVIL}"))
        .collect()
}

/// A slash, then one or two pieces that some reader takes for a slash or for nothing, then a slash that is one.
fn disguises() -> Vec<String> {
    const PIECES: [&str; 10] = [
        "/", "\\", "%2f", "%2F", "%5c", "%5C", ".", "..", "%2e", ".%2E",
    ];
    let between = |pieces: Vec<String>| pieces.into_iter().map(|piece| format!("/{piece}/{EVIL}"));
    let pairs = PIECES.iter().flat_map(|one| {
        PIECES
            .iter()
            .map(move |other| format!("{one}{other}"))
            // Three or four dots in a row are a name like any other.
            .filter(|pair| {
                pair.contains(['/', '\\']) || pair.contains("%2f") || pair.contains("%5")
            })
    });
    between(words(&PIECES, 1))
        .chain(between(pairs.collect()))
        .collect()
}

/// Each of them at each place of an address.
fn invisible() -> Vec<String> {
    let mut found = Vec::new();
    for address in ["/account", "//evil.example", "/a/b?c=d"] {
        for (at, _) in address.char_indices().chain([(address.len(), ' ')]) {
            for hidden in INVISIBLE {
                let (before, after) = address.split_at(at);
                found.push(format!("{before}{hidden}{after}"));
            }
        }
    }
    found
}

fn schemes() -> Vec<String> {
    const SCHEMES: [&str; 12] = [
        "http",
        "https",
        "HTTPS",
        "ftp",
        "file",
        "javascript",
        "JaVaScRiPt",
        "data",
        "vbscript",
        "blob",
        "filesystem",
        "about",
    ];
    let mut found = Vec::new();
    for scheme in SCHEMES {
        for rest in ["", "/", "//", "///", "\\\\", "//app.example@"] {
            found.push(format!("{scheme}:{rest}{EVIL}"));
        }
    }
    found
}

fn authorities() -> Vec<String> {
    const HOSTS: [&str; 10] = [
        "app.example@evil.example",
        "app.example\\@evil.example",
        "app.example.evil.example",
        "evil.example#@app.example",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "ｅvil.example",
    ];
    let mut found = Vec::new();
    for host in HOSTS {
        for before in ["http://", "https://", "//", "/\\", "https:", "/\t/"] {
            found.push(format!("{before}{host}"));
            found.push(format!("{before}{host}:443/account"));
        }
    }
    found
}

/// Coming back there would loop, sign out, or show data as a page.
fn own() -> Vec<String> {
    let mut found = Vec::new();
    for prefix in ["/bff", "/%62ff", "/b%66f", "/%62%66%66", "/bf%66"] {
        for rest in [
            "",
            "/",
            "?x=1",
            "/login",
            "/login?return_to=/bff/login",
            "/callback?code=c&state=s",
            "/logout",
            "/session",
            "/linkedin/v2/userinfo",
        ] {
            found.push(format!("{prefix}{rest}"));
        }
    }
    found
}

fn malformed() -> Vec<String> {
    [
        "",
        "?",
        "#",
        "%",
        "/%",
        "/%2",
        "/%zz",
        "/%+1",
        "/a%2",
        "?//",
        "#//",
        "http://[",
        "//[::1",
        "//:80",
        "//@",
        "/a#b",
        "/<script>",
        "/\"onload=x",
        "/`x`",
        "/{x}",
        "/^",
        "::",
        "..",
        "../a",
        "./a",
        "a",
    ]
    .map(str::to_owned)
    .into()
}

fn oversized() -> Vec<String> {
    [1025, 2000, 100_000, 2 << 20]
        .map(|length| format!("/{}", "a".repeat(length - 1)))
        .into()
}

/// All words of so many pieces.
fn words(pieces: &[&str], length: usize) -> Vec<String> {
    (0..length).fold(vec![String::new()], |words, _| {
        words
            .iter()
            .flat_map(|word| pieces.iter().map(move |piece| format!("{word}{piece}")))
            .collect()
    })
}

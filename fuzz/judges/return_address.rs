//! What must hold of every address that is accepted as a redirect's target. The judge of where an address leads is the
//! URL standard, as the `url` crate implements it.

use lapel_wire::{LocalPath, paths};
use percent_encoding::percent_decode_str;
use url::{Position, Url};

/// Panics where an address is accepted that leads elsewhere.
pub(crate) fn judge(data: &[u8]) {
    let Ok(address) = str::from_utf8(data) else {
        return;
    };
    let Ok(path) = LocalPath::parse(address) else {
        return;
    };
    assert_eq!(path.as_str(), address, "it is kept as it came");
    let page = Url::parse("https://app.example/deep/page?x").expect("an address");
    let target = page.join(address).expect("it resolves");
    assert_eq!(target.origin(), page.origin());
    assert_eq!((target.username(), target.password()), ("", None));
    assert_eq!(target.fragment(), None);
    // The URL standard escapes `'` in a query by itself; nothing else may change.
    let resolved = &target[Position::BeforePath..];
    assert_eq!(resolved.replace("%27", "'"), address.replace("%27", "'"));
    let again = LocalPath::parse(resolved).expect("what it resolves to is accepted too");
    assert_eq!(target.join(again.as_str()), Ok(target.clone()));

    // A proxy in front that decodes once must not see another path either.
    let decoded = percent_decode_str(path.path()).collect::<Vec<u8>>();
    let decoded = String::from_utf8_lossy(&decoded);
    for seen in [path.path(), &*decoded] {
        assert!(seen != paths::PREFIX && !seen.starts_with(&format!("{}/", paths::PREFIX)));
        assert!(!seen.contains("//") && !seen.contains('\\'), "{seen}");
        assert!(
            !seen
                .split('/')
                .any(|segment| segment == "." || segment == "..")
        );
        assert!(!seen.contains(|symbol: char| symbol.is_ascii_control()));
    }

    // It survives the way to LinkedIn and back.
    let login = page.join(&paths::login(&path)).expect("it resolves");
    let mut query = login.query_pairs();
    assert_eq!(
        query.next(),
        Some((paths::RETURN_TO.into(), address.into()))
    );
    assert_eq!(query.next(), None);
    let written = serde_json::to_string(&path).expect("it is text");
    assert_eq!(serde_json::from_str::<LocalPath>(&written).ok(), Some(path));
}

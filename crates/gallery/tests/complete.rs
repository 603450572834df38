//! No component of the library is missing from the gallery.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, reason = "a test that cannot go on must fail")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// What a component is called in the library: a folder of `src/ui`, or a file of `src/parts`.
fn components() -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src");
    ["ui", "parts"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(source.join(folder)).expect("the library's sources"))
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect()
}

#[test]
fn every_component_is_in_the_gallery() {
    let exhibits = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/exhibits");
    let components = components();
    assert!(components.len() > 10, "{components:?}");
    for component in components {
        assert!(
            exhibits.join(format!("{component}.rs")).is_file(),
            "{component} is not in the gallery: show its states in crates/gallery/src/exhibits/{component}.rs"
        );
    }
}

#[test]
fn every_exhibit_file_is_shown() {
    let exhibits = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/exhibits");
    let list = fs::read_to_string(exhibits.join("mod.rs")).expect("the list");
    let files: HashSet<_> = fs::read_dir(&exhibits)
        .expect("the exhibits")
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    for file in files {
        assert!(list.contains(&format!("{file}::exhibits()")), "{file}");
    }
}

//! The styles that the library ships as text are the files in `style`, every one of the kit and the parts.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use std::fs;
use std::path::{Path, PathBuf};

use lapel::STYLESHEET;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn names(folder: &str, extension: Option<&str>) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| match extension {
            Some(extension) => path.extension().is_some_and(|it| it == extension),
            None => path.is_dir(),
        })
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_stylesheet_holds_every_file_of_the_kit() {
    for folder in ["style/ui", "style/parts"] {
        for name in names(folder, Some("css")) {
            let text = fs::read_to_string(root().join(folder).join(format!("{name}.css"))).unwrap();
            assert!(STYLESHEET.contains(&text), "{folder}/{name}.css");
        }
    }
    let layers = fs::read_to_string(root().join("style/layers.css")).unwrap();
    assert!(
        STYLESHEET.starts_with(&layers),
        "the cascade's order comes first"
    );
}

#[test]
fn every_component_of_the_kit_has_its_style() {
    assert_eq!(names("src/ui", None), names("style/ui", Some("css")));
}

#[test]
fn the_page_asks_for_one_stylesheet() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    assert_eq!(page.matches("rel=\"css\"").count(), 1);
    // What that file is made of is tested where it is made, in crates/style.
    assert!(page.contains("rel=\"css\" href=\"generated/lapel.css\""));
    let settings = fs::read_to_string(root().join("Trunk.toml")).unwrap();
    assert!(settings.contains("\"--package\", \"lapel-style\""));
}

#[test]
fn nothing_in_the_page_or_the_views_needs_inline_style_or_script() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    for forbidden in ["<style", "style=\"", "<script", "onclick", "onload"] {
        assert!(!page.contains(forbidden), "{forbidden} in index.html");
    }
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for forbidden in [" style=", "inner_html", "<style"] {
                assert!(
                    !text.contains(forbidden),
                    "{forbidden} in {}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_shell_is_a_landmark_with_a_plain_way_in() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let (_, body) = page.split_once("<body>").unwrap();
    for (part, count) in [
        ("<main ", 1),
        ("<h1>", 2),
        ("id=\"shell\"", 1),
        ("href=\"/bff/login?return_to=/\"", 2),
        // One of each for those who are signed in and those who are not; the BFF knows who sees which.
        ("<lapel-visitor>", 1),
        ("<lapel-visitor hidden>", 1),
        ("<lapel-member hidden>", 2),
        ("{{name}}", 1),
        ("{{initials}}", 1),
        ("{{tone}}", 1),
        ("{{portrait}}", 1),
    ] {
        assert_eq!(body.matches(part).count(), count, "{part}");
    }
}

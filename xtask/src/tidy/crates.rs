//! Which crate of ours may know which.

use toml::{Table, Value};

use super::Source;

/// Who must not depend on whom. The emulator keeps its own idea of LinkedIn's messages, so that a mistake which the BFF
/// makes is not made twice; the shapes depend on nothing of ours; no server depends on the page.
const RULES: [(&str, &[&str]); 3] = [
    (
        "crates/wire/Cargo.toml",
        &["lapel", "lapel-bff", "lapel-emulator"],
    ),
    (
        "crates/emulator/Cargo.toml",
        &["lapel", "lapel-bff", "lapel-wire"],
    ),
    ("crates/bff/Cargo.toml", &["lapel"]),
];
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
pub(super) fn faults(files: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, forbidden) in RULES {
        let Some(file) = files.iter().find(|file| file.path == path) else {
            faults.push(format!("{path} is missing"));
            continue;
        };
        match file.text.parse::<Table>() {
            Ok(manifest) => faults.extend(
                forbidden
                    .iter()
                    .filter(|package| depends_on(&manifest, package))
                    .map(|package| format!("{path}: must not depend on {package}")),
            ),
            Err(cause) => faults.push(format!("{path}: {cause}")),
        }
    }
    faults
}

fn depends_on(manifest: &Table, package: &str) -> bool {
    DEPENDENCIES
        .iter()
        .filter_map(|kind| manifest.get(*kind).and_then(Value::as_table))
        .any(|dependencies| dependencies.contains_key(package))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_dependency_is_found() {
        let manifest = |text: &str| Source {
            path: "crates/emulator/Cargo.toml".to_owned(),
            text: text.to_owned(),
        };
        let others = ["crates/wire/Cargo.toml", "crates/bff/Cargo.toml"].map(|path| Source {
            path: path.to_owned(),
            text: String::new(),
        });
        let [wire, bff] = others;
        let files = [
            manifest("[dev-dependencies]\nlapel-wire.workspace = true"),
            wire,
            bff,
        ];
        assert_eq!(
            faults(&files),
            ["crates/emulator/Cargo.toml: must not depend on lapel-wire"]
        );
    }
}

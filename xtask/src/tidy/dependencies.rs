//! What Lapel depends on, held to the lists of deny.toml: licences, bans, and nothing from outside the registry.

use std::fs;

use serde_json::Value;
use spdx::{Expression, ParseMode};
use toml::Table;

use crate::trouble::Trouble;
use crate::workspace::Workspace;

pub(super) fn faults(workspace: &Workspace) -> Result<Vec<String>, Trouble> {
    let text = fs::read_to_string(workspace.root.join("deny.toml"))
        .map_err(|cause| Trouble::io("read deny.toml", cause))?;
    let rules: Table = text
        .parse()
        .map_err(|cause| Trouble::new(format!("deny.toml cannot be read: {cause}.")))?;
    let rules = Rules::of(&rules);
    let packages = packages(workspace)?;
    Ok(packages
        .iter()
        .flat_map(|package| rules.faults(package))
        .collect())
}

/// A package as `cargo metadata` describes it.
struct Package {
    name: String,
    licence: Option<String>,
    /// None for a member of the workspace.
    source: Option<String>,
}

struct Rules {
    licences: Vec<String>,
    banned: Vec<String>,
}

impl Rules {
    fn of(deny: &Table) -> Self {
        let list = |section: &str, key: &str| {
            let list = deny.get(section).and_then(|section| section.get(key));
            list.and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let text = |value: &toml::Value| value.as_str().map(str::to_owned);
        Self {
            licences: list("licenses", "allow").iter().filter_map(text).collect(),
            banned: list("bans", "deny")
                .iter()
                .filter_map(|ban| ban.get("crate").and_then(text))
                .collect(),
        }
    }

    fn faults(&self, package: &Package) -> Vec<String> {
        let mut faults = Vec::new();
        let name = &package.name;
        if self.banned.contains(name) {
            faults.push(format!("{name}: is banned, see deny.toml"));
        }
        if package
            .source
            .as_ref()
            .is_some_and(|source| !source.starts_with("registry+"))
        {
            faults.push(format!("{name}: does not come from the registry"));
        }
        if !self.permits(package.licence.as_deref()) {
            let licence = package.licence.as_deref().unwrap_or("none");
            faults.push(format!(
                "{name}: deny.toml does not allow its licence ({licence})"
            ));
        }
        faults
    }

    fn permits(&self, licence: Option<&str>) -> bool {
        // Lax: older packages separate alternatives by `/`.
        let Some(Ok(licence)) = licence.map(|text| Expression::parse_mode(text, ParseMode::LAX))
        else {
            return false;
        };
        licence.evaluate(|wanted| self.licences.contains(&wanted.to_string()))
    }
}

fn packages(workspace: &Workspace) -> Result<Vec<Package>, Trouble> {
    let refused = |cause| Trouble::io("run cargo metadata", cause);
    let answer = workspace
        .cargo()
        .args(["metadata", "--format-version", "1"])
        .output()
        .map_err(refused)?;
    if !answer.status.success() {
        return Err(Trouble::new("cargo does not tell what Lapel depends on.")
            .run("cargo metadata --format-version 1"));
    }
    let metadata: Value = serde_json::from_slice(&answer.stdout)
        .map_err(|cause| Trouble::new(format!("cargo metadata cannot be read: {cause}.")))?;
    let described = metadata.get("packages").and_then(Value::as_array);
    Ok(described
        .into_iter()
        .flatten()
        .map(|package| {
            let text = |key: &str| package.get(key).and_then(Value::as_str).map(str::to_owned);
            Package {
                name: text("name").unwrap_or_default(),
                licence: text("license"),
                source: text("source"),
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(name: &str, licence: Option<&str>, source: &str) -> usize {
        let deny =
            "[licenses]\nallow = [\"MIT\", \"ISC\"]\n[bans]\ndeny = [{ crate = \"openssl\" }]";
        let package = Package {
            name: name.to_owned(),
            licence: licence.map(str::to_owned),
            source: Some(source.to_owned()),
        };
        Rules::of(&deny.parse().expect("TOML"))
            .faults(&package)
            .len()
    }

    #[test]
    fn a_licence_is_allowed_where_one_of_its_alternatives_is() {
        assert_eq!(faults_of("a", Some("MIT OR Apache-2.0"), "registry+x"), 0);
        assert_eq!(faults_of("a", Some("Apache-2.0/MIT"), "registry+x"), 0);
        assert_eq!(faults_of("a", Some("MIT AND ISC"), "registry+x"), 0);
        assert_eq!(faults_of("a", Some("MIT AND Apache-2.0"), "registry+x"), 1);
        assert_eq!(faults_of("a", None, "registry+x"), 1);
    }

    #[test]
    fn a_banned_package_and_one_from_elsewhere_are_refused() {
        assert_eq!(faults_of("openssl", Some("MIT"), "registry+x"), 1);
        assert_eq!(faults_of("a", Some("MIT"), "git+x"), 1);
    }
}

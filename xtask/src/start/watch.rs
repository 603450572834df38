//! Which files the BFF is made of, so that a change rebuilds it. trunk watches the page's own.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::trouble::Trouble;
use crate::workspace::Workspace;

use super::event::{Event, Part};

/// How long a burst of writes is waited for: an editor that saves all, a change of branch.
const BURST: Duration = Duration::from_millis(150);
const SERVER_SOURCES: [&str; 3] = ["crates/bff", "crates/emulator", "crates/wire"];
/// Which dependencies the BFF is built with.
const DEPENDENCIES: [&str; 2] = ["Cargo.toml", "Cargo.lock"];
const SHELL: [&str; 2] = ["index.html", "Trunk.toml"];
const TOOLCHAIN: &str = "rust-toolchain.toml";

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Concern {
    Bff,
    Shell,
    Toolchain,
}

/// Watches for as long as what it returns is kept.
pub(crate) fn watch(
    workspace: &Workspace,
    events: &Sender<Event>,
) -> Result<Debouncer<RecommendedWatcher, RecommendedCache>, Trouble> {
    let refused = |cause: notify::Error| {
        Trouble::new(format!("Files cannot be watched for changes: {cause}."))
    };
    let (root, events) = (workspace.root.clone(), events.clone());
    let mut debouncer = new_debouncer(BURST, None, move |result: DebounceEventResult| {
        let Ok(changes) = result else { return };
        for (concern, event) in [
            (Concern::Bff, Event::Changed(Part::Bff)),
            (Concern::Shell, Event::Changed(Part::Page)),
            (Concern::Toolchain, Event::OtherToolchain),
        ] {
            let concerned = changes
                .iter()
                .filter(|change| is_a_change(change.kind))
                .flat_map(|change| &change.paths)
                .any(|path| concerns(&root, path) == Some(concern));
            if concerned {
                let _ = events.send(event);
            }
        }
    })
    .map_err(refused)?;
    for folder in SERVER_SOURCES {
        debouncer
            .watch(workspace.root.join(folder), RecursiveMode::Recursive)
            .map_err(refused)?;
    }
    // The folder, not the files: an editor that replaces a file takes the watch on the old one with it.
    debouncer
        .watch(&workspace.root, RecursiveMode::NonRecursive)
        .map_err(refused)?;
    Ok(debouncer)
}

/// The compiler opens every file that it reads; that is no change.
fn is_a_change(kind: EventKind) -> bool {
    kind.is_create() || kind.is_modify() || kind.is_remove()
}

fn concerns(root: &Path, path: &Path) -> Option<Concern> {
    let path = path.strip_prefix(root).ok()?;
    let name = path.file_name()?.to_str()?;
    let is_one_of = |files: &[&str]| files.iter().any(|file| path == Path::new(file));
    if is_one_of(&SHELL) {
        return Some(Concern::Shell);
    }
    if is_one_of(&DEPENDENCIES) {
        return Some(Concern::Bff);
    }
    if is_one_of(&[TOOLCHAIN]) {
        return Some(Concern::Toolchain);
    }
    // What editors leave beside a file that they write.
    let of_an_editor = name.starts_with('.') || name.ends_with('~') || name == "4913";
    let of_the_bff = SERVER_SOURCES.iter().any(|folder| path.starts_with(folder));
    (of_the_bff && !of_an_editor).then_some(Concern::Bff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_of_the_bff_rebuild_it_and_the_shell_restarts_trunk() {
        let root = Path::new("/lapel");
        let concerns = |path: &str| concerns(root, &root.join(path));
        assert_eq!(concerns("crates/bff/src/http/login.rs"), Some(Concern::Bff));
        assert_eq!(concerns("crates/wire/src/paths.rs"), Some(Concern::Bff));
        assert_eq!(concerns("Cargo.toml"), Some(Concern::Bff));
        assert_eq!(concerns("Cargo.lock"), Some(Concern::Bff));
        assert_eq!(concerns("index.html"), Some(Concern::Shell));
        assert_eq!(concerns("crates/bff/src/.login.rs.swp"), None);
        assert_eq!(concerns("src/main.rs"), None);
        assert_eq!(concerns("target"), None);
        assert_eq!(concerns("rust-toolchain.toml"), Some(Concern::Toolchain));
    }
}

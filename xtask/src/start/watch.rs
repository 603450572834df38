//! Which files belong to the BFF, so that a change rebuilds it. trunk watches the page's own.

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
const SHELL: [&str; 2] = ["index.html", "Trunk.toml"];

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
        for part in [Part::Bff, Part::Page] {
            let concerned = changes
                .iter()
                .filter(|change| is_a_change(change.kind))
                .flat_map(|change| &change.paths)
                .any(|path| concerns(&root, path) == Some(part));
            if concerned {
                let _ = events.send(Event::Changed(part));
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

fn concerns(root: &Path, path: &Path) -> Option<Part> {
    let path = path.strip_prefix(root).ok()?;
    let name = path.file_name()?.to_str()?;
    if SHELL.iter().any(|shell| path == Path::new(shell)) {
        return Some(Part::Page);
    }
    // What editors leave beside a file that they write.
    let of_an_editor = name.starts_with('.') || name.ends_with('~') || name == "4913";
    let of_the_bff = SERVER_SOURCES.iter().any(|folder| path.starts_with(folder));
    (of_the_bff && !of_an_editor).then_some(Part::Bff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_of_the_bff_rebuild_it_and_the_shell_restarts_trunk() {
        let root = Path::new("/lapel");
        let concerns = |path: &str| concerns(root, &root.join(path));
        assert_eq!(concerns("crates/bff/src/http/login.rs"), Some(Part::Bff));
        assert_eq!(concerns("crates/wire/src/paths.rs"), Some(Part::Bff));
        assert_eq!(concerns("index.html"), Some(Part::Page));
        assert_eq!(concerns("crates/bff/src/.login.rs.swp"), None);
        assert_eq!(concerns("src/main.rs"), None);
        assert_eq!(concerns("target"), None);
    }
}

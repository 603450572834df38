//! The house rules that a reviewer forgets, as checks.

mod crates;
mod dependencies;
mod imports;
mod links;
mod sources;
mod tests_named;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::console::say;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// Everything that is wrong, at once.
pub(crate) fn tidy(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    let files = read(workspace).map_err(|cause| Trouble::io("read the sources", cause))?;
    let mut faults = Vec::new();
    for file in &files {
        faults.extend(sources::faults(file));
        faults.extend(imports::faults(file));
        faults.extend(links::faults(file, |path| {
            workspace.root.join(path).exists()
        }));
    }
    faults.extend(sources::unstyled(&files));
    faults.extend(crates::faults(&files));
    faults.extend(tests_named::faults(&files));
    faults.extend(dependencies::faults(workspace)?);
    faults.iter().for_each(say);
    if faults.is_empty() {
        return Ok(Some(format!("{} files", files.len())));
    }
    Err(Trouble::new(format!(
        "House rules broken: {} (above).",
        faults.len()
    )))
}

/// A file of the repository: its path from the root, with `/` everywhere, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|found| found == extension)
    }
}

/// Every text file that people write.
fn read(workspace: &Workspace) -> io::Result<Vec<Source>> {
    const KINDS: [&str; 6] = ["rs", "css", "html", "js", "toml", "md"];
    let mut paths = Vec::new();
    walk(&workspace.root, &mut paths)?;
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        if !path
            .extension()
            .and_then(|found| found.to_str())
            .is_some_and(|found| KINDS.contains(&found))
        {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let path = path
            .strip_prefix(&workspace.root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        sources.push(Source { path, text });
    }
    Ok(sources)
}

/// Every file below, except in folders that tools fill and in hidden ones.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    const TOOLS: [&str; 4] = ["target", "dist", "generated", "node_modules"];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || TOOLS.contains(&name.as_str()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

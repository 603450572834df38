//! The app's files, all of them in memory: what is not here by its exact name does not exist, so no path leads out of the
//! app. They are read once; a page that was opened before the folder was built anew finds its files still.

use std::collections::BTreeMap;
use std::path::Path;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use super::coding::Coding;
use super::file::File;

/// Where trunk keeps a build that is under way.
const WORKBENCH: &str = ".stage";

/// Every file of the app by its path, without the slash in front.
pub(super) struct Files(BTreeMap<String, File>);

impl Files {
    /// The files of a folder and of those below it.
    pub(super) fn read(folder: &Path) -> std::io::Result<Self> {
        let mut found = Vec::new();
        collect(folder, "", &mut found)?;
        Ok(Self::of(found))
    }

    /// Files by their paths. One that ends in `.br` or `.gz` and has its original beside it is that original compressed,
    /// and no file of its own. Source maps are left out: they are for developers.
    pub(super) fn of(found: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut all: BTreeMap<String, Bytes> = found
            .into_iter()
            .filter(|(name, _)| !is_source_map(name))
            .collect();
        let names: Vec<String> = all.keys().cloned().collect();
        let mut compressed: BTreeMap<String, Vec<(Coding, Bytes)>> = BTreeMap::new();
        for name in names {
            for coding in Coding::ALL {
                let twin = format!("{name}{}", coding.suffix());
                if let Some(content) = all.remove(&twin) {
                    let twins = compressed.entry(name.clone()).or_default();
                    twins.push((coding, content));
                }
            }
        }
        let files = all.into_iter().map(|(name, plain)| {
            let file = File::new(&name, plain, compressed.remove(&name).unwrap_or_default());
            (name, file)
        });
        Self(files.collect())
    }

    /// Takes a file out, to be served in another way.
    pub(super) fn take(&mut self, name: &str) -> Option<Bytes> {
        self.0.remove(name).map(File::content)
    }

    /// The file of that path, as whoever asks can read it best.
    pub(super) fn answer(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Option<Response> {
        let file = self.0.get(path.strip_prefix('/')?)?;
        Some(file.answer(method, headers))
    }
}

fn collect(folder: &Path, above: &str, found: &mut Vec<(String, Bytes)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // A name that is not Unicode is in no address of the app's.
        let Some(name) = name.to_str().filter(|name| *name != WORKBENCH) else {
            continue;
        };
        let path = format!("{above}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push((path, std::fs::read(entry.path())?.into()));
        }
    }
    Ok(())
}

fn is_source_map(name: &str) -> bool {
    let suffixes = ["", ".br", ".gz"];
    suffixes
        .iter()
        .any(|suffix| name.ends_with(&format!(".map{suffix}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_names_exist_and_neither_compressed_twins_nor_source_maps_are_files() {
        let content =
            |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
        let files = Files::of([
            content("lapel-0123456789abcdef.js", "plain"),
            content("lapel-0123456789abcdef.js.br", "brotli"),
            content("lapel-0123456789abcdef.js.gz", "gzip"),
            content("lapel-0123456789abcdef.js.map", "map"),
            content("lapel-0123456789abcdef.js.map.br", "map"),
            content("robots.txt", "robots"),
            content("below/archive.tar.gz", "an archive"),
        ]);
        let asked = |path: &str| files.answer(&Method::GET, path, &HeaderMap::new());
        for path in [
            "/lapel-0123456789abcdef.js",
            "/robots.txt",
            "/below/archive.tar.gz",
        ] {
            assert!(asked(path).is_some(), "{path}");
        }
        for path in [
            "/lapel-0123456789abcdef.js.br",
            "/lapel-0123456789abcdef.js.gz",
            "/lapel-0123456789abcdef.js.map",
            "/lapel-0123456789abcdef.js.map.br",
            "//robots.txt",
            "/below/../robots.txt",
            "/below",
            "/Robots.txt",
            "robots.txt",
            "",
        ] {
            assert!(asked(path).is_none(), "{path}");
        }
    }
}

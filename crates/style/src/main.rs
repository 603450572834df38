//! Makes one stylesheet of the files in `style`: a browser asks once for what would otherwise be some twenty requests,
//! and one file compresses better than twenty. trunk runs this before each build, as Trunk.toml says, and minifies and
//! names the result. It needs nothing but the standard library, so the first run costs a second.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The layers' order, which every other file relies on.
const FIRST: &str = "layers.css";

/// Runs at the root of the repository, as trunk and `cargo run` there do.
fn main() -> io::Result<()> {
    let sheet = sheet(Path::new("style"))?;
    let folder = Path::new("generated");
    fs::create_dir_all(folder).map_err(|cause| at(folder, &cause))?;
    let file = folder.join("lapel.css");
    // A file that is as it was is left alone: whoever watches it is not woken.
    if fs::read_to_string(&file).is_ok_and(|before| before == sheet) {
        return Ok(());
    }
    fs::write(&file, sheet).map_err(|cause| at(&file, &cause))
}

/// Every stylesheet in the folder and below it. The layers come first; they settle the cascade, so the order of the
/// others is only kept the same from build to build.
fn sheet(style: &Path) -> io::Result<String> {
    let mut files = files(style)?;
    files.sort_by_key(|file| (*file != style.join(FIRST), file.clone()));
    files
        .iter()
        .map(|file| fs::read_to_string(file).map_err(|cause| at(file, &cause)))
        .collect()
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| at(folder, &cause))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            found.push(path);
        }
    }
    Ok(found)
}

fn at(path: &Path, cause: &io::Error) -> io::Error {
    io::Error::new(cause.kind(), format!("{}: {cause}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../style")
    }

    #[test]
    fn the_order_of_the_cascade_comes_first() {
        let order = fs::read_to_string(style().join(FIRST)).expect("the layers");
        assert!(sheet(&style()).expect("a sheet").starts_with(&order));
    }

    #[test]
    fn every_file_is_in_it_once() {
        let sheet = sheet(&style()).expect("a sheet");
        let files = files(&style()).expect("the files");
        for folder in ["", "ui", "parts", "pages"] {
            let parent = style().join(folder);
            assert!(files.iter().any(|file| file.parent() == Some(&parent)));
        }
        let mut length = 0;
        for file in files {
            let text = fs::read_to_string(&file).expect("a file");
            assert_eq!(sheet.matches(&text).count(), 1, "{}", file.display());
            length += text.len();
        }
        assert_eq!(sheet.len(), length);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = sheet(Path::new("no such folder")).expect_err("nothing to read");
        assert!(error.to_string().starts_with("no such folder: "));
    }
}

//! Gives short names to what the page's module and its script call each other. wasm-bindgen names each function of the
//! browser's that the module calls by its own name and sixteen digits by chance, in both files; nobody reads them, and
//! chance does not compress: they were a twentieth of the first load.
//!
//! trunk runs this after it has built the page for release, as Trunk.toml says. It needs nothing but the standard library,
//! so the first run costs a second. The files keep the names that trunk gave them by their content: the same content gets
//! the same short names. Whoever changes how those are chosen changes both files under their old names; raise this
//! workspace's version with it, which is in every module and so in the files' names.

mod module;
mod script;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where trunk says what it has built, and where.
const PROFILE: &str = "TRUNK_PROFILE";
const FOLDER: &str = "TRUNK_STAGING_DIR";

fn main() -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "trunk's own settings")]
    let said = |name: &str| std::env::var_os(name);
    // While somebody develops, the names help to find a way in the browser's tools.
    if said(PROFILE).is_none_or(|profile| profile != "release") {
        return Ok(());
    }
    let folder = said(FOLDER).ok_or_else(|| {
        let why = format!("{FOLDER} is not set: trunk sets it for the hooks that it runs");
        io::Error::new(io::ErrorKind::NotFound, why)
    })?;
    shorten(Path::new(&folder))
}

/// Every module in the folder, with the script beside it that calls it.
fn shorten(folder: &Path) -> io::Result<()> {
    for module in files(folder, "wasm")? {
        let script = script_of(&module)?;
        let code = fs::read_to_string(&script).map_err(|cause| at(&script, &cause))?;
        let bytes = fs::read(&module).map_err(|cause| at(&module, &cause))?;
        let names = module::names(&bytes).map_err(|cause| at(&module, &cause))?;
        let short = script::chosen(&names, &code);
        let bytes = module::renamed(&bytes, &short).map_err(|cause| at(&module, &cause))?;
        fs::write(&module, bytes).map_err(|cause| at(&module, &cause))?;
        fs::write(&script, script::renamed(&code, &short)).map_err(|cause| at(&script, &cause))?;
    }
    Ok(())
}

/// `page-0123_bg.wasm` belongs to `page-0123.js`.
fn script_of(module: &Path) -> io::Result<PathBuf> {
    let name = module.file_name().and_then(|name| name.to_str());
    let stem = name.and_then(|name| name.strip_suffix("_bg.wasm"));
    stem.map(|stem| module.with_file_name(format!("{stem}.js")))
        .ok_or_else(|| {
            let why = io::Error::new(
                io::ErrorKind::InvalidData,
                "not named as trunk names modules",
            );
            at(module, &why)
        })
}

fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| at(folder, &cause))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn at(path: &Path, cause: &io::Error) -> io::Error {
    io::Error::new(cause.kind(), format!("{}: {cause}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_found_by_its_modules_name() {
        let script = script_of(Path::new("dist/page-01ab_bg.wasm")).expect("a name");
        assert_eq!(script, Path::new("dist/page-01ab.js"));
        let odd = script_of(Path::new("dist/odd.wasm")).expect_err("no name of trunk's");
        assert!(odd.to_string().starts_with("dist/odd.wasm: "), "{odd}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = shorten(Path::new("no such folder")).expect_err("nothing to read");
        assert!(error.to_string().starts_with("no such folder: "));
    }
}

//! What a first visit loads, compressed as the BFF sends it, against the budget.

use std::fs;
use std::path::{Path, PathBuf};

use crate::console::say;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

/// What the page may weigh, in bytes: half a second on a slow telephone line of 1.6 Mbit/s. `docs/performance.md` says
/// what it is made of, and where to look when it grows.
const BUDGET: usize = 100_000;
const KINDS: [&str; 4] = ["html", "js", "css", "wasm"];

pub(super) fn size(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    let files =
        files(&workspace.page()).map_err(|cause| Trouble::io("read the built page", cause))?;
    let mut total = 0;
    let mut parts = Vec::new();
    for kind in KINDS {
        let mut of_kind = 0;
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|extension| extension == kind))
        {
            of_kind += compressed(file)
                .map_err(|cause| Trouble::io(format_args!("compress {}", file.display()), cause))?;
        }
        parts.push(format!("{kind} {}", kilobytes(of_kind)));
        total += of_kind;
    }
    let line = format!(
        "first load {} kB brotli ({})",
        kilobytes(total),
        parts.join(", ")
    );
    say(&line);
    if total > BUDGET {
        return Err(Trouble::new(format!(
            "The first load is over its budget of {} kB: {line}. docs/performance.md says where to look.",
            BUDGET / 1000
        )));
    }
    Ok(Some(line))
}

/// Every file of a folder and of those below it.
pub(crate) fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn compressed(file: &Path) -> std::io::Result<usize> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut fs::File::open(file)?, &mut std::io::sink(), &params)
}

/// Tenths of kilobytes, rounded up: a budget is not kept by rounding.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_tenths_of_kilobytes_rounded_up() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(99_901), "100.0");
        assert_eq!(kilobytes(100_001), "100.1");
    }
}

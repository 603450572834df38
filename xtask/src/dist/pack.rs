//! The built page as it is embedded: each file, and beside it the same file compressed as well as can be.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::test::files;
use crate::trouble::Trouble;

/// Kinds of files that have been compressed already.
const COMPRESSED: [&str; 6] = ["avif", "jpg", "png", "webp", "woff", "woff2"];

/// What brotli and gzip call their best.
const BEST_BROTLI: i32 = 11;

pub(super) fn pack(page: &Path, app: &Path) -> Result<(), Trouble> {
    let failed = |cause| Trouble::io(format_args!("prepare {}", app.display()), cause);
    if app.exists() {
        fs::remove_dir_all(app).map_err(failed)?;
    }
    for file in files(page).map_err(failed)? {
        let name = file.strip_prefix(page).unwrap_or(&file);
        let kind = file.extension().and_then(|kind| kind.to_str());
        if kind == Some("map") {
            return Err(Trouble::new(format!(
                "The release page has a source map, {}, which is for developers.",
                name.display()
            )));
        }
        let content = fs::read(&file).map_err(failed)?;
        write(&app.join(name), &content).map_err(failed)?;
        if kind.is_some_and(|kind| COMPRESSED.contains(&kind)) {
            continue;
        }
        let twins = [
            ("br", brotli(&content).map_err(failed)?),
            ("gz", gzip(&content).map_err(failed)?),
        ];
        for (suffix, twin) in twins {
            if twin.len() < content.len() {
                let twin_name = format!("{}.{suffix}", name.display());
                write(&app.join(twin_name), &twin).map_err(failed)?;
            }
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BEST_BROTLI,
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content)?;
    packed.finish()
}

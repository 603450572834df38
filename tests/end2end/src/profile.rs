//! Profiles for Firefox, which takes longer to make up a new one than to open a page: a third of its start goes into
//! reading its own parts, and what it has read of them can be handed on.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::OnceCell;

use crate::driver::Driver;
use crate::engine::Engine;
use crate::mishap::{Mishap, Outcome};

/// What Firefox has read of itself, and for which version. Nothing of a person's is in it.
const OF_FIREFOX: [&str; 4] = [
    "addonStartup.json.lz4",
    "compatibility.ini",
    "extensions.json",
    "startupCache",
];

/// A profile that nobody has used. It is gone when this is dropped, which is to be after the browser's end.
pub(crate) struct Profile(PathBuf);

/// Files, by their paths in a profile.
type Files = Vec<(PathBuf, Vec<u8>)>;

impl Profile {
    /// A new one, with what an earlier Firefox has read of itself.
    pub(crate) async fn fresh() -> Outcome<Self> {
        // Held in memory: nobody would remove a folder that all journeys share.
        static KNOWN: OnceCell<Files> = OnceCell::const_new();
        let known = KNOWN.get_or_try_init(of_a_first_start).await?;
        let fresh = Self::empty()?;
        for (path, content) in known {
            let file = fresh.0.join(path);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(file, content)?;
        }
        Ok(fresh)
    }

    fn empty() -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::SeqCst);
            let path = env::temp_dir().join(format!("end2end-{}-{count}", process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                // Of a process that was killed and had the same number.
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
                Err(cause) => {
                    let what = format!("a profile at {}", path.display());
                    return Err(Mishap::caused(&what, &cause));
                }
            }
        }
    }

    /// Says to the driver that this is the one.
    pub(crate) fn is_asked_for(&self, wanted: &mut thirtyfour::Capabilities) {
        let arguments = wanted
            .get_mut("moz:firefoxOptions")
            .and_then(|options| options.get_mut("args"))
            .and_then(serde_json::Value::as_array_mut);
        if let Some(arguments) = arguments {
            arguments.push("-profile".into());
            arguments.push(self.0.to_string_lossy().into());
        }
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // What is left of it is in the way of nobody.
        drop(fs::remove_dir_all(&self.0));
    }
}

/// What a Firefox that is started for the first time reads of itself.
async fn of_a_first_start() -> Outcome<Files> {
    let first = Profile::empty()?;
    let driver = Driver::shared(Engine::Firefox)?;
    let mut wanted = Engine::Firefox.capabilities();
    first.is_asked_for(&mut wanted);
    driver.connect(wanted).await?.quit().await?;
    // After its driver's end it writes no more.
    drop(driver);
    let mut files = Files::new();
    for name in OF_FIREFOX {
        collect(&first.0, name.into(), &mut files)?;
    }
    Ok(files)
}

/// Reads a file, or everything in a folder. What is not there another version of Firefox may do without.
fn collect(profile: &Path, path: PathBuf, files: &mut Files) -> Outcome {
    let here = profile.join(&path);
    match fs::metadata(&here) {
        Ok(kind) if kind.is_dir() => {
            for entry in fs::read_dir(&here)? {
                collect(profile, path.join(entry?.file_name()), files)?;
            }
        }
        Ok(_) => files.push((path, fs::read(here)?)),
        Err(cause) if cause.kind() == ErrorKind::NotFound => {}
        Err(cause) => return Err(cause.into()),
    }
    Ok(())
}

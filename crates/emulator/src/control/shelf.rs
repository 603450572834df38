//! The folder in which scenarios are kept, a TOML file each.

use std::io;
use std::path::{Path, PathBuf};

use super::problem::Problem;
use super::scenario::Scenario;
use crate::linkedin::LinkedIn;
use crate::settings::is_slug;

/// The longest name of a scenario, in bytes.
const LONGEST_NAME: usize = 64;

/// A scenario in the folder.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) description: String,
    /// Why the file cannot be replayed, if it cannot.
    pub(super) trouble: Option<String>,
}

/// The scenarios of a running emulator.
#[derive(Clone, Debug)]
pub(super) struct Shelf(PathBuf);

impl Shelf {
    /// # Errors
    /// Where the emulator was started without a folder.
    pub(super) fn of(linkedin: &LinkedIn) -> Result<Self, Problem> {
        let folder = linkedin.scenarios.clone().map(Self);
        folder.ok_or_else(|| {
            Problem::new(
                axum::http::StatusCode::NOT_FOUND,
                "the emulator was started without a folder for scenarios (`--scenarios FOLDER`)",
            )
        })
    }

    /// What is there, by name. A folder that does not exist yet is empty.
    pub(super) fn list(&self) -> Result<Vec<Kept>, Problem> {
        let entries = match std::fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.unusable(&error)),
        };
        let mut kept: Vec<Kept> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| name_in(&entry.path()))
            .map(|name| match self.read(&name) {
                Ok(scenario) => Kept {
                    name,
                    description: scenario.description().to_owned(),
                    trouble: None,
                },
                Err(problem) => Kept {
                    name,
                    description: String::new(),
                    trouble: Some(problem.detail),
                },
            })
            .collect();
        kept.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(kept)
    }

    pub(super) fn read(&self, name: &str) -> Result<Scenario, Problem> {
        let text = match std::fs::read_to_string(self.file(name)?) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let known = self.list()?.into_iter().map(|kept| kept.name);
                return Err(Problem::unknown("scenario", name, known));
            }
            Err(error) => return Err(self.unusable(&error)),
        };
        Scenario::parse(&text).map_err(|error| Problem::unfit(error.to_string()))
    }

    /// Writes a scenario, in place of one with the same name.
    pub(super) fn save(&self, name: &str, scenario: &Scenario) -> Result<(), Problem> {
        let file = self.file(name)?;
        let text = toml::to_string(scenario).map_err(|error| Problem::unfit(error.to_string()))?;
        // Written beside and moved, so that no reader sees half a file.
        let draft = file.with_extension("draft");
        std::fs::create_dir_all(&self.0)
            .and_then(|()| std::fs::write(&draft, text))
            .and_then(|()| std::fs::rename(&draft, &file))
            .map_err(|error| self.unusable(&error))
    }

    /// The name is part of a path, so it must not lead elsewhere.
    fn file(&self, name: &str) -> Result<PathBuf, Problem> {
        if !is_slug(name) || name.len() > LONGEST_NAME {
            return Err(Problem::unfit(format!(
                "the name {name:?} must be made of lower-case letters, digits and hyphens, {LONGEST_NAME} at most"
            )));
        }
        Ok(self.0.join(name).with_extension("toml"))
    }

    fn unusable(&self, error: &io::Error) -> Problem {
        tracing::warn!(%error, folder = %self.0.display(), "the folder of scenarios cannot be used");
        Problem::new(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            format!("the folder of scenarios cannot be used: {error}"),
        )
    }
}

fn name_in(file: &Path) -> Option<String> {
    let name = file.file_stem()?.to_str()?;
    let fits = file.extension()? == "toml" && is_slug(name) && name.len() <= LONGEST_NAME;
    fits.then(|| name.to_owned())
}

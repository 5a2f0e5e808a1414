//! The learner's folder: where it is, what is in it, and how it is made, kept up to date and put back.
//!
//! ```text
//! Workspace                            the folder, marked by awaitlings.toml (Settings)
//!  ├─ exercises/<module>/<name>.rs|py  the learner's files: stubs until edited          create, refresh, reset
//!  ├─ Cargo.toml  pyproject.toml       so that editors understand them                  generated
//!  └─ .awaitlings/                     ours
//!      ├─ exercises.rs  harness/       what the exercises compile against               generated, from the Plan
//!      ├─ backups/<exercise>.<track>/  every version that was ever replaced             backup
//!      ├─ stubs.toml                   what was written where, by hash (Manifest)
//!      └─ progress.toml                written by `crate::progress`
//! ```
//!
//! The rule of the folder: what the learner wrote is never replaced without a numbered backup, and files that are not
//! ours are left alone and reported. An exercise's file is found by its id in any module's folder, so a course can be
//! reordered. Ids of exercises are unique in a course.

pub(crate) mod atomic;
mod backup;
mod create;
mod error;
mod find;
pub mod generated;
mod inside;
pub(crate) mod lock;
mod lookup;
mod manifest;
mod names;
mod plan;
mod position;
mod refresh;
mod reset;
mod save;
mod settings;
mod settings_problem;
#[cfg(test)]
mod settings_tests;
#[cfg(test)]
mod tests;
mod trouble;

pub use create::Created;
pub use error::WorkspaceError;
pub use find::{Found, state_folder};
pub use names::{content_hash, exercise_of_file_name, module_name, without_number};
pub use plan::{ExerciseRef, Plan, PlannedFile, Purpose};
pub use position::Position;
pub use refresh::Refreshed;
pub use reset::{Reset, Undone};
pub use settings::{Settings, SettingsChange, Theme};
pub use settings_problem::{SettingsMistake, SettingsProblem};
pub use trouble::Trouble;

use std::path::{Path, PathBuf};

/// The file that marks a learner's folder.
pub const SETTINGS_FILE: &str = "awaitlings.toml";

/// The folder for what is ours.
pub const OUR_FOLDER: &str = ".awaitlings";

/// A learner's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The folder itself, an absolute path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `awaitlings.toml`.
    pub fn settings_file(&self) -> PathBuf {
        self.root.join(SETTINGS_FILE)
    }

    /// `.awaitlings/`.
    pub fn our_folder(&self) -> PathBuf {
        self.root.join(OUR_FOLDER)
    }

    /// The learner's choices, and the mistakes in their file.
    pub fn settings(&self) -> (Settings, Vec<SettingsProblem>) {
        Settings::read(&self.settings_file())
    }

    /// Changes the learner's choices and keeps the rest of the file.
    pub fn change_settings(&self, changes: &[SettingsChange]) -> Result<(), WorkspaceError> {
        Settings::change(&self.settings_file(), changes)
    }

    /// `path` as people read it: seen from the folder where it lies inside.
    pub fn shown<'p>(&self, path: &'p Path) -> std::path::Display<'p> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }

    /// Held while files of the folder are written.
    fn lock(&self) -> Result<lock::Lock, WorkspaceError> {
        let path = inside::make_way(&self.root, &Path::new(OUR_FOLDER).join("folder.lock"))?;
        lock::Lock::wait(&path).map_err(WorkspaceError::write(&path))
    }
}

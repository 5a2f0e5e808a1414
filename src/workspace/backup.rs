//! Numbered backups: `.awaitlings/backups/<exercise>.<track>/0001.rs`, `0002.rs`, ... None is ever replaced or removed.

use super::atomic::{self, Durable};
use super::{OUR_FOLDER, Workspace, WorkspaceError, inside};
use crate::course::Track;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the backups of one file go.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    /// Seen from the learner's folder.
    folder: PathBuf,
    extension: String,
}

impl Shelf {
    /// The backups of an exercise in a track.
    pub(super) fn of_exercise(exercise: &str, track: Track) -> Result<Shelf, WorkspaceError> {
        inside::check_id(exercise)?;
        Ok(Shelf::named(&format!("{exercise}.{track}"), track.extension()))
    }

    /// The backups of one of our own files, should somebody have edited it.
    pub(super) fn of_file(path: &Path) -> Shelf {
        let name = path.to_string_lossy().replace(['/', '\\'], "+");
        Shelf::named(&name, &path.extension().unwrap_or_default().to_string_lossy())
    }

    fn named(name: &str, extension: &str) -> Shelf {
        Shelf { folder: Path::new(OUR_FOLDER).join("backups").join(name), extension: extension.to_owned() }
    }

    /// Keeps the content under the next number and returns where.
    pub(super) fn keep(&self, workspace: &Workspace, content: &[u8]) -> Result<PathBuf, WorkspaceError> {
        let mut number = self.numbers(workspace).into_iter().max().unwrap_or(0) + 1;
        loop {
            let path = inside::make_way(workspace.root(), &self.folder.join(self.name(number)))?;
            match atomic::create(&path, content, Durable::Now) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(WorkspaceError::write(&path)(error)),
                Ok(()) => return Ok(path),
            }
        }
    }

    /// The newest backup.
    pub(super) fn newest(&self, workspace: &Workspace) -> Option<PathBuf> {
        let number = self.numbers(workspace).into_iter().max()?;
        Some(workspace.root().join(&self.folder).join(self.name(number)))
    }

    fn name(&self, number: u64) -> String {
        if self.extension.is_empty() { format!("{number:04}") } else { format!("{number:04}.{}", self.extension) }
    }

    fn numbers(&self, workspace: &Workspace) -> Vec<u64> {
        let entries = fs::read_dir(workspace.root().join(&self.folder)).into_iter().flatten().flatten();
        let number = |name: String| {
            let number: u64 = name.split('.').next()?.parse().ok()?;
            (self.name(number) == name).then_some(number)
        };
        entries.filter_map(|entry| number(entry.file_name().into_string().ok()?)).collect()
    }
}

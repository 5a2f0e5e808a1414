//! Putting an exercise back to its stub, and undoing that.

use super::atomic::{self, Durable, Replaced};
use super::backup::Shelf;
use super::manifest::Manifest;
use super::{ExerciseRef, Workspace, WorkspaceError, content_hash, inside};
use crate::course::Track;
use std::path::PathBuf;

/// What a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    /// The file has the stub again; what it had is in the backup (`None`: there was no file).
    Done {
        /// The learner's file.
        file: PathBuf,
        /// Where the learner's version is now.
        backup: Option<PathBuf>,
    },
    /// The file is the stub already; nothing was written.
    AlreadyStub {
        /// The learner's file.
        file: PathBuf,
    },
}

/// What undoing a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The learner's file.
    pub file: PathBuf,
    /// The backup that it has the content of.
    pub restored: PathBuf,
    /// Where what it had before is now; undoing again puts that back.
    pub backup: Option<PathBuf>,
}

impl Workspace {
    /// Gives the exercise's file the stub, after keeping what it has as a numbered backup.
    pub fn reset(&self, exercise: &ExerciseRef, track: Track, stub: &str) -> Result<Reset, WorkspaceError> {
        let _lock = self.lock()?;
        let (file, present) = self.present(exercise, track)?;
        if present.as_deref() == Some(stub.as_bytes()) {
            return Ok(Reset::AlreadyStub { file });
        }
        let backup = self.give(exercise, track, &file, present.as_deref(), stub.as_bytes())?;
        // From now on the file counts as untouched, so that a newer stub may replace it.
        let mut manifest = Manifest::read(&self.root)?;
        manifest.note_written(&exercise.id, track, content_hash(stub.as_bytes()));
        manifest.write(&self.root)?;
        Ok(Reset::Done { file, backup })
    }

    /// Puts the newest backup of the exercise back, after keeping what the file has as another backup.
    pub fn undo_reset(&self, exercise: &ExerciseRef, track: Track) -> Result<Undone, WorkspaceError> {
        let _lock = self.lock()?;
        let shelf = Shelf::of_exercise(&exercise.id, track)?;
        let Some(restored) = shelf.newest(self) else {
            return Err(WorkspaceError::NothingToUndo { exercise: exercise.id.clone() });
        };
        let content = atomic::read(&restored).map_err(WorkspaceError::read(&restored))?;
        let (file, present) = self.present(exercise, track)?;
        let backup = self.give(exercise, track, &file, present.as_deref(), &content)?;
        Ok(Undone { file, restored, backup })
    }

    /// The learner's file, or where it is going to be, and its content.
    fn present(&self, exercise: &ExerciseRef, track: Track) -> Result<(PathBuf, Option<Vec<u8>>), WorkspaceError> {
        inside::check_id(&exercise.id)?;
        let found = self.exercise_file(exercise, track);
        let file = found.unwrap_or_else(|| self.root.join(exercise.planned_path(track)));
        let inside = file.strip_prefix(&self.root).unwrap_or(&file);
        let file = inside::make_way(&self.root, inside)?;
        match file.symlink_metadata() {
            Ok(found) if found.is_symlink() => Err(WorkspaceError::Link { path: file }),
            Ok(_) => {
                let content = atomic::read(&file).map_err(WorkspaceError::read(&file))?;
                Ok((file, Some(content)))
            }
            Err(_) => Ok((file, None)),
        }
    }

    /// Keeps what the file has and gives it new content. A save that arrives in between stays, as an error says.
    fn give(
        &self,
        exercise: &ExerciseRef,
        track: Track,
        file: &std::path::Path,
        present: Option<&[u8]>,
        content: &[u8],
    ) -> Result<Option<PathBuf>, WorkspaceError> {
        let Some(present) = present else {
            atomic::create(file, content, Durable::Now).map_err(WorkspaceError::write(file))?;
            return Ok(None);
        };
        let backup = Shelf::of_exercise(&exercise.id, track)?.keep(self, present)?;
        match atomic::replace_if(file, content, |old| old == present).map_err(WorkspaceError::write(file))? {
            Replaced::Yes => Ok(Some(backup)),
            Replaced::Changed => Err(WorkspaceError::JustChanged { path: file.to_owned() }),
        }
    }
}

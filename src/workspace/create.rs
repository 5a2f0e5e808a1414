//! Making the learner's folder. Whatever is there already stays as it is.

use super::{Plan, Refreshed, Workspace, WorkspaceError, atomic, find};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What making the folder did. Paths are seen from the folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Created {
    /// Files that were written.
    pub added: Vec<PathBuf>,
    /// Files of the course's names that were there before with other content, and were left alone.
    pub kept: Vec<PathBuf>,
}

impl Workspace {
    /// Makes the folder `dir` (and the folders above it) with the plan's files. In a folder that has files it only adds;
    /// made again after it was interrupted, it completes what is missing.
    pub fn create(dir: &Path, plan: &Plan) -> Result<(Workspace, Created), WorkspaceError> {
        let root = find::plain(dir).map_err(WorkspaceError::write(dir))?;
        if let Some(outer) = root.parent().and_then(Workspace::find) {
            return Err(WorkspaceError::Inside { path: root, outer: outer.root });
        }
        if root.exists() && !root.is_dir() {
            return Err(WorkspaceError::NotAFolder { path: root });
        }
        fs::create_dir_all(&root).map_err(WorkspaceError::write(&root))?;
        let workspace = Workspace { root };
        let Refreshed { mut added, updated, kept_edited, .. } = workspace.refresh(plan)?;
        added.extend(updated);
        let mut created = Created { added, kept: kept_edited };
        // Last, since it marks the folder as made.
        let settings = workspace.settings_file();
        match atomic::create(&settings, plan.settings.text().as_bytes(), atomic::Durable::Now) {
            Ok(()) => created.added.push(super::SETTINGS_FILE.into()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                created.kept.push(super::SETTINGS_FILE.into())
            }
            Err(error) => return Err(WorkspaceError::write(&settings)(error)),
        }
        Ok((workspace, created))
    }
}

//! Saving what was typed in the built-in editor.

use super::atomic::{self, Replaced};
use super::{Workspace, WorkspaceError};
use std::path::Path;

impl Workspace {
    /// Gives a file of the learner new content. It must still have the content that was edited: what another editor saved
    /// meanwhile stays, as an error says.
    ///
    /// # Errors
    /// When the file changed meanwhile or cannot be written.
    pub fn save(&self, file: &Path, edited: &str, content: &str) -> Result<(), WorkspaceError> {
        let _lock = self.lock()?;
        let replaced = atomic::replace_if(file, content.as_bytes(), |now| now == edited.as_bytes());
        match replaced.map_err(WorkspaceError::write(file))? {
            Replaced::Yes => Ok(()),
            Replaced::Changed => Err(WorkspaceError::JustChanged { path: file.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_editor_saved_is_not_lost() {
        let temp = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: temp.path().to_owned() };
        let file = temp.path().join("a.rs");
        std::fs::write(&file, "old").unwrap();
        workspace.save(&file, "old", "mine").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
        let error = workspace.save(&file, "old", "mine again").unwrap_err();
        assert_eq!(error, WorkspaceError::JustChanged { path: file.clone() });
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    }
}

//! Finding the learner's folder: from where one stands upwards, else the one used last.

use super::{SETTINGS_FILE, Workspace, WorkspaceError, atomic};
use etcetera::BaseStrategy;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// A learner's folder and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The start lies in it.
    Here(Workspace),
    /// It is the one used last; the start lies elsewhere.
    Remembered(Workspace),
}

impl Found {
    /// The folder.
    pub fn workspace(self) -> Workspace {
        match self {
            Found::Here(workspace) | Found::Remembered(workspace) => workspace,
        }
    }
}

/// The file in the state folder that names the learner's folder used last.
const LAST: &str = "last-folder";

/// The folder for what the program remembers between runs: `AWAITLINGS_STATE` if it is set, else the person's state folder
/// (`~/.local/state/awaitlings`), else, where there is no such thing, their data folder. `None` without a home.
pub fn state_folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("AWAITLINGS_STATE").filter(|folder| !folder.is_empty()) {
        return Some(folder.into());
    }
    let places = etcetera::choose_base_strategy().ok()?;
    Some(places.state_dir().unwrap_or_else(|| places.data_dir()).join("awaitlings"))
}

impl Workspace {
    /// The learner's folder that `start` lies in: the nearest folder upwards with an `awaitlings.toml`.
    pub fn find(start: &Path) -> Option<Workspace> {
        let start = plain(start).ok()?;
        let root = start.ancestors().find(|folder| is_workspace(folder))?;
        Some(Workspace { root: root.to_owned() })
    }

    /// The learner's folder that `start` lies in, else the one used last (`state`: [`state_folder`]) if it still exists.
    pub fn locate(start: &Path, state: Option<&Path>) -> Option<Found> {
        if let Some(workspace) = Workspace::find(start) {
            return Some(Found::Here(workspace));
        }
        let root = path_from_bytes(atomic::read(&state?.join(LAST)).ok()?)?;
        (root.is_absolute() && is_workspace(&root)).then_some(Found::Remembered(Workspace { root }))
    }

    /// Remembers this folder as the one used last. Nothing is written if it was so already.
    pub fn remember(&self, state: &Path) -> Result<(), WorkspaceError> {
        let file = state.join(LAST);
        let path = self.root.as_os_str().as_encoded_bytes();
        if atomic::read(&file).is_ok_and(|known| known == path) {
            return Ok(());
        }
        fs::create_dir_all(state).map_err(WorkspaceError::write(state))?;
        atomic::write(&file, path, atomic::Durable::Later).map_err(WorkspaceError::write(&file))
    }
}

/// The absolute path, without `..`: only then are its ancestors the folders that it lies in.
pub(super) fn plain(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if path.components().any(|part| part == Component::ParentDir) { path.canonicalize() } else { Ok(path) }
}

fn is_workspace(folder: &Path) -> bool {
    folder.join(SETTINGS_FILE).is_file()
}

/// A path may be any bytes on Unix; elsewhere it must be UTF-8 to be remembered.
#[cfg(unix)]
fn path_from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path_from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_workspace(root: &Path) -> Workspace {
        fs::create_dir_all(root.join("exercises/01-a")).unwrap();
        fs::write(root.join(SETTINGS_FILE), "").unwrap();
        Workspace { root: root.to_owned() }
    }

    #[test]
    fn the_nearest_folder_upwards_is_found() {
        let temp = tempfile::tempdir().unwrap();
        let workspace = a_workspace(&temp.path().join("dojo"));
        for start in ["dojo", "dojo/exercises/01-a", "dojo/exercises/01-a/01-b.rs", "dojo/exercises/.."] {
            assert_eq!(Workspace::find(&temp.path().join(start)), Some(workspace.clone()), "{start}");
        }
        assert_eq!(Workspace::find(temp.path()), None);
    }

    #[test]
    fn a_folder_of_that_name_marks_nothing() {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir(temp.path().join(SETTINGS_FILE)).unwrap();
        assert_eq!(Workspace::find(temp.path()), None);
    }

    #[test]
    fn elsewhere_the_folder_used_last_is_taken() {
        let temp = tempfile::tempdir().unwrap();
        let (state, elsewhere) = (temp.path().join("state"), temp.path().join("else where"));
        fs::create_dir(&elsewhere).unwrap();
        assert_eq!(Workspace::locate(&elsewhere, Some(&state)), None);
        let first = a_workspace(&temp.path().join("first"));
        let second = a_workspace(&temp.path().join("第二\n"));
        first.remember(&state).unwrap();
        second.remember(&state).unwrap();
        assert_eq!(Workspace::locate(&elsewhere, Some(&state)), Some(Found::Remembered(second.clone())));
        assert_eq!(Workspace::locate(first.root(), Some(&state)), Some(Found::Here(first)));
        assert_eq!(Workspace::locate(&elsewhere, None), None);
        fs::remove_dir_all(second.root()).unwrap();
        assert_eq!(Workspace::locate(&elsewhere, Some(&state)), None);
    }

    #[test]
    fn a_place_that_cannot_be_remembered_is_an_error_with_words() {
        let temp = tempfile::tempdir().unwrap();
        let workspace = a_workspace(&temp.path().join("dojo"));
        let state = temp.path().join("dojo").join(SETTINGS_FILE).join("state");
        let words = workspace.remember(&state).unwrap_err().to_string();
        assert!(words.contains("a file is in the way"), "{words}");
    }
}

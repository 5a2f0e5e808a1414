//! Paths that are written stay inside the learner's folder.

use super::WorkspaceError;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Whether `relative` names something inside the folder: no root, no `..`, no empty path.
pub(super) fn check_relative(relative: &Path) -> Result<(), WorkspaceError> {
    let normal = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if normal && relative.file_name().is_some() {
        return Ok(());
    }
    Err(WorkspaceError::BadName { name: relative.display().to_string() })
}

/// Whether an id can be a file name: letters, digits, `-`, `_` and inner dots.
pub(super) fn check_id(id: &str) -> Result<(), WorkspaceError> {
    let plain = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if plain && !id.is_empty() && !id.starts_with('.') {
        return Ok(());
    }
    Err(WorkspaceError::BadName { name: id.to_owned() })
}

/// The full path of `relative`, whose folders are made if need be. A link on the way is followed only as long as it leads
/// to a place inside `root`.
pub(super) fn make_way(root: &Path, relative: &Path) -> Result<PathBuf, WorkspaceError> {
    check_relative(relative)?;
    let real_root = root.canonicalize().map_err(WorkspaceError::write(root))?;
    let mut folder = root.to_owned();
    for part in relative.parent().into_iter().flat_map(Path::components) {
        folder.push(part);
        match folder.symlink_metadata() {
            Ok(found) if found.is_symlink() => {
                let target = folder.canonicalize().map_err(WorkspaceError::write(&folder))?;
                if !target.starts_with(&real_root) {
                    return Err(WorkspaceError::LeadsOut { path: folder, target });
                }
            }
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(WorkspaceError::write(&folder)(io::ErrorKind::NotADirectory.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::create_dir(&folder) {
                // Two programs at once: the folder is there, which is what counts.
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(WorkspaceError::write(&folder)(error));
                }
                _ => {}
            },
            Err(error) => return Err(WorkspaceError::write(&folder)(error)),
        }
    }
    Ok(root.join(relative))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for bad in ["", "..", "../x", "a/../x", "/etc/x", "."] {
            assert!(check_relative(Path::new(bad)).is_err(), "{bad:?}");
        }
        assert_eq!(check_relative(Path::new("exercises/01-a/01-b.rs")), Ok(()));
        for bad in ["", "..", ".x", "a/b", "a\\b", "a b"] {
            assert!(check_id(bad).is_err(), "{bad:?}");
        }
        assert_eq!(check_id("first-await"), Ok(()));
    }

    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        symlink(elsewhere.path(), root.path().join("exercises")).unwrap();
        let error = make_way(root.path(), Path::new("exercises/01-a/01-b.rs")).unwrap_err();
        assert!(matches!(error, WorkspaceError::LeadsOut { .. }), "{error}");
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_link_within_the_folder_is_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("real")).unwrap();
        symlink("real", root.path().join("exercises")).unwrap();
        make_way(root.path(), Path::new("exercises/01-a/01-b.rs")).unwrap();
        assert!(root.path().join("real/01-a").is_dir());
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("exercises"), "mine").unwrap();
        let words = make_way(root.path(), Path::new("exercises/01-a/01-b.rs")).unwrap_err().to_string();
        assert!(words.contains("/exercises: a file is in the way"), "{words}");
    }
}

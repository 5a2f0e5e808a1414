//! Where an exercise's file is: where the course wants it, else wherever its id is found.

use super::{ExerciseRef, Workspace, exercise_of_file_name, without_number};
use crate::course::Track;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every exercise file in the folder, by id and track; paths are seen from the folder and sorted.
#[derive(Debug, Default)]
pub(super) struct Index(BTreeMap<(String, Track), Vec<PathBuf>>);

impl Index {
    /// Looks through the module folders. What cannot be read is not there.
    pub(super) fn of(root: &Path) -> Index {
        let mut index = Index::default();
        for module in names_in(&root.join("exercises")) {
            let folder = Path::new("exercises").join(&module);
            for name in names_in(&root.join(&folder)) {
                if let Some((id, track)) = exercise_of_file_name(&name) {
                    index.0.entry((id.to_owned(), track)).or_default().push(folder.join(&name));
                }
            }
        }
        index
    }

    /// The file of an exercise: at the planned place, else in its module's folder under whatever number, else in any.
    pub(super) fn file(&self, exercise: &ExerciseRef, track: Track) -> Option<&Path> {
        let files = self.0.get(&(exercise.id.clone(), track))?;
        let planned = exercise.planned_path(track);
        let in_module = |file: &&PathBuf| module_of(file) == Some(exercise.module.as_str());
        let found = files.iter().find(|file| **file == planned);
        found.or_else(|| files.iter().find(in_module)).or_else(|| files.first()).map(PathBuf::as_path)
    }

    /// The first file of an exercise's id and track.
    pub(super) fn anywhere(&self, exercise: &(String, Track)) -> Option<&Path> {
        self.0.get(exercise)?.first().map(PathBuf::as_path)
    }
}

impl Workspace {
    /// The learner's file of an exercise, wherever its number or module has put it; `None` if there is none.
    pub fn exercise_file(&self, exercise: &ExerciseRef, track: Track) -> Option<PathBuf> {
        let planned = self.root().join(exercise.planned_path(track));
        if planned.symlink_metadata().is_ok() {
            return Some(planned);
        }
        Index::of(self.root()).file(exercise, track).map(|file| self.root().join(file))
    }

    /// The exercise's id and track that a path inside the folder belongs to: for whoever watches the folder.
    pub fn exercise_of(&self, path: &Path) -> Option<(String, Track)> {
        let inside = path.strip_prefix(self.root()).ok()?.strip_prefix("exercises").ok()?;
        let (id, track) = exercise_of_file_name(inside.file_name()?.to_str()?)?;
        (inside.components().count() == 2).then(|| (id.to_owned(), track))
    }
}

fn module_of(file: &Path) -> Option<&str> {
    file.parent()?.file_name()?.to_str().map(without_number)
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[&str]) -> (tempfile::TempDir, Workspace) {
        let temp = tempfile::tempdir().unwrap();
        for file in files {
            let path = temp.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let workspace = Workspace { root: temp.path().to_owned() };
        (temp, workspace)
    }

    fn found(workspace: &Workspace, exercise: &ExerciseRef, track: Track) -> Option<String> {
        let file = workspace.exercise_file(exercise, track)?;
        Some(file.strip_prefix(workspace.root()).unwrap().display().to_string())
    }

    #[test]
    fn a_file_is_found_by_its_id_under_any_number_and_in_any_module() {
        let (_temp, workspace) = folder_with(&[
            "exercises/01-basics/07-fan-out.rs",
            "exercises/04-advanced/02-select.rs",
            "exercises/01-basics/07-fan-out.py",
        ]);
        let found = |module: &str, name: &str, track| found(&workspace, &ExerciseRef::new(module, name), track);
        let fan_out = Some("exercises/01-basics/07-fan-out.rs".to_owned());
        assert_eq!(found("01-basics", "07-fan-out", Track::Rust), fan_out);
        assert_eq!(found("01-basics", "03-fan-out", Track::Rust), fan_out);
        assert_eq!(found("02-basics", "03-fan-out", Track::Rust), fan_out);
        assert_eq!(found("03-limits", "02-select", Track::Rust).unwrap(), "exercises/04-advanced/02-select.rs");
        assert_eq!(found("03-limits", "02-select", Track::Python), None);
    }

    #[test]
    fn of_several_the_planned_one_then_the_modules_own_is_taken() {
        let (_temp, workspace) =
            folder_with(&["exercises/01-a/05-x.rs", "exercises/02-b/05-x.rs", "exercises/02-b/06-x.rs"]);
        let found = |module: &str, name: &str| found(&workspace, &ExerciseRef::new(module, name), Track::Rust).unwrap();
        assert_eq!(found("02-b", "06-x"), "exercises/02-b/06-x.rs");
        assert_eq!(found("09-b", "01-x"), "exercises/02-b/05-x.rs");
        assert_eq!(found("03-c", "01-x"), "exercises/01-a/05-x.rs");
    }

    #[test]
    fn a_saved_file_tells_its_exercise() {
        let workspace = Workspace { root: "/dojo".into() };
        let of = |path: &str| workspace.exercise_of(Path::new(path));
        assert_eq!(of("/dojo/exercises/01-a/05-x.py"), Some(("x".to_owned(), Track::Python)));
        assert_eq!(of("/dojo/exercises/01-a/.05-x.py.tmp"), None);
        assert_eq!(of("/dojo/exercises/01-a/deep/05-x.py"), None);
        assert_eq!(of("/elsewhere/exercises/01-a/05-x.py"), None);
    }
}

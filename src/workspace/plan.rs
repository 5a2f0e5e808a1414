//! What a course wants to have in the learner's folder.

use super::generated;
use super::{OUR_FOLDER, Settings};
use crate::course::Track;
use std::path::{Path, PathBuf};

/// An exercise as far as its files go: its ids, and the names with numbers that give the order today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseRef {
    /// `fan-out`; unique in the course.
    pub id: String,
    /// `basic-patterns`.
    pub module: String,
    /// The exercise's file name without ending: `03-fan-out`.
    pub name: String,
    /// The module's folder name: `01-basic-patterns`.
    pub module_name: String,
}

impl ExerciseRef {
    /// The exercise of a module's folder name and an exercise's name, both with their numbers.
    pub fn new(module_name: &str, name: &str) -> ExerciseRef {
        ExerciseRef {
            id: super::without_number(name).to_owned(),
            module: super::without_number(module_name).to_owned(),
            name: name.to_owned(),
            module_name: module_name.to_owned(),
        }
    }

    /// Where the course wants the file, seen from the learner's folder: `exercises/01-basic-patterns/03-fan-out.rs`.
    pub fn planned_path(&self, track: Track) -> PathBuf {
        Path::new("exercises").join(&self.module_name).join(format!("{}.{}", self.name, track.extension()))
    }
}

/// What a planned file is for, which decides how it is kept up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Where the learner solves this exercise: found by id, replaced only while untouched.
    Stub(ExerciseRef, Track),
    /// The learner may edit it (`Cargo.toml`): replaced only while untouched.
    Editable,
    /// Ours, under `.awaitlings/`: always as planned.
    Ours,
}

/// One file of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// Where it goes, seen from the learner's folder.
    pub path: PathBuf,
    /// Its content.
    pub content: String,
    /// What it is for.
    pub purpose: Purpose,
}

/// Everything that a course has for the learner's folder: always the whole course, since files that an earlier plan had and
/// this one has not are taken away (unless they were edited).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What a new `awaitlings.toml` says. An existing one is left alone.
    pub settings: Settings,
    /// The files.
    pub files: Vec<PlannedFile>,
}

impl Plan {
    /// A plan without files.
    pub fn new(settings: Settings) -> Plan {
        Plan { settings, files: Vec::new() }
    }

    /// Adds an exercise's stub in a track.
    pub fn stub(&mut self, exercise: ExerciseRef, track: Track, content: impl Into<String>) -> &mut Plan {
        let path = exercise.planned_path(track);
        self.files.push(PlannedFile { path, content: content.into(), purpose: Purpose::Stub(exercise, track) });
        self
    }

    /// Adds a file that the learner may edit.
    pub fn editable(&mut self, path: impl Into<PathBuf>, content: impl Into<String>) -> &mut Plan {
        self.files.push(PlannedFile { path: path.into(), content: content.into(), purpose: Purpose::Editable });
        self
    }

    /// Adds a file under `.awaitlings/harness/`, such as `rust/src/lib.rs`.
    pub fn harness(&mut self, path: impl AsRef<Path>, content: impl Into<String>) -> &mut Plan {
        let path = Path::new(OUR_FOLDER).join("harness").join(path);
        self.files.push(PlannedFile { path, content: content.into(), purpose: Purpose::Ours });
        self
    }

    /// Adds what editors and people need around the exercises: `Cargo.toml` and `pyproject.toml` with these dependencies
    /// ([`generated::cargo_toml`], [`generated::pyproject_toml`] say in which form), and `.gitignore`.
    pub fn projects(&mut self, rust_dependencies: &str, python_dependencies: &[&str]) -> &mut Plan {
        self.editable("Cargo.toml", generated::cargo_toml(rust_dependencies))
            .editable("pyproject.toml", generated::pyproject_toml(python_dependencies))
            .editable(".gitignore", generated::gitignore())
    }

    /// The exercises that have a stub in `track`, in the plan's order.
    pub(super) fn exercises(&self, track: Track) -> impl Iterator<Item = &ExerciseRef> {
        self.files.iter().filter_map(move |file| match &file.purpose {
            Purpose::Stub(exercise, of) if *of == track => Some(exercise),
            _ => None,
        })
    }
}

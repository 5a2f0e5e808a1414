//! Loads a course from its files: everything usable, and every problem at once.

use super::schema::{CourseToml, Parsed, SetToml};
use super::{Course, Criterion, DependencySet, Module, Problem, Snapshot, load_exercise, load_lesson, name};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use toml::Spanned;

/// The lesson file that holds the first page.
const OVERVIEW: &str = "00-overview";

/// A course that cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder or its `course.toml` cannot be read.
    #[error("failed to read {path}/course.toml: {source}; a course is a folder with a course.toml in it")]
    Unreadable {
        /// The folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// `course.toml` is not understood.
    #[error("{0}")]
    Manifest(Problem),
}

impl Course {
    /// The course that is built into the program.
    ///
    /// # Errors
    /// When its `course.toml` is broken, which a test rules out.
    pub fn embedded() -> Result<Course, LoadError> {
        Course::load(&Snapshot::embedded())
    }

    /// The course in a folder.
    ///
    /// # Errors
    /// When there is no readable `course.toml`; other mistakes are in [`Course::problems`].
    pub fn from_folder(path: &Path) -> Result<Course, LoadError> {
        let unreadable = |source| LoadError::Unreadable { path: path.display().to_string(), source };
        Course::load(&Snapshot::folder(path).map_err(unreadable)?)
    }

    /// The course in a snapshot of its files.
    ///
    /// # Errors
    /// When `course.toml` is not understood.
    pub fn load(snapshot: &Snapshot) -> Result<Course, LoadError> {
        let toml: Parsed<CourseToml> = Parsed::read(snapshot, "course.toml").map_err(LoadError::Manifest)?;
        let mut problems = snapshot.problems().to_vec();
        check_head(&toml, &mut problems);
        let Foundation { harness, python_harness, sets } = foundation(snapshot, &toml, &mut problems)?;
        let criteria = toml.value.criteria.iter();
        let criteria = criteria.map(|c| Criterion { id: c.id.get_ref().clone(), text: c.text.get_ref().clone() });
        let mut course = Course {
            id: toml.value.id.get_ref().clone(),
            title: toml.value.title.get_ref().clone(),
            languages: toml.value.languages.get_ref().clone(),
            tracks: toml.value.tracks.get_ref().clone(),
            criteria: criteria.collect(),
            sets,
            harness,
            python_harness,
            overview: None,
            modules: Vec::new(),
            problems: Vec::new(),
            digest: String::new(),
        };
        let languages = course.languages.clone();
        if lesson_names(snapshot).contains(OVERVIEW) {
            let file = format!("{OVERVIEW}.md");
            course.overview = load_lesson::lesson(snapshot, &file, "overview", &languages, &mut problems);
        }
        // The first frame of the screen waits for this: what can be done side by side is.
        let (digest, modules) = thread::scope(|scope| {
            let digest = scope.spawn(|| snapshot.digest());
            let modules = modules(snapshot, &course, &mut problems);
            (joined(digest), modules)
        });
        course.digest = digest;
        course.modules = modules;
        unique_ids(&course, &mut problems);
        if course.modules.is_empty() {
            let what = "has no module yet; add `lessons/en/01-name.md` or `exercises/01-name/01-name/`";
            problems.push(Problem::of_file("course.toml", what));
        }
        problems.sort();
        problems.dedup();
        course.problems = problems;
        Ok(course)
    }
}

fn check_head(toml: &Parsed<CourseToml>, problems: &mut Vec<Problem>) {
    let value = &toml.value;
    if !name::is_id(value.id.get_ref()) {
        problems.push(toml.problem_at(&value.id, "is not an id; use lower-case letters, digits and single hyphens"));
    }
    if value.languages.get_ref().is_empty() {
        problems.push(toml.problem_at(&value.languages, "a course needs a language: en or zh"));
    }
    if value.tracks.get_ref().is_empty() {
        problems.push(toml.problem_at(&value.tracks, "a course needs a track: rust or python"));
    }
    let mut seen = BTreeSet::new();
    for criterion in &value.criteria {
        if !seen.insert(criterion.id.get_ref()) {
            problems.push(toml.problem_at(&criterion.id, "there are two criteria of this id"));
        }
    }
    let texts = value.criteria.iter().map(|criterion| &criterion.text);
    for text in texts.chain([&value.title]) {
        for language in value.languages.get_ref() {
            if !text.get_ref().has(*language) {
                problems.push(toml.problem_at(text, format!("the text in `{language}` is missing")));
            }
        }
    }
}

/// What exercises build on.
struct Foundation {
    harness: BTreeMap<String, String>,
    python_harness: BTreeMap<String, String>,
    sets: BTreeMap<String, DependencySet>,
}

/// Where the source of the Rust harness lies in a course.
const RUST_HARNESS: &str = "exercises/harness/rust/src";

/// Where the package of the Python harness lies in a course.
const PYTHON_HARNESS: &str = "exercises/harness/python/harness";

/// The harness and the dependency sets: the course's own, or the built-in course's where it has none.
fn foundation(
    snapshot: &Snapshot,
    toml: &Parsed<CourseToml>,
    problems: &mut Vec<Problem>,
) -> Result<Foundation, LoadError> {
    let mut own = Foundation {
        harness: files_below(snapshot, RUST_HARNESS, problems),
        python_harness: files_below(snapshot, PYTHON_HARNESS, problems),
        sets: sets(snapshot, toml, problems),
    };
    if own.harness.is_empty() || own.python_harness.is_empty() || own.sets.is_empty() {
        let built_in = Snapshot::embedded();
        let toml = Parsed::read(&built_in, "course.toml").map_err(LoadError::Manifest)?;
        if own.harness.is_empty() {
            own.harness = files_below(&built_in, RUST_HARNESS, problems);
        }
        if own.python_harness.is_empty() {
            own.python_harness = files_below(&built_in, PYTHON_HARNESS, problems);
        }
        if own.sets.is_empty() {
            own.sets = sets(&built_in, &toml, problems);
        }
    }
    Ok(own)
}

fn sets(
    snapshot: &Snapshot,
    toml: &Parsed<CourseToml>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, DependencySet> {
    let mut read = |set: &SetToml| {
        let mut take = |file: &Spanned<String>| {
            let text = snapshot.text(file.get_ref());
            let missing = || toml.problem_at(file, format!("there is no file `{}` in the course", file.get_ref()));
            let text = text.unwrap_or_else(|| Err(missing()));
            text.map_err(|problem| problems.push(problem)).ok()
        };
        let (manifest, lock) = (take(&set.manifest), take(&set.lock));
        let requirements = set.requirements.as_ref().and_then(take);
        Some(DependencySet { manifest: manifest?, lock: lock?, requirements })
    };
    toml.value.sets.iter().filter_map(|(name, set)| Some((name.clone(), read(set)?))).collect()
}

fn files_below(snapshot: &Snapshot, folder: &str, problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    for path in snapshot.below(folder) {
        match snapshot.text(&format!("{folder}/{path}")) {
            Some(Ok(text)) => drop(sources.insert(path.to_owned(), text)),
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
    }
    sources
}

/// The names of all lesson files, without their ending, in any language.
fn lesson_names(snapshot: &Snapshot) -> BTreeSet<String> {
    let files = snapshot.below("lessons").filter_map(|path| path.split_once('/'));
    files.filter_map(|(_, name)| name.strip_suffix(".md")).map(str::to_owned).collect()
}

fn modules(snapshot: &Snapshot, course: &Course, problems: &mut Vec<Problem>) -> Vec<Module> {
    let lessons = lesson_names(snapshot);
    let exercises: BTreeSet<(&str, &str)> = snapshot
        .below("exercises")
        .filter_map(|path| path.split_once('/'))
        .filter(|(module, _)| *module != "harness")
        .filter_map(|(module, rest)| Some((module, rest.split_once('/')?.0)))
        .collect();
    let folders = lessons.iter().map(String::as_str).filter(|name| *name != OVERVIEW);
    let folders: BTreeSet<&str> = folders.chain(exercises.iter().map(|(module, _)| *module)).collect();
    let load = |folder: &str| {
        let mut problems = Vec::new();
        let own = exercises.iter().filter(|(module, _)| *module == folder).map(|(_, exercise)| *exercise);
        let module = module(snapshot, course, folder, lessons.contains(folder), own, &mut problems);
        (module, problems)
    };
    let loaded: Vec<(Option<Module>, Vec<Problem>)> = thread::scope(|scope| {
        let load = &load;
        let loading: Vec<_> = folders.into_iter().map(|folder| scope.spawn(move || load(folder))).collect();
        loading.into_iter().map(joined).collect()
    });
    let mut modules = Vec::new();
    for (module, found) in loaded {
        modules.extend(module);
        problems.extend(found);
    }
    modules.sort_by_key(|module| name::split(&module.folder).map_or(0, |(number, _)| number));
    for module in &mut modules {
        module.exercises.sort_by_key(|exercise| name::split(&exercise.folder).map_or(0, |(number, _)| number));
    }
    modules
}

/// What a thread came to; its panic goes on here.
fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn module<'a>(
    snapshot: &Snapshot,
    course: &Course,
    folder: &str,
    has_lesson: bool,
    exercises: impl Iterator<Item = &'a str>,
    problems: &mut Vec<Problem>,
) -> Option<Module> {
    let id = match name::split(folder) {
        Ok((_, id)) => id,
        Err(what) => {
            problems.push(Problem::of_file(format!("exercises/{folder}"), what));
            return None;
        }
    };
    let lesson =
        has_lesson.then(|| load_lesson::lesson(snapshot, &format!("{folder}.md"), id, &course.languages, problems));
    let load = |exercise| load_exercise::exercise(snapshot, course, folder, exercise, problems);
    let exercises = exercises.filter_map(load).collect();
    Some(Module { id: id.to_owned(), folder: folder.to_owned(), lesson: lesson.flatten(), exercises })
}

/// Ids name progress and commands, so none may stand for two things.
fn unique_ids(course: &Course, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    seen.insert("overview", format!("lessons/{OVERVIEW}.md"));
    let modules = course.modules.iter().map(|module| (module.id.as_str(), format!("exercises/{}", module.folder)));
    let exercises = course.exercises().map(|(_, exercise)| {
        (exercise.id.as_str(), format!("exercises/{}/{}", exercise.module_folder, exercise.folder))
    });
    for (id, path) in modules.chain(exercises) {
        if let Some(first) = seen.get(id) {
            problems.push(Problem::of_file(path, format!("the id `{id}` is taken by {first}; choose another")));
        } else {
            seen.insert(id, path);
        }
    }
}

/// The lesson that a section reference such as `basic-patterns#tasks` names, and the section's id.
pub fn section_parts(reference: &str) -> Option<(&str, &str)> {
    reference.split_once('#').filter(|(lesson, section)| name::is_id(lesson) && name::is_id(section))
}

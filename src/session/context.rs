//! What most commands start from: the course, the learner's folder, and what the learner chose.

use crate::course::{Course, Exercise, Language, Module, Track};
use crate::progress::{self, Store};
use crate::runner::python::PYTHON_VARIABLE;
use crate::runner::rust;
use crate::wording::{Say, Walking};
use crate::workspace::{self, ExerciseRef, Plan, Settings, SettingsProblem, Workspace};
use anyhow::{Context as _, anyhow};
use std::path::{Path, PathBuf};

/// What the person asked for; the rest comes from their settings.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The folder of a course; the built-in one when there is none.
    pub course: Option<PathBuf>,
    /// The language to speak.
    pub language: Option<Language>,
    /// Whether both languages are to be shown.
    pub both_languages: bool,
    /// The track to solve in.
    pub track: Option<Track>,
    /// The Python to judge with.
    pub python: Option<PathBuf>,
}

/// Lets `pytest exercises/.../01-first-test.py` know what the runner knows: the mark `virtual_time`, and its loop.
const CONFTEST: &str = "# Made by awaitlings, so that plain pytest runs the tests that you write. Edit it as you like.\n\
                        pytest_plugins = [\"harness.plugin\"]\n";

/// The start of a command.
#[derive(Debug, Clone)]
pub struct Context {
    /// The course.
    pub course: Course,
    /// The folder that the course was read from; none for the built-in one.
    pub course_folder: Option<PathBuf>,
    /// The learner's folder, if there is one.
    pub workspace: Option<Workspace>,
    /// The language to speak.
    pub language: Language,
    /// Whether both languages are asked for.
    pub both_languages: bool,
    /// The track to solve in.
    pub track: Track,
    /// The Python to judge with, where one is named.
    pub python: Option<PathBuf>,
}

impl Context {
    /// Finds everything; tells problems on the error stream.
    ///
    /// # Errors
    /// When the course cannot be loaded at all.
    pub fn find(asked: impl Into<Asked>) -> anyhow::Result<Context> {
        let (context, mistakes) = Context::gather(&asked.into())?;
        for mistake in mistakes {
            anstream::eprintln!("{}", mistake.words(context.language));
        }
        Ok(context)
    }

    /// As [`Context::find`], and brings the learner's folder in step with its course.
    ///
    /// # Errors
    /// When the course cannot be loaded at all.
    pub fn find_in_step(asked: impl Into<Asked>) -> anyhow::Result<Context> {
        let asked = asked.into();
        // Another course than the folder's own must not change the folder.
        let own_course = asked.course.is_none();
        let context = Context::find(asked)?;
        if own_course {
            super::keep_in_step(&context).iter().for_each(|line| anstream::eprintln!("{line}"));
        }
        Ok(context)
    }

    /// Finds everything, and the mistakes in the learner's settings.
    ///
    /// # Errors
    /// When the course cannot be loaded at all.
    pub fn gather(asked: &Asked) -> anyhow::Result<(Context, Vec<SettingsProblem>)> {
        let here = std::env::current_dir().context("failed to find the current folder; go into one that exists")?;
        let state = workspace::state_folder();
        let workspace = Workspace::locate(&here, state.as_deref()).map(workspace::Found::workspace);
        let (settings, mistakes) = workspace.as_ref().map(Workspace::settings).unwrap_or_default();
        let in_settings = workspace.is_some();
        let language = asked.language.unwrap_or_else(|| if in_settings { settings.language } else { spoken() });
        let from_settings = || {
            let folder = settings.course.as_ref()?;
            Some(workspace.as_ref()?.root().join(folder))
        };
        let course_folder = asked.course.clone().or_else(from_settings);
        let course = match &course_folder {
            Some(folder) => Course::from_folder(folder)?,
            None => Course::embedded()?,
        };
        let track = asked.track.unwrap_or(if in_settings { settings.track } else { Track::default() });
        let both_languages = asked.both_languages;
        let from_settings = || {
            let program = settings.python.clone()?;
            // A name alone is one on PATH.
            let is_path = program.components().count() > 1;
            Some(if is_path { workspace.as_ref()?.root().join(program) } else { program })
        };
        let from_environment = || std::env::var_os(PYTHON_VARIABLE).map(PathBuf::from);
        let python = asked.python.clone().or_else(from_environment).or_else(from_settings);
        Ok((Context { course, course_folder, workspace, language, both_languages, track, python }, mistakes))
    }

    /// Says a text in the learner's language.
    pub fn say(&self, text: &Walking) -> String {
        text.say(self.language)
    }

    /// The learner's folder.
    ///
    /// # Errors
    /// When there is none, with what to do.
    pub fn folder(&self) -> anyhow::Result<&Workspace> {
        self.workspace.as_ref().ok_or_else(|| anyhow!(self.say(&Walking::NoFolder)))
    }

    /// The store of progress of the learner's folder; what it has to say goes to the error stream.
    pub fn store(&self) -> Option<Store> {
        let (store, notices) = Store::open(self.workspace.as_ref()?.root());
        self.tell(&notices);
        Some(store)
    }

    /// Prints notices about the store.
    pub fn tell(&self, notices: &[progress::Notice]) {
        for notice in notices {
            anstream::eprintln!("{}", notice.words(self.language));
        }
    }

    /// The exercise of an id, or the next one to solve.
    ///
    /// # Errors
    /// When there is no such exercise, or none left; the message says what there is.
    pub fn exercise(&self, id: Option<&str>) -> anyhow::Result<(&Module, &Exercise)> {
        let Some(id) = id else {
            let store = self.store();
            let progress = store.as_ref().map(|store| store.progress().clone()).unwrap_or_default();
            let next = progress.matrix(&outline(&self.course), self.track).next;
            let next = next.and_then(|next| self.course.exercise(&next.exercise));
            return next.ok_or_else(|| anyhow!(self.say(&Walking::NothingLeft)));
        };
        let id =
            workspace::exercise_of_file_name(Path::new(id).file_name().and_then(|name| name.to_str()).unwrap_or(id))
                .map_or(id, |(id, _)| id);
        let id = workspace::without_number(id);
        self.course.exercise(id).ok_or_else(|| {
            let unknown = self.say(&Walking::UnknownExercise { id: id.to_owned() });
            anyhow!(self.with_guess(unknown, id, self.course.exercises().map(|(_, exercise)| exercise.id.as_str())))
        })
    }

    /// Adds the known id that is closest to what was typed, if one is close.
    pub fn with_guess<'a>(&self, message: String, typed: &str, known: impl Iterator<Item = &'a str>) -> String {
        let closest = known.map(|id| (similarity(typed, id), id)).max_by(|a, b| a.0.total_cmp(&b.0));
        match closest {
            Some((score, id)) if score > 0.6 => {
                format!("{message}\n{}", self.say(&Walking::DidYouMean { id: id.to_owned() }))
            }
            _ => message,
        }
    }

    /// The exercise as the learner's folder knows it.
    pub fn reference(exercise: &Exercise) -> ExerciseRef {
        ExerciseRef::new(&exercise.module_folder, &exercise.folder)
    }

    /// The learner's file of an exercise, wherever it lies, and what the learner calls it.
    ///
    /// # Errors
    /// When there is no folder, or no such file in it.
    pub fn learner_file(&self, exercise: &Exercise) -> anyhow::Result<(PathBuf, String)> {
        let folder = self.folder()?;
        let reference = Context::reference(exercise);
        let file = folder.exercise_file(&reference, self.track).ok_or_else(|| {
            let path = reference.planned_path(self.track).display().to_string();
            anyhow!(self.say(&Walking::NoFile { path, command: format!("awaitlings reset {}", exercise.id) }))
        })?;
        let shown = folder.shown(&file).to_string();
        Ok((file, shown))
    }

    /// What the course wants to have in a learner's folder.
    pub fn plan(&self) -> Plan {
        let course = self.course_folder.as_ref().and_then(|folder| folder.canonicalize().ok());
        let settings = Settings { track: self.track, language: self.language, course, ..Settings::default() };
        let mut plan = Plan::new(settings);
        for (_, exercise) in self.course.exercises() {
            for (track, files) in &exercise.tracks {
                plan.stub(Context::reference(exercise), *track, files.stub.clone());
            }
        }
        for (path, text) in &self.course.harness {
            plan.harness(format!("rust/src/{path}"), text.clone());
        }
        for (path, text) in &self.course.python_harness {
            plan.harness(format!("python/harness/{path}"), text.clone());
        }
        // Sets grow on one another, so the longest has what every exercise needs.
        let files = self.course.exercises().filter_map(|(_, exercise)| exercise.tracks.get(&Track::Rust));
        let manifests = files.filter_map(|files| self.course.sets.get(&files.set)).map(|set| &set.manifest);
        let dependencies = manifests.max_by_key(|manifest| manifest.lines().count()).cloned().unwrap_or_default();
        let harness = self.course.sets.get("base").map_or(&dependencies, |set| &set.manifest);
        plan.harness("rust/Cargo.toml", rust::keep::harness_manifest(harness));
        self.subjects(&mut plan, &dependencies);
        let lines = dependencies.trim_start().strip_prefix("[dependencies]").unwrap_or(&dependencies).to_owned();
        let mut lines = lines.trim().to_owned();
        if self.has_subject(Track::Rust) {
            lines.push_str("\nsubject = { path = \".awaitlings/harness/subject\" }");
        }
        plan.projects(&lines, &["pytest", "pytest-asyncio", "aiohttp", "aiosqlite"]);
        plan
    }

    fn has_subject(&self, track: Track) -> bool {
        self.course
            .exercises()
            .any(|(_, exercise)| exercise.tracks.get(&track).is_some_and(|files| files.subject().is_some()))
    }

    /// What tests that the learner writes import from, for editors and for cargo and pytest: the references.
    fn subjects(&self, plan: &mut Plan, dependencies: &str) {
        let mut modules = Vec::new();
        for (_, exercise) in self.course.exercises() {
            let module = exercise.subject_module();
            for (track, files) in &exercise.tracks {
                let Some(subject) = files.subject() else { continue };
                match track {
                    Track::Rust => {
                        plan.harness(format!("subject/src/{module}.rs"), subject.reference.clone());
                        modules.push(module.clone());
                    }
                    Track::Python => {
                        plan.harness(format!("python/subject/{module}.py"), subject.reference.clone());
                    }
                }
            }
        }
        if self.has_subject(Track::Rust) {
            plan.harness("subject/src/lib.rs", rust::subject::root(modules.iter().map(String::as_str)));
            plan.harness("subject/Cargo.toml", rust::keep::subject_manifest(dependencies, "../rust"));
        }
        if self.has_subject(Track::Python) {
            plan.editable("conftest.py", CONFTEST);
        }
    }
}

/// The course as progress sees it.
pub fn outline(course: &Course) -> progress::Outline {
    let criterion = |criterion: &crate::course::Criterion| progress::CriterionOutline {
        id: criterion.id.clone(),
        title: criterion.text.clone(),
    };
    let exercise = |exercise: &Exercise| progress::ExerciseOutline {
        id: exercise.id.clone(),
        title: exercise.title.clone(),
        criteria: exercise.tracks.keys().map(|track| (*track, exercise.criteria.clone())).collect(),
    };
    let module = |module: &Module| progress::ModuleOutline {
        id: module.id.clone(),
        title: crate::course::Localized::new(
            course.languages.iter().map(|language| (*language, module.title(*language).to_owned())),
        ),
        exercises: module.exercises.iter().map(exercise).collect(),
    };
    progress::Outline {
        title: course.title.clone(),
        criteria: course.criteria.iter().map(criterion).collect(),
        modules: course.modules.iter().map(module).collect(),
    }
}

/// The language of the person's environment.
pub fn spoken() -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    match set {
        Some(locale) if locale.starts_with("zh") => Language::Zh,
        _ => Language::En,
    }
}

/// How much two ids have in common, from 0 to 1.
fn similarity(a: &str, b: &str) -> f32 {
    similar::TextDiff::from_chars(a, b).ratio()
}

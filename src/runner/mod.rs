//! Builds, runs and judges solutions.
//!
//! ```text
//! Runner::judge
//!   ├─ rust::set        libraries, once per machine
//!   ├─ rust::harness    what hidden tests build on, once per content
//!   ├─ rust::build      the solution alone, then the hidden tests against it
//!   ├─ hidden_test      one process per test: isolation, process, channel
//!   ├─ python           a server that forks for each test, with the same channel
//!   └─ Verdict          one type from here to the screen
//! ```
//!
//! The same content gets the same verdict, from the cache; a time stamp decides nothing.

pub mod cache;
mod channel;
pub mod event;
pub mod example;
mod hidden_test;
pub mod isolation;
pub mod output;
pub mod process;
pub mod python;
pub mod rust;
pub mod setup;
mod setup_words;
pub mod timeline;
pub mod verdict;
mod written;

pub use cache::Cache;
pub use event::{Event, Events};
pub use setup::SetupError;
pub use verdict::{Kind, Outcome, TestReport, Verdict};

use crate::course::{Course, Exercise, Reach, Track, TrackFiles};
use python::Python;
use rust::build::Compiler;
use rust::judge::Attempt;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Judges solutions. One for the life of the program.
#[derive(Debug)]
pub struct Runner {
    cache: Cache,
    events: Events,
    compilers: Mutex<HashMap<(String, String), Compiler>>,
    python: Python,
}

/// What to judge, and how.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The course.
    pub course: &'a Course,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The track.
    pub track: Track,
    /// The learner's text.
    pub source: &'a str,
    /// What the learner calls the file.
    pub shown: &'a str,
    /// Whose solution it is.
    pub role: Role,
}

/// Whose solution is judged; each is built in a place of its own, so that neither slows the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The learner's.
    Learner,
    /// The course's reference.
    Reference,
}

/// Whether a verdict may come from the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reuse {
    /// It may; the same content has the same verdict.
    Allowed,
    /// It must be obtained again.
    Never,
}

/// Whether the temp crate is kept, and where it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is removed.
    No,
    /// It is to be kept.
    Wanted,
    /// It was left here.
    At(PathBuf),
}

impl Runner {
    /// A runner that uses `cache` and tells what it does; its Python is the one that the environment names, or the one
    /// on PATH.
    pub fn new(cache: Cache, events: Events) -> Runner {
        let named = std::env::var_os(python::PYTHON_VARIABLE).map(PathBuf::from);
        Runner { cache, events, compilers: Mutex::default(), python: Python::new(named) }
    }

    /// The same runner, with another Python if one is named.
    #[must_use]
    pub fn with_python(self, named: Option<PathBuf>) -> Runner {
        if named.is_some() { Runner { python: Python::new(named), ..self } } else { self }
    }

    /// The cache.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Judges a solution. Dropping the future ends everything that it started.
    pub async fn judge(&self, task: Task<'_>, reuse: Reuse, kept: &mut Kept) -> Verdict {
        match self.try_judge(task, reuse, kept).await {
            Ok(verdict) => verdict,
            Err(problem) => Verdict::without_tests(&task.exercise.id, task.track, Kind::Setup { problem }, Vec::new()),
        }
    }

    async fn try_judge(&self, task: Task<'_>, reuse: Reuse, kept: &mut Kept) -> Result<Verdict, SetupError> {
        let missing = || SetupError::NoTrack { exercise: task.exercise.id.clone(), track: task.track };
        let files = task.exercise.tracks.get(&task.track).ok_or_else(missing)?;
        match task.track {
            Track::Rust => self.judge_rust(task, files, reuse, kept).await,
            Track::Python => self.judge_python(task, files, reuse, kept).await,
        }
    }

    async fn judge_rust(
        &self,
        task: Task<'_>,
        files: &TrackFiles,
        reuse: Reuse,
        kept: &mut Kept,
    ) -> Result<Verdict, SetupError> {
        let compiler = self.compiler(task.course, &files.set).await?;
        let Task { course, exercise, source, shown, role, .. } = task;
        let attempt = Attempt { course, exercise, files, source, shown, role };
        let key = attempt.key(&compiler);
        if let Some(verdict) = self.known(&key, reuse, kept) {
            return Ok(verdict);
        }
        let verdict = match files.subject() {
            None => rust::judge::judge(attempt, &compiler, &self.cache, &self.events, kept).await?,
            Some(subject) => {
                let often = (kept, 1);
                let judged =
                    rust::written::judge(attempt, subject, &compiler, &self.cache, &self.events, often).await?;
                judged
                    .into_iter()
                    .next()
                    .ok_or_else(|| SetupError::NoTrack { exercise: exercise.id.clone(), track: task.track })?
            }
        };
        self.keep(&key, &verdict);
        Ok(verdict)
    }

    async fn judge_python(
        &self,
        task: Task<'_>,
        files: &TrackFiles,
        reuse: Reuse,
        kept: &mut Kept,
    ) -> Result<Verdict, SetupError> {
        let Task { course, exercise, source, shown, .. } = task;
        let attempt = python::judge::Attempt { course, exercise, files, source, shown };
        let key = attempt.key(&self.python.key(&self.cache, course, &files.set, &self.events).await?);
        if let Some(verdict) = self.known(&key, reuse, kept) {
            return Ok(verdict);
        }
        let (python, cache, events) = (&self.python, &self.cache, &self.events);
        let verdict = match files.subject() {
            None => python::judge::judge(attempt, python, cache, events, kept).await?,
            Some(subject) => python::written::judge(attempt, subject, python, cache, events, kept).await?,
        };
        self.keep(&key, &verdict);
        Ok(verdict)
    }

    fn known(&self, key: &str, reuse: Reuse, kept: &Kept) -> Option<Verdict> {
        let known = (reuse == Reuse::Allowed && *kept == Kept::No).then(|| self.cache.verdict(key)).flatten();
        known.map(|verdict| Verdict { from_cache: true, ..verdict })
    }

    fn keep(&self, key: &str, verdict: &Verdict) {
        if verdict.is_lasting() {
            // A cache that cannot be written only costs time.
            let _ = self.cache.keep_verdict(key, verdict).and_then(|()| self.cache.prune_builds());
        }
    }

    /// The environment that Python solutions are judged in, made now if it is not ready.
    ///
    /// # Errors
    /// When there is no Python, or its packages cannot be installed.
    pub async fn python_environment(
        &self,
        course: &Course,
        set: &str,
    ) -> Result<python::environment::Environment, SetupError> {
        self.python.environment(&self.cache, course, set, &self.events).await
    }

    /// Prepares for the first verdict on an exercise while the learner reads: in Rust, builds the stub with the hidden
    /// tests; in Python, starts the server. Does nothing where that was done before.
    ///
    /// Drop the future before the exercise is judged: both build in the same place.
    ///
    /// # Errors
    /// When something other than the exercise keeps it from being prepared; judging will tell the same.
    pub async fn prime(&self, course: &Course, exercise: &Exercise, track: Track) -> Result<(), SetupError> {
        let missing = || SetupError::NoTrack { exercise: exercise.id.clone(), track };
        let files = exercise.tracks.get(&track).ok_or_else(missing)?;
        match track {
            Track::Rust => {
                let compiler = self.compiler(course, &files.set).await?;
                let source = &files.stub;
                let attempt = Attempt { course, exercise, files, source, shown: "stub", role: Role::Learner };
                match files.subject() {
                    None => rust::judge::prime(attempt, &compiler, &self.cache).await,
                    Some(subject) => rust::written::prime(attempt, subject, &compiler, &self.cache).await,
                }
            }
            Track::Python => self.prepare_python(course, &files.set).await,
        }
    }

    /// Sets Python up and starts the server that runs its tests, so that the first verdict does not wait for it.
    ///
    /// # Errors
    /// When there is no Python, its packages cannot be installed, or the server does not start.
    pub async fn prepare_python(&self, course: &Course, set: &str) -> Result<(), SetupError> {
        self.python.start(&self.cache, course, set, Reach::default(), &self.events).await.map(drop)
    }

    /// The compiler for a dependency set; built when it is not there, once for all who ask.
    ///
    /// # Errors
    /// When the set or the harness cannot be built.
    pub async fn compiler(&self, course: &Course, set: &str) -> Result<Compiler, SetupError> {
        let name = (course.digest.clone(), set.to_owned());
        let known = || self.compilers.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        if let Some(compiler) = known() {
            return Ok(compiler);
        }
        let (cache, events, course, set) = (self.cache.clone(), self.events.clone(), course.clone(), set.to_owned());
        let building = tokio::task::spawn_blocking(move || rust::compiler(&cache, &course, &set, &events));
        let failed = |error| SetupError::io(setup::Step::Libraries, &std::io::Error::other(error));
        let compiler = building.await.map_err(failed)??;
        self.compilers.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), compiler.clone());
        Ok(compiler)
    }
}

//! What can keep anything from being judged, through no fault of the solution.

use std::path::PathBuf;

/// A problem with the machine or the course; each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// No compiler.
    #[error("no `rustc` was found on PATH; install Rust from https://rustup.rs and try again")]
    NoCompiler,
    /// A compiler that does not answer.
    #[error("`{}` did not tell its version: {what}; run it by hand, or `awaitlings doctor`", path.display())]
    BrokenCompiler {
        /// The compiler.
        path: PathBuf,
        /// What it said.
        what: String,
    },
    /// The libraries could not be fetched or built.
    #[error("failed to build the dependency set `{set}`: {what}")]
    Set {
        /// The set's name.
        set: String,
        /// What cargo said, and what to do.
        what: String,
    },
    /// The course asks for a set that it does not define.
    #[error("the course has no dependency set `{0}`; add `[sets.{0}]` to course.toml")]
    UnknownSet(String),
    /// The harness does not compile.
    #[error("failed to build the course's harness (exercises/harness/rust):\n{0}")]
    Harness(String),
    /// The hidden tests cannot be used.
    #[error("the hidden tests of `{exercise}` cannot be used: {what}")]
    HiddenTests {
        /// The exercise.
        exercise: String,
        /// What is wrong.
        what: String,
    },
    /// What the learner's tests are to be run against does not compile.
    #[error("the subject `{module}` does not compile; an exercise's folder `subject` is wrong:\n{what}")]
    Subject {
        /// The subject's module.
        module: String,
        /// What the compiler said.
        what: String,
    },
    /// No Python.
    #[error(
        "no Python 3.11 or newer was found on PATH; get one from https://python.org (Debian: apt install python3-venv), \
         or name one in AWAITLINGS_PYTHON; the Rust track works without"
    )]
    NoPython,
    /// The course's set has no Python side.
    #[error("the dependency set `{0}` has no Python side; add `requirements = \"...\"` to `[sets.{0}]` in course.toml")]
    NoRequirements(String),
    /// Python's packages could not be installed.
    #[error("failed to set up Python's packages: {0}")]
    Environment(String),
    /// The process that runs Python's tests does not start or does not stay.
    #[error(
        "failed to run Python's tests: {0}; `awaitlings doctor --clean` and `awaitlings doctor --prepare` set all up again"
    )]
    PythonServer(String),
    /// A program could not be kept away from the machine.
    #[error("failed to isolate a program: {0}; run `awaitlings doctor`")]
    Isolation(String),
    /// The exercise is not in this track.
    #[error("`{exercise}` has no {track} form; choose the other track")]
    NoTrack {
        /// The exercise.
        exercise: String,
        /// The track.
        track: crate::course::Track,
    },
    /// A file or folder could not be used.
    #[error("{doing} failed: {source}")]
    Io {
        /// What was being done.
        doing: String,
        /// Why it failed.
        source: std::io::Error,
    },
}

/// Says what was being done when an operation on files failed.
pub trait Doing<T> {
    /// Names the work.
    ///
    /// # Errors
    /// The operation's own, named.
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, SetupError>;
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, SetupError> {
        self.map_err(|source| SetupError::Io { doing: what(), source })
    }
}

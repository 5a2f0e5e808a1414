//! What can keep anything from being judged, through no fault of the solution.
//!
//! `Display` gives the English words; [`Say`](crate::wording::Say) those of any language (`setup_words.rs`).

use crate::course::{Language, Track};
use crate::wording::Say;
use crate::workspace::Trouble;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::path::PathBuf;

/// A problem with the machine or the course; each says what to do next.
///
/// In the JSON form of a verdict it is its English words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupError {
    /// No compiler.
    NoCompiler,
    /// A compiler that does not answer.
    BrokenCompiler {
        /// The compiler.
        path: PathBuf,
        /// What it said.
        what: String,
    },
    /// The libraries could not be fetched or built.
    Set {
        /// The set's name.
        set: String,
        /// What cargo said.
        said: String,
        /// What to do about it, where that is known.
        remedy: Option<Remedy>,
    },
    /// The course asks for a set that it does not define.
    UnknownSet(String),
    /// The harness does not compile.
    Harness(String),
    /// The hidden tests cannot be used.
    HiddenTests {
        /// The exercise.
        exercise: String,
        /// What is wrong.
        what: String,
    },
    /// What the learner's tests are to be run against does not compile.
    Subject {
        /// The subject's module.
        module: String,
        /// What the compiler said.
        what: String,
    },
    /// There is no hidden test.
    NoHiddenTest,
    /// No Python on PATH that is new enough.
    NoPython {
        /// The version of one that is too old.
        too_old: Option<String>,
    },
    /// The Python that was named is none, or too old.
    NamedPython {
        /// What was named.
        path: PathBuf,
    },
    /// The course's set has no Python side.
    NoRequirements(String),
    /// Python's packages could not be installed.
    Environment {
        /// What the installer said.
        said: String,
        /// What to do about it, where that is known.
        remedy: Option<Remedy>,
    },
    /// The process that runs Python's tests does not start or does not stay.
    PythonServer(String),
    /// A program could not be kept away from the machine.
    Isolation(String),
    /// The exercise is not in this track.
    NoTrack {
        /// The exercise.
        exercise: String,
        /// The track.
        track: Track,
    },
    /// A file, a folder or a program could not be used.
    Io {
        /// What was being done.
        doing: Step,
        /// Why it failed.
        why: Trouble,
    },
    /// One that was read from a verdict's JSON form.
    Told(String),
}

/// What helps where an installer failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// A connection to the network.
    Network,
    /// The part of Python that makes virtual environments.
    VenvPackage,
}

/// What the runner was doing when the system refused something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; `setup_words.rs` says it in words")]
pub enum Step {
    Cache,
    CacheLock,
    Libraries,
    Set(String),
    RustHarness,
    PythonHarness,
    PythonEnvironment,
    StartingPython,
    Starting(String),
    Compiler,
    Cargo,
    TempCrate,
    Subject(String),
    HiddenTests,
    Kept,
    Channel,
    Test(String),
    Tests,
    Example,
}

impl SetupError {
    /// What was being done failed, and why.
    pub fn io(doing: Step, error: &std::io::Error) -> SetupError {
        SetupError::Io { doing, why: Trouble::from(error) }
    }
}

impl std::fmt::Display for SetupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Language::En))
    }
}

impl std::error::Error for SetupError {}

impl Serialize for SetupError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SetupError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SetupError, D::Error> {
        String::deserialize(deserializer).map(SetupError::Told)
    }
}

/// Says what was being done when an operation failed.
pub trait Doing<T> {
    /// Names the work.
    ///
    /// # Errors
    /// The operation's own, named.
    fn doing(self, what: impl FnOnce() -> Step) -> Result<T, SetupError>;
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, what: impl FnOnce() -> Step) -> Result<T, SetupError> {
        self.map_err(|error| SetupError::io(what(), &error))
    }
}

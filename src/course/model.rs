//! What a loaded course consists of.

use super::{Language, Localized, Problem, Track};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// A course, ready to be read and solved.
#[derive(Debug, Clone)]
pub struct Course {
    /// Its id: names the course in stores and caches.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// The languages that every text exists in; the first is the default.
    pub languages: Vec<Language>,
    /// The tracks that exercises may have.
    pub tracks: Vec<Track>,
    /// The exit criteria, in order.
    pub criteria: Vec<Criterion>,
    /// What exercises may build on, by name.
    pub sets: BTreeMap<String, DependencySet>,
    /// The source of the Rust harness: path below its `src/` and text.
    pub harness: BTreeMap<String, String>,
    /// The source of the Python harness: path below its package and text.
    pub python_harness: BTreeMap<String, String>,
    /// The first page.
    pub overview: Option<Lesson>,
    /// The modules, in order.
    pub modules: Vec<Module>,
    /// What is wrong with it; the parts concerned are left out.
    pub problems: Vec<Problem>,
    /// Equal exactly for equal courses.
    pub digest: String,
}

/// An exit criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its id: `no-blocking`.
    pub id: String,
    /// The words that the learner sees.
    pub text: Localized,
}

/// Libraries that an exercise may use, with the versions pinned by a lock file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DependencySet {
    /// Cargo's `[dependencies]` table of the Rust side, as TOML text.
    pub manifest: String,
    /// Cargo's lock file that pins them.
    pub lock: String,
    /// pip's requirements of the Python side, all pinned; none where the set has no Python side.
    pub requirements: Option<String>,
}

/// A module: a lesson and the exercises that practise it.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its id: `basic-patterns`.
    pub id: String,
    /// Its folder: `01-basic-patterns`; the number is the order.
    pub folder: String,
    /// The lesson, if it is written.
    pub lesson: Option<Lesson>,
    /// The exercises, in order.
    pub exercises: Vec<Exercise>,
}

impl Module {
    /// The lesson's title, or the id where there is no lesson.
    pub fn title(&self, language: Language) -> &str {
        self.lesson.as_ref().and_then(|lesson| lesson.page(language)).map_or(&self.id, |page| &page.title)
    }
}

/// A lesson in its languages.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Its id, which is its module's; `overview` for the first page.
    pub id: String,
    /// The page of each language.
    pub pages: BTreeMap<Language, Page>,
}

impl Lesson {
    /// The page in `language`, or in the first language there is.
    pub fn page(&self, language: Language) -> Option<&Page> {
        self.pages.get(&language).or_else(|| self.pages.values().next())
    }
}

/// A lesson's text in one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file, relative to the course.
    pub file: String,
    /// The title.
    pub title: String,
    /// One sentence on what it teaches.
    pub summary: String,
    /// The markdown after the front matter.
    pub body: String,
    /// The line of the file, from 1, on which the body starts.
    pub body_line: usize,
}

/// An exercise.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Its id: `fan-out`.
    pub id: String,
    /// Its folder: `03-fan-out`; the number is the order.
    pub folder: String,
    /// The module's folder.
    pub module_folder: String,
    /// Its title.
    pub title: Localized,
    /// The ids of the criteria that its hidden tests evidence.
    pub criteria: Vec<String>,
    /// From 1 (minutes) to 5 (half an hour).
    pub difficulty: u8,
    /// The lesson section it practises: `basic-patterns#tasks`.
    pub section: Option<String>,
    /// The time that one hidden test may take.
    pub test_limit: Duration,
    /// What its tests may use besides the processor.
    pub reach: Reach,
    /// Instructions, hints and the explanation, per language.
    pub texts: BTreeMap<Language, ExerciseText>,
    /// What a failed expectation says, by its key.
    pub messages: BTreeMap<String, Localized>,
    /// What is told of a faulty build that no test of the learner's noticed, by its id.
    pub faults: BTreeMap<String, Localized>,
    /// The tracks that it exists in.
    pub tracks: BTreeMap<Track, TrackFiles>,
}

/// What the tests of an exercise may use besides the processor: nothing, unless its `[limits]` say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Reach {
    /// The network.
    pub network: NetworkUse,
    /// The disk.
    pub disk: DiskUse,
}

/// Whether tests may use the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NetworkUse {
    /// No internet sockets.
    #[default]
    None,
    /// Internet sockets. Only those of the machine itself are meant; the sandbox cannot tell them from others.
    Loopback,
}

/// Whether tests may write files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DiskUse {
    /// Nowhere.
    #[default]
    None,
    /// In an empty folder of the test's own, named by `TMPDIR`, which is removed afterwards.
    Scratch,
}

impl Exercise {
    /// The texts in `language`, or in the first language there is.
    pub fn text(&self, language: Language) -> Option<&ExerciseText> {
        self.texts.get(&language).or_else(|| self.texts.values().next())
    }

    /// Where the learner's file lies, relative to the learner's folder.
    pub fn learner_path(&self, track: Track) -> String {
        format!("exercises/{}/{}.{}", self.module_folder, self.folder, track.extension())
    }

    /// The module of `subject` that tests written by the learner import from: `subject::first_test`.
    pub fn subject_module(&self) -> String {
        self.id.replace('-', "_")
    }
}

/// What a learner reads about an exercise: markdown by section id.
#[derive(Debug, Clone, Default)]
pub struct ExerciseText {
    /// Sections such as `task`, `task-rust`, `hint-1`, `why`: id and markdown without the heading.
    pub sections: BTreeMap<String, String>,
}

impl ExerciseText {
    /// The section, followed by what is said for `track` only.
    pub fn section(&self, id: &str, track: Track) -> Option<String> {
        let common = self.sections.get(id);
        let special = self.sections.get(&format!("{id}-{track}"));
        match (common, special) {
            (None, None) => None,
            (Some(text), None) | (None, Some(text)) => Some(text.clone()),
            (Some(common), Some(special)) => Some(format!("{common}\n\n{special}")),
        }
    }

    /// The hints for a track, in order.
    pub fn hints(&self, track: Track) -> Vec<String> {
        (1..).map_while(|number| self.section(&format!("hint-{number}"), track)).collect()
    }
}

/// The files of an exercise in one track.
#[derive(Debug, Clone)]
pub struct TrackFiles {
    /// The dependency set it builds on.
    pub set: String,
    /// What the learner starts from.
    pub stub: String,
    /// What the learner's file is judged by.
    pub proof: Proof,
    /// The reference solution.
    pub solution: String,
    /// The typical mistakes.
    pub wrong: Vec<WrongAnswer>,
}

impl TrackFiles {
    /// The hidden tests; empty where the learner writes the tests.
    pub fn hidden(&self) -> &str {
        match &self.proof {
            Proof::Hidden(text) => text,
            Proof::Subject(_) => "",
        }
    }

    /// What the learner's tests are run against, where it is the learner who writes them.
    pub fn subject(&self) -> Option<&Subject> {
        match &self.proof {
            Proof::Hidden(_) => None,
            Proof::Subject(subject) => Some(subject),
        }
    }
}

/// What a learner's file is judged by.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Hidden tests, which the file must pass.
    Hidden(String),
    /// The file is itself tests: they must pass against the reference, and notice every fault.
    Subject(Subject),
}

impl Proof {
    /// Every text of it, for keys.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Proof::Hidden(text) => vec![text],
            Proof::Subject(subject) => {
                let faults = subject.faults.iter().flat_map(|fault| [fault.id.as_str(), &fault.text]);
                std::iter::once(subject.reference.as_str()).chain(faults).collect()
            }
        }
    }
}

/// What a learner's tests are run against.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The build that does what it should.
    pub reference: String,
    /// Builds that each break one promise.
    pub faults: Vec<Fault>,
}

/// A faulty build.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Its id, which is its file's name and names its sentence.
    pub id: String,
    /// The program.
    pub text: String,
}

/// The test name that stands for "does not compile" in a wrong answer's entry.
pub const COMPILE: &str = "compile";

/// A complete program with a typical mistake, and what must reject it.
#[derive(Debug, Clone)]
pub struct WrongAnswer {
    /// The file's name.
    pub file: String,
    /// The program.
    pub text: String,
    /// What rejects it.
    pub rejection: Rejection,
}

/// What rejects a wrong answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// It does not compile.
    Compile,
    /// A test fails: a hidden one, or one of the learner's own against the reference.
    Test {
        /// The test.
        name: String,
        /// The key of the message that it gives; none where the compiler, the runtime or pytest speaks.
        message: Option<String>,
    },
    /// The learner's tests do not notice a fault.
    Escape {
        /// The first fault that escapes, in the order of the course.
        fault: String,
    },
}

impl Course {
    /// Every exercise with its module, in order.
    pub fn exercises(&self) -> impl Iterator<Item = (&Module, &Exercise)> {
        self.modules.iter().flat_map(|module| module.exercises.iter().map(move |exercise| (module, exercise)))
    }

    /// The exercise of an id.
    pub fn exercise(&self, id: &str) -> Option<(&Module, &Exercise)> {
        self.exercises().find(|(_, exercise)| exercise.id == id)
    }

    /// The lesson of a module's id, or the overview.
    pub fn lesson(&self, id: &str) -> Option<&Lesson> {
        let lessons = self.modules.iter().filter_map(|module| module.lesson.as_ref());
        self.overview.iter().chain(lessons).find(|lesson| lesson.id == id)
    }
}

//! Judges texts as solutions of the fixture course `tests/courses/hazards`, and holds after every verdict what
//! the runner promises whatever the solution did: an answer in time, no process left, no file left, nothing
//! in the verdict that acts on a terminal.
#![allow(dead_code, unused_imports, reason = "every test program uses a part of it")]

mod clean;
mod expected;
mod own;
mod program;

pub use clean::*;
pub use expected::*;
pub use own::*;
pub use program::*;

use awaitlings::course::{Course, Track};
use awaitlings::runner::isolation::Level;
use awaitlings::runner::{Cache, Event, Events, Kept, Reuse, Role, Runner, Task, Verdict, isolation};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc;

/// How long the runner may take over and above the tests' own limits.
const GRACE: Duration = Duration::from_secs(3);

/// How long one call of the compiler may take.
const COMPILE_LIMIT: Duration = Duration::from_secs(20);

/// The exercise that most solutions pretend to solve: `pub async fn answer() -> u32`.
pub const ANSWER: &str = "answer";

/// A cache for all tests of the repository, so that libraries are built once.
pub fn cache_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

/// The fixture course's folder.
pub fn course_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/hazards")
}

/// A runner with builds of its own, so that tests side by side do not share them.
pub struct Place {
    /// The runtime that judging runs on.
    pub runtime: tokio::runtime::Runtime,
    /// The runner.
    pub runner: Runner,
    /// The fixture course, under a name of this place.
    pub course: Course,
    events: mpsc::UnboundedReceiver<Event>,
}

impl Place {
    /// A place whose builds are called `name`.
    pub fn new(name: &str) -> Place {
        isolation::set_stage_program(PathBuf::from(env!("CARGO_BIN_EXE_awaitlings")));
        assert_eq!(isolation::level(), Level::L1, "these tests need Landlock and seccomp");
        let mut course = Course::from_folder(&course_folder()).unwrap();
        assert!(course.problems.is_empty(), "{:?}", course.problems);
        course.id = format!("survive-{name}");
        let (sender, events) = mpsc::unbounded_channel();
        let runner = Runner::new(Cache::at(&cache_folder()).unwrap(), Events::to(sender));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(runner.compiler(&course, "base")).unwrap();
        Place { runtime, runner, course, events }
    }

    /// The folder that an exercise is built in.
    pub fn slot(&self, exercise: &str) -> PathBuf {
        cache_folder().join("builds").join(format!("{}-{exercise}-rust", self.course.id))
    }

    /// Judges a text and holds the promises.
    pub fn judge(&mut self, exercise: &str, source: &str) -> Verdict {
        self.judge_within(exercise, source, Duration::MAX).expect("there is all the time in the world")
    }

    /// As [`Place::judge`], but gives up after a time.
    pub fn judge_within(&mut self, exercise: &str, source: &str, time: Duration) -> Option<Verdict> {
        let slot = self.slot(exercise);
        // Where it is built while something killed a moment ago still holds the slot.
        let other = PathBuf::from(format!("{}+2", slot.display()));
        let crate_of = |slot: &Path| std::fs::read_link(slot.join("crate")).ok();
        let Place { runtime, runner, course, events } = self;
        while events.try_recv().is_ok() {}
        let (_, exercise) = course.exercise(exercise).unwrap();
        let task = Task { course, exercise, track: Track::Rust, source, shown: "answer.rs", role: Role::Learner };
        let mut temp_crate = None;
        let verdict = runtime.block_on(async {
            let mut kept = Kept::No;
            let judging = tokio::time::timeout(time, runner.judge(task, Reuse::Never, &mut kept));
            tokio::pin!(judging);
            loop {
                tokio::select! {
                    biased;
                    Some(event) = events.recv() => if event == Event::Compiling {
                        temp_crate = crate_of(&slot).or_else(|| crate_of(&other));
                        assert!(temp_crate.is_some());
                    },
                    verdict = &mut judging => break verdict.ok(),
                }
            }
        });
        assert_eq!(crate_of(&slot).or_else(|| crate_of(&other)), None);
        if let Some(temp_crate) = temp_crate {
            assert!(!temp_crate.exists(), "the temp crate {} is left", temp_crate.display());
            assert_no_process_of(&[&slot, &temp_crate]);
        }
        let verdict = verdict?;
        assert_cleared(&slot);
        let limit = exercise.test_limit * u32::try_from(verdict.tests.len()).unwrap() + GRACE;
        assert!(Duration::from_millis(verdict.tests_ms) <= limit, "the tests took {} ms", verdict.tests_ms);
        assert!(Duration::from_millis(verdict.build_ms) <= 2 * COMPILE_LIMIT + GRACE, "{} ms", verdict.build_ms);
        assert_harmless_verdict(&verdict);
        Some(verdict)
    }

    /// Judges a table of solutions of one exercise.
    pub fn judge_all(&mut self, exercise: &str, cases: impl IntoIterator<Item = Case>) {
        for case in cases {
            let verdict = self.judge(exercise, &case.source);
            case.hold(&verdict);
        }
    }
}

/// Nothing but the incremental state lies in a folder of builds.
fn assert_cleared(slot: &Path) {
    let known = ["solution", "hidden", "solution/incremental", "hidden/incremental"];
    for folder in ["", "solution", "hidden"] {
        for entry in std::fs::read_dir(slot.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let left = path.strip_prefix(slot).unwrap();
            assert!(known.iter().any(|known| left == Path::new(known)), "{} is left", path.display());
        }
    }
}

/// No text of the verdict acts on a terminal.
pub fn assert_harmless_verdict(verdict: &Verdict) {
    fn visit(value: &serde_json::Value) {
        match value {
            serde_json::Value::String(text) => assert_harmless(text),
            serde_json::Value::Array(items) => items.iter().for_each(visit),
            serde_json::Value::Object(fields) => fields.values().for_each(visit),
            _ => {}
        }
    }
    visit(&serde_json::to_value(verdict).unwrap());
}

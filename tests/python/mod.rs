//! Judges texts as Python solutions of the fixture course `tests/python/course`, and holds after every verdict that nothing
//! goes on.
#![allow(dead_code, unused_imports, reason = "every test program uses a part of it")]

#[path = "../survive/clean.rs"]
mod clean;
#[path = "../survive/expected.rs"]
mod expected;
mod processes;

pub use expected::{Case, Seen, case};
pub use processes::*;

use awaitlings::course::{Course, Track};
use awaitlings::runner::{Cache, Events, Kept, Reuse, Role, Runner, Task, Verdict, isolation};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the runner may take over and above the tests' own limits.
const GRACE: Duration = Duration::from_secs(3);

/// What the learner calls the file.
pub const SHOWN: &str = "exercises/01-snakes/01-answer.py";

/// A cache for all tests of the repository, so that packages are installed once.
pub fn cache_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
}

/// The fixture course.
pub fn course() -> Course {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/course");
    let course = Course::from_folder(&folder).unwrap();
    assert!(course.problems.is_empty(), "{:?}", course.problems);
    course
}

/// A runner whose server runs.
pub struct Place {
    pub runtime: tokio::runtime::Runtime,
    pub runner: Runner,
    pub course: Course,
}

impl Place {
    /// A place with the cache of all tests.
    pub fn new() -> Place {
        let place = Place::with_cache(&cache_folder());
        place.runtime.block_on(place.runner.prepare_python(&place.course, "base")).unwrap();
        place
    }

    /// A place with a cache of its own; nothing is set up yet.
    pub fn with_cache(cache: &Path) -> Place {
        isolation::set_stage_program(PathBuf::from(env!("CARGO_BIN_EXE_awaitlings")));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let runner = Runner::new(Cache::at(cache).unwrap(), Events::default());
        Place { runtime, runner, course: course() }
    }

    /// The task of judging a text.
    pub fn task<'a>(&'a self, source: &'a str) -> Task<'a> {
        let (_, exercise) = self.course.exercise("answer").unwrap();
        Task { course: &self.course, exercise, track: Track::Python, source, shown: SHOWN, role: Role::Learner }
    }

    /// Judges a text and holds the promises.
    pub fn judge(&self, source: &str) -> Verdict {
        let task = self.task(source);
        let verdict = self.runtime.block_on(self.runner.judge(task, Reuse::Never, &mut Kept::No));
        assert_no_fork(&Server::of_this_test());
        let limit = task.exercise.test_limit * 2 + GRACE;
        assert!(Duration::from_millis(verdict.tests_ms) <= limit, "the tests took {} ms", verdict.tests_ms);
        clean::assert_harmless(&verdict.tests.iter().map(|test| test.output.as_str()).collect::<String>());
        verdict
    }

    /// Judges a table of solutions.
    pub fn judge_all(&self, cases: impl IntoIterator<Item = Case>) {
        for case in cases {
            case.hold(&self.judge(&case.source));
        }
    }
}

/// A solution whose function has this body.
pub fn answering(body: &str) -> String {
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    format!("async def answer():\n{body}")
}

/// A solution whose function answers rightly, after these lines at the margin.
pub fn after(lines: &str) -> String {
    format!("{lines}\n\n\nasync def answer():\n    return 42\n")
}

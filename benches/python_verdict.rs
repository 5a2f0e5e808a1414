//! A Python verdict in the running program against `python -m pytest` on the same files, both with compiled packages, in
//! interleaved rounds; each round judges a text that neither side has seen. RUNNER.md's goal: at most 0.35.
//!
//! Ours is a debug or a release build alike: the time is Python's. Prints medians and their ratio.

use awaitlings::course::{Course, Exercise, Track};
use awaitlings::runner::{Cache, Events, Kept, Reuse, Role, Runner, Task, isolation};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Rounds that count; the first of each side warms caches and does not.
const ROUNDS: usize = 15;

/// The exercise; it has six hidden tests.
const EXERCISE: &str = "keep-the-task";

struct Bench {
    runtime: tokio::runtime::Runtime,
    runner: Runner,
    course: Course,
    python: PathBuf,
}

impl Bench {
    fn new() -> Bench {
        isolation::set_stage_program(PathBuf::from(env!("CARGO_BIN_EXE_awaitlings")));
        let cache = Cache::at(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")).expect("the cache can be made");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let (runner, course) = (Runner::new(cache, Events::default()), Course::embedded().expect("the course loads"));
        runtime.block_on(runner.prepare_python(&course, "base")).expect("Python can be set up");
        let environment = runtime.block_on(runner.python_environment(&course, "base")).expect("it is set up");
        Bench { runtime, runner, course, python: environment.program() }
    }

    fn exercise(&self) -> &Exercise {
        self.course.exercise(EXERCISE).expect("the course has the exercise").1
    }

    /// A solution that was not judged before.
    fn source(&self, round: usize) -> String {
        format!("{}\n# round {round}\n", self.exercise().tracks[&Track::Python].solution)
    }

    fn judge(&self, source: &str, kept: &mut Kept) -> Duration {
        let task = Task {
            course: &self.course,
            exercise: self.exercise(),
            track: Track::Python,
            source,
            shown: "solution.py",
            role: Role::Learner,
        };
        let started = Instant::now();
        let verdict = self.runtime.block_on(self.runner.judge(task, Reuse::Never, kept));
        let took = started.elapsed();
        assert!(verdict.passed(), "{verdict:#?}");
        took
    }

    fn pytest(&self, folder: &Path, source: &str) -> Duration {
        std::fs::write(folder.join("solution.py"), source).expect("the folder can be written to");
        let mut pytest = Command::new(&self.python);
        pytest.args(["-m", "pytest", "-q"]).current_dir(folder);
        let started = Instant::now();
        let output = pytest.output().expect("pytest starts");
        let took = started.elapsed();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        took
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn main() {
    let bench = Bench::new();
    let mut kept = Kept::Wanted;
    bench.judge(&bench.source(0), &mut kept);
    let Kept::At(folder) = kept else { panic!("nothing was kept") };
    bench.pytest(&folder, &bench.source(0));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let source = bench.source(round);
        ours.push(bench.judge(&source, &mut Kept::No));
        theirs.push(bench.pytest(&folder, &source));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("verdict in the running program  {ours:7.1} ms");
    println!("python -m pytest                {theirs:7.1} ms");
    println!("ratio                           {:7.2}     (goal: at most 0.35)", ours / theirs);
    // What cannot be removed lies in the folder for temporary files, which the system empties.
    let _ = std::fs::remove_dir_all(folder);
}

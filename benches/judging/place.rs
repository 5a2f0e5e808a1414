//! A place to measure in: a home, a cache, a course and a learner's folder below the target folder.

use anyhow::{Context, Result, ensure};
use awaitlings::course::{Course, Track};
use awaitlings::runner::rust::build::Compiler;
use awaitlings::runner::{Cache, Event, Events, Runner, isolation};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

/// The program that is measured.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_awaitlings");

/// The exercise that is judged after each edit, and the one whose slot is removed before each judging.
const EXERCISE: &str = "gather";
const FIRST: &str = "gather-1";

/// The folder of the one exercise that the course in the repository has.
const FOLDER: &str = "exercises/01-bench/01-gather";

/// How many copies of the exercise `course check` checks.
const COPIES: usize = 6;

/// The line of the solution that edits change.
const EDITED: &str = "vec![String::new(); ids.len()]";

/// Where everything happens; removed when dropped.
pub struct Place {
    folder: TempDir,
    cache: Cache,
    /// The course.
    pub course: Course,
    /// The compiler, with the libraries built.
    pub compiler: Compiler,
    runtime: Runtime,
    runner: Runner,
    solution: String,
    stub: String,
    wrong: String,
}

impl Place {
    /// An exercise of the same tests as the one that edits are judged in.
    pub const OTHER: &str = "gather-2";

    /// Makes the place, and builds the libraries with progress.
    pub fn prepare(cache: Option<&Path>) -> Result<Place> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        fs::create_dir_all(target)?;
        let folder = tempfile::Builder::new().prefix("judging-").tempdir_in(target)?;
        let cache = Cache::at(&cache.map_or_else(|| folder.path().join("cache"), Path::to_owned))?;
        // Of a cache that is used again only the libraries are of use; its verdicts would be measured in place of work.
        for part in ["builds", "verdicts"] {
            fs::remove_dir_all(cache.part(part)?)?;
        }
        for part in ["home", "tmp"] {
            fs::create_dir(folder.path().join(part))?;
        }
        isolation::set_stage_program(PROGRAM.into());
        copy_course(&folder.path().join("course"))?;
        let course = Course::from_folder(&folder.path().join("course"))?;
        ensure!(course.problems.is_empty(), "the bench's course has problems: {:?}", course.problems);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (sender, seen) = mpsc::unbounded_channel();
        let runner = Runner::new(cache.clone(), Events::to(sender));
        let compiler = runtime.block_on(build_libraries(&runner, &course, seen))?;
        let (_, exercise) = course.exercise(EXERCISE).context("the bench's course has no exercise")?;
        let files = exercise.tracks.get(&Track::Rust).context("the exercise has no Rust track")?;
        ensure!(files.solution.contains(EDITED), "the solution does not have the line that is edited");
        let (solution, stub) = (files.solution.clone(), files.stub.clone());
        let wrong = files.wrong.first().context("the exercise has no wrong answer")?.text.clone();
        let place = Place { folder, cache, course, compiler, runtime, runner, solution, stub, wrong };
        let made = place.awaitlings().current_dir(place.path("")).args(["init", "dojo"]).output()?;
        ensure!(made.status.success(), "init failed: {}", String::from_utf8_lossy(&made.stderr));
        Ok(place)
    }

    /// A path below the place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The cache.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Nothing of the environment but what finds the tools; a home of its own.
    pub fn clean(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        let tool = |name: &str, folder: &str| std::env::var_os(name).unwrap_or_else(|| home.join(folder).into());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.path("home")).env("TMPDIR", self.path("tmp"));
        command.env("CARGO_HOME", tool("CARGO_HOME", ".cargo")).env("RUSTUP_HOME", tool("RUSTUP_HOME", ".rustup"));
        command.stdin(Stdio::null());
        command
    }

    /// The program, in the learner's folder.
    pub fn awaitlings(&self) -> Command {
        let mut command = self.clean(PROGRAM);
        command.env("AWAITLINGS_CACHE", self.cache.root()).arg("--course").arg(self.path("course"));
        command.current_dir(self.path("dojo"));
        command
    }

    /// The learner's file of an exercise.
    pub fn learner_file(&self, exercise: &str) -> Result<PathBuf> {
        let (_, exercise) = self.course.exercise(exercise).context("there is no such exercise")?;
        Ok(self.path("dojo").join(exercise.learner_path(Track::Rust)))
    }

    /// The solution with its `n`th edit, which does not change what it does.
    pub fn solution(&self, n: usize) -> String {
        self.solution.replace(EDITED, &format!("vec![String::with_capacity({n}); ids.len()]"))
    }

    /// The solution with a type error.
    pub fn type_error(&self, n: usize) -> String {
        self.solution.replace(EDITED, &format!("vec![{n}_usize; ids.len()]"))
    }

    /// A wrong answer with its `n`th edit.
    pub fn wrong(&self, n: usize) -> String {
        self.wrong.replace(EDITED, &format!("vec![String::with_capacity({n}); ids.len()]"))
    }

    /// What `course check` judges of one exercise.
    pub fn variants(&self) -> [String; 3] {
        [self.stub.clone(), self.solution.clone(), self.wrong.clone()]
    }

    /// The id of the exercise that edits are judged in.
    pub fn exercise(&self) -> &'static str {
        EXERCISE
    }

    /// `awaitlings run` after an edit, to a pass.
    pub fn run_pass(&self, n: usize) -> Result<Duration> {
        fs::write(self.learner_file(EXERCISE)?, self.solution(n))?;
        self.judged(EXERCISE, 0)
    }

    /// `awaitlings run` after an edit with a type error.
    pub fn run_error(&self, n: usize) -> Result<Duration> {
        fs::write(self.learner_file(EXERCISE)?, self.type_error(n))?;
        self.judged(EXERCISE, 1)
    }

    /// `awaitlings run` of a solution whose exercise was never built before.
    pub fn run_first(&self, n: usize) -> Result<Duration> {
        self.remove_slot()?;
        fs::write(self.learner_file(FIRST)?, self.solution(n))?;
        self.judged(FIRST, 0)
    }

    /// The same, after the stub was built while the learner read.
    pub fn run_primed(&self, n: usize) -> Result<Duration> {
        self.remove_slot()?;
        let (_, exercise) = self.course.exercise(FIRST).context("there is no such exercise")?;
        self.runtime.block_on(self.runner.prime(&self.course, exercise, Track::Rust))?;
        fs::write(self.learner_file(FIRST)?, self.solution(n))?;
        self.judged(FIRST, 0)
    }

    /// `awaitlings run`; an error where the verdict came from the cache, which would measure nothing.
    fn judged(&self, exercise: &str, expected: i32) -> Result<Duration> {
        let kept = || anyhow::Ok(fs::read_dir(self.cache.part("verdicts")?)?.count());
        let before = kept()?;
        let took = timed(self.awaitlings().args(["run", exercise]), expected)?;
        ensure!(kept()? > before, "the verdict came from the cache");
        Ok(took)
    }

    fn remove_slot(&self) -> Result<()> {
        let slot = self.cache.root().join(format!("builds/{}-{FIRST}-rust", self.course.id));
        if slot.exists() {
            fs::remove_dir_all(slot)?;
        }
        Ok(())
    }

    /// `awaitlings course check`, for one variant.
    pub fn check_course(&self) -> Result<Duration> {
        let took = timed(self.awaitlings().args(["course", "check"]), 0)?;
        Ok(took.div_f64((COPIES * self.variants().len()) as f64))
    }
}

/// Runs a program to the expected exit code.
pub fn timed(command: &mut Command, expected: i32) -> Result<Duration> {
    let started = Instant::now();
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    let took = started.elapsed();
    let output = output.with_context(|| format!("failed to start {}", command.get_program().display()))?;
    ensure!(
        output.status.code() == Some(expected),
        "{command:?} ended with {}, not {expected}:\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(took)
}

/// The course of the repository, with copies of its exercise.
fn copy_course(to: &Path) -> Result<()> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/bench");
    copy(&from, to)?;
    for place in 1..COPIES {
        let number = place + 1;
        copy(&from.join(FOLDER), &to.join(format!("exercises/01-bench/{number:02}-gather-{place}")))?;
        let solution = to.join(format!("solutions/01-bench/{number:02}-gather-{place}.rs"));
        fs::copy(from.join("solutions/01-bench/01-gather.rs"), solution)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("failed to read {}", from.display()))? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy(&path, &target)? } else { fs::copy(&path, target).map(|_| ())? }
    }
    Ok(())
}

async fn build_libraries(
    runner: &Runner,
    course: &Course,
    mut seen: mpsc::UnboundedReceiver<Event>,
) -> Result<Compiler> {
    let building = runner.compiler(course, "base");
    tokio::pin!(building);
    loop {
        tokio::select! {
            Some(event) = seen.recv() => match event {
                Event::Building { done, total, .. } => eprint!("\rlibraries: {done} of {total}   "),
                event => eprintln!("libraries: {event:?}"),
            },
            built = &mut building => return Ok(built?),
        }
    }
}

//! Judges a Rust solution: compile it alone, compile the hidden tests against it, run each in its own process.

use super::build::{CompileEnd, Compiled, Compiler};
use super::diagnostics::{Diagnostic, Severity};
use super::rewrite::{self, HiddenTest};
use super::slot::Slot;
use super::{keep, slot};
use crate::course::{Course, Exercise, Track, TrackFiles};
use crate::runner::cache::{self, Cache};
use crate::runner::event::{Event, Events};
use crate::runner::process::Job;
use crate::runner::setup::{Doing, SetupError, Step};
use crate::runner::verdict::{Hang, Kind, Part, kind_of};
use crate::runner::{Kept, Role, TestReport, Verdict, hidden_test, isolation};
use std::fs;
use std::num::NonZero;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// A solution to judge.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The course.
    pub course: &'a Course,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The exercise's files in this track.
    pub files: &'a TrackFiles,
    /// The learner's text.
    pub source: &'a str,
    /// What the learner calls the file.
    pub shown: &'a str,
    /// Whose solution it is.
    pub role: Role,
}

impl Attempt<'_> {
    /// A key that is equal exactly where the verdict must be.
    pub fn key(&self, compiler: &Compiler) -> String {
        let limit = self.exercise.test_limit.as_millis().to_le_bytes();
        let (reach, level) = (format!("{:?}", self.exercise.reach), isolation::level().to_string());
        let proof = self.files.proof.texts();
        let parts = [
            compiler.harness.key.as_bytes(),
            self.exercise.id.as_bytes(),
            self.source.as_bytes(),
            self.shown.as_bytes(),
            &limit,
            reach.as_bytes(),
            level.as_bytes(),
            env!("CARGO_PKG_VERSION").as_bytes(),
        ];
        cache::key(parts.into_iter().chain(proof.into_iter().map(str::as_bytes)))
    }

    /// The name of the slot that the exercise is built in.
    pub(super) fn slot(&self) -> String {
        let part = match self.role {
            Role::Learner => "rust",
            Role::Reference => "rust-reference",
        };
        format!("{}-{}-{part}", self.course.id, self.exercise.id)
    }

    pub(super) fn verdict(&self, kind: Kind, diagnostics: Vec<Diagnostic>) -> Verdict {
        Verdict::without_tests(&self.exercise.id, Track::Rust, kind, diagnostics)
    }
}

/// Judges an attempt.
///
/// # Errors
/// When something other than the solution keeps it from being judged.
pub async fn judge(
    attempt: Attempt<'_>,
    compiler: &Compiler,
    cache: &Cache,
    events: &Events,
    kept: &mut Kept,
) -> Result<Verdict, SetupError> {
    let hidden = rewrite::rewrite(attempt.files.hidden()).map_err(|error| SetupError::HiddenTests {
        exercise: attempt.exercise.id.clone(),
        what: format!("hidden.rs:{error}"),
    })?;
    let slot = Slot::open(cache, &attempt.slot()).doing(|| Step::TempCrate)?;
    let started = Instant::now();
    fs::write(slot.folder().join(slot::SOLUTION), attempt.source).doing(|| Step::TempCrate)?;
    events.tell(Event::Compiling);
    let mut verdict = build(&attempt, compiler, &slot, &hidden.source, events).await?;
    verdict.build_ms = millis(started.elapsed());
    if verdict.passed() {
        events.tell(Event::Testing { tests: hidden.tests.len() });
        let started = Instant::now();
        let part = slot.part("hidden");
        let job = || compiler.test_job(&part, part.join("hidden"), attempt.exercise.test_limit, attempt.exercise.reach);
        let named = hidden.tests.iter().map(|test| (test.name.clone(), test.clone())).collect();
        verdict.tests = run_all(named, job, events).await?;
        verdict.tests_ms = millis(started.elapsed());
        verdict.kind = kind_of(&verdict.tests);
    }
    if let Kept::Wanted = kept {
        keep::complete(&slot, &attempt, compiler).doing(|| Step::TempCrate)?;
        *kept = Kept::At(slot.keep_crate());
    }
    Ok(verdict)
}

/// Builds an attempt without judging it, where its exercise was not built before: the next build has the compiler's
/// state of this one to start from.
///
/// # Errors
/// When something other than the solution keeps it from being built.
pub async fn prime(attempt: Attempt<'_>, compiler: &Compiler, cache: &Cache) -> Result<(), SetupError> {
    let Ok(hidden) = rewrite::rewrite(attempt.files.hidden()) else { return Ok(()) };
    let slot = Slot::open(cache, &attempt.slot()).doing(|| Step::TempCrate)?;
    if slot.was_built() {
        return Ok(());
    }
    fs::write(slot.folder().join(slot::SOLUTION), attempt.source).doing(|| Step::TempCrate)?;
    build(&attempt, compiler, &slot, &hidden.source, &Events::default()).await.map(drop)
}

/// Compiles the solution, then the tests. A verdict that has passed so far means that both are built.
async fn build(
    attempt: &Attempt<'_>,
    compiler: &Compiler,
    slot: &Slot,
    hidden: &str,
    events: &Events,
) -> Result<Verdict, SetupError> {
    let solution = compiler.solution(slot, attempt.shown, events).await?;
    if solution.end != CompileEnd::Built {
        return Ok(attempt.not_built(solution, Part::Solution));
    }
    let source = slot.folder().join("hidden/hidden.rs");
    fs::write(&source, hidden).doing(|| Step::HiddenTests)?;
    let tests = compiler.tests(slot).await;
    // Gone again before any of the learner's code runs.
    fs::remove_file(&source).doing(|| Step::HiddenTests)?;
    let tests = tests?;
    if tests.end != CompileEnd::Built {
        let diagnostics = solution.diagnostics.into_iter().chain(errors_only(tests.diagnostics)).collect();
        return Ok(attempt.not_built(Compiled { end: tests.end, diagnostics }, Part::Tests));
    }
    Ok(attempt.verdict(Kind::Passed, solution.diagnostics))
}

impl Attempt<'_> {
    pub(super) fn not_built(&self, compiled: Compiled, part: Part) -> Verdict {
        let mut diagnostics = compiled.diagnostics;
        match compiled.end {
            CompileEnd::TimedOut => return self.verdict(Kind::TimedOut { hang: Hang::Compiling }, diagnostics),
            CompileEnd::Broke(what) => diagnostics.push(Diagnostic {
                severity: Severity::Error,
                code: None,
                message: format!("the compiler ended without an answer: {what}"),
                file: None,
                line: None,
                column: None,
                notes: Vec::new(),
                rendered: format!("error: the compiler ended without an answer: {what}\n"),
                trace: None,
            }),
            CompileEnd::Built | CompileEnd::Rejected => {}
        }
        self.verdict(Kind::DidNotCompile { part }, diagnostics)
    }
}

/// Warnings about the hidden tests are none of the learner's business.
fn errors_only(diagnostics: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> {
    diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Runs tests side by side, up to the cores; reports come in the order given. Each test comes with the name that
/// the program knows it by.
pub(super) async fn run_all(
    tests: Vec<(String, HiddenTest)>,
    job: impl Fn() -> Job,
    events: &Events,
) -> Result<Vec<TestReport>, SetupError> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let places = Arc::new(Semaphore::new(cores));
    let mut running = JoinSet::new();
    for (index, (name, test)) in tests.into_iter().enumerate() {
        let (places, job, events) = (Arc::clone(&places), job(), events.clone());
        running.spawn(async move {
            let _place = places.acquire_owned().await;
            let mut report = hidden_test::run(&name, &test.criterion, job).await?;
            report.name = test.name;
            events.tell(Event::Tested(report.clone()));
            Ok::<_, SetupError>((index, report))
        });
    }
    let mut reports = Vec::new();
    while let Some(report) = running.join_next().await {
        reports.push(report.map_err(std::io::Error::other).doing(|| Step::Tests)??);
    }
    reports.sort_by_key(|(index, _)| *index);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

//! Judges tests that the learner wrote in Rust.
//!
//! ```text
//! the learner's file, compiled as `cargo test` does: what is wrong with it is said about the text as it stands
//!   └─ rewritten as hidden tests are, and built against each subject: the reference and the faults
//!       └─ each test in a process of its own
//! ```
//!
//! The programs get names that nobody can tell apart, so that a test cannot know which build it is run against.

use super::build::{CompileEnd, Compiled, Compiler, Unit};
use super::diagnostics::Diagnostic;
use super::judge::{Attempt, millis};
use super::rewrite::{self, HiddenTest, Rewritten};
use super::set::joined;
use super::slot::{self, Slot};
use super::{keep, subject};
use crate::course::{Fault, Subject};
use crate::runner::cache::Cache;
use crate::runner::event::{Event, Events};
use crate::runner::setup::{Doing, SetupError, Step};
use crate::runner::verdict::{Kind, Part};
use crate::runner::{Kept, TestReport, Verdict, hidden_test, written};
use futures::stream::{self, StreamExt, TryStreamExt};
use std::ffi::OsString;
use std::fs;
use std::num::NonZero;
use std::path::PathBuf;
use std::time::Instant;

/// The rewritten tests, as the compiler sees them.
const TESTS: &str = "crate/src/tests.rs";

/// Judges an attempt `repeat` times on one build.
///
/// # Errors
/// When something other than the learner's file keeps it from being judged.
pub async fn judge(
    attempt: Attempt<'_>,
    subject: &Subject,
    compiler: &Compiler,
    cache: &Cache,
    events: &Events,
    (kept, repeat): (&mut Kept, u32),
) -> Result<Vec<Verdict>, SetupError> {
    let slot = Slot::open(cache, &attempt.slot()).doing(|| Step::TempCrate)?;
    let started = Instant::now();
    events.tell(Event::Compiling);
    let (built, mut verdict) = build(&attempt, subject, compiler, cache, &slot, events).await?;
    verdict.build_ms = millis(started.elapsed());
    let mut verdicts = Vec::new();
    if let Some(built) = &built {
        let programs = Programs { attempt: &attempt, compiler, built };
        let names: Vec<String> = built.tests.iter().map(|test| test.name.clone()).collect();
        for _ in 0..repeat {
            let (started, mut verdict) = (Instant::now(), verdict.clone());
            written::judge(&mut verdict, subject, &names, &programs, events).await?;
            verdict.tests_ms = millis(started.elapsed());
            verdicts.push(verdict);
        }
    } else {
        verdicts.push(verdict);
    }
    if let Kept::Wanted = kept {
        keep::complete_written(&slot, &attempt, subject, compiler).doing(|| Step::TempCrate)?;
        *kept = Kept::At(slot.keep_crate());
    }
    Ok(verdicts)
}

/// Builds the subjects, and the stub against each, where the exercise was not built before.
///
/// # Errors
/// When something other than the learner's file keeps it from being built.
pub async fn prime(
    attempt: Attempt<'_>,
    subject: &Subject,
    compiler: &Compiler,
    cache: &Cache,
) -> Result<(), SetupError> {
    let slot = Slot::open(cache, &attempt.slot()).doing(|| Step::TempCrate)?;
    if slot.was_built_in("build-0") {
        return Ok(());
    }
    build(&attempt, subject, compiler, cache, &slot, &Events::default()).await.map(drop)
}

/// The learner's tests, built.
struct Built {
    tests: Vec<HiddenTest>,
    /// The program for the reference, then one for each fault.
    programs: Vec<PathBuf>,
}

/// Builds the tests against every build of the subject; none where that is not possible, and the verdict says why.
async fn build(
    attempt: &Attempt<'_>,
    subject: &Subject,
    compiler: &Compiler,
    cache: &Cache,
    slot: &Slot,
    events: &Events,
) -> Result<(Option<Built>, Verdict), SetupError> {
    let io = || Step::TempCrate;
    let module = attempt.exercise.subject_module();
    let mut subjects = vec![subject::ensure(cache, compiler, slot, &module, &subject.reference).await?];
    for Fault { text, .. } in &subject.faults {
        subjects.push(subject::ensure(cache, compiler, slot, &module, text).await?);
    }
    fs::write(slot.folder().join(slot::SOLUTION), attempt.source).doing(io)?;
    let unit = unit(slot::SOLUTION, attempt.shown, "solution", &subjects[0]);
    let as_cargo_does = ["--test", "--emit=metadata"].map(OsString::from);
    let unit = Unit { arguments: [unit.arguments, as_cargo_does.to_vec()].concat(), links: false, ..unit };
    let checked = compiler.compile(slot, unit, events).await?;
    if checked.end != CompileEnd::Built {
        return Ok((None, attempt.not_built(checked, Part::Solution)));
    }
    let criterion = attempt.exercise.criteria.first().map(String::as_str).unwrap_or_default();
    let Rewritten { source, tests } = match rewrite::rewrite_written(attempt.source, criterion) {
        Ok(rewritten) => rewritten,
        Err(error) => {
            let place = (error.line, error.column);
            let diagnostics = vec![Diagnostic::of_ours(&error.what, attempt.shown, place)];
            let compiled = Compiled { end: CompileEnd::Rejected, diagnostics };
            return Ok((None, attempt.not_built(compiled, Part::Solution)));
        }
    };
    fs::write(slot.folder().join(TESTS), source).doing(io)?;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let builds = subjects.iter().enumerate().map(|(place, subject)| one(attempt, compiler, slot, place, subject));
    let builds: Vec<_> = stream::iter(builds.collect::<Vec<_>>()).buffered(cores).try_collect().await?;
    let mut programs = Vec::new();
    for (compiled, program) in builds {
        match program {
            Some(program) => programs.push(program),
            None => return Ok((None, attempt.not_built(compiled, Part::Solution))),
        }
    }
    Ok((Some(Built { tests, programs }), attempt.verdict(Kind::Passed, checked.diagnostics)))
}

/// Builds the rewritten tests against one build of the subject.
async fn one(
    attempt: &Attempt<'_>,
    compiler: &Compiler,
    slot: &Slot,
    place: usize,
    subject: &std::path::Path,
) -> Result<(Compiled, Option<PathBuf>), SetupError> {
    let part = format!("build-{place}");
    fs::create_dir_all(slot.part(&part)).doing(|| Step::TempCrate)?;
    let unit = unit(TESTS, attempt.shown, &part, subject);
    // As `--test` does, which would bring in a `main` of its own. Panics name the learner's file.
    let mut more = ["-Aexplicit_builtin_cfgs_in_flags", "--cfg=test", "-Awarnings"].map(OsString::from).to_vec();
    if !attempt.shown.contains('=') {
        more.push(format!("--remap-path-prefix={TESTS}={}", attempt.shown).into());
    }
    let unit = Unit { arguments: [unit.arguments, more].concat(), incremental: true, ..unit };
    let compiled = compiler.compile(slot, unit, &Events::default()).await?;
    let program = (compiled.end == CompileEnd::Built).then(|| slot.unname(&part, "tests"));
    Ok((compiled, program.transpose().doing(|| Step::TempCrate)?))
}

/// The learner's file as a program against a build of the subject.
fn unit<'a>(source: &'a str, shown: &'a str, part: &'a str, subject: &std::path::Path) -> Unit<'a> {
    Unit {
        name: "tests",
        kind: "bin",
        source,
        shown,
        part,
        file: "tests",
        incremental: false,
        arguments: vec![
            "-Funsafe_code".into(),
            "-L".into(),
            joined("dependency=", subject),
            "--extern".into(),
            joined("subject=", &subject.join(subject::LIBRARY)),
        ],
        read: vec![subject.to_owned()],
        links: true,
    }
}

/// The programs, ready to run.
struct Programs<'a> {
    attempt: &'a Attempt<'a>,
    compiler: &'a Compiler,
    built: &'a Built,
}

impl written::Builds for Programs<'_> {
    async fn run(&self, build: usize, test: &str) -> Result<TestReport, SetupError> {
        let program = self.built.programs[build].clone();
        let folder = program.parent().map(PathBuf::from).unwrap_or_default();
        let exercise = self.attempt.exercise;
        let job = self.compiler.test_job(&folder, program, exercise.test_limit, exercise.reach);
        hidden_test::run(test, exercise.criteria.first().map(String::as_str).unwrap_or_default(), job).await
    }
}

//! Judges tests that the learner wrote in Python: each in a fork of the server, by pytest and pytest-asyncio, against one
//! build of the subject.

use super::hidden::{self, HiddenTest};
use super::judge::{Attempt, diagnostic, millis};
use super::server::SubjectWork;
use super::supervise::{self, Run, Supervised};
use super::{Python, keep};
use crate::course::{Subject, Track};
use crate::runner::cache::Cache;
use crate::runner::channel::NotLoaded;
use crate::runner::event::Events;
use crate::runner::setup::{Doing, SetupError, Step};
use crate::runner::verdict::{Kind, Outcome, Part, kind_of};
use crate::runner::{Kept, TestReport, Verdict, written};
use std::time::Instant;

/// The name that asks for the learner's file to be loaded, and no test to be run.
const NO_TEST: &str = "";

/// Judges an attempt.
///
/// # Errors
/// When something other than the learner's file keeps it from being judged.
pub async fn judge(
    attempt: Attempt<'_>,
    subject: &Subject,
    python: &Python,
    cache: &Cache,
    events: &Events,
    kept: &mut Kept,
) -> Result<Verdict, SetupError> {
    let started = Instant::now();
    let module = attempt.exercise.subject_module();
    let builds = Forks { attempt, subject, module: &module, python, cache, events };
    let loaded = builds.fork(0, NO_TEST).await?;
    let build_ms = millis(started.elapsed());
    let verdict = |kind, diagnostics| Verdict::without_tests(&attempt.exercise.id, Track::Python, kind, diagnostics);
    let started = Instant::now();
    let mut verdict = match loaded {
        (_, Some(what)) => verdict(Kind::DidNotCompile { part: what.part }, vec![diagnostic(what, attempt.shown)]),
        // It left, or stood still, while it was loaded.
        (report, None) if !matches!(report.outcome, Outcome::Passed | Outcome::Failed { .. }) => {
            let tests = vec![TestReport { name: attempt.shown.to_owned(), ..report }];
            Verdict { tests: tests.clone(), ..verdict(kind_of(&tests), Vec::new()) }
        }
        (_, None) => {
            let mut verdict = verdict(Kind::Passed, Vec::new());
            written::judge(&mut verdict, subject, &hidden::written_tests(attempt.source), &builds, events).await?;
            verdict
        }
    };
    (verdict.build_ms, verdict.tests_ms) = (build_ms, millis(started.elapsed()));
    if let Kept::Wanted = kept {
        *kept = Kept::At(keep::write_written(&attempt, subject).doing(|| Step::Kept)?);
    }
    Ok(verdict)
}

/// Forks of the server, each for one test and one build of the subject.
struct Forks<'a> {
    attempt: Attempt<'a>,
    subject: &'a Subject,
    module: &'a str,
    python: &'a Python,
    cache: &'a Cache,
    events: &'a Events,
}

impl Forks<'_> {
    async fn fork(&self, build: usize, test: &str) -> Result<(TestReport, Option<NotLoaded>), SetupError> {
        let Attempt { course, exercise, files, source, shown } = self.attempt;
        let criterion = exercise.criteria.first().cloned().unwrap_or_default();
        let test = HiddenTest { name: test.to_owned(), criterion };
        let text = match build.checked_sub(1).and_then(|fault| self.subject.faults.get(fault)) {
            None => &self.subject.reference,
            Some(fault) => &fault.text,
        };
        let subject = Some(SubjectWork { module: self.module, text });
        let run = Run { test: &test, hidden: "", solution: source, subject, shown, limit: exercise.test_limit };
        // A server that ends in the middle, whatever ended it, is started once more.
        for _ in 0..2 {
            let server = self.python.start(self.cache, course, &files.set, exercise.reach, self.events).await?;
            match supervise::run(&server, run).await? {
                Supervised::Report(_, Some(NotLoaded { part: Part::Tests, rendered, .. })) => {
                    return Err(SetupError::Subject { module: self.module.to_owned(), what: rendered });
                }
                Supervised::Report(report, not_loaded) => return Ok((report, not_loaded)),
                Supervised::ServerEnded => server.retire(),
            }
        }
        Err(SetupError::PythonServer("the process that runs the tests ended twice".to_owned()))
    }
}

impl written::Builds for Forks<'_> {
    async fn run(&self, build: usize, test: &str) -> Result<TestReport, SetupError> {
        self.fork(build, test).await.map(|(report, _)| report)
    }
}

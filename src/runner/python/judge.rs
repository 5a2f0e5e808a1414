//! Judges a Python solution: each hidden test in a fork of the server, by pytest and pytest-asyncio.

use super::Python;
use super::hidden::{self, HiddenTest};
use super::keep;
use super::supervise::{self, Run, Supervised};
use crate::course::{Course, Exercise, Track, TrackFiles};
use crate::runner::cache::{self, Cache};
use crate::runner::channel::NotLoaded;
use crate::runner::event::{Event, Events};
use crate::runner::rust::diagnostics::{Diagnostic, Severity};
use crate::runner::setup::{Doing, SetupError, Step};
use crate::runner::verdict::{Kind, kind_of};
use crate::runner::{Kept, TestReport, Verdict, isolation};
use std::future::poll_fn;
use std::num::NonZero;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

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
}

impl Attempt<'_> {
    /// A key that is equal exactly where the verdict must be. `library` is the key of what runs the tests.
    pub fn key(&self, library: &str) -> String {
        let limit = self.exercise.test_limit.as_millis().to_le_bytes();
        let (reach, level) = (format!("{:?}", self.exercise.reach), isolation::level().to_string());
        let proof = self.files.proof.texts();
        let parts = [
            library.as_bytes(),
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
}

/// Judges an attempt.
///
/// # Errors
/// When something other than the solution keeps it from being judged.
pub async fn judge(
    attempt: Attempt<'_>,
    python: &Python,
    cache: &Cache,
    events: &Events,
    kept: &mut Kept,
) -> Result<Verdict, SetupError> {
    let tests = hidden::tests_of(attempt.files.hidden())?;
    let started = Instant::now();
    python.start(cache, attempt.course, &attempt.files.set, attempt.exercise.reach, events).await?;
    let build_ms = millis(started.elapsed());
    events.tell(Event::Testing { tests: tests.len() });
    let started = Instant::now();
    let reports = run_all(&attempt, tests, python, cache, events).await?;
    let (reports, not_loaded): (Vec<_>, Vec<_>) = reports.into_iter().unzip();
    let verdict = |kind, diagnostics| Verdict::without_tests(&attempt.exercise.id, Track::Python, kind, diagnostics);
    // Every test loads the same files, so one that could not speaks for all.
    let mut verdict = match not_loaded.into_iter().flatten().next() {
        Some(what) => {
            let kind = Kind::DidNotCompile { part: what.part };
            verdict(kind, vec![diagnostic(what, attempt.shown)])
        }
        None => Verdict { tests: reports.clone(), ..verdict(kind_of(&reports), Vec::new()) },
    };
    (verdict.build_ms, verdict.tests_ms) = (build_ms, millis(started.elapsed()));
    if let Kept::Wanted = kept {
        *kept = Kept::At(keep::write(&attempt).doing(|| Step::Kept)?);
    }
    Ok(verdict)
}

type Reported = (TestReport, Option<NotLoaded>);

/// Runs tests side by side, up to the cores; reports come in the order of the file.
async fn run_all(
    attempt: &Attempt<'_>,
    tests: Vec<HiddenTest>,
    python: &Python,
    cache: &Cache,
    events: &Events,
) -> Result<Vec<Reported>, SetupError> {
    let mut reports: Vec<Option<Reported>> = tests.iter().map(|_| None).collect();
    // A server that ends in the middle, whatever ended it, is started once more.
    for _ in 0..2 {
        let server = python.start(cache, attempt.course, &attempt.files.set, attempt.exercise.reach, events).await?;
        let places = Semaphore::new(std::thread::available_parallelism().map_or(1, NonZero::get));
        let (server, places) = (&*server, &places);
        let open: Vec<_> = (0..tests.len()).filter(|index| reports[*index].is_none()).collect();
        let running = open.into_iter().map(|index| {
            let run = Run {
                test: &tests[index],
                hidden: attempt.files.hidden(),
                solution: attempt.source,
                subject: None,
                shown: attempt.shown,
                limit: attempt.exercise.test_limit,
            };
            async move {
                let _place = places.acquire().await;
                let supervised = supervise::run(server, run).await?;
                if let Supervised::Report(report, None) = &supervised {
                    events.tell(Event::Tested(report.clone()));
                }
                Ok::<_, SetupError>((index, supervised))
            }
        });
        for ended in all(running).await {
            if let (index, Supervised::Report(report, not_loaded)) = ended? {
                reports[index] = Some((report, not_loaded));
            }
        }
        if reports.iter().all(Option::is_some) {
            return Ok(reports.into_iter().flatten().collect());
        }
        server.retire();
    }
    Err(SetupError::PythonServer("the process that runs the tests ended twice".to_owned()))
}

/// Drives futures together; not as tasks, so that dropping this drops them at once, and their processes end.
async fn all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut running: Vec<_> = futures.map(Box::pin).collect();
    let mut ended = Vec::new();
    poll_fn(|context| {
        running.retain_mut(|future| match future.as_mut().poll(context) {
            Poll::Ready(output) => {
                ended.push(output);
                false
            }
            Poll::Pending => true,
        });
        if running.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    ended
}

pub(super) fn diagnostic(what: NotLoaded, shown: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: None,
        message: what.message,
        file: Some(shown.to_owned()),
        line: what.line,
        column: what.column,
        notes: Vec::new(),
        rendered: what.rendered,
        trace: what.trace,
    }
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

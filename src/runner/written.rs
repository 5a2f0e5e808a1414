//! Judges tests that the learner wrote, in either track.
//!
//! ```text
//! reference    every test must pass, and there must be one
//!     └─ fault 1, fault 2, ...    the tests in the order of the file, until one notices
//! ```
//!
//! A test notices a fault by failing, or by not ending where it ends against the reference. A process that ends without
//! a result notices nothing.

use super::event::{Event, Events};
use super::setup::SetupError;
use super::verdict::{Fate, FaultReport, Kind, Outcome, kind_of};
use super::{TestReport, Verdict};
use crate::course::{Fault, Subject};
use futures::stream::{self, StreamExt, TryStreamExt};
use std::num::NonZero;

/// The builds of a subject, with the learner's tests ready to run against each.
pub(super) trait Builds: Sync {
    /// Runs a test against a build: 0 is the reference, 1 the first fault.
    fn run(&self, build: usize, test: &str) -> impl Future<Output = Result<TestReport, SetupError>> + Send;
}

/// Runs `tests` against all builds, as many at once as there are cores, and completes the verdict.
///
/// # Errors
/// When a test cannot be run.
pub(super) async fn judge(
    verdict: &mut Verdict,
    subject: &Subject,
    tests: &[String],
    builds: &impl Builds,
    events: &Events,
) -> Result<(), SetupError> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    events.tell(Event::Testing { tests: tests.len() });
    let reports = tests.iter().map(|test| async move {
        let report = builds.run(0, test).await?;
        events.tell(Event::Tested(report.clone()));
        Ok::<_, SetupError>(report)
    });
    verdict.tests = stream::iter(reports.collect::<Vec<_>>()).buffered(cores).try_collect().await?;
    if verdict.tests.iter().any(|test| test.outcome != Outcome::Passed) {
        verdict.kind = kind_of(&verdict.tests);
        return Ok(());
    }
    let looks = subject.faults.iter().enumerate().map(|(place, fault)| look(place + 1, fault, tests, builds));
    let looks: Vec<Look> = stream::iter(looks.collect::<Vec<_>>()).buffered(cores).try_collect().await?;
    verdict.kind = Kind::Passed;
    for look in looks {
        match look {
            Look::Fate(report) => verdict.faults.push(report),
            Look::Tampered(report) => {
                verdict.kind = Kind::Tampered;
                verdict
                    .tests
                    .iter_mut()
                    .filter(|test| test.name == report.name)
                    .for_each(|test| *test = report.clone());
            }
        }
    }
    if verdict.kind == Kind::Passed && !verdict.faults.iter().all(|one| one.fate.is_caught()) {
        verdict.kind = Kind::Failed;
    }
    Ok(())
}

/// What running the tests against a fault came to.
enum Look {
    Fate(FaultReport),
    Tampered(TestReport),
}

async fn look(build: usize, fault: &Fault, tests: &[String], builds: &impl Builds) -> Result<Look, SetupError> {
    let mut fate = Fate::Escaped;
    for test in tests {
        let report = builds.run(build, test).await?;
        let by = test.clone();
        match report.outcome {
            Outcome::Passed => continue,
            Outcome::Failed { .. } => fate = Fate::Caught { by },
            Outcome::Hung { hang } => fate = Fate::Hung { by, hang },
            Outcome::Crashed { crash } => {
                fate = Fate::Crashed { by, end: crash };
                continue;
            }
            Outcome::Tampered { .. } => return Ok(Look::Tampered(report)),
        }
        break;
    }
    Ok(Look::Fate(FaultReport { fault: fault.id.clone(), fate }))
}

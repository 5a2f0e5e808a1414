//! Runs one hidden test in a process of its own and reports on it.

use super::TestReport;
use super::channel::{Channel, Records};
use super::process::{self, Job};
use super::setup::{Doing, SetupError, Step};
use std::time::Duration;

/// The longest output of a test that a report keeps, in characters.
pub(super) const LONGEST_OUTPUT: usize = 64 * 1024;

/// How long records may still arrive after a test's process has ended.
const DRAIN: Duration = Duration::from_millis(50);

/// Runs a test; `job` is its program, whose standard input becomes the channel.
///
/// # Errors
/// When the process cannot be started or isolated.
pub async fn run(name: &str, criterion: &str, mut job: Job) -> Result<TestReport, SetupError> {
    let (mut channel, theirs) = Channel::open(name).doing(|| Step::Channel)?;
    job.stdin = Some(theirs);
    let mut records = Records::default();
    let finished = {
        let reading = channel.read(&mut records);
        let running = process::run(job);
        tokio::pin!(reading, running);
        tokio::select! {
            finished = &mut running => {
                // The other end closes with the process, unless something that it started holds it.
                let _ = tokio::time::timeout(DRAIN, reading).await;
                finished
            }
            () = &mut reading => running.await,
        }
    };
    let finished = finished.doing(|| Step::Test(name.to_owned()))?;
    if let Some(what) = finished.stage_error() {
        return Err(SetupError::Isolation(what));
    }
    let (outcome, timeline, polls) = channel.judge(&records, &finished);
    let output = [finished.stdout.text(), finished.stderr.text()].concat();
    let output = match output.char_indices().nth(LONGEST_OUTPUT) {
        Some((end, _)) => output[..end].to_owned(),
        None => output,
    };
    Ok(TestReport { name: name.to_owned(), criterion: criterion.to_owned(), outcome, output, timeline, polls })
}

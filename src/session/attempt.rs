//! Reading a solution, and what is remembered of a verdict on it.

use crate::progress::{Attempt, Outcome as Ended};
use crate::runner::{Kind, Verdict};
use crate::workspace::content_hash;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// The largest file that is judged, in bytes.
const LARGEST_SOLUTION: u64 = 1024 * 1024;

/// Reads a solution, whatever kind of file it claims to be.
///
/// # Errors
/// When it is not a file, too large, or not UTF-8; the message says what to do.
pub fn read_solution(path: &Path) -> anyhow::Result<String> {
    let failed = || format!("failed to read {}; check the path", path.display());
    let data = fs::metadata(path).with_context(failed)?;
    anyhow::ensure!(data.is_file(), "{} is not a file; name the file with your solution", path.display());
    let mut bytes = Vec::new();
    fs::File::open(path)
        .with_context(failed)?
        .take(LARGEST_SOLUTION + 1)
        .read_to_end(&mut bytes)
        .with_context(failed)?;
    let length = bytes.len() as u64;
    anyhow::ensure!(length <= LARGEST_SOLUTION, "{} is larger than 1 MiB; a solution is much shorter", path.display());
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
        anyhow::anyhow!("{}:{line}: is not UTF-8 text here; save the file as UTF-8", path.display())
    })
}

/// What is remembered of a verdict on a text.
pub fn attempt(verdict: &Verdict, source: &str) -> Attempt {
    let (passed, total) = verdict.score();
    let criteria: BTreeMap<String, Vec<String>> = verdict
        .evidence()
        .into_iter()
        .map(|criterion| {
            let own = verdict.tests.iter().filter(|test| test.criterion == criterion);
            let names = own.map(|test| test.name.clone()).collect();
            (criterion, names)
        })
        .collect();
    Attempt {
        exercise: verdict.exercise.clone(),
        track: verdict.track,
        when: jiff::Timestamp::now(),
        outcome: ended(&verdict.kind),
        tests_passed: u32::try_from(passed).unwrap_or(u32::MAX),
        tests_total: u32::try_from(total).unwrap_or(u32::MAX),
        duration: Duration::from_millis(verdict.build_ms + verdict.tests_ms),
        content: content_hash(source.as_bytes()),
        criteria,
    }
}

fn ended(kind: &Kind) -> Ended {
    match kind {
        Kind::Passed => Ended::Passed,
        Kind::Failed => Ended::Failed,
        Kind::DidNotCompile { .. } => Ended::DidNotCompile,
        Kind::TimedOut { .. } => Ended::TimedOut,
        Kind::Crashed => Ended::Crashed,
        Kind::Tampered => Ended::Tampered,
        Kind::Setup { .. } => Ended::SetupProblem,
    }
}

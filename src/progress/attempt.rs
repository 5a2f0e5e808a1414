//! One attempt at an exercise, as the runner tells it and as it is remembered.

use crate::course::Track;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every hidden test passed.
    Passed,
    /// A hidden test failed.
    Failed,
    /// The compiler, or Python's parser, refused it.
    DidNotCompile,
    /// A hidden test did not end in time.
    TimedOut,
    /// It ended by a signal, too much memory, or an exit of its own.
    Crashed,
    /// It interfered with the judging.
    Tampered,
    /// It could not be judged; nothing the learner did.
    SetupProblem,
}

/// An attempt, to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The exercise's id.
    pub exercise: String,
    /// The track it was solved in.
    pub track: Track,
    /// When it was judged.
    pub when: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// Hidden tests that passed.
    pub tests_passed: u32,
    /// Hidden tests that there are.
    pub tests_total: u32,
    /// How long building and running took.
    pub duration: Duration,
    /// Hash of the file ([`crate::workspace::content_hash`]).
    pub content: String,
    /// The ids of the criteria whose hidden tests all passed, and those tests. They count even if the attempt as a whole
    /// failed.
    pub criteria: BTreeMap<String, Vec<String>>,
}

/// An attempt as it is remembered. The order is by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AttemptRecord {
    /// When it was judged.
    pub when: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// Hidden tests that passed.
    pub tests_passed: u32,
    /// Hidden tests that there were.
    pub tests_total: u32,
    /// How long building and running took, in milliseconds.
    pub duration_ms: u64,
    /// Hash of the file: SHA-256 in hexadecimal.
    pub content: String,
}

impl From<&Attempt> for AttemptRecord {
    fn from(attempt: &Attempt) -> AttemptRecord {
        AttemptRecord {
            when: attempt.when,
            outcome: attempt.outcome,
            tests_passed: attempt.tests_passed,
            tests_total: attempt.tests_total,
            // TOML's integers are signed.
            duration_ms: i64::try_from(attempt.duration.as_millis()).unwrap_or(i64::MAX).unsigned_abs(),
            content: attempt.content.clone(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An attempt in Rust, `second` seconds after 1970.
    pub(in crate::progress) fn an_attempt(exercise: &str, second: i64, outcome: Outcome) -> Attempt {
        Attempt {
            exercise: exercise.to_owned(),
            track: Track::Rust,
            when: Timestamp::from_second(second).unwrap(),
            outcome,
            tests_passed: 1,
            tests_total: 2,
            duration: Duration::from_millis(170),
            content: "9f86d0".to_owned(),
            criteria: BTreeMap::new(),
        }
    }

    #[test]
    fn a_duration_is_remembered_in_milliseconds() {
        let mut attempt = an_attempt("fan-out", 1, Outcome::Passed);
        assert_eq!(AttemptRecord::from(&attempt).duration_ms, 170);
        attempt.duration = Duration::MAX;
        assert_eq!(AttemptRecord::from(&attempt).duration_ms, i64::MAX.unsigned_abs());
    }
}

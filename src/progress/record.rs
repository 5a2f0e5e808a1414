//! What the learner has done, as data. `progress.toml` is this, version 1:
//!
//! ```toml
//! version = 1
//!
//! [exercises.first-await.rust]             # exercise id and track
//! attempts = 12                            # how often it was judged
//! hints_seen = 2                           # how many of its hints were shown
//! first_passed = "2026-11-25T14:40:22Z"    # missing: not solved yet
//! last_attempt = "2026-11-25T14:52:03Z"
//!
//! [exercises.first-await.rust.evidence.patterns]   # criterion id
//! date = "2026-11-25T14:40:22Z"            # when it was first evidenced
//! tests = ["patterns::runs_them_together"] # the hidden tests that did
//!
//! [[exercises.first-await.rust.recent]]    # the newest attempts, oldest first, at most 10
//! when = "2026-11-25T14:40:22Z"
//! outcome = "passed"                       # or failed, did-not-compile, timed-out, crashed, tampered, setup-problem
//! tests_passed = 5
//! tests_total = 5
//! duration_ms = 170                        # building and running
//! content = "9f86d0..."                    # SHA-256 of the file
//! ```
//!
//! Times are UTC. Unknown keys are ignored.

use super::attempt::{Attempt, AttemptRecord, Outcome};
use crate::course::Track;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Attempts of one exercise and track that are remembered one by one. Ten are enough to show how it went; forty exercises
/// in both tracks are about 200 KB then, and 5 ms a save.
pub(super) const RECENT: usize = 10;

/// What the learner has done, by exercise id and track.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    #[serde(default)]
    pub(super) exercises: BTreeMap<String, BTreeMap<Track, TrackProgress>>,
}

/// What the learner has done on one exercise in one track.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TrackProgress {
    /// How often it was judged.
    pub attempts: u64,
    /// How many of its hints were shown.
    pub hints_seen: u32,
    /// When it first passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_passed: Option<Timestamp>,
    /// When it was last judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_attempt: Option<Timestamp>,
    /// By criterion id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, Evidence>,
    /// The newest attempts, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<AttemptRecord>,
}

/// That a criterion was met. The first evidence stays: a later failure does not take it away. The order is by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// When its hidden tests first all passed.
    pub date: Timestamp,
    /// Those tests.
    #[serde(default)]
    pub tests: Vec<String>,
}

/// How far an exercise is in a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Never judged.
    New,
    /// Judged, never passed.
    Tried,
    /// Has passed.
    Passed,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// An exercise was judged.
    Attempt(Attempt),
    /// The first `number` hints of an exercise were shown.
    Hint { exercise: String, track: Track, number: u32 },
}

impl Progress {
    /// What was done on an exercise in a track; `None` if nothing.
    pub fn of(&self, exercise: &str, track: Track) -> Option<&TrackProgress> {
        self.exercises.get(exercise)?.get(&track)
    }

    /// How far an exercise is in a track.
    pub fn state(&self, exercise: &str, track: Track) -> State {
        self.of(exercise, track).map_or(State::New, TrackProgress::state)
    }

    pub(super) fn apply(&mut self, change: &Change) {
        match change {
            Change::Attempt(attempt) => self.entry(&attempt.exercise, attempt.track).add(attempt),
            Change::Hint { exercise, track, number } => {
                let seen = &mut self.entry(exercise, *track).hints_seen;
                *seen = (*seen).max(*number);
            }
        }
    }

    fn entry(&mut self, exercise: &str, track: Track) -> &mut TrackProgress {
        self.exercises.entry(exercise.to_owned()).or_default().entry(track).or_default()
    }
}

impl TrackProgress {
    /// How far the exercise is.
    pub fn state(&self) -> State {
        match (self.first_passed, self.attempts) {
            (Some(_), _) => State::Passed,
            (None, 0) => State::New,
            (None, _) => State::Tried,
        }
    }

    fn add(&mut self, attempt: &Attempt) {
        self.attempts += 1;
        self.last_attempt = self.last_attempt.max(Some(attempt.when));
        if attempt.outcome == Outcome::Passed {
            self.first_passed = Some(self.first_passed.map_or(attempt.when, |first| first.min(attempt.when)));
        }
        for (criterion, tests) in &attempt.criteria {
            let evidence = Evidence { date: attempt.when, tests: tests.clone() };
            let known = self.evidence.entry(criterion.clone()).or_insert_with(|| evidence.clone());
            if evidence < *known {
                *known = evidence;
            }
        }
        self.recent.push(AttemptRecord::from(attempt));
        self.recent.sort();
        self.recent.dedup();
        let surplus = self.recent.len().saturating_sub(RECENT);
        self.recent.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::attempt::tests::an_attempt;

    #[test]
    fn an_exercise_is_new_then_tried_then_passed_and_stays_so() {
        let mut progress = Progress::default();
        let state = |progress: &Progress| progress.state("fan-out", Track::Rust);
        assert_eq!(state(&progress), State::New);
        for (second, outcome, expected) in [
            (1, Outcome::DidNotCompile, State::Tried),
            (2, Outcome::Passed, State::Passed),
            (3, Outcome::Failed, State::Passed),
        ] {
            progress.apply(&Change::Attempt(an_attempt("fan-out", second, outcome)));
            assert_eq!(state(&progress), expected);
        }
        let done = progress.of("fan-out", Track::Rust).unwrap();
        assert_eq!((done.attempts, done.recent.len()), (3, 3));
        assert_eq!(done.first_passed, Some(Timestamp::from_second(2).unwrap()));
        assert_eq!(done.last_attempt, Some(Timestamp::from_second(3).unwrap()));
        assert_eq!(progress.state("fan-out", Track::Python), State::New);
    }

    #[test]
    fn evidence_counts_though_the_attempt_failed_and_the_first_stays() {
        let mut progress = Progress::default();
        for (second, tests) in [(5, ["patterns::a"]), (9, ["patterns::b"])] {
            let mut attempt = an_attempt("fan-out", second, Outcome::Failed);
            attempt.criteria = BTreeMap::from([("patterns".to_owned(), tests.map(str::to_owned).to_vec())]);
            progress.apply(&Change::Attempt(attempt));
        }
        let evidence = &progress.of("fan-out", Track::Rust).unwrap().evidence["patterns"];
        assert_eq!(evidence.date, Timestamp::from_second(5).unwrap());
        assert_eq!(evidence.tests, ["patterns::a"]);
    }

    #[test]
    fn the_newest_attempts_are_remembered_one_by_one_and_all_are_counted() {
        let mut progress = Progress::default();
        for second in 1..=25 {
            progress.apply(&Change::Attempt(an_attempt("fan-out", second, Outcome::Failed)));
        }
        let done = progress.of("fan-out", Track::Rust).unwrap();
        let seconds: Vec<_> = done.recent.iter().map(|attempt| attempt.when.as_second()).collect();
        assert_eq!((done.attempts, seconds), (25, (16..=25).collect()));
    }

    #[test]
    fn hints_seen_never_go_back() {
        let mut progress = Progress::default();
        for number in [1, 3, 2] {
            progress.apply(&Change::Hint { exercise: "fan-out".into(), track: Track::Rust, number });
        }
        assert_eq!(progress.of("fan-out", Track::Rust).unwrap().hints_seen, 3);
        assert_eq!(progress.state("fan-out", Track::Rust), State::New);
    }
}

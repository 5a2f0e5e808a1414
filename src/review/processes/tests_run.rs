//! How a run of the person's tests went.

use crate::review::report::Reason;
use serde::Serialize;

/// How many failed tests are named.
const NAMED: usize = 20;

/// The counted results of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TestCounts {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, or could not be started.
    pub failed: usize,
    /// Tests that were skipped or ignored.
    pub skipped: usize,
}

impl TestCounts {
    /// Tests that ran; skipped ones did not.
    pub fn total(&self) -> usize {
        self.passed + self.failed
    }
}

/// The longest time that one callback kept an event loop busy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Longest {
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// How much of that its thread computed, in milliseconds; the rest it was blocked, or others had the processor.
    pub computed_ms: f64,
    /// What ran: a coroutine or a callback, with its place.
    pub what: String,
    /// The test that it ran in.
    pub test: String,
}

/// A run of all tests, in one language or in both.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TestRun {
    /// What was counted.
    #[serde(flatten)]
    pub counts: TestCounts,
    /// The names of tests that failed, the first few.
    pub failed_tests: Vec<String>,
    /// Why the run is no pass, beyond tests that failed: it did not compile, end in time, or end by itself.
    #[serde(skip)]
    pub faults: Vec<Reason>,
    /// Why nothing is known: there is no cargo or pytest, or no test.
    #[serde(skip)]
    pub obstacles: Vec<Reason>,
    /// The longest callback of an event loop; none where that was not measured, as in Rust.
    pub longest_callback: Option<Longest>,
    /// Coroutines that were made and never awaited, as Python's warnings name them.
    pub never_awaited: Vec<String>,
}

impl TestRun {
    /// A run that could not take place.
    pub(super) fn not_possible(reason: Reason) -> TestRun {
        TestRun { obstacles: vec![reason], ..TestRun::default() }
    }

    /// A test that failed.
    pub(super) fn failed(&mut self, name: String) {
        self.counts.failed += 1;
        if self.failed_tests.len() < NAMED {
            self.failed_tests.push(name);
        }
    }

    /// Adds another run.
    pub fn add(&mut self, other: TestRun) {
        self.counts.passed += other.counts.passed;
        self.counts.failed += other.counts.failed;
        self.counts.skipped += other.counts.skipped;
        self.failed_tests.extend(other.failed_tests);
        self.failed_tests.truncate(NAMED);
        self.faults.extend(other.faults);
        self.obstacles.extend(other.obstacles);
        self.never_awaited.extend(other.never_awaited);
        let longer = |one: &Option<Longest>| one.as_ref().map_or(-1.0, |longest| longest.took_ms);
        if longer(&other.longest_callback) > longer(&self.longest_callback) {
            self.longest_callback = other.longest_callback;
        }
    }
}

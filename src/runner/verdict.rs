//! The verdict on a solution: one type from the runner to the screen.
//!
//! ```text
//! Verdict
//!  ├─ Kind                 passed, failed, did not compile, timed out, crashed, tampered, setup
//!  ├─ Diagnostic*          what the compiler said
//!  ├─ TestReport*          one per hidden test, or per test of the learner's against the reference, in the order of the file
//!  │   ├─ Outcome          passed, failed (Failure), hung (Hang), crashed (Crash), tampered
//!  │   └─ TimelineEvent*   what the tasks did
//!  └─ FaultReport*         where the learner writes the tests: one per faulty build
//!      └─ Fate             caught, hung, crashed, escaped
//! ```
//!
//! Serialized, it is the documented JSON form of `awaitlings run --format json`, version [`VERSION`].

use super::isolation::Level;
use super::rust::diagnostics::Diagnostic;
use super::setup::SetupError;
use crate::course::Track;
use serde::{Deserialize, Serialize};

/// The version of the JSON form. Fields may be added under the same version; none changes its meaning.
pub const VERSION: u32 = 1;

/// What judging a solution came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The version of this form.
    pub version: u32,
    /// The exercise's id.
    pub exercise: String,
    /// The track.
    pub track: Track,
    /// What it came to.
    #[serde(flatten)]
    pub kind: Kind,
    /// Every hidden test, in the order of the file; empty when none was run. Where the learner writes the tests: those,
    /// against the reference.
    pub tests: Vec<TestReport>,
    /// Where the learner writes the tests: what they made of each faulty build, in the course's order. Empty where a test
    /// did not pass against the reference, for then it says nothing about a fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultReport>,
    /// What the compiler said, errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The isolation that was in force.
    pub isolation: Level,
    /// Whether the same content had been judged before, and nothing was run now.
    pub from_cache: bool,
    /// Building, in milliseconds.
    pub build_ms: u64,
    /// Running the tests, in milliseconds.
    pub tests_ms: u64,
}

/// The kinds of verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Kind {
    /// Every hidden test passed, and there was at least one.
    Passed,
    /// A hidden test failed; or, where the learner writes the tests, one failed against the reference, there is none, or
    /// a fault escaped them.
    Failed,
    /// The solution does not compile, or the hidden tests do not compile against it.
    DidNotCompile {
        /// Which of the two.
        part: Part,
    },
    /// A hidden test, or the compiler, did not end.
    TimedOut {
        /// What it was doing.
        hang: Hang,
    },
    /// A hidden test's process ended without a result.
    Crashed,
    /// The result was not obtained in the one way that counts.
    Tampered,
    /// Nothing could be judged, through no fault of the solution.
    Setup {
        /// What happened and what to do.
        problem: SetupError,
    },
}

/// A part of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The learner's file.
    Solution,
    /// The hidden tests against it: a name or a type that they need is not there.
    Tests,
}

/// Why something did not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hang {
    /// Under virtual time nothing was left that could wake it.
    NeverWoken,
    /// It waited until the limit.
    Waiting,
    /// It computed until the limit.
    Busy,
    /// The test's body had ended, but the runtime could not stop: a blocking task still ran.
    RuntimeStillRunning,
    /// The compiler computed until its limit.
    Compiling,
}

/// How one hidden test went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestReport {
    /// The test's path: `patterns::keeps_the_order`.
    pub name: String,
    /// The criterion that it evidences.
    pub criterion: String,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What it printed, harmless and shortened.
    pub output: String,
    /// What the tasks did, in order.
    pub timeline: Vec<TimelineEvent>,
    /// The longest single poll.
    pub polls: Option<Polls>,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// It did not end.
    Hung {
        /// What it was doing.
        hang: Hang,
    },
    /// Its process ended without a result.
    Crashed {
        /// How.
        crash: Crash,
    },
    /// A result came in another way than the one that counts.
    Tampered {
        /// What was wrong.
        what: String,
    },
}

/// Why a test failed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The key of the exercise's message, where the failure is an expectation of the hidden tests.
    pub message: Option<String>,
    /// What the solution did.
    pub did: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// Where the expectation stands, or where the panic came from.
    pub location: Option<String>,
    /// The text of the panic or exception; of a traceback the learner's own frames.
    pub text: String,
    /// The whole traceback, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

/// How a process ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "crash", rename_all = "kebab-case")]
pub enum Crash {
    /// It ended by itself before the test did.
    EndedEarly {
        /// Its exit code.
        code: i32,
    },
    /// A signal ended it.
    Signal {
        /// The signal's number.
        signal: i32,
    },
    /// It called itself too deeply.
    StackOverflow,
    /// It asked for more memory than it may have.
    OutOfMemory,
    /// It printed more than anyone may.
    Flooded,
}

/// What the learner's tests made of a faulty build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultReport {
    /// The fault's id.
    pub fault: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What became of a fault. Tests are run in the order of the file until one notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    /// A test failed.
    Caught {
        /// The test.
        by: String,
    },
    /// A test that ends against the reference did not end; that is noticed, too.
    Hung {
        /// The test.
        by: String,
        /// What it was doing.
        hang: Hang,
    },
    /// A test's process ended without a result, and no other test noticed. That catches nothing: a test that leaves by
    /// `exit(0)` looks like a pass to whoever runs it elsewhere.
    Crashed {
        /// The test.
        by: String,
        /// How it ended.
        end: Crash,
    },
    /// Every test passed.
    Escaped,
}

impl Fate {
    /// Whether a test noticed the fault.
    pub fn is_caught(&self) -> bool {
        match self {
            Fate::Caught { .. } | Fate::Hung { .. } => true,
            Fate::Crashed { .. } | Fate::Escaped => false,
        }
    }
}

/// Something that a task did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// What happened.
    pub what: What,
    /// The operation's number within the test; 0 for a mark.
    pub id: u64,
    /// What the operation is called: `fetch 3`.
    pub label: String,
    /// When, in microseconds since the test began, in the test's own (virtual) time.
    pub at_us: u64,
    /// The task that did it, where it is known.
    pub task: Option<String>,
}

/// What can happen to an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It started.
    Begin,
    /// It ended well.
    Done,
    /// It ended with an error.
    Failed,
    /// It was dropped before its end.
    Cancelled,
    /// A point in time that the test names.
    Mark,
}

/// The longest single poll of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Polls {
    /// Time in which the thread neither computed nor waited for a processor, in microseconds.
    pub longest_blocked_us: u64,
    /// Time in which the thread computed, in microseconds.
    pub longest_busy_us: u64,
}

impl Verdict {
    /// A verdict without tests.
    pub fn without_tests(exercise: &str, track: Track, kind: Kind, diagnostics: Vec<Diagnostic>) -> Verdict {
        Verdict {
            version: VERSION,
            exercise: exercise.to_owned(),
            track,
            kind,
            tests: Vec::new(),
            faults: Vec::new(),
            diagnostics,
            isolation: super::isolation::level(),
            from_cache: false,
            build_ms: 0,
            tests_ms: 0,
        }
    }

    /// Whether the exercise is solved.
    pub fn passed(&self) -> bool {
        self.kind == Kind::Passed
    }

    /// The first test that did not pass.
    pub fn first_failure(&self) -> Option<&TestReport> {
        self.tests.iter().find(|test| test.outcome != Outcome::Passed)
    }

    /// How much of what there is to hold holds, and how much there is: tests that pass, and faults that are caught.
    pub fn score(&self) -> (usize, usize) {
        let passed = self.tests.iter().filter(|test| test.outcome == Outcome::Passed).count();
        let caught = self.faults.iter().filter(|fault| fault.fate.is_caught()).count();
        (passed + caught, self.tests.len() + self.faults.len())
    }

    /// Whether judging the same content again would come to the same: not so where time or the machine decided.
    pub fn is_lasting(&self) -> bool {
        match self.kind {
            Kind::Passed | Kind::Failed | Kind::DidNotCompile { .. } => {
                let lasting = |test: &TestReport| matches!(test.outcome, Outcome::Passed | Outcome::Failed { .. });
                let settled = |one: &FaultReport| matches!(one.fate, Fate::Caught { .. } | Fate::Escaped);
                self.tests.iter().all(lasting) && self.faults.iter().all(settled)
            }
            Kind::TimedOut { .. } | Kind::Crashed | Kind::Tampered | Kind::Setup { .. } => false,
        }
    }

    /// The criteria whose tests all passed, in the order of their first test. Tests that a fault escapes evidence nothing.
    pub fn evidence(&self) -> Vec<String> {
        if self.faults.iter().any(|one| !one.fate.is_caught()) {
            return Vec::new();
        }
        let mut criteria: Vec<String> = Vec::new();
        for test in &self.tests {
            if !criteria.contains(&test.criterion) {
                criteria.push(test.criterion.clone());
            }
        }
        let passed = |criterion: &String| {
            let mut own = self.tests.iter().filter(|test| test.criterion == *criterion);
            own.all(|test| test.outcome == Outcome::Passed)
        };
        criteria.retain(passed);
        criteria
    }
}

/// What a list of tests comes to. The first test that did not pass gives the kind; tampering comes before all.
pub fn kind_of(tests: &[TestReport]) -> Kind {
    if tests.is_empty() {
        return Kind::Setup { problem: SetupError::NoHiddenTest };
    }
    if tests.iter().any(|test| matches!(test.outcome, Outcome::Tampered { .. })) {
        return Kind::Tampered;
    }
    match tests.iter().map(|test| &test.outcome).find(|outcome| **outcome != Outcome::Passed) {
        None => Kind::Passed,
        Some(Outcome::Failed { .. }) => Kind::Failed,
        Some(Outcome::Hung { hang }) => Kind::TimedOut { hang: *hang },
        Some(Outcome::Crashed { .. }) => Kind::Crashed,
        Some(Outcome::Tampered { .. } | Outcome::Passed) => Kind::Tampered,
    }
}
